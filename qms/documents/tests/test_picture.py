"""A drawing in a document: drawn in the PDF with the document's own font, its caption in the Word file."""

from dataclasses import replace
from io import BytesIO

from docx import Document
from pypdf import PdfReader

from qms.documents.docx import render_docx
from qms.documents.model import Issuer, OfficialDocument, Paragraph, Picture
from qms.documents.pdf import render_pdf
from qms.documents.sheet import sheet_of
from qms.documents.tests.reading import elements, read_pdf

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 80" font-family="Official"><title>Hai cột</title>'
    '<rect x="10" y="10" width="40" height="60" fill="#000000"/><text x="70" y="40">Chín mươi</text></svg>'
)
PICTURED = OfficialDocument(
    issuer=Issuer("Sở Công Thương"), kind_name="BÁO CÁO", subject="Thử",
    blocks=(Picture(SVG, "Biểu đồ 1. Hai cột"), Paragraph("Hết./.")),
)  # fmt: skip


def test_the_drawing_and_its_caption_stand_in_the_pdf_with_embedded_fonts_only() -> None:
    page = PdfReader(BytesIO(render_pdf(PICTURED))).pages[0]
    text, fonts = page.extract_text(), page["/Resources"]["/Font"].values()
    assert ("Chín mươi" in text, "Biểu đồ 1. Hai cột" in text) == (True, True)
    assert all("LiberationSerif" in font.get_object()["/BaseFont"] for font in fonts)


def test_a_drawing_has_a_text_for_those_who_do_not_see_it() -> None:
    root = PdfReader(BytesIO(render_pdf(PICTURED))).trailer["/Root"]
    figures = [element for element in elements(root["/StructTreeRoot"]["/K"]) if element["/S"] == "/Figure"]
    assert [figure["/Alt"] for figure in figures] == ["Hai cột"]


def test_a_drawing_that_says_nothing_is_printed() -> None:
    svg = SVG.replace("Hai cột", " ")
    assert read_pdf(render_pdf(replace(PICTURED, blocks=(Picture(svg, ""),))))


def test_a_drawing_with_odd_words_is_printed() -> None:
    svg = SVG.replace("Chín mươi", "Chín ☃ mươi\x0b &amp; \u05d0")
    page = PdfReader(BytesIO(render_pdf(replace(PICTURED, blocks=(Picture(svg, "Biểu đồ"),))))).pages[0]
    assert "Chín □ mươi & □" in page.extract_text()


def test_a_high_drawing_stays_on_its_page() -> None:
    svg = SVG.replace("0 0 200 80", "0 0 100 900")
    pages = read_pdf(render_pdf(replace(PICTURED, blocks=(Paragraph("Hết./."), Picture(svg, "Biểu đồ")))))
    assert [words.y < 277 for page in pages for words in page.words if words.text == "Biểu đồ"] == [True]


def test_the_word_file_has_the_caption() -> None:
    texts = [paragraph.text for paragraph in Document(BytesIO(render_docx(PICTURED))).paragraphs]
    assert "Biểu đồ 1. Hai cột" in texts


def test_the_screen_shows_the_same_drawing() -> None:
    (block, _) = sheet_of(PICTURED).blocks
    assert (block.kind, block.words, block.label) == ("picture", SVG, "Biểu đồ 1. Hai cột")

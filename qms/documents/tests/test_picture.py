"""A drawing in a document: drawn in the PDF with the document's own font, its caption in the Word file."""

from io import BytesIO

from docx import Document
from pypdf import PdfReader

from qms.documents.docx import render_docx
from qms.documents.model import Issuer, OfficialDocument, Paragraph, Picture
from qms.documents.pdf import render_pdf
from qms.documents.sheet import sheet_of

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


def test_the_word_file_has_the_caption() -> None:
    texts = [paragraph.text for paragraph in Document(BytesIO(render_docx(PICTURED))).paragraphs]
    assert "Biểu đồ 1. Hai cột" in texts


def test_the_screen_shows_the_same_drawing() -> None:
    (block, _) = sheet_of(PICTURED).blocks
    assert (block.kind, block.words, block.label) == ("picture", SVG, "Biểu đồ 1. Hai cột")

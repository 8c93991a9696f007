"""Measures the PDF against the decree; positions in millimetres."""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from qms.documents.measures import FACES
from qms.documents.model import BLANK, Align, Form, Heading, HeadingLevel, OfficialDocument, Paragraph, Signature
from qms.documents.pdf import render_pdf
from qms.documents.tests import samples
from qms.documents.tests.reading import Page, elements, read_pdf

Pages = Callable[[str], list[Page]]
LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"


@pytest.mark.parametrize("name", samples.ALL)
def test_pages_are_a4_and_their_text_keeps_the_margins(pages: Pages, name: str) -> None:
    for page in pages(name):
        assert sorted((round(page.width), round(page.height))) == [210, 297]
        body = [words for words in page.words if words.y > 20]
        assert min(words.x for words in body) >= 30 - 0.1
        assert max(words.x + words.width for words in body) <= page.width - 20 + 0.6
        assert max(words.y for words in body) <= page.height - 20


def test_text_begins_at_the_upper_and_left_margin(pages: Pages) -> None:
    page = pages("plan")[1]
    assert min(words.y - words.size * 25.4 / 72 for words in page.words if words.y > 20) == pytest.approx(20, abs=2)
    assert pages("plan")[0].find("trình nội bộ").x == pytest.approx(30, abs=0.1)


def test_quoc_hieu_and_tieu_ngu(pages: Pages) -> None:
    page = pages("plan")[0]
    nation, motto = page.find("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), page.find("Độc lập - Tự do - Hạnh phúc")
    assert (nation.size, nation.bold, nation.italic) == (12, True, False)
    assert (motto.size, motto.bold, motto.italic) == (13, True, False)
    assert nation.middle == pytest.approx(motto.middle, abs=0.3)
    assert nation.x > 90


def test_the_line_under_tieu_ngu_is_exactly_as_long_as_its_text(pages: Pages) -> None:
    page = pages("plan")[0]
    motto = page.find("Độc lập - Tự do - Hạnh phúc")
    line = next(line for line in page.lines if line.middle == pytest.approx(motto.middle, abs=0.2))
    assert line.length == pytest.approx(motto.width, abs=0.2)
    assert 0 < line.y - motto.y < 4


def test_the_agency_stands_under_its_superior_with_a_short_line(pages: Pages) -> None:
    page = pages("plan")[0]
    superior, agency = page.find("UBND TỈNH HÒA GIANG"), page.find("SỞ KHOA HỌC VÀ CÔNG NGHỆ")
    lines = [line for line in page.lines if line.middle == pytest.approx(agency.middle, abs=0.3)]
    assert (superior.size, superior.bold) == (12, False)
    assert (agency.size, agency.bold) == (12, True)
    assert agency.y > superior.y
    assert superior.middle == pytest.approx(agency.middle, abs=0.3)
    assert agency.width / 3 <= lines[0].length <= agency.width / 2


def test_number_and_date_share_one_base_line(pages: Pages) -> None:
    page = pages("plan")[0]
    number, day = page.find("Số: "), page.find("Hòa Giang, ngày 05 tháng 02 năm 2026")
    assert page.find("05/KH-SKHCN").y == number.y == day.y
    assert (number.size, number.italic, day.size, day.italic) == (13, False, 13, True)
    assert day.middle == pytest.approx(page.find("CỘNG HÒA").middle, abs=0.3)


def test_kind_and_subject_are_centred_with_a_short_line_under_them(pages: Pages) -> None:
    page = pages("plan")[0]
    kind, last = page.find("KẾ HOẠCH"), page.find("theo TCVN ISO 9001:2015 năm 2026")
    first = page.find("Áp dụng, duy trì")
    line = next(line for line in page.lines if line.y > last.y and line.middle == pytest.approx(110, abs=0.3))
    assert [(words.size, words.bold) for words in (kind, first, last)] == [(14, True)] * 3
    assert [words.middle for words in (kind, first, last)] == pytest.approx([110] * 3, abs=0.3)
    assert max(first.width, last.width) / 3 <= line.length <= max(first.width, last.width) / 2


def test_body_text_is_indented_and_spaced(pages: Pages) -> None:
    page = pages("plan")[0]
    first, second = page.find("1. Mục đích"), page.find("Văn phòng Sở chủ trì")
    follow = page.find("trình nội bộ")
    assert (second.size, second.bold) == (14, False)
    assert second.x == pytest.approx(30 + 12.7, abs=0.1)
    line_height = follow.y - second.y
    assert 14 * 1.149 * 25.4 / 72 <= line_height + 0.05 <= 1.5 * 14 * 1.2 * 25.4 / 72
    assert second.y - first.y - line_height >= 6 * 25.4 / 72 - 0.05


def test_bases_are_italic_and_headings_bold(pages: Pages) -> None:
    page = pages("plan")[0]
    assert page.find("Căn cứ Quyết định").italic
    assert page.find("I. MỤC ĐÍCH, YÊU CẦU").bold
    assert page.find("1. Mục đích").bold


def test_the_page_number_stands_on_top_and_not_on_the_first_page(pages: Pages) -> None:
    first, second = pages("plan")
    number = second.words[0] if second.words[0].y < 20 else second.words[-1]
    assert all(words.y > 20 for words in first.words)
    assert (number.text, number.size) == ("2", 13)
    assert number.middle == pytest.approx(30 + 160 / 2, abs=0.5)


def test_every_annex_counts_its_own_pages(pages: Pages) -> None:
    numbers = [[words.text for words in page.words if words.y < 15] for page in pages("plan_with_annexes")]
    assert numbers == [[], ["2"], [], ["2"], ["3"], [], ["2"], ["3"]]


def test_a_landscape_annex_turns_only_its_own_pages(pages: Pages) -> None:
    turned = [page.width > page.height for page in pages("plan_with_annexes")]
    assert turned == [False] * 5 + [True] * 3


def test_an_annex_has_label_title_and_reference(pages: Pages) -> None:
    page = pages("plan_with_annexes")[2]
    label, title, reference = page.find("Phụ lục I"), page.find("DANH MỤC TÀI LIỆU"), page.find("(Kèm theo Kế hoạch số")
    assert [(words.size, words.bold, words.italic) for words in (label, title, reference)] == [
        (14, True, False),
        (14, True, False),
        (14, False, True),
    ]
    assert label.y < title.y < reference.y


def test_the_signature_stands_right_and_its_name_in_the_same_middle(pages: Pages) -> None:
    page = pages("short_notice")[0]
    lines = [page.find(text) for text in ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Lê Thị Bích Hường")]
    assert [(words.size, words.bold) for words in lines] == [(14, True)] * 3
    assert [words.middle for words in lines] == pytest.approx([lines[0].middle] * 3, abs=0.3)
    assert lines[0].middle > 110
    assert lines[2].y - lines[1].y > 20


def test_recipients_stand_left_at_the_height_of_the_signature(pages: Pages) -> None:
    page = pages("short_notice")[0]
    label, first, last = page.find("Nơi nhận:"), page.find("- UBND tỉnh (báo cáo);"), page.find("- Lưu: VT, TĐC.")
    assert (label.size, label.bold, label.italic) == (12, True, True)
    assert (first.size, first.bold, last.size) == (11, False, 11)
    assert [words.x for words in (label, first, last)] == pytest.approx([30] * 3, abs=0.1)
    assert label.y == pytest.approx(page.find("KT. GIÁM ĐỐC").y, abs=1.5)


def test_a_long_list_of_recipients_goes_on_to_the_next_page() -> None:
    many = tuple(f"Đơn vị thứ {number}" for number in range(80))
    document = OfficialDocument(samples.ISSUER, signatures=(samples.DIRECTOR,), recipients=many)
    pages = read_pdf(render_pdf(document))
    assert len(pages) == 2
    assert [any(page.has(f"- {name}") for page in pages) for name in many] == [True] * 80
    assert max(words.y for page in pages for words in page.words) <= 277


def test_paragraphs_stand_left_or_centred_where_they_say_so() -> None:
    text = f"{samples.SENTENCE} {samples.SENTENCE}"
    blocks = (Paragraph(text, Align.LEFT, indent=False), Paragraph("Ở giữa", Align.CENTER))
    page = read_pdf(render_pdf(OfficialDocument(samples.ISSUER, blocks=blocks)))[0]
    assert page.find("Văn phòng Sở").x == pytest.approx(30, abs=0.1)
    assert page.find("Ở giữa").middle == pytest.approx(110, abs=0.3)


def test_another_office_of_the_signer_stands_above_the_name(pages: Pages) -> None:
    page = pages("committee_report")[0]
    assert page.find("TRƯỞNG BAN").y + 20 < page.find("GIÁM ĐỐC SỞ").y < page.find("Trần Minh Quang").y


@pytest.mark.parametrize("paragraphs", range(18, 30))
def test_the_signature_never_stands_alone_or_apart_from_its_name(paragraphs: int) -> None:
    text = tuple(Paragraph(samples.SENTENCE) for _ in range(paragraphs))
    closing = Paragraph("Trên đây là nội dung thông báo, đề nghị các đơn vị thực hiện./.")
    document = OfficialDocument(
        samples.ISSUER, blocks=(*text, closing), signatures=(samples.DIRECTOR,), recipients=("X",)
    )
    last = read_pdf(render_pdf(document))[-1]
    assert [last.has(text) for text in ("Trên đây", "GIÁM ĐỐC", "Trần Minh Quang", "Nơi nhận:")] == [True] * 4


@pytest.mark.parametrize("name", samples.ALL)
def test_the_content_ends_with_its_mark(pages: Pages, name: str) -> None:
    assert "./." in " ".join(page.text for page in pages(name))


def test_a_letter_has_no_kind_and_its_subject_under_the_number(pages: Pages) -> None:
    page = pages("letter")[0]
    number, subject = page.find("Số: "), page.find("V/v cung cấp")
    assert (subject.size, subject.bold) == (12, False)
    assert subject.y - number.y >= 6 * 25.4 / 72 + 12 * 25.4 / 72
    assert subject.x < 100


def test_the_dashes_of_several_addressees_stand_under_the_colon(pages: Pages) -> None:
    page = pages("letter")[0]
    label, first = page.find("Kính gửi:"), page.find("- Văn phòng Ủy ban nhân dân tỉnh;")
    assert first.x == pytest.approx(label.x + label.width, abs=1.5)
    assert page.find("- Ủy ban nhân dân các xã, phường.").x == first.x


def test_a_single_addressee_stands_on_the_line_itself() -> None:
    page = read_pdf(render_pdf(samples.letter("Ủy ban nhân dân tỉnh")))[0]
    assert page.has("Kính gửi: Ủy ban nhân dân tỉnh")


def test_a_decision_names_its_authority_and_decides_in_the_middle(pages: Pages) -> None:
    page = pages("decision")[0]
    order = ["QUYẾT ĐỊNH", "GIÁM ĐỐC SỞ KHOA HỌC", "Căn cứ Quyết định", "QUYẾT ĐỊNH:", "Điều 1."]
    assert [page.find(text).y for text in order] == sorted(page.find(text).y for text in order)
    assert page.find("QUYẾT ĐỊNH:").middle == pytest.approx(110, abs=0.3)
    assert page.find("Điều 1.").bold


def test_minutes_are_signed_by_secretary_left_and_chair_right(pages: Pages) -> None:
    page = pages("minutes")[0]
    secretary, chair = page.find("THƯ KÝ"), page.find("CHỦ TỌA")
    assert secretary.y == chair.y
    assert secretary.middle < 105 < chair.middle
    assert page.find("Nơi nhận:").y > page.find("Đỗ Hải Yến").y
    assert not page.has("Hòa Giang, ngày")


def test_a_draft_says_so_in_the_margin_and_moves_nothing(pages: Pages) -> None:
    draft = read_pdf(render_pdf(samples.plan(draft=True)))
    assert [page.has("DỰ THẢO") for page in draft] == [True, True]
    assert draft[0].find("DỰ THẢO").y < 20
    for marked, plain in zip(draft, pages("plan"), strict=True):
        kept = [(w.text, w.x, w.y) for w in marked.words if w.text != "DỰ THẢO"]
        assert sorted(kept) == sorted((w.text, w.x, w.y) for w in plain.words)


def test_blanks_of_a_draft_keep_their_room() -> None:
    page = read_pdf(render_pdf(samples.plan(number="", date=None, year=2026)))[0]
    assert page.has(f"Số: {BLANK}/KH-SKHCN")
    assert page.has(f"Hòa Giang, ngày{BLANK}tháng{BLANK}năm 2026")


def _fonts(pdf: bytes) -> Iterator[Any]:
    for page in PdfReader(BytesIO(pdf)).pages:
        yield from (font.get_object() for font in page["/Resources"]["/Font"].values())


def test_only_our_font_is_embedded_and_only_the_glyphs_in_use(pdf: Callable[[str], bytes]) -> None:
    for font in _fonts(pdf("plan")):
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert "+LiberationSerif" in font["/BaseFont"]
        assert len(descriptor["/FontFile2"].get_object().get_data()) < 60_000


def test_every_vietnamese_letter_has_a_glyph_of_our_font() -> None:
    words = f"{LETTERS} {LETTERS.upper()}"
    document = OfficialDocument(samples.ISSUER, blocks=(Paragraph(words),))
    pdf = render_pdf(document)
    assert {font["/BaseFont"].split("+")[1] for font in _fonts(pdf)} <= {
        f"LiberationSerif{face}" for face in ("", "-Bold", "-Italic", "-BoldItalic")
    }
    assert "".join(read_pdf(pdf)[0].text.split()).endswith("".join(words.split()))


def test_the_file_is_tagged_and_names_title_and_language(pdf: Callable[[str], bytes]) -> None:
    reader = PdfReader(BytesIO(pdf("plan")))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "vi"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    metadata = root["/Metadata"].get_object().get_data()
    assert b"<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert reader.metadata.title.startswith("Kế hoạch 05/KH-SKHCN: Áp dụng")
    assert reader.metadata.author == "Sở Khoa học và Công nghệ"


def test_headings_lists_and_tables_are_tagged_as_such_and_the_head_is_no_table(pdf: Callable[[str], bytes]) -> None:
    tags = list(_tags(PdfReader(BytesIO(pdf("plan"))).trailer["/Root"]["/StructTreeRoot"]["/K"]))
    assert tags.count("/H1") == 1
    assert tags.count("/H2") == 3
    assert tags.count("/Table") == 1  # on two pages
    assert {"/L", "/LI", "/TH", "/TD", "/P"} <= set(tags)


def test_heading_cells_head_their_columns_and_no_cell_names_a_wrong_one(pdf: Callable[[str], bytes]) -> None:
    cells = list(elements(PdfReader(BytesIO(pdf("plan"))).trailer["/Root"]["/StructTreeRoot"]["/K"]))
    headings = [cell for cell in cells if cell["/S"] == "/TH"]
    assert [heading["/A"][0]["/Scope"] for heading in headings] == ["/Column"] * len(headings)
    places = {heading["/ID"]: place for place, heading in enumerate(headings)}
    named = [[places[name] for name in cell["/A"][0]["/Headers"]] for cell in cells if cell["/S"] == "/TD"]
    assert named == [[0], [1], [2, 4], [2, 5], [3]] * 5  # "Trách nhiệm" stands over "Chủ trì" and "Phối hợp"


def _tags(node: Any) -> Iterator[str]:
    return (element["/S"] for element in elements(node))


def test_a_viewer_shows_the_headings_as_contents() -> None:
    chapter = Heading(HeadingLevel.CHAPTER, "I", "Tổ chức thực hiện và trách nhiệm của các phòng, đơn vị trực thuộc Sở")
    section = Heading(HeadingLevel.SECTION, "I", "Theo 05/KH-SKHCN")
    document = OfficialDocument(samples.ISSUER, kind_name="Kế hoạch", blocks=(chapter, section, Paragraph("Hết./.")))
    title, parts = PdfReader(BytesIO(render_pdf(document))).outline
    assert (title.title, [part.title for part in parts]) == ("KẾ HOẠCH", [chapter.text.upper(), "I. THEO 05/KH-SKHCN"])


@pytest.mark.parametrize("name", samples.ALL)
def test_the_same_document_gives_the_same_bytes(pdf: Callable[[str], bytes], name: str) -> None:
    assert render_pdf(samples.ALL[name]()) == pdf(name)


def test_a_document_of_nothing_but_its_form_is_still_a_page() -> None:
    for form in Form:
        empty = OfficialDocument(samples.ISSUER, form=form, signatures=(Signature(),))
        assert len(read_pdf(render_pdf(empty))) == 1


def test_the_sizes_of_the_page_are_those_of_the_table(pages: Pages) -> None:
    sizes = {words.size for name in samples.ALL for page in pages(name) for words in page.words}
    assert sizes <= {face.size for face in FACES.values()}

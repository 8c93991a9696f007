"""Measures the Word file: its XML, read with python-docx."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as WORD_ALIGN
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from qms.documents.docx import render_docx
from qms.documents.measures import FACES
from qms.documents.metrics import text_width
from qms.documents.model import Align, Cell, Column, Form, OfficialDocument, Paragraph, Run, Table
from qms.documents.tests import samples
from qms.documents.word_styles import SHAPES

Files = Callable[[str], bytes]
NEAR = pytest.approx


def _open(docx: bytes) -> WordDocument:
    return Document(BytesIO(docx))


def _paragraphs(word: WordDocument) -> Iterator[WordParagraph]:
    """Every paragraph of the body and of its tables, in order."""
    for element in word.element.body.iter(qn("w:p")):
        yield WordParagraph(element, word._body)


def _find(word: WordDocument, start: str) -> WordParagraph:
    return next(paragraph for paragraph in _paragraphs(word) if paragraph.text.startswith(start))


def _rule_after(word: WordDocument, start: str) -> WordParagraph:
    """The drawn line under some text."""
    following = _find(word, start)._p.getnext()
    assert following.find(".//" + qn("w:top")) is not None
    return WordParagraph(following, word._body)


def _length(rule: WordParagraph, width: float) -> float:
    form = rule.paragraph_format
    return width - form.left_indent.mm - form.right_indent.mm


@pytest.mark.parametrize("name", samples.ALL)
def test_every_section_is_a4_with_the_margins_of_the_decree(docx: Files, name: str) -> None:
    for section in _open(docx(name)).sections:
        sides = (section.page_width.mm, section.page_height.mm)
        margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
        assert sorted(sides) == NEAR([210, 297], abs=0.1)
        assert [margin.mm for margin in margins] == NEAR([20, 20, 30, 20], abs=0.1)


def test_the_page_number_is_a_field_centred_in_the_header_and_missing_on_the_first_page(docx: Files) -> None:
    section = _open(docx("plan")).sections[0]
    header = section.header.paragraphs[0]
    assert section.different_first_page_header_footer
    assert header.style.paragraph_format.alignment == WORD_ALIGN.CENTER
    assert header.style.font.size.pt == 13
    assert [node.text.strip() for node in header._p.iter(qn("w:instrText"))] == ["PAGE"]
    assert section.first_page_header._element.findall(".//" + qn("w:instrText")) == []


def test_every_annex_is_a_section_that_counts_its_own_pages(docx: Files) -> None:
    sections = _open(docx("plan_with_annexes")).sections
    starts = [section._sectPr.find(qn("w:pgNumType")) for section in sections]
    assert [start is not None and start.get(qn("w:start")) for start in starts] == [False, "1", "1"]
    assert all(section.different_first_page_header_footer for section in sections)
    assert [section.orientation for section in sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
    ]


def test_everything_is_set_in_times_new_roman(docx: Files) -> None:
    with ZipFile(BytesIO(docx("plan"))) as package:
        text = b"".join(package.read(name) for name in package.namelist() if name.endswith(".xml")).decode()
    assert set(re.findall(r'w:(?:ascii|hAnsi|cs)="([^"]*)"', text)) == {"Times New Roman"}


@pytest.mark.parametrize("face", SHAPES)
def test_every_component_is_a_style_with_the_size_of_the_table(docx: Files, face: str) -> None:
    style = _open(docx("plan")).styles[SHAPES[face].name]
    assert (style.font.size.pt, style.font.bold, style.font.italic) == (
        FACES[face].size,
        FACES[face].bold,
        FACES[face].italic,
    )


def test_head_lines_stand_in_their_styles(docx: Files) -> None:
    word = _open(docx("plan"))
    texts = {
        "UBND TỈNH HÒA GIANG": "superior",
        "SỞ KHOA HỌC VÀ CÔNG NGHỆ": "issuer",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM": "nation",
        "Độc lập - Tự do - Hạnh phúc": "motto",
        "Số: 05/KH-SKHCN": "number",
        "Hòa Giang, ngày 05 tháng 02 năm 2026": "place-date",
        "KẾ HOẠCH": "kind",
        "Áp dụng, duy trì": "subject",
        "Căn cứ Quyết định": "basis",
        "I. MỤC ĐÍCH, YÊU CẦU": "section",
        "1. Mục đích": "clause",
        "GIÁM ĐỐC": "sign-title",
        "Trần Minh Quang": "sign-name",
        "Nơi nhận:": "recipients-label",
        "- Lưu: VT, TĐC.": "recipient",
    }
    assert {text: _find(word, text).style.name for text in texts} == {t: SHAPES[face].name for t, face in texts.items()}


def test_the_line_under_tieu_ngu_is_exactly_as_long_as_its_text(docx: Files) -> None:
    rule = _rule_after(_open(docx("plan")), "Độc lập")
    assert _length(rule, 92) == NEAR(text_width("Độc lập - Tự do - Hạnh phúc", FACES["motto"]), abs=0.2)


def test_the_lines_under_agency_and_subject_are_a_third_to_a_half_of_the_text(docx: Files) -> None:
    word = _open(docx("plan"))
    agency = text_width("Sở Khoa học và Công nghệ", FACES["issuer"])
    lines = _find(word, "Áp dụng").text.split("\n")
    subject = max(text_width(line, FACES["subject"]) for line in lines)
    assert agency / 3 <= _length(_rule_after(word, "SỞ KHOA HỌC"), 68) <= agency / 2
    assert subject / 3 <= _length(_rule_after(word, "Áp dụng"), 160) <= subject / 2


def test_number_and_date_stand_in_one_row(docx: Files) -> None:
    head = _open(docx("plan")).tables[0]
    assert [cell.text for cell in head.rows[1].cells] == ["Số: 05/KH-SKHCN", "Hòa Giang, ngày 05 tháng 02 năm 2026"]


def _content_table(word: WordDocument) -> WordTable:
    return next(table for table in word.tables if table.cell(0, 0).text == "TT")


def test_columns_have_their_widths_in_the_grid_and_in_every_cell(docx: Files) -> None:
    table = _content_table(_open(docx("plan")))
    grid = [column.width.mm for column in table.columns]
    assert sum(grid) == NEAR(160, abs=0.2)
    for row in table.rows[2:]:
        assert [cell.width.mm for cell in row.cells] == NEAR(grid, abs=0.1)


def test_headings_of_a_table_repeat_and_rows_stay_whole(docx: Files) -> None:
    rows = _content_table(_open(docx("plan"))).rows
    repeated = [row._tr.find(".//" + qn("w:tblHeader")) is not None for row in rows]
    assert repeated == [True, True, False, False, False, False, False]
    assert all(row._tr.find(".//" + qn("w:cantSplit")) is not None for row in rows)


def test_a_shared_heading_spans_its_columns_and_the_others_both_rows(docx: Files) -> None:
    table = _content_table(_open(docx("plan")))
    assert table.cell(0, 2).text == table.cell(0, 3).text == "Trách nhiệm"
    assert [table.cell(1, column).text for column in range(5)] == [
        "TT",
        "Nội dung công việc",
        "Chủ trì",
        "Phối hợp",
        "Thời gian",
    ]


def _table_file(*rows: tuple[Cell, ...]) -> WordTable:
    columns = (Column("TT", 10, align=Align.CENTER), Column("Nội dung", 60), Column("Hạn", 30))
    document = OfficialDocument(samples.ISSUER, blocks=(Table(columns, rows),))
    return _content_table(_open(render_docx(document)))


def test_cells_over_rows_and_columns_are_merged() -> None:
    a, b = Cell(("a",)), Cell(("b",))
    table = _table_file((Cell(("2",), rows=2), a, b), (a, b), (Cell(("tất cả",), span=3),))
    assert [[cell.text for cell in row.cells] for row in table.rows[1:]] == [
        ["2", "a", "b"],
        ["2", "a", "b"],
        ["tất cả"] * 3,
    ]


def test_a_row_with_too_few_cells_is_filled_up() -> None:
    table = _table_file((Cell(("1",)),))
    assert [cell.text for cell in table.rows[1].cells] == ["1", "", ""]


def test_the_signature_block_is_one_unbroken_row_held_by_the_closing_paragraph(docx: Files) -> None:
    word = _open(docx("plan"))
    foot = word.tables[-1]
    closing = _find(word, "Trên đây là")
    assert "GIÁM ĐỐC" in foot.cell(0, 1).text
    assert "Trần Minh Quang" in foot.cell(0, 1).text
    assert foot.rows[0]._tr.find(".//" + qn("w:cantSplit")) is not None
    assert closing.paragraph_format.keep_with_next
    assert closing._p.getnext().getnext() is foot._tbl


def test_what_word_wants_behind_a_table_is_too_low_to_open_a_page(docx: Files) -> None:
    word = _open(docx("plan_with_annexes"))
    behind = [WordParagraph(table._tbl.getnext(), word._body) for table in word.tables[1:]]
    breaks = [paragraph for paragraph in word.paragraphs if paragraph._p.find(".//" + qn("w:sectPr")) is not None]
    assert [paragraph.paragraph_format.line_spacing.pt for paragraph in (*behind, *breaks)] == [1] * (len(behind) + 2)


def test_there_is_room_for_the_signature_above_the_name(docx: Files) -> None:
    name = _find(_open(docx("plan")), "Trần Minh Quang")
    assert name.paragraph_format.space_before.pt >= 60


def test_the_office_of_a_committee_head_takes_the_room_above_the_name(docx: Files) -> None:
    word = _open(docx("committee_report"))
    assert _find(word, "GIÁM ĐỐC SỞ").paragraph_format.space_before.pt >= 60
    assert _find(word, "Trần Minh Quang").paragraph_format.space_before is None


def test_headings_are_word_headings_kept_with_their_text(docx: Files) -> None:
    heading = _find(_open(docx("plan")), "I. MỤC ĐÍCH")
    assert heading.style.name == "Heading 2"
    assert heading.style.paragraph_format.keep_with_next


def test_body_text_is_justified_indented_and_spaced(docx: Files) -> None:
    form = _find(_open(docx("plan")), "Văn phòng Sở chủ trì").style.paragraph_format
    assert form.alignment == WORD_ALIGN.JUSTIFY
    assert form.first_line_indent.mm == NEAR(12.7, abs=0.1)
    assert form.space_before.pt >= 6
    assert 1 <= form.line_spacing <= 1.5


def test_stretches_keep_their_style() -> None:
    text = (Run("đậm ", bold=True), Run("nghiêng ", italic=True), Run("thường"))
    word = _open(render_docx(OfficialDocument(samples.ISSUER, blocks=(Paragraph(text),))))
    runs = _find(word, "đậm nghiêng thường").runs
    assert [(run.text, run.bold, run.italic) for run in runs] == [
        ("đậm ", True, None),
        ("nghiêng ", None, True),
        ("thường", None, None),
    ]


def test_properties_name_title_issuer_and_language(docx: Files) -> None:
    properties = _open(docx("plan")).core_properties
    assert properties.title.startswith("Kế hoạch 05/KH-SKHCN: Áp dụng")
    assert properties.author == "Sở Khoa học và Công nghệ"
    assert properties.language == "vi-VN"
    assert properties.created == datetime(2026, 2, 5, tzinfo=UTC)


def test_words_are_checked_as_vietnamese(docx: Files) -> None:
    language = _open(docx("plan")).styles.element.find(".//" + qn("w:lang"))
    assert language.get(qn("w:val")) == "vi-VN"


@pytest.mark.parametrize("name", samples.ALL)
def test_the_same_document_gives_the_same_bytes(docx: Files, name: str) -> None:
    assert render_docx(samples.ALL[name]()) == docx(name)


def test_a_letter_has_its_subject_under_the_number_and_dashes_under_the_colon(docx: Files) -> None:
    word = _open(docx("letter"))
    label, item = _find(word, "Kính gửi:"), _find(word, "- Văn phòng Ủy ban")
    assert "V/v cung cấp" in word.tables[0].cell(1, 0).text
    expected = label.paragraph_format.left_indent.mm + text_width("Kính gửi", FACES["addressee"])
    assert item.paragraph_format.left_indent.mm == NEAR(expected, abs=0.2)


def test_minutes_are_signed_left_and_right_with_the_recipients_below(docx: Files) -> None:
    word = _open(docx("minutes"))
    left, right = word.tables[-1].rows[0].cells
    assert left.text.split("\n") == ["THƯ KÝ", "Đỗ Hải Yến"]
    assert right.text.split("\n") == ["CHỦ TỌA", "Trần Minh Quang"]
    assert [p.text for p in word.paragraphs][-3:] == ["Nơi nhận:", "- Thành viên Ban Chỉ đạo ISO;", "- Lưu: VT, Hồ sơ."]


def test_a_long_list_of_recipients_stands_below_the_signature() -> None:
    many = tuple(f"Đơn vị thứ {number}" for number in range(80))
    word = _open(render_docx(OfficialDocument(samples.ISSUER, signatures=(samples.DIRECTOR,), recipients=many)))
    assert [cell.text for cell in word.tables[-1].rows[0].cells] == ["", "GIÁM ĐỐC\nTrần Minh Quang"]
    assert [paragraph.text for paragraph in word.paragraphs][-1] == "- Đơn vị thứ 79."


def test_a_draft_says_so_in_both_headers(docx: Files) -> None:
    section = _open(render_docx(samples.plan(draft=True))).sections[0]
    assert section.first_page_header.paragraphs[0].text.strip() == "DỰ THẢO"
    assert section.header.paragraphs[0].text.startswith("DỰ THẢO\t")
    tab = section.header.paragraphs[0].paragraph_format.tab_stops[0]
    assert tab.position == NEAR(Mm(80), abs=1000)


def test_every_cell_holds_a_paragraph_or_word_would_repair_the_file() -> None:
    for form in Form:
        word = _open(render_docx(OfficialDocument(samples.ISSUER, form=form, recipients=("X",))))
        cells = list(word.element.body.iter(qn("w:tc")))
        assert [len(cell.findall(qn("w:p"))) > 0 for cell in cells] == [True] * len(cells)

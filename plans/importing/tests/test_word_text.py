"""What Word hides in its files: runs, changes, boxes, fields, controls, symbols, capitals."""

import unicodedata
from pathlib import Path
from typing import Any

import pytest

from plans.importing import ImportedPlan

from .typed import FIRST, HEADING, PURPOSE, Typed, append_xml, codes, element, type_in

TEXT = "<w:r><w:t>{}</w:t></w:r>"


def read_with(folder: Path, *fragments: str) -> ImportedPlan:
    """A plan whose purpose is made of these fragments of a paragraph."""
    typed = Typed()
    typed.head()
    typed.title()
    typed.opening()
    typed.heading("I. MỤC ĐÍCH")
    paragraph = typed.line()
    for fragment in fragments:
        append_xml(paragraph, fragment)
    typed.heading("II. NHIỆM VỤ")
    typed.table([HEADING, FIRST])
    return typed.end().read(folder)


def purpose(plan: ImportedPlan) -> str:
    return plan.content.sections[0].text


@pytest.mark.parametrize(
    ("fragments", "text"),
    [
        (["<w:r><w:t>Rõ </w:t></w:r>", "<w:r><w:t>vi</w:t></w:r>", "<w:r><w:t>ệc.</w:t></w:r>"], "Rõ việc."),
        (["<w:r><w:t>Rõ</w:t><w:tab/><w:t>việc</w:t><w:br/><w:t>rõ hạn.</w:t></w:r>"], "Rõ việc rõ hạn."),
        (["<w:r><w:t>TCVN ISO\u00a09001</w:t></w:r>"], "TCVN ISO 9001"),
        (["<w:r><w:t>Kế</w:t><w:noBreakHyphen/><w:t>hoạch</w:t><w:softHyphen/></w:r>"], "Kế-hoạch"),
        (["<w:ins w:id='1' w:author='a'><w:r><w:t>Thêm </w:t></w:r></w:ins>", TEXT.format("vào")], "Thêm vào"),
        (["<w:del w:id='1' w:author='a'><w:r><w:delText>Bỏ </w:delText></w:r></w:del>", TEXT.format("Giữ")], "Giữ"),
        (["<w:moveFrom w:id='1' w:author='a'><w:r><w:t>Cũ</w:t></w:r></w:moveFrom>", TEXT.format("Mới")], "Mới"),
        (["<w:hyperlink><w:r><w:t>Cổng thông tin</w:t></w:r></w:hyperlink>"], "Cổng thông tin"),
        (["<w:smartTag w:element='x'><w:r><w:t>Sơn Bình</w:t></w:r></w:smartTag>"], "Sơn Bình"),
        (["<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>Ô nhập</w:t></w:r></w:sdtContent></w:sdt>"], "Ô nhập"),
        (["<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Bấm</w:t></w:r></w:sdtContent></w:sdt>",
          TEXT.format("Rõ việc.")], "Rõ việc."),
        (["<w:fldSimple w:instr='DATE'><w:r><w:t>Năm 2026</w:t></w:r></w:fldSimple>"], "Năm 2026"),
        (["<w:r><w:rPr><w:vanish/></w:rPr><w:t>Ẩn </w:t></w:r>", TEXT.format("Hiện")], "Hiện"),
        (["<w:r><w:rPr><w:caps/></w:rPr><w:t>chữ hoa</w:t></w:r>"], "CHỮ HOA"),
        (["<w:r><w:t>Đạt </w:t><w:sym w:font='Wingdings' w:char='F0FC'/></w:r>"], "Đạt ✓"),
        (["<w:r><w:instrText>PAGE</w:instrText></w:r>", TEXT.format("Rõ hạn.")], "Rõ hạn."),
        ([TEXT.format("Kế\u200bhoạch\ufeff năm")], "Kếhoạch năm"),
    ],
)  # fmt: skip
def test_the_words_are_those_a_reader_sees(tmp_path: Path, fragments: list[str], text: str) -> None:
    assert purpose(read_with(tmp_path, *fragments)) == text


def test_decomposed_letters_are_composed(tmp_path: Path) -> None:
    text = "Rõ việc, rõ người, rõ thời hạn, đúng quy trình."
    plan = read_with(tmp_path, TEXT.format(unicodedata.normalize("NFD", text)))
    assert purpose(plan) == text


def test_tracked_changes_are_doubted(tmp_path: Path) -> None:
    assert codes(read_with(tmp_path, "<w:ins w:id='1' w:author='a'><w:r><w:t>Thêm.</w:t></w:r></w:ins>")) == [
        "tracked_changes"
    ]


def test_a_deleted_paragraph_mark_joins_two_paragraphs(tmp_path: Path) -> None:
    typed = Typed().start()
    first = typed.line("Câu này nối ")
    first._p.get_or_add_pPr().append(element("<w:rPr><w:del w:id='1' w:author='a'/></w:rPr>"))
    typed.line("với câu sau.")
    typed.table([HEADING, FIRST])
    assert typed.end().read(tmp_path).content.sections[1].text == "Câu này nối với câu sau."


def test_a_deleted_row_is_no_task(tmp_path: Path) -> None:
    typed = Typed().start()
    table = typed.table([HEADING, FIRST, ["2", *FIRST[1:]]])
    table.rows[2]._tr.get_or_add_trPr().append(element("<w:del w:id='1' w:author='a'/>"))
    assert len(typed.end().read(tmp_path).content.tasks) == 1


@pytest.mark.parametrize(
    ("raw", "lines"),
    [
        ("Gồm:\n- Việc một;\n- Việc hai.", ["Gồm:", "- Việc một;", "- Việc hai."]),
        ("Gồm:\n1. Việc một\n2. Việc hai", ["Gồm:", "1. Việc một", "2. Việc hai"]),
        ("Gồm:\na) Việc một\nb) Việc hai", ["Gồm:", "a) Việc một", "b) Việc hai"]),
        ("Câu này bị\nngắt dòng", ["Câu này bị ngắt dòng"]),
        ("TCVN ISO 9001\n-2015", ["TCVN ISO 9001 -2015"]),
    ],
)
def test_a_break_begins_a_line_only_before_a_mark(tmp_path: Path, raw: str, lines: list[str]) -> None:
    typed = Typed().start()
    typed.line(raw)
    typed.table([HEADING, FIRST])
    assert typed.end().read(tmp_path).content.sections[1].text.split("\n") == lines


def test_a_bold_heading_ends_at_a_break(tmp_path: Path) -> None:
    plan = read_with(
        tmp_path, "<w:r><w:rPr><w:b/></w:rPr><w:t>1. Mục đích</w:t><w:br/></w:r>", TEXT.format("Rõ việc, rõ người.")
    )
    assert purpose(plan) == "1. Mục đích\nRõ việc, rõ người."


def test_page_numbers_and_rules_between_paragraphs_are_dropped(tmp_path: Path) -> None:
    typed = Typed().start()
    typed.lines("Trang 2/5", "3", "Nhiệm vụ gồm:", "_____", "")
    typed.table([HEADING, FIRST])
    assert typed.end().read(tmp_path).content.sections[1].text == "Nhiệm vụ gồm:"


BOX = (
    "<w:r><mc:AlternateContent xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>"
    "<mc:Choice Requires='wps'><w:drawing><w:txbxContent><w:p><w:r><w:t>Trong khung</w:t></w:r></w:p></w:txbxContent>"
    "</w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>Trong khung</w:t></w:r></w:p>"
    "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def test_a_text_box_is_read_once(tmp_path: Path) -> None:
    assert purpose(read_with(tmp_path, TEXT.format("Ngoài khung."), BOX)) == "Ngoài khung.\nTrong khung"


def wrapped(rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/><w:gridCol/></w:tblGrid>{rows}</w:tbl>"


def cell(text: str) -> str:
    return f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def control(content: str) -> str:
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"


@pytest.mark.parametrize("level", ["cell", "row", "table"])
def test_content_controls_are_looked_into(tmp_path: Path, level: str) -> None:
    cells = "".join(control(cell(t)) if level == "cell" else cell(t) for t in ("1", "Rà soát", "Quý I"))
    row = f"<w:tr>{cells}</w:tr>"
    rows = f"<w:tr>{cell('TT')}{cell('Nhiệm vụ')}{cell('Thời gian')}</w:tr>" + (control(row) if level == "row" else row)
    xml = control(wrapped(rows)) if level == "table" else wrapped(rows)
    typed = Typed().start()
    typed.line()._p.addnext(element(xml))
    (task,) = typed.end().read(tmp_path).content.tasks
    assert (task.ordinal, task.title, task.timing) == ("1", "Rà soát", "Quý I")


def test_a_table_inside_a_cell_gives_its_lines(tmp_path: Path) -> None:
    typed = Typed().start()
    table = typed.table([HEADING, FIRST])
    inner = table.cell(1, 2).add_table(1, 2)
    type_in(inner.cell(0, 0), "Thẻ kho")
    type_in(inner.cell(0, 1), "Phiếu xuất")
    (task,) = typed.end().read(tmp_path).content.tasks
    assert task.outputs == (FIRST[2], "Thẻ kho", "Phiếu xuất")


def test_a_frame_of_one_column_is_looked_through(tmp_path: Path) -> None:
    typed = Typed().start()
    body: Any = typed.document.element.body
    framed = [e for e in body if not e.tag.endswith("sectPr")]
    frame = element("<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc/></w:tr></w:tbl>")
    body.insert(0, frame)
    for part in framed:
        frame[-1][-1].append(part)
    typed.table([HEADING, FIRST])
    content = typed.end().read(tmp_path).content
    assert (content.agency, content.sections[0].text, len(content.tasks)) == ("SỞ NỘI VỤ", PURPOSE, 1)


def test_a_landscape_section_is_noticed(tmp_path: Path) -> None:
    typed = Typed().start()
    typed.table([HEADING, FIRST])
    properties = typed.line()._p.get_or_add_pPr()
    properties.append(element("<w:sectPr><w:pgSz w:w='16838' w:h='11906' w:orient='landscape'/></w:sectPr>"))
    assert typed.end().read(tmp_path).content.layout.landscape

"""A plan as an official document: its blocks, and every word of it in both files."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn

from plans.content import (
    DEFAULT_LAYOUT,
    UNNUMBERED,
    Column,
    LayoutColumn,
    LayoutContent,
    PhaseContent,
    PlanContent,
    ResponsibilityContent,
    SectionContent,
    SectionKind,
    Signer,
    TaskContent,
    TaskStyle,
)
from plans.documents import plan_document, text_blocks
from qms.documents.docx import render_docx
from qms.documents.model import Block, Cell, Heading, HeadingLevel, ListItem, Paragraph, Run, Table, block_texts
from qms.documents.pdf import render_pdf
from qms.documents.review import review_layout
from qms.documents.tests.reading import read_pdf
from qms.text import nfc

CLAUSE, SECTION = HeadingLevel.CLAUSE, HeadingLevel.SECTION
TASKS = (
    TaskContent("1", "Rà soát quy trình", ("Danh mục", "Báo cáo"), "Văn phòng Sở", "Các phòng", "", "Quý I/2026"),
    TaskContent("2", "Đánh giá nội bộ", ("Kế hoạch đánh giá",), "Ban Chỉ đạo ISO", "", "", "Trước ngày 30/9/2026"),
)
PLAN = PlanContent(
    agency="Sở Công Thương",
    parent_agency="UBND tỉnh Hòa Giang",
    number="7",
    symbol="KH-SCT",
    place="Hòa Giang",
    date=date(2026, 2, 5),
    subject="Áp dụng Hệ thống quản lý chất lượng năm 2026",
    year=2026,
    bases=("Căn cứ quy chế làm việc của Sở.",),
    intro="Sở Công Thương ban hành Kế hoạch như sau:",
    sections=(
        SectionContent("I", "Mục đích", "1. Mục đích\nNâng cao chất lượng.\n- Đúng hạn;\n- Đủ hồ sơ."),
        SectionContent("II", "Nhiệm vụ", "Các nhiệm vụ gồm:", SectionKind.TASKS, "Kinh phí theo dự toán."),
        SectionContent("III", "Tổ chức thực hiện", "", SectionKind.RESPONSIBILITIES),
    ),
    phases=(PhaseContent(tasks=TASKS),),
    responsibilities=(ResponsibilityContent("Văn phòng Sở", "- Theo dõi, đôn đốc.", "1"),),
    closing="Trên đây là Kế hoạch của Sở./.",
    recipients=("UBND tỉnh", "Lưu: VT, VP"),
    signer=Signer("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Trần Minh Quang"),
)


def _blocks(**changes: object) -> tuple[Block, ...]:
    return plan_document(replace(PLAN, **changes)).blocks


def _table(layout: LayoutContent = DEFAULT_LAYOUT, tasks: tuple[TaskContent, ...] = TASKS) -> Table:
    blocks = _blocks(layout=layout, phases=(PhaseContent(tasks=tasks),))
    return next(block for block in blocks if isinstance(block, Table))


def test_the_frame_is_taken_from_the_plan() -> None:
    document = plan_document(PLAN)
    assert (document.issuer.superior, document.issuer.name) == ("UBND tỉnh Hòa Giang", "Sở Công Thương")
    assert (document.number_line, document.kind_name, document.draft) == ("Số: 07/KH-SCT", "KẾ HOẠCH", False)
    assert document.place_date_line == "Hòa Giang, ngày 05 tháng 02 năm 2026"
    assert document.signatures[0].titles == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
    assert document.recipients == ("UBND tỉnh", "Lưu: VT, VP")


def test_the_content_stands_in_its_order() -> None:
    assert list(block_texts(_blocks(phases=()))) == [
        "Sở Công Thương ban hành Kế hoạch như sau:",
        "I. Mục đích",
        "1. Mục đích",
        "Nâng cao chất lượng.",
        "- Đúng hạn;",
        "- Đủ hồ sơ.",
        "II. Nhiệm vụ",
        "Các nhiệm vụ gồm:",
        "Kinh phí theo dự toán.",
        "III. Tổ chức thực hiện",
        "1. Văn phòng Sở",
        "- Theo dõi, đôn đốc.",
        "Trên đây là Kế hoạch của Sở./.",
    ]


def test_the_table_stands_between_the_texts_of_its_section() -> None:
    blocks = _blocks()
    position = next(index for index, block in enumerate(blocks) if isinstance(block, Table))
    assert blocks[position - 1] == Paragraph("Các nhiệm vụ gồm:")
    assert blocks[position + 1] == Paragraph("Kinh phí theo dự toán.")


@pytest.mark.parametrize(
    ("line", "block"),
    [
        ("1. Mục đích", Heading(CLAUSE, "1", "Mục đích")),
        ("4.1. Giai đoạn chuẩn bị", Heading(CLAUSE, "4.1", "Giai đoạn chuẩn bị")),
        ("1. Rà soát các quy trình hiện có.", Paragraph("1. Rà soát các quy trình hiện có.")),
        ("2. Yêu cầu: Làm đúng hạn.", Paragraph((Run("2. Yêu cầu: ", bold=True), Run("Làm đúng hạn.")))),
        ("- Đúng hạn;", ListItem("Đúng hạn;", "-")),
        ("+ Đủ hồ sơ", ListItem("Đủ hồ sơ", "+")),
        ("Nâng cao chất lượng.", Paragraph("Nâng cao chất lượng.")),
        (f"1. {'Rất dài ' * 40}", Paragraph(f"1. {'Rất dài ' * 40}")),
        ("2026 là năm đầu", Paragraph("2026 là năm đầu")),
    ],
)
def test_a_line_is_read_as_what_it_looks_like(line: str, block: Block) -> None:
    assert list(text_blocks(line)) == [block]


def test_blank_lines_print_nothing() -> None:
    assert list(text_blocks("\n  \n")) == []


def test_a_phase_heading_stands_before_its_table() -> None:
    phases = (PhaseContent("1", "Chuẩn bị", TASKS[:1]), PhaseContent("2", "Thực hiện", TASKS[1:]))
    kinds = [(type(block), getattr(block, "line", "")) for block in _blocks(phases=phases)][8:12]
    assert kinds == [(Heading, "1. Chuẩn bị"), (Table, ""), (Heading, "2. Thực hiện"), (Table, "")]


def test_a_row_has_the_columns_of_the_layout() -> None:
    table = _table()
    assert [column.heading for column in table.columns] == [column.heading for column in DEFAULT_LAYOUT.columns]
    assert [cell.lines for cell in table.rows[0]] == [
        ("1",),
        ("Rà soát quy trình",),
        ("- Danh mục", "- Báo cáo"),
        ("Văn phòng Sở",),
        ("Các phòng",),
        ("Quý I/2026",),
    ]


def test_a_single_product_has_no_dash_and_one_with_a_colon_leads_in() -> None:
    outputs = ("Đánh giá hai lần:", "Lần một", "Lần hai")
    table = _table(tasks=(TASKS[1], replace(TASKS[1], outputs=outputs)))
    assert table.rows[0][2].lines == ("Kế hoạch đánh giá",)
    assert table.rows[1][1].lines == ("Đánh giá hai lần:", "- Lần một", "- Lần hai")


def test_tasks_under_one_number_share_its_cell() -> None:
    table = _table(tasks=(TASKS[0], replace(TASKS[1], ordinal="1"), replace(TASKS[1], ordinal="2")))
    assert [row[0] for row in table.rows] == [Cell(("1",), rows=2), table.rows[1][0], Cell(("2",))]
    assert table.rows[1][0].lines == ("Đánh giá nội bộ",)


def test_tasks_without_number_stand_alone() -> None:
    table = _table(tasks=(replace(TASKS[0], ordinal=""), replace(TASKS[1], ordinal="")))
    assert [(len(row), row[0].rows) for row in table.rows] == [(6, 1), (6, 1)]


def test_two_responsibility_columns_stand_under_one_heading() -> None:
    layout = LayoutContent(
        columns=(
            LayoutColumn(Column.TITLE, "Việc"),
            LayoutColumn(Column.APPROVER, "Chính", group="Trách nhiệm"),
            LayoutColumn(Column.LEAD, "Tham mưu", group="Trách nhiệm"),
        )
    )
    assert [[cell.lines[0] for cell in row] for row in _table(layout).heading_rows] == [
        ["Việc", "Trách nhiệm"],
        ["Chính", "Tham mưu"],
    ]


def test_what_has_no_column_is_printed_with_the_title() -> None:
    layout = LayoutContent(columns=(LayoutColumn(Column.ORDINAL, "TT"), LayoutColumn(Column.TITLE, "Việc")))
    task = replace(TASKS[0], note="Ưu tiên", description="Theo quy trình mới.")
    assert _table(layout, (task,)).rows[0][1].lines == (
        "Rà soát quy trình",
        "Theo quy trình mới.",
        "Đơn vị thực hiện: Văn phòng Sở",
        "Đơn vị phối hợp: Các phòng",
        "Sản phẩm: - Danh mục; - Báo cáo",
        "Thời gian thực hiện: Quý I/2026",
        "Ghi chú: Ưu tiên",
    )


def test_tasks_as_paragraphs_have_bold_titles_and_labelled_lines() -> None:
    layout = LayoutContent(style=TaskStyle.PARAGRAPHS)
    task = replace(TASKS[1], description="Theo chương trình năm.")
    texts = list(block_texts(_blocks(layout=layout, phases=(PhaseContent(tasks=(task,)),))))[8:13]
    assert texts == [
        "2. Đánh giá nội bộ",
        "Theo chương trình năm.",
        "- Sản phẩm: Kế hoạch đánh giá;",
        "- Đơn vị thực hiện: Ban Chỉ đạo ISO;",
        "- Thời gian thực hiện: Trước ngày 30/9/2026.",
    ]


def test_tasks_as_annex_stand_on_their_own_landscape_pages() -> None:
    layout = replace(DEFAULT_LAYOUT, style=TaskStyle.ANNEX, annex_title="Phân công nhiệm vụ", landscape=True)
    document = plan_document(replace(PLAN, layout=layout))
    (annex,) = document.annexes
    assert not [block for block in document.blocks if isinstance(block, Table)]
    assert (annex.title, annex.landscape, annex.number) == ("Phân công nhiệm vụ", True, "")
    assert annex.reference.startswith("(Kèm theo Kế hoạch số ")
    assert [type(block) for block in annex.blocks] == [Table]


def test_nothing_is_lost_where_no_section_is_made_for_it() -> None:
    texts = list(block_texts(_blocks(sections=(SectionContent("I", "Mục đích", "Nâng cao chất lượng."),))))
    for text in ("Rà soát quy trình", "Đánh giá nội bộ", "1. Văn phòng Sở", "- Theo dõi, đôn đốc."):
        assert text in texts


def test_the_review_of_a_good_plan_has_no_remark() -> None:
    sections = (
        SectionContent("I", "Mục đích", "Nâng cao chất lượng."),
        SectionContent("II", "Nhiệm vụ", "Các nhiệm vụ gồm:", SectionKind.TASKS),
        SectionContent("III", "Tổ chức thực hiện", "", SectionKind.RESPONSIBILITIES),
    )
    assert review_layout(plan_document(replace(PLAN, sections=sections))).remarks == ()


def test_a_plan_comes_back_from_its_published_form() -> None:
    phases = (PhaseContent("1", "Chuẩn bị", TASKS[:1]), PhaseContent("2", "Thực hiện", TASKS[1:]))
    plan = replace(PLAN, phases=phases)
    assert PlanContent.from_json(plan.to_json()) == plan


def test_a_table_without_heading_belongs_to_the_section_without_text() -> None:
    sections = (PLAN.sections[0], SectionContent("II", "Nhiệm vụ", "", SectionKind.TASKS), PLAN.sections[2])
    plan = replace(PLAN, sections=sections)
    assert PlanContent.from_json(plan.to_json()) == plan


def squeezed(text: str) -> str:
    """Letters and marks alone: line ends and capitals of a page do not count."""
    return "".join(nfc(text).split()).casefold()


def missing_in_order(wanted: Iterable[str], text: str) -> list[str]:
    """What does not follow in the text after the ones before it."""
    position, missing = 0, []
    for item in wanted:
        found = text.find(squeezed(item), position)
        if found < 0:
            missing.append(item)
        else:
            position = found + len(squeezed(item))
    return missing


def pdf_text(pdf: bytes) -> str:
    """The words of all pages without the numbers on top."""
    return squeezed(" ".join(words.text for page in read_pdf(pdf) for words in page.words if words.y > 15))


def docx_text(docx: bytes) -> str:
    body = Document(BytesIO(docx)).element.body
    return squeezed(" ".join(node.text or "" for node in body.iter(qn("w:t"))))


def printed_strings(plan: PlanContent) -> list[str]:
    """Every string of the plan in the order of the page, the foot apart."""
    head = [plan.parent_agency, plan.agency, plan.symbol, plan.place, plan.title, plan.subject, *plan.bases, plan.intro]
    return [*head, *(text for section in plan.sections for text in _section_strings(plan, section)), plan.closing]


def _section_strings(plan: PlanContent, section: SectionContent) -> Iterable[str]:
    yield from (f"{section.number}. {section.heading}", *section.text.split("\n"))
    if section.kind == SectionKind.TASKS:
        for phase in plan.phases:
            yield phase.heading
            for task in phase.tasks:
                yield from _task_strings(task, plan.layout)
    if section.kind == SectionKind.RESPONSIBILITIES:
        for item in plan.responsibilities:
            yield from (f"{item.heading}. {item.unit}" if item.heading else "", *item.text.split("\n"))
    yield from section.text_after.split("\n")


def _task_strings(task: TaskContent, layout: LayoutContent) -> Iterable[str]:
    """The fields in the order of the columns, or of the paragraphs."""
    keys = [column.key for column in layout.columns] or [Column.OUTPUTS, Column.LEAD, Column.SUPPORT, Column.TIMING]
    yield from (task.title, *task.description.split("\n"))
    for key in keys:
        if key not in (Column.ORDINAL, Column.TITLE):
            yield from task.outputs if key == Column.OUTPUTS else getattr(task, key).split("\n")


def test_every_word_of_a_plan_is_in_both_files_in_order() -> None:
    document = plan_document(PLAN)
    for text in (pdf_text(render_pdf(document)), docx_text(render_docx(document))):
        assert missing_in_order(printed_strings(PLAN), text) == []
        assert missing_in_order(PLAN.recipients, text) == []
        assert missing_in_order([PLAN.signer.on_behalf, PLAN.signer.position, PLAN.signer.name], text) == []


def test_the_comparison_sees_what_is_lost_or_moved() -> None:
    assert missing_in_order(["một", "hai", "ba"], squeezed("Một ba hai")) == ["ba"]
    assert missing_in_order(["một", "hai"], squeezed("một")) == ["hai"]


def test_a_unit_may_stand_under_a_letter_or_without_a_number() -> None:
    office, rooms = ("Văn phòng", "Theo dõi.", "a)"), ("Các phòng", "Làm.", UNNUMBERED)
    items = (ResponsibilityContent(*office), ResponsibilityContent(*rooms))
    headings = [b for b in plan_document(replace(PLAN, responsibilities=items)).blocks if isinstance(b, Heading)][-2:]
    assert headings == [Heading(HeadingLevel.POINT, "a", "Văn phòng"), Heading(CLAUSE, "", "Các phòng")]


def test_phases_that_were_rows_of_one_table_are_printed_as_rows_of_one_table() -> None:
    phases = (
        PhaseContent("A", "Chuẩn bị", TASKS[:1], in_table=True),
        PhaseContent("B", "Đánh giá", TASKS[1:], in_table=True),
    )
    blocks = _blocks(phases=phases)
    (table,) = (block for block in blocks if isinstance(block, Table))
    assert [row[0].lines[0] for row in table.rows] == ["A. Chuẩn bị", "1", "B. Đánh giá", "2"]
    assert not [block for block in blocks if isinstance(block, Heading) and "Chuẩn bị" in block.text]

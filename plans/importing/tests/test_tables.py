"""Rows of a task table: merged cells, sub-rows, continuations, what a cell may hold."""

from pathlib import Path

import pytest

from plans.content import TaskContent

from .typed import FIRST, HEADING, SECOND, Typed, codes, element, merge_down, read_table, tasks_of


def with_cell(column: int, words: str | list[str]) -> list[str | list[str]]:
    return [words if index == column else text for index, text in enumerate(FIRST)]


def one_task(folder: Path, column: int, words: str | list[str]) -> TaskContent:
    (task,) = tasks_of(folder, [HEADING, with_cell(column, words)])
    return task


@pytest.mark.parametrize(("typed", "read"), [("1.", "1"), ("01", "01"), ("1.2.", "1.2"), ("a)", "a)"), ("II.", "II")])
def test_an_ordinal_loses_its_dot(tmp_path: Path, typed: str, read: str) -> None:
    assert one_task(tmp_path, 0, typed).ordinal == read


@pytest.mark.parametrize(
    ("words", "outputs"),
    [
        ("Sổ theo dõi", ("Sổ theo dõi",)),
        (["- Sổ theo dõi;", "- Báo cáo."], ("Sổ theo dõi", "Báo cáo.")),
        ("- Sổ theo dõi;\n- Báo cáo", ("Sổ theo dõi", "Báo cáo")),
        (["Gồm các loại:", "+ Sổ;", "+ Thẻ"], ("Gồm các loại:", "Sổ", "Thẻ")),
        (["", "Sổ theo dõi", ""], ("Sổ theo dõi",)),
        ("Sổ\ntheo dõi", ("Sổ theo dõi",)),
        ("• Sổ\n• Thẻ", ("Sổ", "Thẻ")),
        ("", ()),
    ],
)
def test_outputs_are_one_entry_per_line(tmp_path: Path, words: str | list[str], outputs: tuple[str, ...]) -> None:
    assert one_task(tmp_path, 2, words).outputs == outputs


@pytest.mark.parametrize(
    ("words", "lead"),
    [
        (["Văn phòng", "Sở"], "Văn phòng Sở"),
        ("Văn\nphòng\nSở", "Văn phòng Sở"),
        (["", "", "Văn phòng Sở", ""], "Văn phòng Sở"),
        (["- Văn phòng Sở", "- Thư ký ISO"], "- Văn phòng Sở\n- Thư ký ISO"),
        ("Văn\tphòng\u00a0Sở ", "Văn phòng Sở"),
    ],
)
def test_a_lead_is_one_string(tmp_path: Path, words: str | list[str], lead: str) -> None:
    assert one_task(tmp_path, 3, words).lead == lead


def test_a_title_is_one_line(tmp_path: Path) -> None:
    assert one_task(tmp_path, 1, ["Rà soát", "- quy trình\n- biểu mẫu"]).title == "Rà soát - quy trình - biểu mẫu"


def test_rows_under_one_merged_number_are_tasks_of_that_number(tmp_path: Path) -> None:
    typed = Typed().start()
    table = typed.table([HEADING, FIRST, ["", *SECOND[1:]], ["2", *SECOND[1:]]])
    merge_down(table, 0, 1, 2)
    assert [t.ordinal for t in typed.end().read(tmp_path).content.tasks] == ["1", "1", "2"]


def test_a_merged_cell_counts_for_every_row(tmp_path: Path) -> None:
    typed = Typed().start()
    table = typed.table([HEADING, FIRST, [*SECOND[:3], "", "", ""]])
    for column in (3, 4, 5):
        merge_down(table, column, 1, 2)
    tasks = typed.end().read(tmp_path).content.tasks
    assert [(t.lead, t.support, t.timing) for t in tasks] == [(FIRST[3], FIRST[4], FIRST[5])] * 2


def test_a_row_without_number_and_title_goes_on_with_the_task_above(tmp_path: Path) -> None:
    plan = read_table(tmp_path, [HEADING, FIRST, ["", "", "Thẻ kho", "", "", ""], SECOND])
    assert [t.outputs for t in plan.content.tasks] == [("Sổ theo dõi", "Thẻ kho"), ("Biên bản họp",)]
    assert [(d.code, d.where) for d in plan.doubts] == [("row_joined", "Bảng 1, dòng 3")]


def test_a_title_broken_over_two_rows_is_joined(tmp_path: Path) -> None:
    plan = read_table(tmp_path, [HEADING, FIRST, ["", "của từng phòng", "", "", "", ""], SECOND])
    assert [t.title for t in plan.content.tasks] == [f"{FIRST[1]} của từng phòng", SECOND[1]]


def test_a_row_with_a_title_but_no_number_is_a_task_in_doubt(tmp_path: Path) -> None:
    plan = read_table(tmp_path, [HEADING, FIRST, ["", *SECOND[1:]]])
    assert [t.ordinal for t in plan.content.tasks] == ["1", ""]
    assert [(d.code, d.where) for d in plan.doubts] == [("ordinal_missing", "Bảng 1, dòng 3")]


def test_numbers_typed_into_titles_are_found(tmp_path: Path) -> None:
    heading, *rows = (row[1:] for row in (HEADING, FIRST, SECOND))
    rows = [[f"{number}. {row[0]}", *row[1:]] for number, row in enumerate(rows, start=1)]
    assert [(t.ordinal, t.title) for t in tasks_of(tmp_path, [heading, *rows])] == [("1", FIRST[1]), ("2", SECOND[1])]


def test_numbers_in_levels_stay_as_they_are(tmp_path: Path) -> None:
    rows = [["1", *FIRST[1:]], ["1.1", *SECOND[1:]], ["1.2.", *SECOND[1:]], ["a)", *SECOND[1:]], ["2", *FIRST[1:]]]
    assert [t.ordinal for t in tasks_of(tmp_path, [HEADING, *rows])] == ["1", "1.1", "1.2", "a)", "2"]


def test_a_missing_number_in_the_count_is_doubted(tmp_path: Path) -> None:
    plan = read_table(tmp_path, [HEADING, FIRST, ["4", *SECOND[1:]]])
    assert [(d.code, d.where) for d in plan.doubts] == [("ordinal_jump", "Bảng 1, dòng 3")]


def test_a_cell_merged_over_two_columns_counts_for_the_first_and_is_doubted(tmp_path: Path) -> None:
    typed = Typed().start()
    table = typed.table([HEADING, [*FIRST[:3], "Các phòng", "", FIRST[5]]])
    table.cell(1, 3).merge(table.cell(1, 4))
    plan = typed.end().read(tmp_path)
    assert [(t.lead, t.support) for t in plan.content.tasks] == [("Các phòng", "")]
    assert codes(plan) == ["cells_merged"]


def test_a_sum_at_the_end_is_no_task(tmp_path: Path) -> None:
    assert len(tasks_of(tmp_path, [HEADING, FIRST, ["", "Tổng cộng", "", "", "", ""]])) == 1


def test_rows_with_borders_of_their_own_are_read_in_order(tmp_path: Path) -> None:
    rows = [HEADING, FIRST]
    widths = ([1, 3, 2, 2, 2, 2], [2, 2, 3, 1, 2, 2])
    cells = "".join(
        "<w:tr>"
        + "".join(
            f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>'
            for text, span in zip(row, spans, strict=True)
        )
        + "</w:tr>"
        for row, spans in zip(rows, widths, strict=True)
    )
    typed = Typed().start()
    grid = '<w:gridCol w:w="700"/>' * 12
    typed.line()._p.addnext(element(f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{cells}</w:tbl>"))
    (task,) = typed.end().read(tmp_path).content.tasks
    assert (task.title, task.outputs, task.timing) == (FIRST[1], (FIRST[2],), FIRST[5])


def test_cells_merged_the_old_way_and_rows_that_begin_later_are_understood(tmp_path: Path) -> None:
    heading = "".join(word_cell(text) for text in ("TT", "Nội dung", "Chủ trì", "Thời gian"))
    merged = word_cell("1") + word_cell("Rà soát", "<w:hMerge w:val='restart'/>") + word_cell("", "<w:hMerge/>")
    later = "<w:trPr><w:gridBefore w:val='1'/></w:trPr>" + "".join(word_cell(t) for t in ("Họp", "Thư ký", "Quý II"))
    rows = "".join(f"<w:tr>{row}</w:tr>" for row in (heading, merged + word_cell("Quý I"), later))
    typed = Typed().start()
    typed.line()._p.addnext(element(f"<w:tbl><w:tblPr/><w:tblGrid>{'<w:gridCol/>' * 4}</w:tblGrid>{rows}</w:tbl>"))
    tasks = typed.end().read(tmp_path).content.tasks
    assert [(t.ordinal, t.title, t.lead, t.timing) for t in tasks] == [
        ("1", "Rà soát", "", "Quý I"),
        ("", "Họp", "Thư ký", "Quý II"),
    ]


def word_cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def test_a_timing_that_says_as_above_is_doubted(tmp_path: Path) -> None:
    plan = read_table(tmp_path, [HEADING, FIRST, [*SECOND[:5], "Như trên"]])
    assert [(d.code, d.where, d.text) for d in plan.doubts] == [("ditto", "Bảng 1, dòng 3", "Như trên")]


def test_a_timing_that_needs_a_person_says_why(tmp_path: Path) -> None:
    plan = read_table(tmp_path, [HEADING, [*FIRST[:5], "Quý III hoặc Quý IV"]])
    (doubt,) = plan.doubts
    assert (doubt.code, doubt.where, doubt.text) == ("timing_unclear", "Bảng 1, dòng 2", "Quý III hoặc Quý IV")
    assert doubt.message == "Thời gian này chưa rõ nghĩa; hãy xác nhận. Cụm từ có “hoặc”: cần chọn mốc nào."


def test_missing_lead_and_timing_are_doubted(tmp_path: Path) -> None:
    plan = read_table(tmp_path, [HEADING, [*FIRST[:3], "", "", ""], SECOND])
    assert [(d.code, d.where) for d in plan.doubts] == [
        ("lead_missing", "Bảng 1, dòng 2"),
        ("timing_missing", "Bảng 1, dòng 2"),
    ]

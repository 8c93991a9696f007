"""The heading of a task table: synonyms, any order, two levels, repetition, titles above it."""

from pathlib import Path

import pytest

from plans.content import Column, LayoutColumn
from plans.importing.vocabulary import column_of

from .typed import FIRST, HEADING, SECOND, Typed, codes, merge_down, read_table, tasks_of


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("STT", Column.ORDINAL),
        ("S TT", Column.ORDINAL),
        ("Số TT", Column.ORDINAL),
        ("TT", Column.ORDINAL),
        ("Nhiệm vụ", Column.TITLE),
        ("Nội dung", Column.TITLE),
        ("NỘI DUNG CÔNG VIỆC", Column.TITLE),
        ("Bước công việc", Column.TITLE),
        ("Tên công việc", Column.TITLE),
        ("Nội dung thực hiện", Column.TITLE),
        ("Nhiệm vụ của đơn vị", Column.TITLE),
        ("Sản phẩm", Column.OUTPUTS),
        ("Kết quả đầu ra", Column.OUTPUTS),
        ("Kết quả thực hiện", Column.OUTPUTS),
        ("Nội dung/kết quả", Column.OUTPUTS),
        ("Chủ trì", Column.LEAD),
        ("Đơn vị chủ trì thực hiện", Column.LEAD),
        ("Thực hiện", Column.LEAD),
        ("Đơn vị thực hiện", Column.LEAD),
        ("Trách nhiệm", Column.LEAD),
        ("Đơn vị tham mưu", Column.LEAD),
        ("Người phụ trách", Column.LEAD),
        ("Phối hợp", Column.SUPPORT),
        ("Đơn vị phối hợp thực hiện", Column.SUPPORT),
        ("Phê duyệt", Column.APPROVER),
        ("Người duyệt", Column.APPROVER),
        ("Lãnh đạo phụ trách", Column.APPROVER),
        ("Thời gian", Column.TIMING),
        ("Thời hạn hoàn thành", Column.TIMING),
        ("Tiến độ thực hiện", Column.TIMING),
        ("Hạn", Column.TIMING),
        ("Hoàn thành trước", Column.TIMING),
        ("Cơ quan, đơn vị phối hợp", Column.SUPPORT),
        ("Đơn vị chủ trì, phối hợp", Column.LEAD),
        ("Phòng thực hiện", Column.LEAD),
        ("Sản phẩm, kết quả dự kiến", Column.OUTPUTS),
        ("Ghi chú", Column.NOTE),
        ("Quy trình", None),
        ("Kinh phí (triệu đồng)", None),
        ("", None),
    ],
)
def test_a_heading_is_understood(heading: str, column: Column | None) -> None:
    assert column_of(heading) == column


def test_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    order = [5, 3, 1, 0, 4, 2]
    rows = [[row[at] for at in order] for row in (HEADING, FIRST, SECOND)]
    assert tasks_of(tmp_path, rows) == tasks_of(tmp_path, [HEADING, FIRST, SECOND])


def test_the_layout_keeps_order_headings_and_widths(tmp_path: Path) -> None:
    typed = Typed().start()
    table = typed.table([["STT", "Thời hạn", "Việc phải làm", "Ai làm"], ["1", "Quý I", "Rà soát", "Thư ký ISO"]])
    table.cell(0, 2).text, table.cell(0, 3).text = "Công việc", "Đơn vị thực hiện"
    for column, width in zip(table.columns, (500, 1500, 5000, 3000), strict=True):
        column.width = width * 635
    layout = typed.end().read(tmp_path).content.layout
    assert layout.columns == (
        LayoutColumn(Column.ORDINAL, "STT", 5),
        LayoutColumn(Column.TIMING, "Thời hạn", 15),
        LayoutColumn(Column.TITLE, "Công việc", 50),
        LayoutColumn(Column.LEAD, "Đơn vị thực hiện", 30),
    )


def two_levels(typed: Typed, group: str, left: str, right: str) -> None:
    table = typed.table(
        [
            ["TT", "Nội dung", group, "", "Thời gian"],
            ["", "", left, right, ""],
            ["1", "Rà soát quy trình", "Giám đốc", "Thư ký ISO", "Quý I"],
        ]
    )
    table.cell(0, 2).merge(table.cell(0, 3))
    for column in (0, 1, 4):
        merge_down(table, column, 0, 1)


def test_chief_and_adviser_are_approver_and_lead(tmp_path: Path) -> None:
    typed = Typed().start()
    two_levels(typed, "Trách nhiệm", "Chính", "Tham mưu")
    (task,) = typed.end().read(tmp_path).content.tasks
    assert (task.approver, task.lead, task.support) == ("Giám đốc", "Thư ký ISO", "")


def test_chief_beside_support_is_the_lead(tmp_path: Path) -> None:
    typed = Typed().start()
    two_levels(typed, "Trách nhiệm", "Chính", "Phối hợp")
    (task,) = typed.end().read(tmp_path).content.tasks
    assert (task.approver, task.lead, task.support) == ("", "Giám đốc", "Thư ký ISO")


def test_the_upper_heading_is_kept_as_group(tmp_path: Path) -> None:
    typed = Typed().start()
    two_levels(typed, "Phân công", "Chủ trì", "Phối hợp")
    groups = [(c.heading, c.group) for c in typed.end().read(tmp_path).content.layout.columns]
    assert groups == [
        ("TT", ""),
        ("Nội dung", ""),
        ("Chủ trì", "Phân công"),
        ("Phối hợp", "Phân công"),
        ("Thời gian", ""),
    ]


def test_two_levels_without_merged_cells_below_are_understood(tmp_path: Path) -> None:
    rows = [
        ["TT", "Nội dung", "Phân công", "", "Thời gian"],
        ["", "", "Chủ trì", "Phối hợp", ""],
        ["1", "Rà soát quy trình", "Văn phòng Sở", "Thư ký ISO", "Quý I"],
    ]
    typed = Typed().start()
    table = typed.table(rows)
    table.cell(0, 2).merge(table.cell(0, 3))
    (task,) = typed.end().read(tmp_path).content.tasks
    assert (task.ordinal, task.lead, task.support) == ("1", "Văn phòng Sở", "Thư ký ISO")


def test_a_heading_typed_again_is_no_task(tmp_path: Path) -> None:
    assert [t.ordinal for t in tasks_of(tmp_path, [HEADING, FIRST, HEADING, SECOND])] == ["1", "2"]


def test_a_heading_typed_again_in_other_words_is_no_task(tmp_path: Path) -> None:
    again = ["STT", "Nội dung", "Kết quả", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian thực hiện"]
    assert [t.ordinal for t in tasks_of(tmp_path, [HEADING, FIRST, again, SECOND])] == ["1", "2"]


def test_a_row_of_column_numbers_is_no_task(tmp_path: Path) -> None:
    for counted in (["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"], ["A", "B", "1", "2", "3", "4"], list("123456")):
        assert [t.ordinal for t in tasks_of(tmp_path, [HEADING, counted, FIRST, SECOND])] == ["1", "2"]


def test_a_title_row_above_the_heading_is_passed_over(tmp_path: Path) -> None:
    typed = Typed().start()
    table = typed.table([["BẢNG PHÂN CÔNG", "", "", "", "", ""], HEADING, FIRST, SECOND])
    table.cell(0, 0).merge(table.cell(0, 5))
    assert [t.title for t in typed.end().read(tmp_path).content.tasks] == [FIRST[1], SECOND[1]]


def test_an_unknown_column_goes_to_the_note_and_is_doubted(tmp_path: Path) -> None:
    plan = read_table(tmp_path, [[*HEADING, "Kinh phí"], [*FIRST, "5 triệu đồng"], [*SECOND, ""]])
    assert [task.note for task in plan.content.tasks] == ["Kinh phí: 5 triệu đồng", ""]
    assert [(d.where, d.text) for d in plan.doubts if d.code == "column_unknown"] == [("Bảng 1", "Kinh phí")]


def test_notes_have_a_column_of_their_own(tmp_path: Path) -> None:
    rows = [[*HEADING, "Ghi chú"], [*FIRST, "Làm trên phần mềm"], [*SECOND, ""]]
    assert [task.note for task in tasks_of(tmp_path, rows)] == ["Làm trên phần mềm", ""]


def test_first_and_last_day_make_one_timing(tmp_path: Path) -> None:
    rows = [["TT", "Nhiệm vụ", "Chủ trì", "Bắt đầu", "Kết thúc"], ["1", "Rà soát", "Thư ký", "01/3/2026", "20/3/2026"]]
    (task,) = tasks_of(tmp_path, rows)
    assert task.timing == "Từ 01/3/2026 đến 20/3/2026"


def test_a_table_without_heading_goes_on_where_the_one_before_ended(tmp_path: Path) -> None:
    typed = Typed().start()
    typed.table([HEADING, FIRST])
    typed.heading("Đợt 2 trong năm")
    typed.table([SECOND], heading=False)
    plan = typed.end().read(tmp_path)
    assert [task.lead for task in plan.content.tasks] == ["Văn phòng Sở", "Ban Chỉ đạo ISO"]
    assert "heading_missing" in codes(plan)


def test_columns_of_a_table_without_any_heading_are_guessed(tmp_path: Path) -> None:
    plan = read_table(tmp_path, [FIRST, SECOND])
    assert [(t.ordinal, t.title, t.lead, t.timing) for t in plan.content.tasks] == [
        ("1", FIRST[1], FIRST[3], FIRST[5]),
        ("2", SECOND[1], SECOND[3], SECOND[5]),
    ]
    assert "columns_guessed" in codes(plan)


def test_a_list_of_people_is_no_task_table(tmp_path: Path) -> None:
    typed = Typed().start()
    typed.table([HEADING, FIRST])
    typed.heading("Thành viên tổ giúp việc")
    typed.table([["TT", "Họ và tên", "Chức vụ", "Nhiệm vụ"], ["1", "Lê Thị Mai", "Thư ký", "Tổng hợp"]])
    plan = typed.end().read(tmp_path)
    assert [task.title for task in plan.content.tasks] == [FIRST[1]]
    assert [d.where for d in plan.doubts if d.code == "table_skipped"] == ["Bảng 2"]

"""Phases: rows across the table, several tables, numbers in levels."""

from pathlib import Path

import pytest

from plans.importing import ImportedPlan

from .typed import FIRST, HEADING, SECOND, Typed, codes


def shape(plan: ImportedPlan) -> list[tuple[str, str, int]]:
    return [(phase.number, phase.title, len(phase.tasks)) for phase in plan.content.phases]


def grouped(folder: Path, *groups: list[str], merge: tuple[int, int] | None = None) -> ImportedPlan:
    typed = Typed().start()
    rows = [HEADING]
    for group in groups:
        rows += [group, FIRST, SECOND]
    table = typed.table(rows)
    for index, row in enumerate(rows):
        if row in groups and merge:
            table.cell(index, merge[0]).merge(table.cell(index, merge[1]))
    return typed.end().read(folder)


def across(words: str) -> list[str]:
    return [words, "", "", "", "", ""]


def test_a_row_across_the_table_is_a_phase(tmp_path: Path) -> None:
    plan = grouped(tmp_path, across("I. Chuẩn bị"), across("II. Thực hiện"), merge=(0, 5))
    assert shape(plan) == [("I", "Chuẩn bị", 2), ("II", "Thực hiện", 2)]
    assert plan.doubts == ()


def test_a_number_beside_a_row_across_the_rest_is_a_phase(tmp_path: Path) -> None:
    groups = [["A", "Chuẩn bị", "", "", "", ""], ["B", "Thực hiện", "", "", "", ""]]
    assert shape(grouped(tmp_path, *groups, merge=(1, 5))) == [("A", "Chuẩn bị", 2), ("B", "Thực hiện", 2)]


def test_a_roman_number_with_nothing_but_words_is_a_phase(tmp_path: Path) -> None:
    groups = [["I", "Chuẩn bị", "", "", "", ""], ["II", "Thực hiện", "", "", "", ""]]
    assert shape(grouped(tmp_path, *groups)) == [("I", "Chuẩn bị", 2), ("II", "Thực hiện", 2)]


def test_words_across_without_a_number_are_a_phase(tmp_path: Path) -> None:
    plan = grouped(tmp_path, across("Giai đoạn 1: Chuẩn bị"), across("Giai đoạn 2: Thực hiện"), merge=(0, 5))
    assert shape(plan) == [("", "Giai đoạn 1: Chuẩn bị", 2), ("", "Giai đoạn 2: Thực hiện", 2)]


def test_tasks_before_the_first_group_row_have_no_phase(tmp_path: Path) -> None:
    typed = Typed().start()
    table = typed.table([HEADING, FIRST, across("II. Thực hiện"), SECOND])
    table.cell(2, 0).merge(table.cell(2, 5))
    assert shape(typed.end().read(tmp_path)) == [("", "", 1), ("II", "Thực hiện", 1)]


def test_an_arabic_number_over_deeper_ones_is_a_phase(tmp_path: Path) -> None:
    typed = Typed().start()
    group = ["1", "Công tác tài liệu", "", "", "", ""]
    typed.table([HEADING, group, ["1.1", *FIRST[1:]], ["1.2", *SECOND[1:]], ["2", *FIRST[1:]]])
    plan = typed.end().read(tmp_path)
    assert shape(plan) == [("1", "Công tác tài liệu", 3)]
    assert [task.ordinal for task in plan.content.tasks] == ["1.1", "1.2", "2"]


def test_an_arabic_number_over_equal_ones_is_a_task(tmp_path: Path) -> None:
    typed = Typed().start()
    typed.table([HEADING, ["1", "Công tác tài liệu", "", "", "", ""], SECOND])
    assert shape(typed.end().read(tmp_path)) == [("", "", 2)]


def test_a_row_across_the_end_of_the_table_is_no_phase(tmp_path: Path) -> None:
    typed = Typed().start()
    table = typed.table([HEADING, FIRST, across("Ghi chú: thời gian có thể thay đổi.")])
    table.cell(2, 0).merge(table.cell(2, 5))
    plan = typed.end().read(tmp_path)
    assert shape(plan) == [("", "", 1)]
    assert [(d.code, d.where, d.text) for d in plan.doubts] == [
        ("rows_left", "Bảng 1", "Ghi chú: thời gian có thể thay đổi.")
    ]


def test_a_group_over_groups_is_kept(tmp_path: Path) -> None:
    typed = Typed().start()
    table = typed.table(
        [HEADING, across("A. PHẦN CHUNG"), across("I. Chuẩn bị"), FIRST, across("II. Thực hiện"), SECOND]
    )
    for row in (1, 2, 4):
        table.cell(row, 0).merge(table.cell(row, 5))
    assert shape(typed.end().read(tmp_path)) == [("A", "PHẦN CHUNG", 0), ("I", "Chuẩn bị", 1), ("II", "Thực hiện", 1)]


@pytest.mark.parametrize(
    ("headings", "phases"),
    [
        (("1. Chuẩn bị", "2. Thực hiện"), [("1", "Chuẩn bị", 1), ("2", "Thực hiện", 1)]),
        (("2.1. Chuẩn bị", "2.2. Thực hiện"), [("2.1", "Chuẩn bị", 1), ("2.2", "Thực hiện", 1)]),
        (("a) Chuẩn bị", "b) Thực hiện"), [("a)", "Chuẩn bị", 1), ("b)", "Thực hiện", 1)]),
        (("Giai đoạn 1. Chuẩn bị", "Giai đoạn 2. Thực hiện"),
         [("", "Giai đoạn 1. Chuẩn bị", 1), ("", "Giai đoạn 2. Thực hiện", 1)]),
    ],
)  # fmt: skip
def test_each_of_several_tables_is_a_phase(
    tmp_path: Path, headings: tuple[str, str], phases: list[tuple[str, str, int]]
) -> None:
    typed = Typed().start()
    for heading, task in zip(headings, (FIRST, ["1", *SECOND[1:]]), strict=True):
        typed.heading(heading)
        typed.table([HEADING, task])
    plan = typed.end().read(tmp_path)
    assert shape(plan) == phases
    assert plan.content.to_json()["sections"][1]["text"] == "\n".join(headings)
    assert plan.doubts == ()


def test_the_heading_over_a_single_table_stays_text(tmp_path: Path) -> None:
    typed = Typed().start()
    typed.heading("1. Các nhiệm vụ cụ thể")
    typed.table([HEADING, FIRST])
    plan = typed.end().read(tmp_path)
    assert shape(plan) == [("", "", 1)]
    assert plan.content.sections[1].text == "1. Các nhiệm vụ cụ thể"


def test_text_after_the_last_table_stays_behind_it(tmp_path: Path) -> None:
    typed = Typed().start()
    typed.table([HEADING, FIRST])
    typed.heading("2. Kinh phí thực hiện")
    typed.line("Do ngân sách cấp.")
    section = typed.end().read(tmp_path).content.sections[1]
    assert (section.text, section.text_after) == ("", "2. Kinh phí thực hiện\nDo ngân sách cấp.")


def test_text_between_tables_is_kept_in_its_place_and_doubted(tmp_path: Path) -> None:
    typed = Typed().start()
    typed.heading("1. Chuẩn bị")
    typed.table([HEADING, FIRST])
    typed.line("Kết thúc giai đoạn này phải có báo cáo.")
    typed.heading("2. Thực hiện")
    typed.table([HEADING, ["1", *SECOND[1:]]])
    plan = typed.end().read(tmp_path)
    lines = ["1. Chuẩn bị", "Kết thúc giai đoạn này phải có báo cáo.", "2. Thực hiện"]
    assert plan.to_json()["sections"][1]["text"].split("\n") == lines
    assert codes(plan) == ["text_between", "text_recomposed"]


def test_a_table_cut_in_two_is_one_phase(tmp_path: Path) -> None:
    typed = Typed().start()
    typed.table([HEADING, FIRST])
    typed.line()
    typed.table([HEADING, SECOND])
    assert shape(typed.end().read(tmp_path)) == [("", "", 2)]


def test_tables_in_two_sections_are_phases_under_the_headings_of_the_sections(tmp_path: Path) -> None:
    typed = Typed().start()
    typed.table([HEADING, FIRST])
    typed.heading("III. NHIỆM VỤ BỔ SUNG")
    typed.table([HEADING, ["1", *SECOND[1:]]])
    typed.heading("IV. TỔ CHỨC THỰC HIỆN")
    typed.line("Văn phòng Sở theo dõi.")
    typed.closing()
    plan = typed.read(tmp_path)
    assert shape(plan) == [("II", "NHIỆM VỤ", 1), ("III", "NHIỆM VỤ BỔ SUNG", 1)]
    assert [s["text"] for s in plan.to_json()["sections"][1:3]] == ["", ""]
    assert "phases_across" in codes(plan)

"""Columns that are ticked: months, quarters."""

from pathlib import Path

import pytest

from plans.content import Column, LayoutColumn
from plans.importing import ImportedPlan

from .typed import Typed, codes, element, merge_down

MONTHS = [f"T{month}" for month in range(1, 13)]
START = ["TT", "Nhiệm vụ", "Chủ trì"]


def read_ticks(folder: Path, headings: list[str], ticks: dict[int, str], shaded: tuple[int, ...] = ()) -> ImportedPlan:
    """One task with a tick under each of the given columns (from 0)."""
    typed = Typed().start()
    cells = [ticks.get(index, "") for index in range(len(headings))]
    table = typed.table([[*START, *headings], ["1", "Rà soát biểu mẫu", "Thư ký ISO", *cells]])
    for index in shaded:
        cell = table.cell(1, len(START) + index)
        cell._tc.get_or_add_tcPr().append(element('<w:shd w:val="clear" w:color="auto" w:fill="808080"/>'))
    return typed.end().read(folder)


def timing(plan: ImportedPlan) -> str:
    (task,) = plan.content.tasks
    return task.timing


@pytest.mark.parametrize("sign", ["x", "X", "✓", "●", "+", "(x)", "-->", "→", "ü"])
def test_a_sign_under_a_month_is_its_timing(tmp_path: Path, sign: str) -> None:
    plan = read_ticks(tmp_path, MONTHS, {2: sign})
    assert (timing(plan), plan.doubts) == ("Tháng 3", ())


@pytest.mark.parametrize(
    "headings",
    [
        MONTHS,
        [f"Tháng {m}" for m in range(1, 13)],
        [f"{m:02d}/2026" for m in range(1, 13)],
        [f"T.{m}" for m in range(1, 13)],
    ],
)
def test_several_months_are_listed(tmp_path: Path, headings: list[str]) -> None:
    assert timing(read_ticks(tmp_path, headings, {2: "x", 3: "x", 8: "x"})) == "Tháng 3, 4, 9"


def test_a_coloured_cell_is_a_tick(tmp_path: Path) -> None:
    assert timing(read_ticks(tmp_path, MONTHS, {}, shaded=(5, 6))) == "Tháng 6, 7"


def test_quarters_are_ticked_too(tmp_path: Path) -> None:
    assert timing(read_ticks(tmp_path, ["Quý I", "Quý II", "Quý III", "Quý IV"], {1: "x", 3: "x"})) == "Quý II, IV"


@pytest.mark.parametrize("ticks", [{}, {2: "-", 3: "–"}])
def test_a_row_without_any_tick_has_no_timing(tmp_path: Path, ticks: dict[int, str]) -> None:
    plan = read_ticks(tmp_path, MONTHS, ticks)
    assert (timing(plan), codes(plan)) == ("", ["timing_missing"])


def test_words_under_a_month_are_kept_and_doubted(tmp_path: Path) -> None:
    plan = read_ticks(tmp_path, MONTHS, {2: "trước ngày 15"})
    assert timing(plan) == "Tháng 3 (trước ngày 15)"
    assert "month_words" in codes(plan)


def test_words_across_all_months_are_the_timing(tmp_path: Path) -> None:
    typed = Typed().start()
    table = typed.table([[*START, *MONTHS], ["1", "Rà soát", "Thư ký ISO", "Thường xuyên", *[""] * 11]])
    table.cell(1, 3).merge(table.cell(1, 14))
    plan = typed.end().read(tmp_path)
    assert (timing(plan), plan.doubts) == ("Thường xuyên", ())


def test_a_bar_across_months_ticks_each_of_them(tmp_path: Path) -> None:
    typed = Typed().start()
    table = typed.table([[*START, *MONTHS], ["1", "Rà soát", "Thư ký ISO", "", "x", *[""] * 10]])
    table.cell(1, 4).merge(table.cell(1, 6))
    assert timing(typed.end().read(tmp_path)) == "Tháng 2, 3, 4"


def bare_numbers(typed: Typed, group: str) -> None:
    table = typed.table(
        [
            [*START, group, *[""] * 11],
            ["", "", "", *map(str, range(1, 13))],
            ["1", "Rà soát", "Thư ký ISO", *["x" if month in {1, 12} else "" for month in range(1, 13)]],
        ]
    )
    table.cell(0, 3).merge(table.cell(0, 14))
    for column in range(3):
        merge_down(table, column, 0, 1)


def test_bare_numbers_under_a_heading_of_months_are_months(tmp_path: Path) -> None:
    typed = Typed().start()
    bare_numbers(typed, "Thời gian thực hiện (tháng)")
    assert timing(typed.end().read(tmp_path)) == "Tháng 1, 12"


def test_ticked_columns_print_as_one_column_of_timing(tmp_path: Path) -> None:
    typed = Typed().start()
    bare_numbers(typed, "Tháng thực hiện")
    assert typed.end().read(tmp_path).content.layout.columns == (
        LayoutColumn(Column.ORDINAL, "TT", 7),
        LayoutColumn(Column.TITLE, "Nhiệm vụ", 7),
        LayoutColumn(Column.LEAD, "Chủ trì", 6),
        LayoutColumn(Column.TIMING, "Tháng thực hiện", 80),
    )

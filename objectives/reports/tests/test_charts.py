"""The drawings: the same on the page and in the printed report, and never by colour alone."""

from datetime import date

from objectives.board import board_of
from objectives.reports.charts import heat_of, trend_of
from objectives.reports.facts import ReportData
from objectives.tests.year import YEAR

from .reporting import Reporting

AUGUST = date(YEAR, 8, 1)


def test_a_trend_has_a_point_for_each_period_and_a_shape_for_each_standing(half: Reporting) -> None:
    row = board_of(half.place.agency, YEAR, AUGUST)[half.own.pk]
    points = trend_of(row).points
    assert [(p.short, p.words, p.shape) for p in points] == [
        ("Q1", "96\u00a0%", "disc"), ("Q2", "90\u00a0%", "triangle"), ("Q3", "", "ring"), ("Q4", "", "ring"),
    ]  # fmt: skip


def test_a_better_figure_stands_higher_and_the_target_between_them(half: Reporting) -> None:
    chart = trend_of(board_of(half.place.agency, YEAR, AUGUST)[half.own.pk])
    first, second = (point.y for point in chart.points[:2])
    assert first < chart.target_y < second


def test_a_unit_has_a_cell_for_each_quarter_with_its_numbers(half: Reporting) -> None:
    chart = heat_of(board_of(half.place.agency, YEAR, AUGUST).values(), YEAR)
    assert [cell.words for cell in chart.rows[0].cells] == [
        "1/1 đạt", "0/1 đạt, 1 không đạt", "chưa đến kỳ", "chưa đến kỳ",
    ]  # fmt: skip


def test_the_drawings_of_the_report_are_kept_with_it(half: Reporting) -> None:
    drawings = ReportData.from_storage(half.draft(None).data).drawings
    assert [drawing.svg.count("<svg") for drawing in drawings] == [1, 1]
    assert drawings[0].caption == f"Số liệu đạt chỉ tiêu theo đơn vị và quý, năm {YEAR}"

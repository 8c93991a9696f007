"""Geometry of the charts."""

import re
from datetime import date
from types import SimpleNamespace as Row

import pytest
from django.template import Context, Template

from qms.overview import charts

LATE = Row(tone="late", label="trễ 6 ngày")
AHEAD = Row(tone="dormant", label="chưa đến kỳ")


def one(*windows: tuple, **row: object) -> charts.TimelineRow:
    return charts.timeline([Row(label="Việc", windows=list(windows), **row)], year=2026).rows[0]


def test_a_year_is_twelve_months_of_equal_width() -> None:
    months = charts.timeline([], year=2026).months
    assert [month for _, _, month in months] == list(range(1, 13))
    assert months[0][0] == charts.LABEL_WIDTH
    assert months[11][0] + charts.MONTH_WIDTH == pytest.approx(charts.WIDTH)


def test_a_bar_runs_from_the_morning_of_the_first_day_to_the_evening_of_the_last() -> None:
    (bar,) = one((date(2026, 2, 1), date(2026, 2, 28), LATE)).bars
    assert bar.x == pytest.approx(charts.day_x(date(2026, 2, 1)), abs=0.1)
    assert bar.x + bar.width == pytest.approx(charts.day_x(date(2026, 3, 1)), abs=0.2)


def test_a_deadline_without_a_start_is_a_mark_on_its_day() -> None:
    (bar,) = one((None, date(2026, 3, 5), LATE)).bars
    assert (bar.width, bar.x) == (0, pytest.approx(charts.day_x(date(2026, 3, 6)), abs=0.1))


def test_work_without_an_end_is_open_over_the_whole_year() -> None:
    (bar,) = one((None, None, AHEAD)).bars
    assert bar.open
    assert bar.width == pytest.approx(charts.WIDTH - charts.LABEL_WIDTH, abs=0.1)


def test_what_lies_outside_the_year_is_cut_off() -> None:
    row = one((date(2025, 11, 1), date(2026, 1, 31), LATE), (date(2027, 1, 1), date(2027, 2, 1), LATE))
    assert [(bar.x, round(bar.x + bar.width)) for bar in row.bars] == [
        (charts.LABEL_WIDTH, round(charts.LABEL_WIDTH + charts.MONTH_WIDTH))
    ]


def test_the_sign_of_a_bar_stays_inside_the_drawing() -> None:
    (bar,) = one((date(2026, 10, 1), date(2026, 12, 31), LATE)).bars
    assert bar.sign_x + charts.SIGN <= charts.WIDTH


def test_a_long_name_takes_two_lines_and_ends_with_an_ellipsis() -> None:
    row = charts.timeline([Row(label="rất dài " * 40, windows=[])], year=2026).rows[0]
    assert len(row.lines) == 2
    assert row.lines[1][1].endswith("…")


def test_the_drawing_can_be_read_out() -> None:
    rows = [
        Row(label="Đánh giá", windows=[(date(2026, 4, 1), date(2026, 9, 30), AHEAD)]),
        Row(label="Kiện toàn", windows=[], note="chờ sự kiện"),
        Row(label="Rà soát", windows=[(None, None, AHEAD)]),
    ]
    assert charts.timeline(rows, year=2026).description == (
        "Đánh giá: từ 01/04/2026 đến 30/09/2026, chưa đến kỳ. Kiện toàn: chờ sự kiện. Rà soát: cả năm, chưa đến kỳ."
    )


@pytest.mark.parametrize(("today", "shown"), [(date(2026, 3, 9), True), (date(2027, 3, 9), False), (None, False)])
def test_today_is_drawn_in_its_own_year(today: date | None, shown: bool) -> None:
    assert (charts.timeline([], year=2026, today=today).today_x is not None) is shown


def test_parts_of_a_progress_line_share_its_width() -> None:
    drawn = charts.progress([("done", 1, "xong"), ("late", 3, "trễ"), ("dormant", 0, "chưa")], title="Tiến độ")
    assert [(part.x, part.width) for part in drawn.parts] == [(0, 25), (25, 75), (100, 0)]
    assert drawn.description == "1 xong, 3 trễ, 0 chưa."


def test_a_progress_line_of_nothing_is_empty() -> None:
    assert [part.width for part in charts.progress([("done", 0, "xong")], title="").parts] == [0]


def test_numbers_in_a_drawing_are_written_for_machines() -> None:
    chart = Template("{% year_timeline rows 2026 %}").render(
        Context({"rows": [Row(label="Việc", windows=[(date(2026, 2, 3), date(2026, 2, 9), LATE)])]})
    )
    assert re.findall(r'<rect class="chart-bar" x="(\d+[.,]\d)"', chart) == ["290.1"]
    assert re.findall(r'="\d+,\d', chart) == []

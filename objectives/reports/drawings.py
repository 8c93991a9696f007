"""The charts of a report as they are kept with it: the drawing of the screen and the same numbers as a table."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.template.loader import render_to_string

from objectives.board import Judged
from objectives.enums import Level
from objectives.periods import Period

from .charts import Heat, Trend, heat_of, trend_of
from .facts import Drawing


def drawings(
    rows: Iterable[Judged], period: Period, previous: Mapping[int, Judged], *, heat: bool
) -> Iterator[Drawing]:
    """Units by quarter where `heat`, then a trend for each objective: of the department only, or of the unit."""
    rows = list(rows)
    chart = heat_of(rows, period.year, period.end) if heat else None
    if chart:
        yield _heat(chart)
    for row in rows:
        if not heat or row.objective.level == Level.DEPARTMENT:
            trend = trend_of(row, previous.get(row.objective.carried_from_id or 0), period.end)
            if trend:
                yield _trend(trend)


def _heat(chart: Heat) -> Drawing:
    head = ("Đơn vị", *(label for _, label in chart.quarters))
    rows = tuple((row.name, *(cell.words for cell in row.cells)) for row in chart.rows)
    return Drawing(chart.title, _svg("objective_reports/heat_svg.html", chart), head, rows)


def _trend(chart: Trend) -> Drawing:
    rows = tuple((p.label, p.words or "–", p.last_words or "–", p.standing) for p in chart.points)
    head = ("Kỳ", "Năm nay", "Năm trước", "Tình trạng")
    return Drawing(
        f"{chart.title} (chỉ tiêu {chart.target})", _svg("objective_reports/trend_svg.html", chart), head, rows
    )


def _svg(template: str, chart: Any) -> str:
    return render_to_string(template, {"chart": chart}).strip()

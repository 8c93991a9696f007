"""Charts of objectives for the pages of the year and of one objective."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import template

from objectives.board import Judged
from objectives.reports.charts import Heat, Trend, heat_of, trend_of

register = template.Library()


@register.inclusion_tag("objective_reports/trend.html")
def objective_trend(row: Judged, previous: Judged | None) -> dict[str, Trend | None]:
    """The figures against the target, with those of last year; nothing where there are none."""
    return {"chart": trend_of(row, previous)}


@register.inclusion_tag("objective_reports/heat.html")
def objective_heat(branches: Iterable[Any], year: int) -> dict[str, Heat | None]:
    """Units by quarter, of the objectives of the tree."""
    return {"chart": heat_of(_rows(branches), year)}


def _rows(branches: Iterable[Any]) -> Iterator[Judged]:
    for branch in branches:
        if branch.row:
            yield branch.row
        yield from (row for row, _ in branch.flat)

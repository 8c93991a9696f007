"""What the page of one unit shows."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch

from qms.marks import Mark

from .enums import UnitKind
from .listing import period_mark
from .models import Position, PositionHolding, Unit, UnitSuccession


@dataclass(frozen=True)
class NamePeriod:
    """A name and the days it was or will be borne; `decision` brought it, if known."""

    name: str
    begin: date | None
    end: date | None
    decision: Any = None


def unit_page_context(unit: Unit, *, on: date) -> dict[str, Any]:
    """Everything about the unit that day; a fixed number of queries."""
    is_group = unit.kind == UnitKind.GROUP
    memberships = unit.memberships.not_over(on).select_related("member") if is_group else []
    in_groups = unit.group_memberships.not_over(on).select_related("group")
    return {
        "unit": unit,
        "is_group": is_group,
        "mark": period_mark(unit, on) or Mark("done", "", "đang hoạt động"),
        "is_over": bool(unit.valid_to and unit.valid_to < on),
        "positions": _positions(unit, on),
        "memberships": _marked(memberships, on),
        "in_groups": _marked(in_groups, on),
        "children": list(Unit.objects.not_over(on).filter(parent=unit)),
        "names": name_periods(unit),
        "came_from": _successions(unit.succeeds.select_related("reorganisation", "predecessor")),
        "went_to": _successions(unit.succeeded_by.select_related("reorganisation", "successor")),
        "aliases": list(unit.aliases.all()),
        "changes": list(unit.changes.all()[:6]),
        "today": on,
    }


def _positions(unit: Unit, on: date) -> list[dict[str, Any]]:
    holdings = PositionHolding.objects.not_over(on).select_related("user").order_by("valid_from", "pk")
    rows = Position.objects.not_over(on).filter(unit=unit)
    rows = rows.prefetch_related(Prefetch("holdings", holdings, to_attr="standing"))
    return [
        {"position": row, "mark": period_mark(row, on), "holdings": _marked(row.standing, on)} for row in rows
    ]  # fmt: skip


def _marked(rows: Any, on: date) -> list[dict[str, Any]]:
    return [{"row": row, "mark": period_mark(row, on)} for row in rows]


def _successions(rows: Any) -> list[UnitSuccession]:
    return list(rows.order_by("-reorganisation__effective_on", "pk"))


def name_periods(unit: Unit) -> list[NamePeriod]:
    """The names through time, the newest first; empty where the unit never had another. Two queries."""
    former = list(unit.former_names.select_related("reorganisation").order_by("used_until"))
    coming = unit.coming_names.select_related("reorganisation").first()
    if not former and not coming:
        return []
    day = timedelta(days=1)
    periods, begin, decision = [], unit.valid_from, None
    for row in former:
        periods.append(NamePeriod(row.name, begin, row.used_until, decision))
        begin, decision = row.used_until + day, row.reorganisation
    end = coming.used_from - day if coming else unit.valid_to
    periods.append(NamePeriod(unit.name, begin, end, decision))
    if coming:
        periods.append(NamePeriod(coming.name, coming.used_from, unit.valid_to, coming.reorganisation))
    return periods[::-1]

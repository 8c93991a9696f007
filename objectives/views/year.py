"""The year at a glance: the tree of objectives with their standings, coverage, registration."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from objectives import rules
from objectives.board import Judged, board_of, counted
from objectives.enums import Level
from objectives.marks import STANDING_MARKS
from objectives.models import ObjectiveSet, Registration
from objectives.selectors import coverage_of, last_step, on_desk
from objectives.terms import Standing
from qms.organisation.models import Agency, Unit

from .common import agency_of, sensible, today


@dataclass
class Branch:
    """An objective and those that serve it; without one: those that serve nothing."""

    row: Judged | None
    below: list["Branch"] = field(default_factory=list)

    @property
    def flat(self) -> list[tuple[Judged, int]]:
        """All below with their depth, in order."""
        return [
            pair
            for branch in self.below
            if branch.row
            for pair in ((branch.row, 1), *((row, depth + 1) for row, depth in branch.flat))
        ]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """This year."""
    return redirect("objectives:year", today().year)


@require_safe
def overview(request: HttpRequest, year: int) -> HttpResponse:
    """The tree of a year."""
    agency, day = agency_of(request), today()
    year = sensible(year)
    board = board_of(agency, year, day)
    sets = list(_sets(request, agency, year))
    shown = {found.pk for found in sets}
    rows = [row for row in board.values() if row.objective.objective_set_id in shown]
    registration = Registration.objects.filter(agency=agency, year=year).first()
    coverage = coverage_of(agency, sets, rows, registration, day)
    counts = counted(row for row in rows if row.objective.objective_set.state not in ("draft",))
    context = {
        "agency": agency, "year": year, "branches": tree(rows), "sets": sets,
        "department_set": next((found for found in sets if found.unit_id is None), None), "coverage": coverage,
        "registration": registration, "parts": _parts(counts), "row_count": len(rows),
        "may_manage": not rules.why_not_manage(agency.pk, request.user),
        "waiting": [found for found in sets if found.waits],
        "startable": _startable(request, agency, coverage.units), "is_current": year >= day.year,
        "other_years": (year - 1, year + 1),
    }  # fmt: skip
    return render(request, "objectives/year.html", context)


def tree(rows: Iterable[Judged]) -> list[Branch]:
    """Department objectives with those that serve them; last, those of units that serve none."""
    branches = {row.objective.pk: Branch(row) for row in rows}
    roots: list[Branch] = []
    loose = Branch(None)
    for branch in branches.values():
        objective = branch.row.objective  # type: ignore[union-attr]
        above = branches.get(objective.serves_id or 0)
        if above:
            above.below.append(branch)
        elif objective.level == Level.DEPARTMENT:
            roots.append(branch)
        else:
            loose.below.append(branch)
    return [*roots, loose] if loose.below else roots


def _sets(request: HttpRequest, agency: Agency, year: int) -> Iterable[ObjectiveSet]:
    sets = ObjectiveSet.objects.visible_to(request.user).standing().filter(agency=agency, year=year)
    return sets.select_related("unit").annotate(last_step=last_step(), waits=on_desk(request.user))


def _parts(counts: dict[Standing, int]) -> list[tuple[str, int, str]]:
    """For the bar: tone, count, word, the good ones first."""
    return [(STANDING_MARKS[s].tone, counts.get(s, 0), s.label) for s in Standing if counts.get(s)]


def _startable(request: HttpRequest, agency: Agency, units: Iterable) -> list[Unit]:
    """The units for which this person may begin a set now."""
    return [
        row.unit
        for row in units
        if row.objectives is None and not rules.why_not_register(agency.pk, row.unit, request.user)
    ]

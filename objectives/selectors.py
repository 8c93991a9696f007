"""Reads that more than one caller needs: last year's results, coverage, what waits for whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, Subquery, When
from django.db.models.functions import JSONObject
from django.utils import timezone

from qms.organisation.access import access_of
from qms.organisation.models import Agency, Unit, User
from qms.workflow.models import HistoryEntry

from .board import Judged, board_of
from .enums import Level, SetState
from .models import Figure, ObjectiveSet, Registration
from .models.sets import ObjectiveSetQuerySet
from .rules import REGISTERING

_DESKS = {
    SetState.REVIEW: "manage_objectives",
    SetState.APPROVAL: "approve_plan",
    SetState.NUMBERING: "number_document",
}


def last_results(objectives: ObjectiveSet, today: date | None = None) -> dict[int, str]:
    """By the id of the objective that one of this set goes on from: how that one ended. Three queries, or one."""
    earlier = objectives.objectives.exclude(carried_from=None)
    years = set(earlier.order_by().values_list("carried_from__objective_set__year", flat=True))
    today = today or timezone.localdate()
    found: dict[int, str] = {}
    for year in years:
        found |= {pk: result_words(row) for pk, row in board_of(objectives.agency, year, today).items()}
    return found


def result_words(row: Judged) -> str:
    """ "96,2 % (đạt)"."""
    label = row.verdict.standing.label
    return f"{row.figure} ({label})" if row.figure else label[0].upper() + label[1:]


@dataclass(frozen=True)
class UnitCoverage:
    """A unit that should register, and its set if there is one. `late`: nothing was registered by the day."""

    unit: Unit
    objectives: ObjectiveSet | None
    late: bool


@dataclass(frozen=True)
class Coverage:
    """What the tree still lacks: department objectives that nobody serves, units without objectives."""

    unserved: list[Judged]
    units: list[UnitCoverage]

    @property
    def without(self) -> list[UnitCoverage]:
        """Units that have no set at all."""
        return [row for row in self.units if row.objectives is None]

    @property
    def registered(self) -> int:
        """Units whose set has left the draft."""
        return sum(row.objectives is not None and row.objectives.state != SetState.DRAFT for row in self.units)


def coverage_of(
    agency: Agency, sets: Iterable[ObjectiveSet], rows: Iterable[Judged], registration: Registration | None, today: date
) -> Coverage:
    """What is covered and what is not. One query for the units."""
    rows = list(rows)
    by_unit = {found.unit_id: found for found in sets if found.unit_id}
    served = {row.objective.serves_id for row in rows}
    unserved = [
        row for row in rows if row.objective.level == Level.DEPARTMENT and row.objective.pk not in served
    ]  # fmt: skip
    over = registration is not None and today > registration.register_by
    units = Unit.objects.in_force(today).filter(agency=agency, kind__in=REGISTERING)
    return Coverage(unserved, [_covered(unit, by_unit.get(unit.pk), over=over) for unit in units])


def _covered(unit: Unit, objectives: ObjectiveSet | None, *, over: bool) -> UnitCoverage:
    return UnitCoverage(unit, objectives, over and (objectives is None or objectives.submitted_at is None))


def last_step() -> Subquery:
    """For an annotation of sets: {"name", "sentence", "who", "comment"} of the last step, or None."""
    step = JSONObject(name="transition", sentence="sentence", who="actor_name", comment="comment")
    return Subquery(HistoryEntry.objects.latest_of(ObjectiveSet).values(step=step)[:1])


def on_desk(user: User) -> Case:
    """For an annotation of sets: whether it waits for this person, the rules (`rules.py`) as a condition."""
    access = access_of(user)
    written = Q(Exists(ObjectiveSet.editors.through.objects.filter(objectiveset=OuterRef("pk"), user=user.pk)))
    found = Q(pk__in=[])
    for state, permission in _DESKS.items():
        sits = Q(state=state, agency__in=access.agencies_with(permission))
        found |= sits if state == SetState.NUMBERING else sits & ~written & ~Q(author=user.pk)
    return Case(When(found, then=True), default=False, output_field=BooleanField())


def waiting_for(user: User) -> ObjectiveSetQuerySet:
    """Sets on this person's desk, oldest first, in one query."""
    sets = ObjectiveSet.objects.visible_to(user).alias(waits=on_desk(user)).filter(waits=True)
    return sets.order_by("changed_at", "pk")


def figures_owed_by(user: User, today: date):
    """Figures that this person's units (or the person) have to enter now, the most urgent first."""
    access = access_of(user)
    units = access.units_with("lead_unit") | access.units_with("answer_for_unit")
    mine = Q(objective__unit__in=units) | Q(objective__person=user.pk)
    return (
        Figure.objects.filter(
            mine, at__isnull=True, ends_on__lte=today, objective__objective_set__state=SetState.ISSUED
        )
        .select_related("objective__objective_set__unit", "objective__unit")
        .order_by("due_on", "pk")
    )

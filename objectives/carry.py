"""Starting from last year: its objectives as a draft for this one, each linked with what it goes on from."""

from datetime import datetime
from typing import Any

from django.db import transaction

from qms.deadlines import add_months, parse_timing, shift_text
from qms.organisation.models import Agency, Unit, User
from qms.standards.models import Clause, Edition
from qms.standards.selectors import counterparts

from .actions import start_set
from .enums import IN_FORCE_OR_PAST, SetState
from .models import Objective, ObjectiveSet, ObjectiveStep

_TEXTS = ("statement", "indicator", "method", "basis", "resources", "monitoring")
_SAME = (
    "order", "level", "measure", "unit_of_measure", "numerator_label", "denominator_label", "direction", "target",
    "upper", "period", "gathering", "formula", "weight", "unit", "person", "place", "evidence_required",
)  # fmt: skip


def previous_set(agency: Agency, year: int, unit: Unit | None) -> ObjectiveSet | None:
    """The last issued set of that unit (or of the department) before a year."""
    earlier = ObjectiveSet.objects.filter(agency=agency, unit=unit, year__lt=year, state__in=IN_FORCE_OR_PAST)
    return earlier.order_by("-year", "-pk").first()


@transaction.atomic
def start_from(previous: ObjectiveSet, *, year: int, actor: User, at: datetime) -> ObjectiveSet:
    """A draft with the objectives and steps of an earlier set; years in the words and days move on.

    Raises what `start_set` raises. An objective keeps serving what goes on from the objective it served.
    """
    new = start_set(agency=previous.agency, year=year, unit=previous.unit, actor=actor, at=at, carried_from=previous)
    new.bases = [_moved(text, previous, new) for text in previous.bases]
    new.carrying_out = _moved(previous.carrying_out, previous, new)
    new.recipients = list(previous.recipients)
    new.save()
    for old in previous.objectives.select_related("serves", "clause"):
        _carry(old, previous, new, actor, at)
    return new


def _carry(old: Objective, previous: ObjectiveSet, new: ObjectiveSet, actor: User, at: datetime) -> None:
    fields: dict[str, Any] = {name: getattr(old, name) for name in _SAME}
    fields |= {name: _moved(getattr(old, name), previous, new) for name in _TEXTS}
    row = Objective.objects.create(
        objective_set=new, serves=_heir(old, new), due_on=add_months(old.due_on, 12 * (new.year - previous.year)),
        carried_from=old, clause=_clause(old.clause, new.edition), changed_by=actor, changed_at=at, **fields,
    )  # fmt: skip
    ObjectiveStep.objects.bulk_create(_step(step, row, previous, new) for step in old.steps.all())


def _heir(old: Objective, new: ObjectiveSet) -> Objective | None:
    """What this year goes on from the objective that the old one served."""
    if old.serves is None:
        return None
    heirs = old.serves.carried_to.filter(objective_set__agency=new.agency, objective_set__year=new.year)
    return heirs.exclude(objective_set__state=SetState.DROPPED).first()


def _clause(old: Clause | None, edition: Edition) -> Clause | None:
    """What the clause is called in that edition; nothing where it became several, so that a person chooses."""
    found = counterparts(old, edition) if old else []
    return found[0] if len(found) == 1 else None


def _step(old: ObjectiveStep, row: Objective, previous: ObjectiveSet, new: ObjectiveSet) -> ObjectiveStep:
    timing = _moved(old.timing_text, previous, new)
    return ObjectiveStep(
        objective=row, order=old.order, text=_moved(old.text, previous, new), unit=old.unit, person=old.person,
        support_text=old.support_text, timing_text=timing,
        timing_data=parse_timing(timing, year=new.year).to_storage(), result=_moved(old.result, previous, new),
    )  # fmt: skip


def _moved(text: str, previous: ObjectiveSet, new: ObjectiveSet) -> str:
    return shift_text(text, from_year=previous.year, to_year=new.year).text

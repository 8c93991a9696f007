"""Opening duties: a source says what it wants, this room makes it so, once.

The same call again changes nothing; a source that no longer wants a duty withdraws it, reports and all kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from qms.organisation.models import Agency, Unit, User
from qms.text import fold

from .enums import OWED, DutyKind, DutyState
from .models import Duty


@dataclass(frozen=True)
class Wanted:
    """One duty that should exist. Without `due_on` and with `waits_for` it lies dormant."""

    key: str
    kind: DutyKind
    title: str
    unit: Unit
    person: User | None = None
    context: str = ""
    period: str = ""
    opens_on: date | None = None
    due_on: date | None = None
    explanation: str = ""
    waits_for: str = ""
    evidence_required: bool = False

    @property
    def state(self) -> DutyState:
        return DutyState.DORMANT if self.waits_for else DutyState.OPEN


@transaction.atomic
def open_duties(
    source: models.Model, *, agency: Agency, year: int, wanted: Iterable[Wanted], at: datetime
) -> list[Duty]:
    """Make the wanted duties that do not exist yet; returns those made now."""
    kind = ContentType.objects.get_for_model(source)
    known = set(Duty.objects.filter(content_type=kind, object_id=source.pk).values_list("key", flat=True))
    return Duty.objects.bulk_create(
        Duty(
            agency=agency, content_type=kind, object_id=source.pk, key=w.key, kind=w.kind, year=year,
            title=w.title, context=w.context[:300], period=w.period, unit=w.unit, person=w.person, state=w.state,
            opens_on=w.opens_on, due_on=w.due_on, original_due_on=w.due_on, explanation=w.explanation,
            waits_for=w.waits_for, evidence_required=w.evidence_required, opened_at=at, changed_at=at,
            search=fold(f"{w.title} {w.context} {w.period}")[:500],
        )
        for w in wanted
        if w.key not in known
    )  # fmt: skip


@transaction.atomic
def withdraw_duties(source: models.Model, *, at: datetime, keys: Iterable[str] | None = None) -> int:
    """Take back what is still owed or dormant of a source; answered duties stay as they are. Returns how many."""
    kind = ContentType.objects.get_for_model(source)
    duties = Duty.objects.filter(content_type=kind, object_id=source.pk, state__in=[*OWED, DutyState.DORMANT])
    if keys is not None:
        duties = duties.filter(key__in=list(keys))
    return duties.update(state=DutyState.WITHDRAWN, closed_on=at.date(), changed_at=at)


@transaction.atomic
def move_duties(old: models.Model, new: models.Model, *, context: str, at: datetime) -> int:
    """Hang all duties of one source on another (an amended task), reports kept. Returns how many."""
    old_kind, new_kind = ContentType.objects.get_for_model(old), ContentType.objects.get_for_model(new)
    duties = Duty.objects.filter(content_type=old_kind, object_id=old.pk)
    return duties.update(content_type=new_kind, object_id=new.pk, context=context[:300], changed_at=at)

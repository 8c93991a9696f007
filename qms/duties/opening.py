"""Opening duties: a source says what it wants, this room makes it so, once.

The same call again changes nothing; a source that no longer wants a duty withdraws it, reports and all kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone

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


def open_duties(
    source: models.Model, *, agency: Agency, year: int, wanted: Iterable[Wanted], at: datetime
) -> list[Duty]:
    """Make the wanted duties of one source that do not exist yet; returns those made now."""
    return open_many(((source, row) for row in wanted), agency=agency, year=year, at=at)


@transaction.atomic
def open_many(wanted: Iterable[tuple[models.Model, Wanted]], *, agency: Agency, year: int, at: datetime) -> list[Duty]:
    """The same for many sources of one model at once: two queries however many there are."""
    rows = list(wanted)
    if not rows:
        return []
    kind = ContentType.objects.get_for_model(rows[0][0])
    sources = {source.pk for source, _ in rows}
    standing = Duty.objects.filter(content_type=kind, object_id__in=sources)
    known = set(standing.values_list("object_id", "key"))
    return Duty.objects.bulk_create(
        _duty(row, source.pk, kind, agency, year, at) for source, row in rows if (source.pk, row.key) not in known
    )


def _duty(w: Wanted, source_pk: int, kind: ContentType, agency: Agency, year: int, at: datetime) -> Duty:
    return Duty(
        agency=agency, content_type=kind, object_id=source_pk, key=w.key, kind=w.kind, year=year,
        title=w.title, context=w.context[:300], period=w.period, unit=w.unit, person=w.person, state=w.state,
        opens_on=w.opens_on, due_on=w.due_on, original_due_on=w.due_on, explanation=w.explanation,
        waits_for=w.waits_for, evidence_required=w.evidence_required, opened_at=at, changed_at=at,
        search=search_words(w.title, w.context, w.period),
    )  # fmt: skip


def search_words(title: str, context: str, period: str) -> str:
    """What a duty is found by, for writes that pass `save` by."""
    return fold(f"{title} {context} {period}")[:500]


@transaction.atomic
def withdraw_duties(source: models.Model, *, at: datetime, keys: Iterable[str] | None = None) -> int:
    """Take back what is still owed or dormant of a source; answered duties stay as they are. Returns how many."""
    kind = ContentType.objects.get_for_model(source)
    duties = Duty.objects.filter(content_type=kind, object_id=source.pk, state__in=[*OWED, DutyState.DORMANT])
    if keys is not None:
        duties = duties.filter(key__in=list(keys))
    return duties.update(state=DutyState.WITHDRAWN, closed_on=timezone.localdate(at), changed_at=at)

"""Waking what waits: a recorded event gives dormant duties their day; taking it back lets them wait again.

The key of a duty that an event woke ends in "#" and the id of the `Occurrence`, so that its day can be explained and
counted anew, and so that the same event may happen more than once.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from .enums import DutyState
from .models import Duty, Occurrence
from .opening import Wanted, search_words

_MARK = "#"
_WOKEN_FIELDS = (
    "key", "state", "period", "opens_on", "due_on", "original_due_on", "explanation", "waits_for", "changed_at",
    "opened_at", "search",
)  # fmt: skip


def woken_key(key: str, occurrence: Occurrence) -> str:
    """The key of a duty that owes its day to that event."""
    return f"{key}{_MARK}{occurrence.pk}"


def occurrence_id(key: str) -> int | None:
    """The event that woke the duty with that key, None where none did."""
    _, mark, number = key.rpartition(_MARK)
    return int(number) if mark and number.isdecimal() else None


@transaction.atomic
def wake_duties(pairs: Iterable[tuple[Duty, Wanted]], *, at: datetime) -> list[Duty]:
    """Give each dormant duty what is wanted of it now, in one query."""
    woken = []
    for duty, wanted in pairs:
        duty.key, duty.state, duty.waits_for = wanted.key, DutyState.OPEN, ""
        duty.period, duty.explanation = wanted.period, wanted.explanation
        duty.search = search_words(duty.title, duty.context, duty.period)
        duty.opens_on, duty.due_on, duty.original_due_on = wanted.opens_on, wanted.due_on, wanted.due_on
        duty.opened_at = duty.changed_at = at
        woken.append(duty)
    Duty.objects.bulk_update(woken, _WOKEN_FIELDS)
    return woken


@transaction.atomic
def put_to_sleep(pairs: Iterable[tuple[Duty, Wanted]], *, at: datetime) -> list[Duty]:
    """Let each duty wait again as it is wanted, in one query; only for duties that nobody has reported on."""
    asleep = []
    for duty, wanted in pairs:
        duty.key, duty.state, duty.waits_for = wanted.key, DutyState.DORMANT, wanted.waits_for
        duty.period, duty.explanation = "", wanted.explanation
        duty.search = search_words(duty.title, duty.context, "")
        duty.opens_on = duty.due_on = duty.original_due_on = None
        duty.changed_at = at
        asleep.append(duty)
    Duty.objects.bulk_update(asleep, _WOKEN_FIELDS)
    return asleep

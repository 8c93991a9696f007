"""Days that were counted with the working calendar move when a decreed day changes; days written in a plan do not."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from qms.deadlines import Timing, TimingKind, WorkingCalendar, due_after
from qms.deadlines.arithmetic import Computed
from qms.duties.enums import OWED
from qms.duties.models import Duty, Occurrence
from qms.duties.waking import occurrence_id
from qms.organisation.calendar import MovedDeadline
from qms.organisation.models import Agency
from qms.text import short_date

from ..models import Task

_MOVED = re.compile(r" Lịch làm việc thay đổi; trước đó hạn là ([0-9/]+)\.")


class _Move(NamedTuple):
    duty: Duty
    task: Task
    before: Computed
    after: Computed


def moved_duties(agency: Agency, before: WorkingCalendar, after: WorkingCalendar) -> list[MovedDeadline]:
    """The open duties of plans whose counted day falls on another one. An extended day was decided and stays."""
    return [
        MovedDeadline(
            f"{move.duty.title} ({move.duty.unit})", move.before.day, move.after.day,
            reverse("duties:detail", args=[move.duty.pk]),
        )
        for move in _moves(agency, before, after)
    ]  # fmt: skip


def move_duties(agency: Agency, before: WorkingCalendar, after: WorkingCalendar, at: datetime) -> None:
    """Give them their new day, and say why. The first day moves too: it was counted wrongly, not put off."""
    duties = []
    for duty, _, old, new in _moves(agency, before, after):
        duty.due_on = duty.original_due_on = new.day
        duty.explanation = _told(duty.explanation.replace(old.explanation, new.explanation), old.day, new.day)
        duty.changed_at = at
        duties.append(duty)
    Duty.objects.bulk_update(duties, ["due_on", "original_due_on", "explanation", "changed_at"])


def _told(explanation: str, old: date, new: date) -> str:
    """The explanation with one sentence on the move, from the day before the first one."""
    earlier = _MOVED.search(explanation)
    first = earlier[1] if earlier else short_date(old)
    plain = _MOVED.sub("", explanation)
    return plain if first == short_date(new) else f"{plain} Lịch làm việc thay đổi; trước đó hạn là {first}."


def _moves(agency: Agency, before: WorkingCalendar, after: WorkingCalendar) -> Iterator[_Move]:
    """Three queries, however many duties the agency has."""
    kind = ContentType.objects.get_for_model(Task)
    rows = Duty.objects.filter(agency=agency, content_type=kind, state__in=OWED, key__contains="#")
    duties = list(rows.select_related("unit").order_by("due_on", "pk"))
    tasks = Task.objects.in_bulk({duty.object_id for duty in duties})
    events = Occurrence.objects.in_bulk({occurrence_id(duty.key) for duty in duties})
    for duty in duties:
        task, event = tasks.get(duty.object_id), events.get(occurrence_id(duty.key))
        timing = _counted(task, duty.key) if task else None
        if timing is None or event is None or duty.is_extended:
            continue
        old, new = (due_after(event.day, timing.offset, calendar) for calendar in (before, after))
        if old.day == duty.due_on != new.day:
            yield _Move(duty, task, old, new)


def _counted(task: Task, key: str) -> Timing | None:
    """The part of the task's timing by which that duty's day was counted, None where it was not."""
    timing, suffix = task.timing, key.split(":")[2]
    if timing.kind == TimingKind.CONDITIONAL:
        branch = suffix.partition(".")[0].removeprefix("b")
        timing = timing.branches[int(branch)] if branch.isdecimal() and int(branch) < len(timing.branches) else timing
    return timing if timing.offset else None

"""Tasks that wait for another task of the plan: which one, and what happens when it is finished or given back.

The words decide ("Sau khi đánh giá nội bộ"); where they name no task, or two, nothing happens by itself and the
secretary records the event, choosing the task (docs/decisions/0013).
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from qms.deadlines import TimingKind
from qms.duties.enums import OWED, DutyKind, DutyState
from qms.duties.models import Duty, Occurrence
from qms.organisation.calendar import calendar_of
from qms.organisation.models import User
from qms.text import fold, short_date

from ..enums import PlanState
from ..models import Plan, Task
from .events import Said, counted_slot, open_for, undo, units_of
from .fanout import duties_of
from .slots import WAITING

_NUMBERED = re.compile(r"\b(?:nhiem vu|muc|buoc|viec|noi dung)(?: so| thu)? ([0-9]+(?:[.,][0-9]+)*[a-z]?)\b")
_PLAIN_WORDS = """
    sau truoc khi ngay luc hoan thanh ket thuc hien tien hanh to chuc xong viec cuoc cac cua va co duoc tai theo cho ve
    nhiem vu ke tu nhan
"""
_PLAIN = frozenset(_PLAIN_WORDS.split())
_ENOUGH = 0.75


def predecessor_of(task: Task, others: Iterable[Task]) -> Task | None:
    """The task that this one waits for by its words; None where they name none, or more than one equally well."""
    others = [other for other in others if other.pk != task.pk]
    words = fold(task.timing.trigger)
    numbered = _NUMBERED.search(words)
    if numbered:
        named = [other for other in others if fold(other.ordinal).strip(" .") == numbered[1]]
        return named[0] if len(named) == 1 else None
    core = [word for word in re.findall(r"\w+", words) if word not in _PLAIN]
    ranked = sorted(((_likeness(core, other), i) for i, other in enumerate(others)), reverse=True)
    if len(core) < 2 or not ranked or ranked[0][0][0] < _ENOUGH:
        return None
    return None if len(ranked) > 1 and ranked[1][0] == ranked[0][0] else others[ranked[0][1]]


def _likeness(core: list[str], other: Task) -> tuple[float, bool, bool]:
    """How much of the words stands in the task, and whether its title has them in one piece, or begins with them."""
    title = [word for word in re.findall(r"\w+", fold(other.title)) if word not in _PLAIN]
    known = {*title, *re.findall(r"\w+", fold(" ".join(other.outputs)))}
    share = sum(word in known for word in core) / len(core) if core else 0.0
    joined, wanted = f" {' '.join(title)} ", f" {' '.join(core)} "
    return share, wanted in joined, joined.startswith(wanted)


def task_answered(duty: Duty, actor: User, at: datetime) -> None:
    """When the last leading unit has answered a task, what waits for the task gets its day."""
    task, day = duty.source, timezone.localdate(at)
    if duty.kind != DutyKind.PLAN_TASK or task is None or task.plan.state != PlanState.ISSUED or _is_owed(task):
        return
    plan = Plan.objects.select_for_update(of=("self",)).select_related("agency").get(pk=task.plan_id)
    for follower in _followers(task, plan):
        offset = follower.timing.offset
        if offset is not None and offset.amount > 0:
            _open_after(task, follower, day, actor, at)
        elif offset is None:
            _ask_for_day(follower, f"{finished_words(task)} ngày {short_date(day)}; chờ Thư ký ISO định hạn", at)


def task_reopened(duty: Duty, actor: User, at: datetime) -> None:
    """A task given back is not finished: what it woke waits again where nobody has answered."""
    task = duty.source
    if duty.kind != DutyKind.PLAN_TASK or task is None:
        return
    followers = _followers(task, task.plan)
    kind = ContentType.objects.get_for_model(Task)
    by_id = {follower.pk: follower for follower in followers}
    for occurrence in Occurrence.objects.filter(content_type=kind, object_id__in=by_id, what=finished_words(task)):
        undo(occurrence, actor=actor, at=at)
    for follower in followers:
        _ask_for_day(follower, follower.timing.trigger or follower.timing.text, at)


def _is_owed(task: Task) -> bool:
    return duties_of([task]).filter(kind=DutyKind.PLAN_TASK, state__in=[*OWED, DutyState.DORMANT]).exists()


def _followers(task: Task, plan: Plan) -> list[Task]:
    tasks = list(plan.tasks.prefetch_related("units__unit"))
    waiting = [other for other in tasks if other.timing.kind == TimingKind.AFTER_TASK]
    found = [other for other in waiting if predecessor_of(other, tasks) == task]
    for other in found:
        other.plan = plan
    return found


def finished_words(task: Task) -> str:
    """ "Đã xong nhiệm vụ 13: Đánh giá nội bộ"."""
    number = f" {task.ordinal}" if task.ordinal else ""
    return f"Đã xong nhiệm vụ{number}: {task.title}"


def _ask_for_day(follower: Task, waits_for: str, at: datetime) -> None:
    duties_of([follower]).filter(state=DutyState.DORMANT).update(waits_for=waits_for, changed_at=at)


def _open_after(task: Task, follower: Task, day: date, actor: User, at: datetime) -> None:
    """Once: a task that was given back and finished again finds its followers awake or asleep."""
    asleep = duties_of([follower]).filter(state=DutyState.DORMANT)
    units = set(asleep.values_list("unit", flat=True))
    chosen = [(unit, part) for unit, part in units_of(follower, on=day) if unit.pk in units]
    if not chosen:
        return
    slot = counted_slot(follower.timing, day, calendar_of(follower.plan.agency), suffix=WAITING)
    occurrence = Occurrence.objects.create(
        agency=follower.plan.agency, content_type=ContentType.objects.get_for_model(Task), object_id=follower.pk,
        day=day, what=finished_words(task), actor=actor, at=at,
    )  # fmt: skip
    happened = f"{finished_words(task)} ngày {short_date(day)}."
    open_for(occurrence, follower, [replace(slot, explanation=f"{happened} {slot.explanation}")], chosen, at=at)


def suggestion(task: Task, others: Iterable[Task]) -> Said:
    """What the form for recording begins with: the task that is waited for, or the words."""
    predecessor = predecessor_of(task, others) if task.timing.kind == TimingKind.AFTER_TASK else None
    return Said(what=task.timing.trigger, after=predecessor.pk if predecessor else None)

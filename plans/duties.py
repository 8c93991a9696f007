"""What an issued plan makes units owe: each task fans out into duties on the day of issue.

Lead units owe the result, coordinating units their input. Groups become one duty per unit in the group on that day.
Windows open one duty per period; continuous tasks a check-in per quarter; what waits for an event, another task or
another body lies dormant and says what it waits for.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Prefetch
from django.utils import timezone

from qms.deadlines import Timing, TimingKind, Window, explain
from qms.duties.enums import DutyKind
from qms.duties.models import Duty
from qms.duties.opening import Wanted, move_duties, open_duties, withdraw_duties
from qms.organisation.enums import UnitKind
from qms.organisation.models import GroupMember, Unit
from qms.text import fold

from .enums import UnitPart
from .models import Plan, Task, TaskUnit

_WAITING = {TimingKind.EVENT, TimingKind.AFTER_TASK, TimingKind.EXTERNAL, TimingKind.UNKNOWN}
_PARTS = {UnitPart.LEAD: DutyKind.PLAN_TASK, UnitPart.SUPPORT: DutyKind.CONTRIBUTION}


@dataclass(frozen=True)
class Slot:
    """One thing to do by one day, or to wait for; `suffix` tells the slots of a task apart."""

    suffix: str
    window: Window | None = None
    waits_for: str = ""
    check_in: bool = False


def open_plan(plan: Plan, *, at: datetime) -> list[Duty]:
    """Open the duties of an issued plan; again changes nothing. An amendment first takes over the duties it keeps."""
    if plan.replaces_id:
        _take_over(plan, at)
    day = timezone.localdate(at)
    directory = _Members(plan, day)
    opened: list[Duty] = []
    for task in _tasks(plan):
        wanted = _wanted(task, plan, directory)
        opened += open_duties(task, agency=plan.agency, year=plan.year, wanted=wanted, at=at)
    return opened


def slots(timing: Timing, year: int) -> list[Slot]:
    """What a timing asks for, one slot per duty."""
    if timing.branches:
        branches = [s for i, branch in enumerate(timing.branches) for s in _renamed(slots(branch, year), f"b{i}")]
        return branches or [Slot("0", waits_for=timing.text)]
    if timing.kind in _WAITING:
        return [Slot("0", waits_for=timing.trigger or timing.text or "xác định thời gian thực hiện")]
    if timing.kind == TimingKind.CONTINUOUS:
        return [Slot(f"q{i + 1}", quarter, check_in=True) for i, quarter in enumerate(_quarters(year))]
    dated = [Slot(str(i), window) for i, window in enumerate(timing.occurrences)]
    return dated or [Slot("0", waits_for=timing.text)]


def _renamed(found: Iterable[Slot], prefix: str) -> Iterator[Slot]:
    return (replace(slot, suffix=f"{prefix}.{slot.suffix}") for slot in found)


def _quarters(year: int) -> list[Window]:
    ends = ((3, 31), (6, 30), (9, 30), (12, 31))
    return [Window(date(year, month - 2, 1), date(year, month, day)) for month, day in ends]


def period_name(window: Window) -> str:
    """ "Quý I/2026", "Tháng 3/2026", "6 tháng đầu năm 2026", "Năm 2026"; empty for other windows."""
    if window.start is None or window.start.day != 1 or window.start.year != window.due.year:
        return ""
    year, first, last = window.due.year, window.start.month, window.due.month
    whole = window.due.month != (window.due + timezone.timedelta(days=1)).month
    names = {
        (1, 12): f"Năm {year}", (1, 6): f"6 tháng đầu năm {year}", (7, 12): f"6 tháng cuối năm {year}",
        (1, 3): f"Quý I/{year}", (4, 6): f"Quý II/{year}", (7, 9): f"Quý III/{year}", (10, 12): f"Quý IV/{year}",
    }  # fmt: skip
    if not whole:
        return ""
    return f"Tháng {first}/{year}" if first == last else names.get((first, last), "")


class _Members:
    """Which units a named unit stands for on a day. Two queries for a whole plan."""

    def __init__(self, plan: Plan, day: date) -> None:
        self._members: dict[int, list[Unit]] = {}
        rows = GroupMember.objects.in_force(day).filter(group__agency=plan.agency).select_related("member")
        for row in rows.order_by("member__order", "pk"):
            if row.member.is_in_force(day):
                self._members.setdefault(row.group_id, []).append(row.member)

    def of(self, unit: Unit) -> list[Unit]:
        """A group becomes its members (groups within groups too); any other unit is itself; an outsider nobody."""
        if unit.kind == UnitKind.EXTERNAL:
            return []
        if unit.kind != UnitKind.GROUP:
            return [unit]
        return list(dict.fromkeys(deep for member in self._members.get(unit.pk, []) for deep in self.of(member)))


def _tasks(plan: Plan) -> Iterable[Task]:
    units = Prefetch("units", TaskUnit.objects.select_related("unit"))
    return plan.tasks.select_related("phase").prefetch_related(units).order_by("phase__order", "order", "pk")


def _wanted(task: Task, plan: Plan, members: _Members) -> list[Wanted]:
    parts: dict[Unit, UnitPart] = {}
    for part in (UnitPart.LEAD, UnitPart.SUPPORT):
        for link in task.units.all():
            if link.part == part:
                for unit in members.of(link.unit):
                    parts.setdefault(unit, part)
    found = slots(task.timing, plan.year)
    return [_one(task, plan, unit, part, slot) for unit, part in parts.items() for slot in found]


def _one(task: Task, plan: Plan, unit: Unit, part: UnitPart, slot: Slot) -> Wanted:
    window = slot.window
    return Wanted(
        key=f"{unit.pk}:{part.value}:{slot.suffix}",
        kind=DutyKind.CHECK_IN if slot.check_in and part == UnitPart.LEAD else _PARTS[part],
        title=task.title,
        unit=unit,
        context=f"Kế hoạch {plan.reference}, nhiệm vụ {task.ordinal}".strip(" ,"),
        period=period_name(window) if window and (slot.check_in or len(task.timing.occurrences) > 1) else "",
        opens_on=window.start if window else None,
        due_on=window.due if window else None,
        explanation=_why(task, slot),
        waits_for=slot.waits_for,
    )


def _why(task: Task, slot: Slot) -> str:
    if slot.check_in:
        return f"“{task.timing_text}”: mỗi quý báo tình hình một lần."
    return explain(task.timing)


def _take_over(plan: Plan, at: datetime) -> None:
    """Tasks of the amendment with the same words keep the duties of the old plan; what has no heir is withdrawn."""
    heirs = {fold(task.title): task for task in plan.tasks.all()}
    for old in plan.replaces.tasks.all():
        heir = heirs.get(fold(old.title))
        if heir is None or _changed(old, heir):
            withdraw_duties(old, at=at)
        if heir is not None:
            move_duties(old, heir, context=f"Kế hoạch {plan.reference}, nhiệm vụ {heir.ordinal}", at=at)


def _changed(old: Task, new: Task) -> bool:
    return old.timing_text != new.timing_text


def duties_of(plan: Plan):
    """All duties of a plan's tasks."""
    kind = ContentType.objects.get_for_model(Task)
    return Duty.objects.filter(content_type=kind, object_id__in=plan.tasks.values("pk"))

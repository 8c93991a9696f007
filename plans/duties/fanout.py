"""Opening the duties of a plan on the day of issue.

Lead units owe the result, coordinating units their input. Groups become one duty per unit in the group on that day.
Windows open one duty per period; continuous tasks a check-in per quarter; what waits for an event, another task or
another body lies dormant and says what it waits for.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery
from django.utils import timezone

from qms.duties.enums import DutyKind
from qms.duties.models import Duty
from qms.duties.opening import Wanted, open_many
from qms.organisation.models import Unit
from qms.text import short_date

from ..enums import UnitPart
from ..models import Plan, Task, TaskUnit
from .members import Members
from .slots import Slot, slots

_KINDS = {UnitPart.LEAD: DutyKind.PLAN_TASK, UnitPart.SUPPORT: DutyKind.CONTRIBUTION}


@dataclass(frozen=True)
class Outcome:
    """What issuing a plan did with duties, in numbers; `unclaimed` names the tasks that no unit owes."""

    opened: int = 0
    units: int = 0
    moved: int = 0
    changed: int = 0
    withdrawn: int = 0
    unclaimed: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """For the history of the plan."""
        parts = [
            (self.opened, f"mở {self.opened} việc cho {self.units} đơn vị"),
            (self.moved, f"nhận {self.moved} việc của kế hoạch trước"),
            (self.changed, f"đổi hạn {self.changed} việc"),
            (self.withdrawn, f"rút {self.withdrawn} việc"),
            (len(self.unclaimed), f"chưa có đơn vị nhận việc: nhiệm vụ {', '.join(self.unclaimed)}"),
        ]
        said = "; ".join(words for count, words in parts if count)
        return f"{said[0].upper()}{said[1:]}." if said else ""


def open_missing(plan: Plan, *, at: datetime) -> Outcome:
    """Open what the plan's tasks ask for and does not exist yet; doing it again changes nothing."""
    day = timezone.localdate(at)
    tasks, members = tasks_with_units(plan), Members(plan.agency_id, day)
    known = _Known(tasks)
    wanted = {task: wanted_of(task, plan, members, since=day) for task in tasks}
    fresh = [(task, row) for task, rows in wanted.items() for row in rows if not known.has(task, row)]
    opened = open_many(fresh, agency=plan.agency, year=plan.year, at=at)
    unclaimed = tuple(task_number(task, place) for place, task in enumerate(tasks, start=1) if not wanted[task])
    return Outcome(len(opened), len({duty.unit_id for duty in opened}), unclaimed=unclaimed)


class _Known:
    """Which duties the tasks have already, in one query."""

    def __init__(self, tasks: Iterable[Task]) -> None:
        self._keys = set(duties_of(tasks).values_list("object_id", "key"))
        self._woken = {(pk, key.rpartition(":")[0]) for pk, key in self._keys if "#" in key}

    def has(self, task: Task, row: Wanted) -> bool:
        """Also a waiting duty that an event has meanwhile given a day and another key."""
        waited = bool(row.waits_for) and (task.pk, row.key.rpartition(":")[0]) in self._woken
        return waited or (task.pk, row.key) in self._keys


def task_number(task: Task, place: int) -> str:
    """The printed number of a task, or its place where none is printed."""
    return task.ordinal or str(place)


def duties_of(tasks: Iterable[Task]) -> QuerySet[Duty]:
    """All duties of these tasks."""
    kind = ContentType.objects.get_for_model(Task)
    return Duty.objects.filter(content_type=kind, object_id__in=[task.pk for task in tasks])


def counted_duties(states: Collection[str]) -> Subquery:
    """For an annotation of plans: how many of their duties are in one of these states, None where none is."""
    tasks = Task.objects.filter(plan=OuterRef(OuterRef("pk"))).order_by().values("pk")
    kind = ContentType.objects.get_for_model(Task)
    duties = Duty.objects.filter(content_type=kind, object_id__in=tasks, state__in=states).order_by()
    return Subquery(duties.values("content_type").annotate(n=Count("pk")).values("n"))


def tasks_with_units(plan: Plan) -> list[Task]:
    """The tasks in their order with the units they name, in two queries."""
    units = Prefetch("units", TaskUnit.objects.select_related("unit"))
    return list(plan.tasks.select_related("phase").prefetch_related(units).order_by("phase__order", "order", "pk"))


def wanted_of(task: Task, plan: Plan, members: Members, *, since: date | None = None) -> list[Wanted]:
    """The duties that a task asks for by its own words; no check-in on a quarter that was over before `since`."""
    found = [slot for slot in slots(task.timing, plan.year, confirmed=task.timing_confirmed) if _is_ahead(slot, since)]
    return [want(task, plan, unit, part, slot) for unit, part in parts_of(task, members) for slot in found]


def _is_ahead(slot: Slot, since: date | None) -> bool:
    return not (since and slot.check_in and slot.window and slot.window.due < since)


def parts_of(task: Task, members: Members) -> Iterator[tuple[Unit, UnitPart]]:
    """Each unit of a task once: who leads owes no input beside."""
    seen: set[Unit] = set()
    for part in _KINDS:
        for link in task.units.all():
            for unit in members.of(link.unit) if link.part == part else ():
                if unit not in seen:
                    seen.add(unit)
                    yield unit, part


def want(task: Task, plan: Plan, unit: Unit, part: UnitPart, slot: Slot) -> Wanted:
    """One duty of one unit."""
    window = slot.window
    return Wanted(
        key=f"{unit.pk}:{part.value}:{slot.suffix}",
        kind=DutyKind.CHECK_IN if slot.check_in and part == UnitPart.LEAD else _KINDS[part],
        title=task.title,
        unit=unit,
        context=context_of(task, plan),
        period=slot.period,
        opens_on=window.start if window else None,
        due_on=window.due if window else None,
        explanation=f"{slot.explanation}{_already_past(plan, window.due if window else None)}",
        waits_for=slot.waits_for,
    )


def context_of(task: Task, plan: Plan) -> str:
    """ "Kế hoạch 05/KH-SNV, nhiệm vụ 3"."""
    return f"Kế hoạch {plan.reference}, nhiệm vụ {task.ordinal}".removesuffix(", nhiệm vụ ")


def _already_past(plan: Plan, due: date | None) -> str:
    if due is None or plan.date is None or due >= plan.date:
        return ""
    return f" Hạn này đã qua khi kế hoạch được ban hành ngày {short_date(plan.date)}."

"""The days that come: what the plans in force ask of somebody's units."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from qms.organisation.access import access_of
from qms.organisation.models import GroupMember, User

from .enums import PlanState
from .marks import Mark, window_mark
from .models import Plan, PlanQuerySet, Task, TaskUnit


@dataclass(frozen=True)
class Coming:
    """One last day of a task; a recurring task has several."""

    task: Task
    due: date
    mark: Mark


def coming(user: User, *, today: date) -> list[Coming]:
    """Last days from today on, nearest first. Who drafts or approves sees all units', others those of their units."""
    found = [
        Coming(task, window.due, window_mark(window, today))
        for task in _tasks(user, today)
        for window in task.timing.occurrences
        if window.due >= today
    ]
    return sorted(found, key=lambda one: (one.due, one.task.plan_id, one.task.pk))


def nearest(found: list[Coming], *, today: date, days: int, at_least: int) -> list[Coming]:
    """Those within so many days; where there are none, the few that come first."""
    until = today + timedelta(days=days)
    return [one for one in found if one.due <= until] or found[:at_least]


def _tasks(user: User, today: date) -> list[Task]:
    access = access_of(user)
    mine = access.units_with("answer_for_unit") | access.units_with("lead_unit")
    whole = access.agencies_with("draft_plan") | access.agencies_with("approve_plan")
    groups = GroupMember.objects.in_force(today).filter(member__in=mine).values("group")
    named = TaskUnit.objects.filter(Q(unit__in=mine) | Q(unit__in=groups), task=OuterRef("pk"))
    tasks = Task.objects.filter(Exists(named) | Q(plan__agency__in=whole), plan__state=PlanState.ISSUED)
    return list(tasks.filter(plan__agency__in=access.agencies_with("read_agency")).select_related("plan"))


def plans_at_hand(user: User, *, today: date) -> PlanQuerySet:
    """The plans that matter now: in force, or on their way to it, of this person's own agencies."""
    plans = Plan.objects.visible_to(user).filter(agency__in=access_of(user).agencies_with("read_agency"))
    under_way = Q(state=PlanState.ISSUED) | ~Q(state__in=[PlanState.REPLACED, PlanState.CLOSED, PlanState.DROPPED])
    recent = plans.filter(under_way, year__gte=today.year - 1)
    return recent.select_related("agency__plan_settings").order_by("year", "pk")

"""Which units a plan's words mean: one rule for the day, wherever a plan comes from."""

from datetime import date, datetime

from django.utils import timezone

from qms.organisation.models import Agency
from qms.organisation.naming import UnitDirectory

from .enums import UnitPart
from .models import Plan, Task, TaskUnit


def unit_day(year: int, *, issued_on: date | None, at: datetime) -> date:
    """The day whose units a plan names: the day it was issued, else today, but within the plan's own year."""
    year = max(1, min(year, 9999))
    return min(max(issued_on or timezone.localdate(at), date(year, 1, 1)), date(year, 12, 31))


def directory_for(agency: Agency, *, year: int, at: datetime, issued_on: date | None = None) -> UnitDirectory:
    """The agency's units as a plan of that year names them."""
    return UnitDirectory(agency, on=unit_day(year, issued_on=issued_on, at=at))


def directory_of(plan: Plan, at: datetime) -> UnitDirectory:
    """The units that this plan names."""
    return directory_for(plan.agency, year=plan.year, issued_on=plan.date, at=at)


def task_units(task: Task, directory: UnitDirectory) -> list[TaskUnit]:
    """The units that the task's cells name, unsaved."""
    cells = (
        (UnitPart.LEAD, task.lead_text), (UnitPart.SUPPORT, task.support_text), (UnitPart.APPROVER, task.approver_text)
    )  # fmt: skip
    return [
        TaskUnit(task=task, unit=unit, part=part, order=i)
        for part, text in cells
        for i, unit in enumerate(directory.recognise(text).units)
    ]


def link_units(tasks: list[Task], directory: UnitDirectory) -> None:
    """Find the units of these tasks again."""
    TaskUnit.objects.filter(task__in=tasks).delete()
    TaskUnit.objects.bulk_create(link for task in tasks for link in task_units(task, directory))

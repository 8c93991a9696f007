"""What this room tells the rooms below, once, when the project starts."""

from typing import Any

from django.urls import reverse

from qms.duties.sources import SourceKind, register
from qms.organisation.calendar import after_calendar_change, on_calendar_change

from .followers import task_answered, task_reopened
from .moving import move_duties, moved_duties


def join_rooms() -> None:
    """Where a task is read, what follows when it is answered, and which of its days a calendar moves."""
    register("plans.task", SourceKind(_address, task_answered, task_reopened))
    on_calendar_change(moved_duties)
    after_calendar_change(move_duties)


def _address(task: Any) -> str:
    return f"{reverse('plans:detail', args=[task.plan.year, task.plan_id])}#nhiem-vu-{task.pk}"

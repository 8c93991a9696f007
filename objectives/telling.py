"""Who is told of the steps of a set: whose desk it comes to, who wrote what was given back, whose it is when issued."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from qms.duties.selectors import heads_of_units, people_who_may
from qms.notifications.actions import Telling, notify
from qms.notifications.models import Category
from qms.workflow.engine import Step

from .models import ObjectiveSet


def comes_to_desk(objectives: ObjectiveSet, permission: str, step: Step) -> None:
    """Whoever has the next step, but for those who wrote on it."""
    day = timezone.localdate(step.at)
    people = set(people_who_may(permission, objectives.agency_id, day)) - objectives.known_editors
    _tell(objectives, people, Category.DECISION, f"Chờ anh chị xử lý: {objectives}", step)


def given_back(objectives: ObjectiveSet, step: Step) -> None:
    """Those who wrote on it, with the reason."""
    _tell(objectives, objectives.known_editors, Category.RETURNED, f"Bị trả lại: {objectives}", step)


def issued(objectives: ObjectiveSet, step: Step) -> None:
    """The heads of the units that answer for its objectives."""
    day = timezone.localdate(step.at)
    people = heads_of_units(objectives.objectives.order_by().values("unit"), day)
    _tell(objectives, people, Category.ANSWER, f"Đã ban hành: {objectives}", step)


def _tell(objectives: ObjectiveSet, people: Iterable[int], category: Category, title: str, step: Step) -> None:
    """Everybody but the one who took the step; once for each step."""
    body = f"{step.actor}: {step.comment}" if step.comment else f"{step.actor} đã chuyển."
    stamp = f"{step.at:%Y%m%d%H%M%S%f}"
    notify(
        (
            Telling(
                user_id=person, agency_id=objectives.agency_id, category=category,
                key=f"objectives-{objectives.pk}-{category.value}-{stamp}-{person}", title=title, body=body,
                url=reverse("objectives:set", args=[objectives.pk]),
            )
            for person in sorted(set(people))
            if person != step.actor.pk
        ),
        at=step.at,
    )  # fmt: skip

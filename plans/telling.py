"""Who is told of a step of a plan: the next desk, the drafters when it comes back, everybody when it is issued.

`qms.workflow` writes these messages in the transaction of the step itself, so that a step is never taken without its
messages and no message speaks of a step that was rolled back; mails go with the next digest, long after the commit.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone

from qms.duties.selectors import heads_of_units, people_who_may
from qms.notifications.actions import Telling
from qms.notifications.models import Category
from qms.organisation.models import Delegation, PositionHolding
from qms.workflow.models import HistoryEntry

from .desks import DESKS
from .enums import PlanState
from .inbox import asked_units
from .models import Plan


def plan_tellings(plan: Plan, entry: HistoryEntry) -> Iterator[Telling]:
    """The messages of one step; nobody is told of what they did themselves."""
    day = timezone.localdate(entry.at)
    if entry.transition == "return":
        yield from _tell(plan, entry, _drafters(plan), Category.RETURNED, "Bị trả lại")
    elif entry.target == PlanState.ISSUED:
        yield from _tell(plan, entry, _everybody(plan, day), Category.NEWS, "Ban hành")
    elif entry.target == PlanState.CONSULTATION:
        yield from _tell(plan, entry, _asked_heads(plan, day), Category.DECISION, "Xin ý kiến")
    elif entry.target in DESKS and entry.target != PlanState.DRAFT:
        label = DESKS[PlanState(entry.target)].label
        yield from _tell(plan, entry, _at_desk(plan, PlanState(entry.target), day), Category.DECISION, label)
    if entry.transition == "approve":
        yield from _tell(plan, entry, _drafters(plan), Category.ANSWER, "Đã phê duyệt")


def _tell(plan: Plan, entry: HistoryEntry, people: Iterable[int], category: Category, label: str) -> Iterator[Telling]:
    words = f"{entry.actor_name} {entry.sentence}."
    for user_id in sorted(set(people) - {entry.actor_id}):
        yield Telling(
            user_id=user_id,
            agency_id=plan.agency_id,
            category=category,
            key=f"history:{entry.pk}:{category}:{user_id}",
            title=f"{label}: {plan.subject or f'Kế hoạch năm {plan.year}'}",
            body=f"{words} {entry.comment}".strip(),
            url=reverse("plans:detail", args=[plan.year, plan.pk]),
        )


def _drafters(plan: Plan) -> set[int]:
    return {plan.author_id, *plan.editors.values_list("pk", flat=True)}


def _at_desk(plan: Plan, state: PlanState, day: date) -> set[int]:
    """Whoever may take the next step: by position, and for the signature by delegation too."""
    desk = DESKS[state]
    people = set(people_who_may(desk.permission, plan.agency_id, day))
    if state == PlanState.APPROVAL:
        delegations = Delegation.objects.in_force(day).filter(agency=plan.agency_id, delegate__is_active=True)
        people |= set(delegations.order_by().values_list("delegate", flat=True))
    return people - _drafters(plan) if desk.separate else people


def _asked_heads(plan: Plan, day: date) -> set[int]:
    return heads_of_units(asked_units(plan, on=day).values("pk"), day)


def _everybody(plan: Plan, day: date) -> set[int]:
    held = PositionHolding.objects.effective(day).filter(position__unit__agency=plan.agency_id, user__is_active=True)
    return set(held.order_by().values_list("user", flat=True))

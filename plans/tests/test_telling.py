"""Who hears of the steps of a plan."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from plans.enums import PlanState
from plans.models import Plan
from qms.notifications.models import Category, Message
from qms.workflow.models import HistoryEntry

from .journey import Department

pytestmark = pytest.mark.django_db


def told(plan: Plan, transition: str) -> set[tuple[str, str]]:
    """(login name, kind) of the messages of the last step of that name."""
    entry = HistoryEntry.objects.of(plan).filter(transition=transition).last()
    rows = Message.objects.filter(key__startswith=f"history:{entry.pk}:").values_list("user__username", "category")
    return set(rows)


def test_the_heads_of_the_units_are_asked_for_their_view(place: Department) -> None:
    plan = place.plan_in(PlanState.CONSULTATION)
    assert told(plan, "submit") == {(who, Category.DECISION) for who in ("chanh", "truong", "truong2")}


def test_the_next_desk_is_told(place: Department) -> None:
    plan = place.plan_in(PlanState.LAYOUT_CHECK)
    assert told(plan, "end_consultation") == {("chanh", Category.DECISION)}
    assert told(plan, "pass_content") == {("vanthu", Category.DECISION)}


def test_who_may_sign_is_told_by_office_and_by_delegation(place: Department) -> None:
    plan = place.plan_in(PlanState.APPROVAL)
    assert told(plan, "pass_layout") == {("giamdoc", Category.DECISION), ("pho", Category.DECISION)}


def test_the_drafter_hears_of_the_approval_and_the_clerk_of_the_number(place: Department) -> None:
    plan = place.plan_in(PlanState.NUMBERING)
    assert told(plan, "approve") == {("thuky", Category.ANSWER), ("vanthu", Category.DECISION)}


def test_the_drafter_hears_why_it_came_back(place: Department) -> None:
    plan = place.step(place.plan_in(PlanState.CONTENT_CHECK), "return", "chanh", "Thiếu sản phẩm của nhiệm vụ 2")
    assert told(plan, "return") == {("thuky", Category.RETURNED)}
    assert "Thiếu sản phẩm của nhiệm vụ 2" in Message.objects.get(category=Category.RETURNED).body


def test_everybody_in_office_hears_of_the_issue(place: Department) -> None:
    plan = place.plan_in(PlanState.ISSUED)
    everybody = {person.username for person in place.house.people.values()}
    assert told(plan, "issue") == {(who, Category.NEWS) for who in everybody - {"vanthu"}}


def test_a_step_that_fails_tells_nobody(place: Department) -> None:
    plan = place.plan_in(PlanState.NUMBERING)
    before = Message.objects.count()
    with pytest.raises(ValidationError), transaction.atomic():
        place.step(plan, "issue", "vanthu", date=plan.changed_at.date().replace(year=2099))
    assert Message.objects.count() == before

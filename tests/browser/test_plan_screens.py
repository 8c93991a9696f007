"""Every plan screen, at a desk and on a phone, light and dark: no axe violation, nothing wider than the screen."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from plans.actions import amend_plan, comment_on_plan
from plans.enums import PlanState
from plans.models import Plan
from plans.tests.journey import Department
from qms.workflow.models import HistoryEntry

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
S = PlanState


def of(plan: Plan, view: str = "") -> str:
    return reverse("plans:detail", args=[plan.year, plan.pk]) + (f"?xem={view}" if view else "")


def commented(place: Department) -> Plan:
    plan = place.plan_in(S.CONSULTATION)
    comment_on_plan(
        plan, text="Lùi hạn.", agrees=False, actor=place["truong"], at=HistoryEntry.objects.of(plan).get().at
    )
    return plan


def incomplete(place: Department) -> Plan:
    plan = place.draft()
    Plan.objects.filter(pk=plan.pk).update(bases=[])
    return plan


def amended(place: Department) -> Plan:
    plan = place.plan_in(S.ISSUED)
    return amend_plan(plan, reason="Đổi hạn.", actor=place["thuky"], at=plan.issued_at)


def versioned(place: Department) -> int:
    return HistoryEntry.objects.of(place.plan_in(S.CONTENT_CHECK)).first().pk


# Who looks, and where; what is there is made on the way.
LOOK: dict[str, tuple[str, Callable[[Department], str]]] = {
    "empty": ("thuky", lambda place: reverse("plans:list")),
    "home": ("giamdoc", lambda place: place.plan_in(S.APPROVAL) and "/"),
    "list": ("thuky", lambda place: place.plan_in(S.ISSUED) and reverse("plans:list")),
    "inbox": ("giamdoc", lambda place: place.plan_in(S.APPROVAL) and reverse("plans:inbox")),
    "table": ("giamdoc", lambda place: of(place.plan_in(S.APPROVAL))),
    "timeline": ("giamdoc", lambda place: of(place.plan_in(S.APPROVAL), "dong-thoi-gian")),
    "sheet": ("vanthu", lambda place: of(place.plan_in(S.LAYOUT_CHECK), "ban-in")),
    "comments": ("thuky", lambda place: of(commented(place), "y-kien")),
    "missing": ("thuky", lambda place: of(incomplete(place))),
    "numbering": ("vanthu", lambda place: of(place.plan_in(S.NUMBERING))),
    "issued": ("thuky", lambda place: of(place.plan_in(S.ISSUED))),
    "register": ("vanthu", lambda place: place.plan_in(S.ISSUED) and reverse("plans:register")),
    "steps": ("thuky", lambda place: reverse("plans:settings")),
    "series": ("vanthu", lambda place: reverse("plans:numbering")),
    "version": ("lan", lambda place: reverse("plans:version", args=[versioned(place)])),
    "changes": ("lan", lambda place: reverse("plans:changes", args=[amended(place).pk])),
    "check": ("vanthu", lambda place: reverse("plans:check", args=[place.plan_in(S.LAYOUT_CHECK).pk])),
}


def test_every_screen_is_accessible_and_fits(
    enter: Any, live_server: Any, place: Department, assert_screen: Callable[[Any], None]
) -> None:
    for who, make in LOOK.values():
        address = make(place)
        page = enter(place[who])
        page.goto(live_server.url + address)
        assert_screen(page)

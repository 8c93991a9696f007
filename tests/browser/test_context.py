"""The register of context and the clauses of the standard, on a desk and on a phone."""

from typing import Any

import pytest
from django.urls import reverse

from objectives.context.actions import add_action, add_row, assess
from objectives.context.models import Issue, Risk
from plans.tests.journey import Department
from qms.organisation.tests.cast import NOW
from qms.standards.loading import align_standards

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCREENS = ("context:register", "issues", "risk", "add", "scale", "standards:clauses", "standards:adoption")


@pytest.fixture
def addresses(place: Department) -> dict[str, str]:
    """The address of every screen, with one row in each list."""
    align_standards()
    by = {"actor": place["truong"], "at": NOW}
    unit = place.house.unit("kh")
    add_row(Issue, unit=unit, fields={"side": "internal", "text": "Thiếu người", "effect": "Chậm"}, **by)
    risk = add_row(Risk, unit=unit, fields={"kind": "risk", "process": "Một cửa", "text": "Hồ sơ trả trễ"}, **by)
    assess(risk, likelihood=4, effect=4, note="Tăng vào cuối năm.", **by)
    add_action(risk, text="Nhắc hạn từng hồ sơ", unit=unit, person=None, timing_text="Quý IV", **by)
    own = {
        "issues": reverse("context:shelf", args=["van-de"]),
        "risk": reverse("context:risk", args=[risk.pk]),
        "add": reverse("context:add", args=["co-hoi"]),
        "scale": reverse("context:scale"),
    }
    return {name: own.get(name) or reverse(name) for name in SCREENS}


def test_screens_are_accessible_and_fit(
    enter: Any, live_server: Any, place: Department, addresses: dict[str, str], assert_screen: Any
) -> None:
    page = enter(place["thuky"])
    for address in addresses.values():
        page.goto(live_server.url + address)
        assert_screen(page)

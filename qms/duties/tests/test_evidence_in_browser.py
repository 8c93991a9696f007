"""A picture opens in the browser under the policy that it is sent with."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from qms.organisation.tests.cast import House, found_house

from .evidence import evidence_of, picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def house(db: None) -> House:
    return found_house()


def test_a_picture_is_shown_and_its_page_runs_nothing(
    house: House, enter: Callable[[Any], Page], live_server: Any
) -> None:
    file = evidence_of(house, picture(), "ảnh.png")
    page = enter(house["truong"])
    page.goto(live_server.url + reverse("files:preview", args=[file.pk]), wait_until="networkidle")
    assert page.evaluate("[document.images.length, document.images[0].naturalWidth]") == [1, 1]
    assert page.evaluate("self.origin") == "null"  # the sandbox: not our origin, so none of our cookies

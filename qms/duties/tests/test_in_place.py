"""A report in the row of a list tells the page what its numbers are now."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from qms.organisation.tests.cast import House

from .owing import Owing, in_days

MINE = reverse("duties:mine")
LATE, SOON, ANSWERED = "0", "1", "5"


@pytest.fixture
def head(client: Client, house: House) -> Client:
    client.force_login(house["truong"])
    return client


def numbers_after(client: Client, duty: Any, page: str, **data: Any) -> dict[str, Any]:
    """What the answer to a report says to the page it came from."""
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{page}"}
    sent = {"state": "done", "text": "Đã gửi.", "revision": duty.revision, **data}
    response = client.post(reverse("duties:report", args=[duty.pk]), sent, headers=headers)
    return json.loads(response.headers.get("HX-Trigger-After-Swap", "{}")).get("qms:duty-reported", {})


def test_the_groups_of_the_list_and_the_navigation_are_counted_again(head: Client, owing: Owing) -> None:
    duty, _, _ = (owing.duty(due=in_days(days)) for days in (-3, -2, 5))
    assert numbers_after(head, duty, MINE) == {"groups": {LATE: 1, SOON: 1, ANSWERED: 1}, "pressing": 2, "mine": MINE}


def test_the_filter_of_the_page_is_heeded(head: Client, owing: Owing) -> None:
    duty = owing.duty(due=in_days(-3), title="Họp giao ban")
    owing.duty(due=in_days(-3), title="Rà soát")
    assert numbers_after(head, duty, f"{MINE}?q=giao%20ban")["groups"] == {ANSWERED: 1}


def test_the_list_of_a_unit_counts_that_unit_as_far_as_one_may_see(client: Client, house: House, owing: Owing) -> None:
    duty = owing.duty("vp", due=in_days(-3))
    owing.duty("kh", due=in_days(-3))
    owing.duty("tc", due=in_days(-3))
    units = [reverse("duties:unit", args=[house.units[key].pk]) for key in ("kh", "tc")]
    client.force_login(house["chanh"])
    assert numbers_after(client, duty, units[0])["groups"] == {LATE: 1}
    client.force_login(house["truong"])
    own = owing.duty("kh", due=in_days(-3))
    assert numbers_after(client, own, units[1])["groups"] == {}


@pytest.mark.parametrize("page", ["", "/khong-co/", "/", "//[sai"])
def test_another_page_has_no_groups(head: Client, owing: Owing, page: str) -> None:
    numbers = numbers_after(head, owing.duty(due=in_days(-3)), page)
    assert (numbers["groups"], numbers["pressing"]) == ({}, 0)


def test_a_refused_report_counts_nothing(head: Client, owing: Owing) -> None:
    assert numbers_after(head, owing.duty(), MINE, text="", state="not_applicable") == {}


def test_the_heading_of_a_group_says_how_many_there_are(head: Client, owing: Owing) -> None:
    for days in (-3, -2, 5):
        owing.duty(due=in_days(days))
    rows = head.get(MINE).context["rows"]
    assert [(row.heading, row.size) for row in rows if row.heading] == [("Trễ hạn", 2), ("Đến hạn trong 7 ngày", 1)]

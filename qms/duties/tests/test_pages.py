"""The pages of duties: who sees what, and that no page costs more with more rows."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from qms.organisation.tests.cast import House

from .owing import Owing, in_days

MINE = reverse("duties:mine")


def enter(client: Client, house: House, who: str) -> Client:
    client.force_login(house[who])
    return client


def titles(client: Client, address: str) -> list[str]:
    return [row.duty.title for row in client.get(address).context["rows"]]


def test_the_head_reads_what_the_division_owes_most_urgent_first(client: Client, house: House, owing: Owing) -> None:
    owing.duty(title="Sau", due=in_days(60))
    owing.duty(title="Trễ", due=in_days(-2))
    owing.duty(title="Sắp", due=in_days(3))
    owing.duty(title="Chờ", dormant=True)
    owing.duty("tc", title="Của phòng khác")
    page = enter(client, house, "truong").get(MINE)
    shown = [(row.heading, row.duty.title) for row in page.context["rows"]]
    assert shown == [
        ("Trễ hạn", "Trễ"), ("Đến hạn trong 7 ngày", "Sắp"), ("Chưa bắt đầu", "Sau"), ("Chờ sự kiện", "Chờ"),
    ]  # fmt: skip


def test_an_officer_reads_what_nobody_was_given_and_what_is_their_own(
    client: Client, house: House, owing: Owing
) -> None:
    owing.duty(title="Chưa giao")
    owing.handed(owing.duty(title="Của tôi", due=in_days(31)), "lan")
    owing.handed(owing.duty(title="Của trưởng phòng"), "truong")
    assert titles(enter(client, house, "lan"), MINE) == ["Chưa giao", "Của tôi"]


def test_the_place_in_the_navigation_counts_what_is_late_or_due(client: Client, house: House, owing: Owing) -> None:
    for days in (-5, 0, 7, 8):
        owing.duty(due=in_days(days))
    nav = enter(client, house, "truong").get(MINE).context["nav"]
    assert [(entry.label, entry.count) for entry in nav if entry.label == "Việc của tôi"] == [("Việc của tôi", 3)]


@pytest.mark.parametrize(
    ("who", "status"),
    [("truong", 200), ("lan", 200), ("thuky", 200), ("giamdoc", 200), ("pho", 200), ("chanh", 200), ("danhgia", 200),
     ("truong2", 404), ("nam", 404), ("vanthu", 404), ("quantri", 404), ("tuvan", 404)],
)  # fmt: skip
def test_who_opens_the_page_of_a_division_and_its_duties(
    client: Client, house: House, owing: Owing, who: str, status: int
) -> None:
    duty = owing.duty()
    enter(client, house, who)
    addresses = (reverse("duties:unit", args=[duty.unit_id]), reverse("duties:detail", args=[duty.pk]))
    assert [client.get(address).status_code for address in addresses] == [status, status]


def test_a_neighbour_finds_nothing(client: Client, neighbour: House, owing: Owing) -> None:
    duty = owing.duty()
    enter(client, neighbour, "thuky")
    assert titles(client, MINE) == []
    assert client.get(reverse("duties:detail", args=[duty.pk])).status_code == 404


def test_a_list_costs_the_same_with_one_duty_and_with_twelve(house: House, owing: Owing) -> None:
    duty = owing.handed(owing.duty(), "lan")
    addresses = (MINE, reverse("duties:unit", args=[duty.unit_id]), reverse("duties:detail", args=[duty.pk]))
    browsers = {who: enter(Client(), house, who) for who in ("truong", "lan", "thuky")}
    costs: dict[tuple[str, str], set[int]] = {(who, address): set() for who in browsers for address in addresses}
    for size in (0, 11):
        for number in range(size):
            owing.handed(owing.duty(due=in_days(number - 5)), "lan")
        for who, address in costs:
            browsers[who].get(address)
            with CaptureQueriesContext(connection) as queries:
                browsers[who].get(address)
            costs[who, address].add(len(queries))
    assert {case: found for case, found in costs.items() if len(found) > 1 or max(found) > 12} == {}

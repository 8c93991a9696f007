"""A list costs the same with one row and with three, and never more than ten queries."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from qms.organisation.enums import SigningForm, UnitKind
from qms.organisation.models import (
    Agency,
    DecreedDay,
    Delegation,
    OrganisationChange,
    Position,
    PositionHolding,
    Reorganisation,
    Unit,
    User,
)

from .cast import LONG_AGO, NOW, TODAY, House

MOST = 10


def add_unit(house: House, n: int) -> None:
    unit = Unit.objects.create(agency=house.agency, kind=UnitKind.DIVISION, name=f"Phòng {n}", valid_from=LONG_AGO)
    position = Position.objects.create(unit=unit, title="Trưởng phòng", roles=["head"], valid_from=LONG_AGO)
    PositionHolding.objects.create(position=position, user=house.people["nam"], valid_from=LONG_AGO)


def add_someone(house: House, n: int) -> None:
    person = User.objects.create(username=f"u{n}", full_name=f"Người {n}", agency=house.agency)
    for _ in range(2):
        position = Position.objects.create(unit=house.units["kh"], title="Chuyên viên", roles=["staff"])
        PositionHolding.objects.create(position=position, user=person, valid_from=LONG_AGO)


def add_delegation(house: House, n: int) -> None:
    Delegation.objects.create(
        agency=house.agency, grantor=house.people["giamdoc"], delegate=house.people["pho"], form=SigningForm.KT,
        valid_from=LONG_AGO + timedelta(days=n), basis="1",
    )  # fmt: skip


def add_decision(house: House, n: int) -> None:
    Reorganisation.objects.create(
        agency=house.agency, kind="rename", decision_number=f"{n}", decision_date=TODAY, effective_on=TODAY,
        actor=house.people["giamdoc"], at=NOW,
    )  # fmt: skip


def add_change(house: House, n: int) -> None:
    OrganisationChange.objects.create(
        agency=house.agency, actor=house.people["giamdoc"], actor_name="Ai", at=NOW, sentence=f"việc {n}",
        unit=house.units["kh"], person=house.people["lan"],
    )  # fmt: skip


def add_day(house: House, n: int) -> None:
    DecreedDay.objects.create(
        agency=house.agency, day=TODAY + timedelta(days=n), is_off=True, name="Nghỉ", source="1"
    )  # fmt: skip


LISTS: dict[str, Callable[[House, int], None]] = {
    "units": add_unit,
    "people": add_someone,
    "positions": add_unit,
    "delegations": add_delegation,
    "reorganisations": add_decision,
    "changes": add_change,
    "calendar": add_day,
}


def cost(client: Client, url: str, **asked: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url, asked).status_code == 200
    return len(queries)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_costs_the_same_however_long(house: House, client: Client, name: str) -> None:
    client.force_login(house["lan"])
    url = reverse(f"organisation:{name}")
    LISTS[name](house, 1)
    with_one = cost(client, url)
    for n in (2, 3):
        LISTS[name](house, n)
    assert (cost(client, url), with_one <= MOST) == (with_one, True)


@pytest.mark.parametrize("name", ["units", "people"])
def test_a_search_costs_no_more_than_the_list(house: House, client: Client, name: str) -> None:
    client.force_login(house["lan"])
    asked = {"q": "p", "vai_tro": "head", "don_vi": str(house.units["kh"].pk), "loai": "division", "xem": "tat-ca"}
    assert cost(client, reverse(f"organisation:{name}"), **asked) <= MOST


@pytest.mark.parametrize("name", ["units", "people"])
def test_an_excel_file_costs_no_more_than_the_list(house: House, client: Client, name: str) -> None:
    client.force_login(house["lan"])
    assert cost(client, reverse(f"organisation:{name}"), xuat="xlsx") <= MOST


@pytest.mark.parametrize("username", ["lan", "thuky", "root"])
@pytest.mark.parametrize("name", LISTS)
def test_a_list_costs_everybody_the_same(house: House, client: Client, name: str, username: str) -> None:
    house.people["root"] = User.objects.create(
        username="root", full_name="Quản trị", is_superuser=True, agency=house.agency
    )  # fmt: skip
    LISTS[name](house, 1)
    client.force_login(house[username])
    assert cost(client, reverse(f"organisation:{name}")) <= MOST


def pages(house: House) -> dict[str, str]:
    rows = {"unit": house.units["kh"], "position": house.position("lan"), "person": house.people["lan"]}
    return {name: reverse(f"organisation:{name}", args=[row.pk]) for name, row in rows.items()}


@pytest.mark.parametrize("name", ["unit", "position", "person"])
def test_a_page_costs_the_same_however_much_it_shows(house: House, client: Client, name: str) -> None:
    client.force_login(house["lan"])
    url = pages(house)[name]
    before = cost(client, url)
    lan = house.people["lan"]
    for n in range(3):
        position = Position.objects.create(unit=house.units["kh"], title=f"Vị trí {n}", roles=["staff"])
        PositionHolding.objects.create(position=position, user=lan, valid_from=LONG_AGO)
        PositionHolding.objects.create(position=house.position("lan"), user=house.people["nam"], valid_to=TODAY)
        add_change(house, n)
    assert cost(client, url) == before


def test_another_agency_costs_nothing_more(house: House, client: Client) -> None:
    client.force_login(house["lan"])
    url = reverse("organisation:units")
    before = cost(client, url)
    for n in range(3):
        agency = Agency.objects.create(code=f"so-{n}", name=f"Sở {n}", abbreviation="S", place="X")
        Unit.objects.create(agency=agency, kind=UnitKind.DIVISION, name="Phòng")
    assert cost(client, url) == before

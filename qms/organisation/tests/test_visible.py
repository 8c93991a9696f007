"""Every list of this room starts from what a person may see."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from qms.organisation.enums import Role, SigningForm
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

from .cast import NOW, TODAY, House, add_person

TABLES = [Agency, Unit, User, Position, PositionHolding, Delegation, DecreedDay, Reorganisation, OrganisationChange]


def agency_of(row) -> Agency:
    if isinstance(row, Agency):
        return row
    if isinstance(row, PositionHolding):
        return row.position.unit.agency
    return row.unit.agency if isinstance(row, Position) else row.agency


@pytest.fixture
def full(house: House, neighbour: House) -> tuple[House, House]:
    for place in (house, neighbour):
        agency, boss = place.agency, place["giamdoc"]
        Delegation.objects.create(
            agency=agency, grantor=boss, delegate=place["pho"], form=SigningForm.KT, valid_from=TODAY, basis="1"
        )  # fmt: skip
        DecreedDay.objects.create(agency=agency, day=TODAY, is_off=True, name="Nghỉ", source="1")
        Reorganisation.objects.create(
            agency=agency, kind="rename", decision_number="1", decision_date=TODAY, effective_on=TODAY,
            actor=boss, at=NOW,
        )  # fmt: skip
        OrganisationChange.objects.create(agency=agency, actor=boss, actor_name="x", at=NOW, sentence="x")
    return house, neighbour


def agencies_seen(table: type, user: User) -> set[Agency]:
    return {agency_of(row) for row in table.objects.visible_to(user)}


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("username", ["thuky", "quantri", "lan", "tuvan"])
def test_people_of_an_agency_see_its_rows_and_no_others(full: tuple[House, House], table: type, username: str) -> None:
    house, _ = full
    assert agencies_seen(table, house[username]) == {house.agency}


@pytest.mark.parametrize("table", TABLES)
def test_somebody_without_a_position_sees_at_most_oneself(full: tuple[House, House], table: type) -> None:
    house, _ = full
    person = add_person(house, "moi", "Bùi Thị Hạnh")
    assert list(table.objects.visible_to(person)) == ([person] if table is User else [])


@pytest.mark.parametrize("table", TABLES)
def test_nobody_signed_in_sees_nothing(full: tuple[House, House], table: type) -> None:
    assert list(table.objects.visible_to(AnonymousUser())) == []


@pytest.mark.parametrize("table", TABLES)
def test_an_overseer_sees_the_agencies_that_report_too(full: tuple[House, House], table: type) -> None:
    house, neighbour = full
    Agency.objects.filter(pk=neighbour.agency.pk).update(parent=house.agency)
    add_person(house, "theodoi", "Người Theo Dõi", house.units["kh"], "Theo dõi", (Role.OVERSEER,))
    assert agencies_seen(table, house["theodoi"]) == {house.agency, neighbour.agency}


def test_a_position_that_ended_no_longer_opens_anything(house: House) -> None:
    person = house["lan"]
    person.groups.clear()
    assert list(Unit.objects.visible_to(User.objects.get(pk=person.pk))) == []
    assert timezone.localdate() == TODAY

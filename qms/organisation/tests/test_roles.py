"""From positions and delegations to permissions, by date."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from guardian.shortcuts import get_perms

from qms.organisation.access import access_of
from qms.organisation.enums import Role, SigningForm
from qms.organisation.grants import GRANTS
from qms.organisation.models import (
    AgencyGroupPermission,
    Delegation,
    Position,
    PositionHolding,
    RoleGroup,
    Unit,
    User,
)
from qms.organisation.roles import align_grants, roles_on, sync_roles, sync_roles_of

from .cast import LONG_AGO, NOW, TODAY, TOMORROW, YESTERDAY, House, add_person, on_day

HEAD_ON_UNIT = {"lead_unit", "answer_for_unit"}


@pytest.fixture
def newcomer(house: House) -> User:
    """Somebody without any position."""
    return add_person(house, "moi", "Bùi Thị Hạnh")


def hold(house: House, person: User, begin: date | None, end: date | None = None) -> PositionHolding:
    return PositionHolding.objects.create(
        position=house.position("truong"), user=person, valid_from=begin, valid_to=end
    )  # fmt: skip


def leads(person: User, house: House) -> bool:
    return access_of(person).may_for_unit("lead_unit", house.units["kh"].pk)


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.SIGNER, Role.OVERSEER}])
def test_a_role_gives_exactly_what_the_table_says(house: House, role: Role) -> None:
    add_person(house, "ai", "Ai Đó", house.units["kh"], "Vị trí", (role,))
    access = access_of(house["ai"])
    assert access.agencies.get(house.agency.pk, frozenset()) == set(GRANTS[role].agency)
    assert access.units.get(house.units["kh"].pk, frozenset()) == set(GRANTS[role].unit)


def test_guardian_gives_the_same_answer(house: House) -> None:
    assert set(get_perms(house["truong"], house.units["kh"])) == HEAD_ON_UNIT


def test_a_role_counts_in_its_own_unit_only(house: House) -> None:
    assert access_of(house["truong"]).units_with("lead_unit") == {house.units["kh"].pk}


@pytest.mark.parametrize(
    ("begin", "end", "counts"),
    [
        (TOMORROW, None, False),
        (TODAY, None, True),
        (None, None, True),
        (LONG_AGO, YESTERDAY, False),
        (LONG_AGO, TODAY, True),
        (TODAY, TODAY, True),
    ],
)
def test_a_position_counts_from_its_first_day_to_its_last(
    house: House, newcomer: User, begin: date | None, end: date | None, counts: bool
) -> None:
    hold(house, newcomer, begin, end)
    assert leads(on_day(newcomer, TODAY), house) is counts


def test_what_begins_tomorrow_counts_tomorrow(house: House, newcomer: User) -> None:
    hold(house, newcomer, TOMORROW)
    assert [leads(on_day(newcomer, day), house) for day in (TODAY, TOMORROW)] == [False, True]


@pytest.mark.parametrize("table", [Position, Unit])
def test_a_position_of_an_ended_place_gives_nothing(house: House, newcomer: User, table: type) -> None:
    hold(house, newcomer, LONG_AGO)
    place = house.position("truong") if table is Position else house.units["kh"]
    table.objects.filter(pk=place.pk).update(valid_to=YESTERDAY)
    assert leads(on_day(newcomer, TODAY), house) is False


@pytest.mark.parametrize(
    ("begin", "end", "signs"),
    [(TODAY, TODAY, True), (TOMORROW, None, False), (LONG_AGO, YESTERDAY, False), (YESTERDAY, TOMORROW, True)],
)
def test_a_delegation_lets_its_holder_approve_within_its_window(
    house: House, begin: date, end: date | None, signs: bool
) -> None:
    Delegation.objects.create(
        agency=house.agency, grantor=house["giamdoc"], delegate=house["pho"], form=SigningForm.KT,
        valid_from=begin, valid_to=end, basis="07/TB-SKHCN",
    )  # fmt: skip
    assert access_of(on_day(house["pho"], TODAY)).may("approve_plan", house.agency.pk) is signs


def test_a_deputy_without_a_delegation_does_not_approve(house: House) -> None:
    assert access_of(house["pho"]).may("approve_plan", house.agency.pk) is False


def test_roles_name_their_source(house: House) -> None:
    held = roles_on(house["truong"], TODAY)
    assert [(h.role, h.unit, h.source) for h in held] == [
        (Role.HEAD, house.units["kh"], house.people["truong"].holdings.get())
    ]


def test_syncing_again_changes_nothing(house: House) -> None:
    def state() -> tuple:
        groups = list(house["thuky"].groups.order_by("pk").values_list("pk", flat=True))
        return groups, RoleGroup.objects.count(), AgencyGroupPermission.objects.count()

    before = state()
    sync_roles(house["thuky"], on=TODAY)
    assert state() == before


def test_reading_the_roles_of_everybody_costs_no_more_queries_than_of_one(house: House) -> None:
    house.read_roles()
    costs = []
    for people in (User.objects.filter(username="lan"), User.objects.all()):
        users = list(people)
        with CaptureQueriesContext(connection) as context:
            sync_roles_of(users, on=TODAY)
        costs.append((len(users), len(context)))
    assert costs == [(1, costs[0][1]), (12, costs[0][1])]


def test_syncing_keeps_groups_that_are_not_of_roles(house: House) -> None:
    other = Group.objects.create(name="ngoài")
    person = house["lan"]
    person.groups.add(other)
    sync_roles(person, on=TODAY)
    assert person.groups.filter(pk=other.pk).exists()


def test_two_people_of_one_role_share_its_group(house: House) -> None:
    add_person(house, "nua", "Người Nữa", house.units["kh"], "Chuyên viên", (Role.STAFF,))
    assert house["nua"].groups.get() == house["lan"].groups.get()
    assert RoleGroup.objects.filter(unit=house.units["kh"], role=Role.STAFF).count() == 1


def test_after_an_upgrade_groups_get_what_the_table_says(house: House) -> None:
    group = house["truong"].groups.get()
    AgencyGroupPermission.objects.filter(group=group).delete()
    align_grants()
    assert access_of(house["truong"]).may("comment_plan", house.agency.pk) is True


def test_after_an_upgrade_groups_lose_what_the_table_no_longer_says(house: House) -> None:
    group = house["lan"].groups.get()
    deciding = house["giamdoc"].groups.get()
    row = AgencyGroupPermission.objects.get(group=deciding, permission__codename="approve_plan")
    AgencyGroupPermission.objects.create(permission=row.permission, group=group, content_object=house.agency)
    align_grants()
    assert access_of(house["lan"]).may("approve_plan", house.agency.pk) is False


def test_the_first_request_of_a_day_brings_roles_up_to_date(house: House, client: Client) -> None:
    person = house["lan"]
    User.objects.filter(pk=person.pk).update(roles_synced_on=YESTERDAY)
    PositionHolding.objects.filter(user=person).update(valid_to=YESTERDAY)
    client.force_login(person)
    client.get(reverse("healthz"))
    person.refresh_from_db()
    assert (person.roles_synced_on, person.groups.count()) == (TODAY, 0)


def test_a_superuser_manages_everywhere_and_has_no_say_in_content(house: House, neighbour: House) -> None:
    root = User.objects.create(username="root", full_name="Quản trị", is_superuser=True)
    access = access_of(root)
    assert access.agencies_with("manage_organisation") == {house.agency.pk, neighbour.agency.pk}
    assert access.readable == frozenset()


def test_an_overseer_reads_the_agencies_that_report(house: House, neighbour: House) -> None:
    neighbour.agency.parent = house.agency
    neighbour.agency.save()
    add_person(house, "theodoi", "Người Theo Dõi", house.units["kh"], "Chuyên viên", (Role.OVERSEER,))
    assert access_of(house["theodoi"]).readable == {house.agency.pk, neighbour.agency.pk}


def test_overseeing_ends_where_the_reporting_ends(house: House, neighbour: House) -> None:
    add_person(house, "theodoi", "Người Theo Dõi", house.units["kh"], "Chuyên viên", (Role.OVERSEER,))
    assert access_of(house["theodoi"]).readable == {house.agency.pk}


@pytest.mark.parametrize("administrator", [False, True])
def test_access_is_read_in_one_query_whoever_asks(house: House, administrator, django_assert_num_queries) -> None:
    User.objects.filter(username="thuky").update(is_superuser=administrator)
    person = house["thuky"]
    with django_assert_num_queries(1):
        access = access_of(person)
        access.may("draft_plan", house.agency.pk)
        access_of(person)


def test_days_are_days_of_viet_nam() -> None:
    assert TODAY - NOW.date() in {timedelta(0), timedelta(days=1)}

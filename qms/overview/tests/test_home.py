"""The first page: what waits, what comes, how the year's plan stands, what was issued."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from plans.enums import PlanState
from plans.models import Plan
from plans.tests.journey import Department, department, plan_content_of
from plans.upcoming import coming, nearest
from qms.deadlines import parse_timing
from qms.organisation.models import GroupMember, User

pytestmark = pytest.mark.django_db
S = PlanState
TODAY = timezone.localdate()


@pytest.fixture
def place() -> Department:
    return department()


def home(client: Client, who: User) -> Any:
    client.force_login(who)
    return client.get("/").context


def due_on(plan: Plan, ordinal: str, *days: int, lead: str = "") -> None:
    """The task is due so many days from now; a lead is linked by the group's or unit's name."""
    phrase = f"Trước ngày {TODAY + timedelta(days=days[0] + 1):%d/%m/%Y}"
    task = plan.tasks.get(ordinal=ordinal)
    task.timing_text, task.timing_data = phrase, parse_timing(phrase, year=plan.year).to_storage()
    task.save()
    if lead:
        task.units.update(unit=plan.agency.units.get(name=lead))


def test_a_plan_on_my_desk_waits_on_the_first_page(place: Department, client: Client) -> None:
    plan = place.plan_in(S.APPROVAL)
    assert [row.pk for row, _ in home(client, place["giamdoc"])["waiting"]] == [plan.pk]
    assert home(client, place["lan"])["waiting"] == []


def test_who_drafts_sees_the_last_days_of_all_units(place: Department) -> None:
    plan = place.plan_in(S.ISSUED, place.draft(3))
    for ordinal, days, lead in (("1", 5, "Phòng Tổ chức cán bộ"), ("2", 40, "Văn phòng Sở"), ("3", -3, "Văn phòng Sở")):
        due_on(plan, ordinal, days, lead=lead)
    found = coming(place["thuky"], today=TODAY)
    assert [(one.task.ordinal, one.due) for one in found] == [
        ("1", TODAY + timedelta(days=5)), ("2", TODAY + timedelta(days=40)),
    ]  # fmt: skip


def test_others_see_those_of_their_unit_and_of_the_groups_it_is_in(place: Department) -> None:
    plan = place.plan_in(S.ISSUED, place.draft(3))
    units = place.house.units
    GroupMember.objects.create(group=units["nhom"], member=units["kh"], valid_from=TODAY - timedelta(days=9))
    for ordinal, lead in (
        ("1", "Phòng Tổ chức cán bộ"),
        ("2", "Các phòng chuyên môn"),
        ("3", "Phòng Kế hoạch - Tài chính"),
    ):
        due_on(plan, ordinal, 5, lead=lead)
    assert [one.task.ordinal for one in coming(place["lan"], today=TODAY)] == ["2", "3"]


def test_a_plan_that_is_not_in_force_asks_nothing(place: Department) -> None:
    due_on(place.plan_in(S.APPROVAL), "1", 5)
    assert coming(place["thuky"], today=TODAY) == []


def test_another_agencys_days_are_not_ours(place: Department) -> None:
    due_on(place.plan_in(S.ISSUED), "1", 5)
    assert coming(department("so-tp", name="Sở Tư pháp", abbreviation="STP")["thuky"], today=TODAY) == []


def test_without_a_day_soon_the_nearest_few_are_shown(place: Department) -> None:
    plan = place.plan_in(S.ISSUED, place.draft(4))
    for ordinal, days in (("1", 50), ("2", 60), ("3", 70), ("4", 80)):
        due_on(plan, ordinal, days)
    found = coming(place["thuky"], today=TODAY)
    assert [one.task.ordinal for one in nearest(found, today=TODAY, days=30, at_least=3)] == ["1", "2", "3"]
    assert [one.task.ordinal for one in nearest(found, today=TODAY, days=60, at_least=3)] == ["1", "2"]


def test_the_years_plan_shows_how_far_it_has_come(place: Department, client: Client) -> None:
    place.plan_in(S.LAYOUT_CHECK)
    (row,) = home(client, place["lan"])["plans"]
    assert row.parts == (("done", 3, "bước đã qua"), ("active", 1, "đang ở"), ("dormant", 2, "còn lại"))


def test_a_plan_in_force_shows_its_number_and_no_steps(place: Department, client: Client) -> None:
    place.plan_in(S.ISSUED)
    (row,) = home(client, place["lan"])["plans"]
    assert (row.plan.reference, row.parts) == ("01/KH-SKHCN", ())


def test_plans_of_the_past_are_gone_from_the_first_page(place: Department, client: Client) -> None:
    place.plan_in(S.CLOSED)
    place.step(place.draft(), "drop", "thuky", "Nhầm.")
    assert home(client, place["lan"])["plans"] == []


def test_the_newest_originals_can_be_had_from_here(place: Department, client: Client) -> None:
    plan = place.plan_in(S.ISSUED)
    (document,) = home(client, place["lan"])["documents"]
    assert (document["title"], [label for label, _ in document["files"]]) == (plan.reference, ["PDF", "DOCX"])
    assert home(client, department("so-tp", name="Sở Tư pháp", abbreviation="STP")["thuky"])["documents"] == []


def test_the_first_page_of_a_new_department_says_so_politely(place: Department, client: Client) -> None:
    client.force_login(place["thuky"])
    page = client.get("/").content.decode()
    for words in ("Không có việc nào đang chờ.", "Chưa có kế hoạch nào đang soạn", "Chưa ban hành văn bản nào."):
        assert words in page


def test_the_first_page_costs_the_same_with_one_plan_and_with_many(place: Department, client: Client) -> None:
    costs = set()
    for tasks in (1, 3, 30):
        place.plan_in(S.APPROVAL, place.store(plan_content_of(tasks)))
        place.plan_in(S.ISSUED, place.store(plan_content_of(tasks)))
        home(client, place["giamdoc"])
        with CaptureQueriesContext(connection) as context:
            client.get("/")
        costs.add(len(context))
    assert (len(costs), max(costs) <= 10) == (1, True)

"""What is still owed of years whose plan is closed: one line on the first page, not rows for ever."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plans.enums import PlanState
from plans.models import Plan
from plans.tests.journey import Department, department
from qms.duties.models import Duty
from qms.organisation.tests.cast import TODAY

from .duties import owe
from .test_home import home, shelf

pytestmark = pytest.mark.django_db
LAST = TODAY.year - 1


@pytest.fixture
def place() -> Department:
    """The plan of last year is closed; nothing is owed of it yet."""
    place = department()
    plan = place.plan_in(PlanState.CLOSED)
    Plan.objects.filter(pk=plan.pk).update(year=LAST)
    Duty.objects.all().delete()
    return place


def owed(place: Department, title: str, year: int = LAST, unit: str = "kh") -> Duty:
    return owe(place.house, unit, date(year, 1, 20), title, year=year)


@pytest.mark.parametrize(("username", "count"), [("thuky", 3), ("giamdoc", 3), ("truong", 2), ("truong2", 1)])
def test_they_are_counted_and_not_listed(place: Department, client: Client, username: str, count: int) -> None:
    for title, unit in (("a", "kh"), ("b", "kh"), ("c", "tc")):
        owed(place, title, unit=unit)
    context = home(client, place[username])
    assert (context["cockpit"].closed_years, shelf(context, "late")) == (((LAST, count),), [])
    assert context["numbers"] == [f"{count} việc còn nợ từ các năm đã đóng"]


def test_years_stand_by_themselves_the_newest_first(place: Department, client: Client) -> None:
    Plan.objects.create(
        agency=place.agency, year=LAST - 1, state=PlanState.CLOSED, **_stamps(Plan.objects.get(year=LAST))
    )
    for number in range(9):
        owed(place, f"Việc {number}", LAST - (number > 6))
    assert home(client, place["thuky"])["cockpit"].closed_years == ((LAST, 7), (LAST - 1, 2))


def _stamps(plan: Plan) -> dict[str, object]:
    """Every field of a plan but what makes it the one of its year."""
    left_out = {"id", "agency", "year", "state", "number"}
    return {f.attname: getattr(plan, f.attname) for f in plan._meta.concrete_fields if f.name not in left_out} | {
        "number": "77"
    }


def test_late_duties_of_a_year_that_is_not_closed_stay_rows(place: Department, client: Client) -> None:
    owed(place, "Năm kia, kế hoạch chưa đóng", LAST - 1)
    owed(place, "Năm nay", TODAY.year)
    owed(place, "Năm trước")
    context = home(client, place["thuky"])
    late = [title for title in ("Năm kia, kế hoạch chưa đóng", "Năm nay") if title in shelf(context, "late")]
    assert (len(late), context["cockpit"].closed_count) == (2 if date(TODAY.year, 1, 20) < TODAY else 1, 1)
    assert context["cockpit"].late_count == len(late)


def test_the_line_leads_to_the_late_duties_of_that_year(place: Department, client: Client) -> None:
    owed(place, "Còn nợ")
    client.force_login(place["thuky"])
    url = f"{reverse('progress')}?nam={LAST}&amp;tinh_trang=tre#viec"
    assert f'href="{url}"' in client.get("/").content.decode()
    listed = client.get(reverse("progress"), {"nam": LAST, "tinh_trang": "tre"}).content.decode()
    assert "Còn nợ" in listed


def test_whoever_follows_no_unit_is_led_to_the_own_work(place: Department, client: Client) -> None:
    handed = [owed(place, f"Việc {number}", year, "vp").pk for year in (LAST, LAST - 1) for number in range(8)]
    Duty.objects.filter(pk__in=handed).update(person=place["vanthu"])
    client.force_login(place["vanthu"])
    text = client.get("/").content.decode()
    assert (f'href="{reverse("duties:mine")}?nam={LAST}' in text, "6 trong 8 việc" in text) == (True, True)
    assert (reverse("progress") in text, client.get(reverse("progress")).status_code) == (False, 404)


def test_it_costs_the_same_with_one_and_with_many(place: Department, client: Client) -> None:
    costs = set()
    for number in range(8):
        owed(place, f"Việc {number}")
        home(client, place["thuky"])
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        costs.add(len(queries))
    assert (len(costs), max(costs) <= 10) == (1, True), costs

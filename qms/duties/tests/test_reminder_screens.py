"""How an agency reminds, and the runs, on screen."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from qms.duties.reminders import run
from qms.notifications.models import ReminderRun, ReminderSettings
from qms.organisation.tests.cast import NOW, House, moment
from qms.workflow.models import HistoryEntry

from .scene import MONDAY, owe

pytestmark = pytest.mark.django_db
SETTINGS, RUNS = reverse("reminders:settings"), reverse("reminders:runs")
GOOD = {"hour": 8, "before": "10, 5,1", "head_after": 1, "secretary_after": 3, "leadership_after": 7}


@pytest.fixture
def secretary(house: House, client: Client) -> Client:
    client.force_login(house["thuky"])
    return client


def test_the_secretary_changes_how_the_agency_reminds(house: House, secretary: Client) -> None:
    assert secretary.post(SETTINGS, {**GOOD, "open_links": "on"}).status_code == 302
    used = ReminderSettings.objects.get(agency=house.agency)
    assert (used.hour, used.before, used.leadership_after, used.open_links) == (8, [10, 5, 1], 7, True)
    assert HistoryEntry.objects.get().sentence == "đổi cách nhắc việc"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("hour", "24"), ("hour", ""), ("before", "ba ngày"), ("before", "0"), ("before", "1,2,3,4,5,6"),
        ("before", "99"), ("head_after", "-1"), ("secretary_after", "0"), ("leadership_after", "2"),
        ("leadership_after", "61"),
    ],
)  # fmt: skip
def test_a_bad_value_is_refused_beside_its_field(house: House, secretary: Client, field: str, value: str) -> None:
    response = secretary.post(SETTINGS, {**GOOD, field: value})
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert not ReminderSettings.objects.exists()


def test_others_see_it_and_change_nothing(house: House, client: Client) -> None:
    client.force_login(house["truong"])
    assert client.get(SETTINGS).context["why_not"] == "Chỉ Thư ký ISO sửa cách nhắc việc."
    assert client.post(SETTINGS, GOOD).status_code == 422
    assert not ReminderSettings.objects.exists()


def test_the_runs_say_what_became_of_each(house: House, secretary: Client) -> None:
    owe(house, MONDAY)
    run(MONDAY, at=moment(MONDAY))
    ReminderRun.objects.create(
        agency=house.agency, day=MONDAY, started_at=NOW, seen_at=NOW, failed=1, errors=["Lan: OSError: x"]
    )
    assert [(r.sent, r.failed) for r in secretary.get(RUNS).context["page"]] == [(0, 1), (1, 0)]
    assert "Lan: OSError: x" in secretary.get(RUNS).content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [("q=06/04/2026", 2), ("q=07/04/2026", 0), ("q=31/02", 0), ("q=31/02/2026", 0), ("ket_qua=loi", 1),
     ("ket_qua=do-dang", 1), ("ket_qua=xong", 1)],
)  # fmt: skip
def test_runs_are_found_by_day_and_outcome(house: House, secretary: Client, query: str, found: int) -> None:
    run(MONDAY, at=moment(MONDAY))
    ReminderRun.objects.create(agency=house.agency, day=MONDAY, started_at=NOW, seen_at=NOW, failed=1)
    assert secretary.get(f"{RUNS}?{query}").context["page"].paginator.count == found


def test_runs_go_to_excel(house: House, secretary: Client) -> None:
    run(MONDAY, at=moment(MONDAY))
    sheet = load_workbook(BytesIO(secretary.get(f"{RUNS}?xuat=xlsx").content)).active
    assert sheet["A1"].value == "Ngày"
    assert sheet.max_row == 2


@pytest.mark.parametrize("username", ["truong", "giamdoc", "quantri"])
def test_the_runs_are_unknown_to_who_does_not_follow_the_duties(house: House, client: Client, username: str) -> None:
    client.force_login(house[username])
    assert client.get(RUNS).status_code == 404


def test_another_agencys_runs_are_not_shown(house: House, secretary: Client, neighbour: House) -> None:
    run(MONDAY, at=moment(MONDAY), agencies=[neighbour.agency])
    assert secretary.get(RUNS).context["page"].paginator.count == 0


@pytest.mark.parametrize("count", [1, 5])
def test_the_page_costs_the_same_however_many_runs(
    house: House, secretary: Client, count: int, django_assert_max_num_queries: object
) -> None:
    for _ in range(count):
        run(MONDAY, at=moment(MONDAY))
    secretary.get(RUNS)
    with django_assert_max_num_queries(9):
        secretary.get(RUNS)

"""Reports on objectives that wait for somebody stand on the first page of that person."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from objectives.reports.models import ObjectiveReport
from objectives.reports.tests.reporting import Reporting, found_reporting
from qms.organisation.models import User
from qms.organisation.tests.cast import found_house

pytestmark = pytest.mark.django_db


@pytest.fixture
def half() -> Reporting:
    return found_reporting()


def waiting(client: Client, who: User) -> list[tuple[str, str]]:
    """What the first page calls this person to do with which report."""
    client.force_login(who)
    return [(report.call, report.url) for report in client.get("/").context["reports"]]


def address(report: ObjectiveReport) -> str:
    return reverse("objective_reports:report", args=[report.pk])


def test_a_units_report_waits_for_the_secretary_to_take_it(half: Reporting, client: Client) -> None:
    report = half.step(half.draft(), "send", "truong")
    assert waiting(client, half["thuky"]) == [("Xem, nhận", address(report))]
    assert [waiting(client, half[who]) for who in ("truong", "giamdoc", "lan", "vanthu")] == [[]] * 4


def test_the_departments_report_waits_at_each_of_its_desks(half: Reporting, client: Client) -> None:
    report = half.draft(None)
    desks = [("thuky", "Mở để soạn", "submit"), ("giamdoc", "Xem, ký", "approve"), ("vanthu", "Cấp số", "")]
    for who, call, step in desks:
        assert waiting(client, half[who]) == [(call, address(report))]
        others = {"thuky", "giamdoc", "vanthu"} - {who}
        assert [waiting(client, half[other]) for other in others] == [[], []]
        report = half.step(report, step, who) if step else report


def test_a_units_own_draft_stands_only_among_its_duties(half: Reporting, client: Client) -> None:
    half.draft()
    assert waiting(client, half["truong"]) == []


def test_the_words_and_the_number_under_the_title_count_it(half: Reporting, client: Client) -> None:
    half.step(half.draft(), "send", "truong")
    client.force_login(half["thuky"])
    response = client.get("/")
    assert "1 việc chờ anh chị xử lý" in response.context["numbers"]
    assert "số liệu đến hết" in response.content.decode()


def test_another_agency_has_nothing_waiting(half: Reporting, client: Client) -> None:
    half.step(half.draft(), "send", "truong")
    neighbour = found_house("so-xd", name="Sở Xây dựng", abbreviation="SXD")
    assert waiting(client, neighbour["thuky"]) == []


def test_the_page_costs_the_same_with_one_report_and_with_two(half: Reporting, client: Client) -> None:
    costs = []
    for key, head in (("kh", "truong"), ("tc", "truong2")):
        half.step(half.draft(key), "send", head)
        waiting(client, half["thuky"])
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        costs.append(len(queries))
    assert (costs[0] == costs[1], costs[0] <= 10) == (True, True), costs

"""The screens of reports on objectives."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from objectives.reports.models import ObjectiveReport, ReportState
from qms.organisation.tests.cast import found_house, overseer_of

from .reporting import Reporting, words

PAGES = 12  # the most queries that a page may cost


def signed_in(half: Reporting, username: str) -> Client:
    client = Client()
    client.force_login(half[username])
    return client


def url(name: str, *args: Any) -> str:
    return reverse(f"objective_reports:{name}", args=args)


def test_a_round_says_who_is_late(half: Reporting) -> None:
    page = signed_in(half, "truong").get(url("round", half.round.pk))
    (row,) = page.context["rows"]
    assert (row.unit.name, row.report, row.late_days > 0) == ("Phòng Kế hoạch - Tài chính", None, True)


def test_a_report_is_begun_from_its_round(half: Reporting) -> None:
    sent = {"don_vi": half.place.unit("kh").pk}
    answer = signed_in(half, "lan").post(url("draft", half.round.pk), sent)
    report = ObjectiveReport.objects.get()
    assert (answer.url, report.author.username) == (url("report", report.pk), "lan")


@pytest.mark.parametrize("username", ["truong2", "nam", "vanthu"])
def test_the_draft_of_a_unit_is_nobody_elses_business(half: Reporting, username: str) -> None:
    assert signed_in(half, username).get(url("report", half.draft().pk)).status_code == 404


@pytest.mark.parametrize("username", ["truong2", "nam", "vanthu", "giamdoc"])
def test_an_accepted_report_is_read_by_the_whole_agency(half: Reporting, username: str) -> None:
    assert signed_in(half, username).get(url("report", half.accepted().pk)).status_code == 200


def test_who_oversees_reads_what_was_issued_not_how_it_came_about(half: Reporting, client: Client) -> None:
    report = half.issued()
    overseer = overseer_of(found_house("so-tdc", name="Sở theo dõi", abbreviation="STD"), half.place.house)
    client.force_login(overseer)
    pages = [who.get(url("report", report.pk)).content.decode() for who in (signed_in(half, "nam"), client)]
    assert [("Các bước" in page, report.reference in page) for page in pages] == [(True, True), (False, True)]


def test_every_figure_leads_to_its_record(half: Reporting) -> None:
    page = signed_in(half, "lan").get(url("report", half.draft().pk)).content.decode()
    detail = reverse("objectives:detail", args=[half.round.year, half.own.pk])
    assert [f'href="{detail}#ky-{index}"' in page for index in (1, 2)] == [True, True]


def test_words_are_saved_and_a_stale_form_is_refused_with_its_text(half: Reporting) -> None:
    report = half.draft()
    client = signed_in(half, "truong")
    first = client.post(url("words", report.pk), words(report, conclusions="Câu một.") | {"revision": 1})
    second = client.post(url("words", report.pk), words(report, conclusions="Câu hai.") | {"revision": 1})
    assert (first.status_code, second.status_code, "Câu hai." in second.content.decode()) == (302, 409, True)


def test_a_step_is_taken_by_its_button(half: Reporting) -> None:
    report = half.draft()
    signed_in(half, "truong").post(url("step", report.pk, "send"))
    assert ObjectiveReport.objects.get().state == ReportState.SUBMITTED


def test_giving_back_without_a_reason_is_refused(half: Reporting) -> None:
    report = half.step(half.draft(), "send", "truong")
    answer = signed_in(half, "thuky").post(url("step", report.pk, "give_back"))
    assert (answer.status_code, "Còn thiếu: lý do." in answer.content.decode()) == (422, True)


def test_the_figures_come_as_an_excel_file(half: Reporting) -> None:
    answer = signed_in(half, "lan").get(url("file", half.draft().pk, "xlsx"))
    sheet = load_workbook(BytesIO(answer.content)).active
    rows = [[cell.value for cell in row][5:8] for row in sheet.iter_rows(min_row=2)]
    assert rows == [["Quý I/2026", "96\u00a0% (96/100)", "đạt"], ["Quý II/2026", "90\u00a0% (90/100)", "không đạt"]]


def test_the_list_is_searched_and_filtered(half: Reporting) -> None:
    report = half.accepted()
    client = signed_in(half, "nam")
    asked = ({"q": "tai chinh"}, {"q": "van phong"}, {"cap": "so"}, {"trang_thai": "accepted"})
    found = [[row.pk for row in client.get(url("list"), query).context["rows"]] for query in asked]
    assert found == [[report.pk], [], [], [report.pk]]


@pytest.mark.parametrize("name", ["list", "round", "report", "report of the department"])
def test_a_page_costs_few_queries_however_much_there_is(
    half: Reporting, name: str, django_assert_max_num_queries: Any
) -> None:
    report = half.accepted()
    addresses = {"list": url("list"), "round": url("round", half.round.pk), "report": url("report", report.pk)}
    if name not in addresses:
        addresses[name] = url("report", half.draft(None).pk)
    client = signed_in(half, "thuky" if name not in ("list", "round") else "truong")
    client.get(addresses[name])
    with django_assert_max_num_queries(PAGES):
        assert client.get(addresses[name]).status_code == 200

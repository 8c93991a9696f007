"""The screens of progress reports, from the choice of a period to the file of the issued one."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from qms.organisation.tests.cast import NOW, TODAY, House, found_house, overseer_of
from qms.overview.models import ProgressReport
from qms.overview.report_actions import change_words, draft_report, take_step

from .duties import owe

pytestmark = pytest.mark.django_db
YEAR = TODAY.year


def draft(house: House, period: str = "nam") -> ProgressReport:
    return draft_report(agency=house.agency, year=YEAR, period=period, as_of=TODAY, actor=house["thuky"], at=NOW)


def submitted(house: House) -> ProgressReport:
    return take_step(draft(house), "submit", actor=house["thuky"], at=NOW)


def post(client: Client, who: Any, name: str, *args: Any, **data: Any) -> Any:
    client.force_login(who)
    return client.post(reverse(name, args=args), data)


def get(client: Client, who: Any, name: str, *args: Any) -> Any:
    client.force_login(who)
    return client.get(reverse(name, args=args))


def step(client: Client, house: House, report: ProgressReport, name: str, who: str, **data: Any) -> Any:
    return post(client, house[who], "progress_report_step", report.pk, name, **data)


def test_a_report_goes_from_its_period_to_its_number(house: House, client: Client) -> None:
    owe(house, "kh", TODAY - timedelta(days=3), "Việc trễ", year=YEAR)
    made = post(client, house["thuky"], "progress_report_new", year=YEAR, period="nam")
    report = ProgressReport.objects.get()
    assert (made["Location"], report.as_of) == (reverse("progress_report", args=[report.pk]), TODAY)
    for name, who, data in (("submit", "thuky", {}), ("approve", "giamdoc", {}), ("issue", "vanthu", {"date": TODAY})):
        assert step(client, house, report, name, who, **data).status_code == 302
    page = get(client, house["lan"], "progress_report", report.pk).content.decode()
    assert ("01/BC-SKHCN" in page, "Việc trễ" in page) == (True, True)
    (newest,) = client.get("/").context["documents"]
    assert (newest["title"], newest["files"][0][1]) == (
        "01/BC-SKHCN", reverse("progress_report_file", args=[report.pk, "pdf"])
    )  # fmt: skip
    file = get(client, house["lan"], "progress_report_file", report.pk, "pdf")
    assert b"".join(file.streaming_content).startswith(b"%PDF")


def test_who_oversees_reads_what_was_issued_not_how_it_came_about(house: House, client: Client) -> None:
    report = submitted(house)
    for name, who, more in (
        ("return", "giamdoc", {"comment": "Viết lại phần kiến nghị."}), ("submit", "thuky", {}),
        ("approve", "giamdoc", {}), ("issue", "vanthu", {"data": {"date": TODAY}}),
    ):  # fmt: skip
        report = take_step(report, name, actor=house[who], at=NOW, **more)
    readers = (house["lan"], overseer_of(found_house("so-tdc", name="Sở theo dõi", abbreviation="STD"), house))
    pages = [get(client, reader, "progress_report", report.pk).content.decode() for reader in readers]
    assert [("Viết lại phần kiến nghị." in page, "Các bước" in page) for page in pages] == [
        (True, True),
        (False, False),
    ]


def test_the_period_that_ended_last_is_proposed(house: House, client: Client) -> None:
    form = get(client, house["thuky"], "progress_report_new").context["form"]
    year, quarter = form.initial["year"], form.initial["period"]
    assert date(year, 3 * int(quarter[1]), 1) < TODAY


@pytest.mark.parametrize(
    "data", [{"year": "x", "period": "q1"}, {"year": YEAR, "period": "q9"}, {"year": YEAR + 1, "period": "q1"},
             {"year": YEAR, "period": "nam", "as_of": TODAY + timedelta(days=1)}],
)  # fmt: skip
def test_a_senseless_period_is_refused_with_a_sentence(house: House, client: Client, data: dict[str, Any]) -> None:
    response = post(client, house["thuky"], "progress_report_new", **data)
    assert (response.status_code, bool(response.context["form"].errors)) == (422, True)
    assert ProgressReport.objects.count() == 0


@pytest.mark.parametrize("username", ["giamdoc", "truong", "vanthu", "lan", "tuvan"])
def test_others_do_not_draft(house: House, client: Client, username: str) -> None:
    assert get(client, house[username], "progress_report_new").status_code == 404


def test_nobody_outside_sees_a_draft(house: House, client: Client) -> None:
    report = draft(house)
    stranger = found_house("so-tp", name="Sở Tư pháp", abbreviation="STP")["thuky"]
    for who in (stranger, house["truong"], house["quantri"]):
        assert get(client, who, "progress_report", report.pk).status_code == 404
        assert get(client, who, "progress_report_file", report.pk, "pdf").status_code == 404
        assert step(client, house, report, "submit", "truong").status_code == 404


def test_a_step_that_is_not_mine_is_refused_with_its_reason(house: House, client: Client) -> None:
    response = step(client, house, submitted(house), "approve", "thuky")
    assert (response.status_code, response.context["trouble"]) == (403, "Việc này của người có thẩm quyền ký.")


def test_a_return_without_a_reason_is_refused(house: House, client: Client) -> None:
    response = step(client, house, submitted(house), "return", "giamdoc")
    assert (response.status_code, response.context["trouble"]) == (422, "Còn thiếu: lý do.")


def test_words_that_came_too_late_are_shown_and_not_saved(house: House, client: Client) -> None:
    report = draft(house)
    words = {"subject": "Một", "conclusions": "Hai", "proposals": "Ba", "recipients": ""}
    change_words(report, words=words, revision=1, actor=house["thuky"], at=NOW)
    late = words | {"subject": "Đến sau", "revision": 1}
    response = post(client, house["thuky"], "progress_report_words", report.pk, **late)
    assert (response.status_code, response.context["words"]["subject"].value()) == (409, "Đến sau")
    report.refresh_from_db()
    assert report.subject == "Một"


def test_words_are_saved(house: House, client: Client) -> None:
    report = draft(house)
    words = {"subject": "Một", "conclusions": "Hai", "proposals": "Ba", "recipients": "A", "revision": 1}
    assert post(client, house["thuky"], "progress_report_words", report.pk, **words).status_code == 302
    report.refresh_from_db()
    assert (report.conclusions, report.recipients) == ("Hai", ["A"])


def test_numbers_are_not_read_of_a_day_to_come(house: House, client: Client) -> None:
    report = draft(house)
    day = TODAY + timedelta(days=1)
    response = post(client, house["thuky"], "progress_report_data", report.pk, as_of=day)
    assert (response.status_code, response.context["trouble"]) == (422, "Ngày lấy số liệu không được sau hôm nay.")


@pytest.mark.parametrize(("username", "call"), [("thuky", ""), ("giamdoc", "Xem, ký"), ("vanthu", "")])
def test_a_report_waits_on_the_first_page_of_whoever_has_it(
    house: House, client: Client, username: str, call: str
) -> None:
    submitted(house)
    client.force_login(house[username])
    assert [report.call for report in client.get("/").context["reports"]] == ([call] if call else [])


def test_the_list_is_searched_filtered_and_had_for_excel(house: House, client: Client) -> None:
    draft(house)
    submitted(house)
    client.force_login(house["thuky"])
    address = reverse("progress_reports")
    found = {query: len(client.get(f"{address}?{query}").context["rows"]) for query in
             ("", "q=tien+do", "q=xyz", "trang_thai=approval", "trang_thai=issued", "sap_xep=cap_nhat")}  # fmt: skip
    assert list(found.values()) == [2, 2, 0, 1, 0, 2]
    rows = load_workbook(BytesIO(client.get(f"{address}?xuat=xlsx").content)).active.max_row
    assert rows == 3


def test_the_pages_cost_the_same_however_much_there_is(house: House, client: Client) -> None:
    costs: dict[str, set[int]] = {"progress_reports": set(), "progress_report": set()}
    for size in (1, 8):
        for _ in range(size):
            owe(house, "kh", TODAY - timedelta(days=3), year=YEAR)
            report = draft(house)
        for name, args in (("progress_reports", ()), ("progress_report", (report.pk,))):
            get(client, house["thuky"], name, *args)
            with CaptureQueriesContext(connection) as context:
                client.get(reverse(name, args=args))
            costs[name].add(len(context))
    assert [(len(found), max(found) <= 12) for found in costs.values()] == [(1, True), (1, True)], costs

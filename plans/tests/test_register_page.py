"""The register of issued documents, the numbers given up, and the settings of an agency."""

from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from plans.enums import PlanState
from plans.models import PlanSettings
from qms.documents.actions import take_number
from qms.documents.models import RegisterEntry, RegisterSettings
from qms.organisation.models import User
from qms.workflow.models import HistoryEntry

from .journey import Department, department

pytestmark = pytest.mark.django_db


def ask(client: Client, who: User, name: str = "plans:register", **query: str) -> Any:
    client.force_login(who)
    return client.get(reverse(name), query)


def send(client: Client, who: User, name: str, **data: Any) -> Any:
    client.force_login(who)
    return client.post(reverse(name), data)


def enter(place: Department, subject: str, kind: str = "KH") -> RegisterEntry:
    return take_number(
        agency=place.agency, kind=kind, symbol=f"{kind}-SKHCN", subject=subject, issued_on=timezone.localdate(),
        actor=place["vanthu"], at=timezone.now(),
    )  # fmt: skip


def shown(client: Client, who: User, **query: str) -> list[str]:
    return [str(entry) for entry in ask(client, who, **query).context["page"]]


def test_the_newest_number_stands_first(place: Department, client: Client) -> None:
    enter(place, "Kế hoạch một")
    enter(place, "Kế hoạch hai")
    assert shown(client, place["lan"]) == ["02/KH-SKHCN", "01/KH-SKHCN"]
    assert shown(client, place["lan"], sap_xep="so") == ["01/KH-SKHCN", "02/KH-SKHCN"]


@pytest.mark.parametrize(("query", "expected"), [("hai", ["02/KH-SKHCN"]), ("01/kh", ["01/KH-SKHCN"]), ("x", [])])
def test_an_entry_is_found_without_marks(place: Department, client: Client, query: str, expected: list[str]) -> None:
    enter(place, "Kế hoạch một")
    enter(place, "Kế hoạch hãi")
    assert shown(client, place["lan"], q=query) == expected


def test_the_register_is_filtered_by_year_and_status(place: Department, client: Client) -> None:
    enter(place, "Kế hoạch")
    send(client, place["vanthu"], "plans:cancel_number", reason="In hỏng.", number="2")
    assert shown(client, place["lan"], tinh_trang="cancelled") == ["02/KH-SKHCN"]
    assert shown(client, place["lan"], nam="1999") == []


def test_the_register_costs_the_same_with_one_entry_and_with_many(place: Department, client: Client) -> None:
    costs = set()
    for _ in range(3):
        enter(place, "Kế hoạch")
        ask(client, place["vanthu"])
        with CaptureQueriesContext(connection) as context:
            client.get(reverse("plans:register"))
        costs.add(len(context))
    assert (len(costs), max(costs) <= 10) == (1, True)


def test_excel_holds_the_register(place: Department, client: Client) -> None:
    enter(place, "=1+1")
    response = ask(client, place["lan"], xuat="xlsx")
    rows = list(load_workbook(BytesIO(response.content)).active.values)
    assert rows[1][1:3] + rows[1][4:6] == (1, "KH-SKHCN", "=1+1", "đã ban hành")


def test_a_stranger_sees_an_empty_register(place: Department, client: Client) -> None:
    enter(place, "Kế hoạch")
    assert shown(client, department("so-tp", name="Sở Tư pháp", abbreviation="STP")["vanthu"]) == []


def test_the_clerk_gives_a_number_up_with_its_reason(place: Department, client: Client) -> None:
    response = send(client, place["vanthu"], "plans:cancel_number", reason="In hỏng.", number="1")
    entry = RegisterEntry.objects.get()
    assert (response.status_code, entry.status, entry.note) == (302, "cancelled", "In hỏng.")


@pytest.mark.parametrize(("who", "reason"), [("vanthu", " "), ("lan", "In hỏng.")])
def test_a_number_is_not_given_up_without_reason_or_right(
    place: Department, client: Client, who: str, reason: str
) -> None:
    assert send(client, place[who], "plans:cancel_number", reason=reason, number="1").status_code == 422
    assert RegisterEntry.objects.exists() is False


@pytest.mark.parametrize(("who", "offered"), [("vanthu", True), ("thuky", False), ("lan", False)])
def test_giving_up_is_offered_to_the_clerk_alone(place: Department, client: Client, who: str, offered: bool) -> None:
    assert bool(ask(client, place[who]).context["cancel_form"]) is offered


def test_the_secretary_switches_steps_off_and_it_is_written_down(place: Department, client: Client) -> None:
    response = send(client, place["thuky"], "plans:settings", steps=["content_check"])
    used = PlanSettings.objects.get(agency=place.agency)
    assert (response.status_code, used.consultation, used.content_check, used.layout_check) == (302, False, True, False)
    assert HistoryEntry.objects.of(used).get().comment == "Dùng: Kiểm tra nội dung."


def test_the_next_plan_passes_the_steps_that_are_left(place: Department, client: Client) -> None:
    send(client, place["giamdoc"], "plans:settings", steps=["layout_check"])
    assert place.step(place.draft(), "submit", "thuky").state == PlanState.LAYOUT_CHECK


@pytest.mark.parametrize("who", ["lan", "vanthu", "chanh", "quantri", "tuvan"])
def test_nobody_else_changes_the_steps(place: Department, client: Client, who: str) -> None:
    page = send(client, place[who], "plans:settings", steps=[])
    assert "Chỉ Giám đốc hoặc Thư ký ISO đổi được các bước." in page.content.decode()
    assert PlanSettings.objects.exists() is False


def test_an_unknown_step_is_not_taken(place: Department, client: Client) -> None:
    assert send(client, place["thuky"], "plans:settings", steps=["approval"]).status_code == 200
    assert PlanSettings.objects.exists() is False


def test_the_clerk_sets_how_documents_are_numbered(place: Department, client: Client) -> None:
    response = send(client, place["vanthu"], "plans:numbering", series="one", numbers_from_elsewhere="on")
    used = RegisterSettings.objects.get(agency=place.agency)
    assert (response.status_code, used.one_series, used.numbers_from_elsewhere) == (302, True, True)


def test_the_series_is_not_changed_in_the_middle_of_a_year(place: Department, client: Client) -> None:
    enter(place, "Kế hoạch")
    page = send(client, place["vanthu"], "plans:numbering", series="one")
    assert "Năm nay đã cấp 1 số." in page.content.decode()
    assert RegisterSettings.objects.filter(one_series=True).exists() is False


def test_with_numbers_from_elsewhere_the_clerk_types_the_number(place: Department, client: Client) -> None:
    send(client, place["vanthu"], "plans:numbering", series="kind", numbers_from_elsewhere="on")
    plan = place.plan_in(PlanState.NUMBERING)
    today = timezone.localdate().isoformat()
    refused = client.post(reverse("plans:step", args=[plan.pk, "issue"]), {"date": today})
    assert refused.status_code == 422
    client.post(reverse("plans:step", args=[plan.pk, "issue"]), {"date": today, "number": "123"})
    plan.refresh_from_db()
    assert plan.reference == "123/KH-SKHCN"


def test_who_belongs_to_no_agency_has_no_settings(client: Client) -> None:
    nobody = User.objects.create(username="khong", full_name="Không Cơ Quan")
    for name in ("plans:settings", "plans:numbering"):
        assert ask(client, nobody, name).status_code == 404
    assert send(client, nobody, "plans:cancel_number", reason="x").status_code == 404

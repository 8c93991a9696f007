"""The screens on which the secretary records what tasks wait for."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plans.models import Plan
from qms.duties.enums import DutyState
from qms.duties.models import Duty, Occurrence
from qms.organisation.tests.cast import TODAY

from .journey import department
from .running import GROUP, KH, TC, Running, duties, row, task_of, told

pytestmark = pytest.mark.django_db
AFTER_LETTER = "trong thời hạn 10 ngày kể từ ngày nhận được văn bản"
CHANGE = "Khi có thay đổi"
RECEIVED, ISSUED_ON = TODAY - timedelta(days=3), TODAY - timedelta(days=30)


@pytest.fixture
def desk(desk: Running) -> Running:
    """In the year of the test."""
    return replace(desk, year=TODAY.year)


def send(client: Client, desk: Running, plan: Plan, who: str = "thuky", **data: Any) -> Any:
    client.force_login(desk[who])
    units = [duty.unit_id for duty in duties(plan, "Việc")]
    typed = {"way": "0", "what": "Nhận được văn bản", "day": f"{RECEIVED:%d/%m/%Y}", "units": units, **data}
    return client.post(reverse("plans:event_record", args=[task_of(plan, "Việc").pk]), typed)


def page(client: Client, desk: Running, plan: Plan, who: str = "thuky") -> Any:
    client.force_login(desk[who])
    return client.get(reverse("plans:events", args=[plan.year, plan.pk]))


def issue(desk: Running, *rows: Any) -> Plan:
    """A plan issued lately, so that an event of today comes after it."""
    return desk.issue(*rows, on=ISSUED_ON)


def test_the_list_names_what_waits_and_leaves_out_what_has_a_day(client: Client, desk: Running) -> None:
    plan = issue(desk, row("Việc", AFTER_LETTER, GROUP), row("Có ngày", f"Tháng 6/{TODAY.year}"))
    rows = page(client, desk, plan).context["rows"]
    assert [(r.number, r.task.title, r.waits_for, r.waiting) for r in rows] == [("1", "Việc", "nhận được văn bản", 2)]


def test_recording_gives_the_units_their_day_and_the_list_tells(client: Client, desk: Running) -> None:
    plan = issue(desk, row("Việc", AFTER_LETTER, GROUP))
    file = SimpleUploadedFile("quyet-dinh.txt", "Quyết định công bố".encode())
    response = send(client, desk, plan, reference="12/QĐ-UBND", file=file)
    assert (response.status_code, response["Location"]) == (302, reverse("plans:events", args=[plan.year, plan.pk]))
    assert {(unit, state) for unit, _, state in told(plan)} == {(KH, DutyState.OPEN), (TC, DutyState.OPEN)}
    entry = Occurrence.objects.get()
    assert (entry.day, entry.reference, entry.file.original_name) == (RECEIVED, "12/QĐ-UBND", "quyet-dinh.txt")
    assert page(client, desk, plan).context["rows"][0].happened == [entry]


@pytest.mark.parametrize("htmx", [True, False])
def test_the_day_is_shown_before_anything_is_written(client: Client, desk: Running, htmx: bool) -> None:
    plan = issue(desk, row("Việc", AFTER_LETTER))
    client.force_login(desk["thuky"])
    typed = {"way": "0", "what": "Nhận", "day": f"{RECEIVED:%d/%m/%Y}", "units": [desk.unit("kh").pk], "buoc": "tinh"}
    headers = {"HX-Request": "true"} if htmx else {}
    response = client.post(reverse("plans:event_record", args=[task_of(plan, "Việc").pk]), typed, headers=headers)
    assert response.status_code == 200
    assert len(response.context["slots"]) == 1
    assert f"10 ngày từ {RECEIVED:%d/%m/%Y}" in response.content.decode()
    assert (Occurrence.objects.count(), told(plan)) == (0, [(KH, None, DutyState.DORMANT)])


@pytest.mark.parametrize(
    ("timing", "typed", "field", "sentence"),
    [
        (AFTER_LETTER, {"day": ""}, "day", "Ghi ngày."),
        (AFTER_LETTER, {"day": "31/02/2026"}, "day", "Ngày không đúng, ghi như 05/11/2026."),
        (
            AFTER_LETTER, {"day": f"{ISSUED_ON - timedelta(days=1):%d/%m/%Y}"}, "day",
            f"Kế hoạch ban hành ngày {ISSUED_ON:%d/%m/%Y}, không ghi nhận sự kiện trước ngày đó.",
        ),
        (
            AFTER_LETTER, {"day": f"{TODAY + timedelta(days=2):%d/%m/%Y}"}, "day",
            "Sự kiện chưa xảy ra thì chưa tính hạn; ghi nhận khi đã có.",
        ),
        (AFTER_LETTER, {"what": ""}, "what", "Ghi sự kiện đã xảy ra."),
        (AFTER_LETTER, {"units": []}, "units", "Chọn ít nhất một đơn vị."),
        (AFTER_LETTER, {"way": "9"}, "way", "Chọn một trường hợp."),
        (CHANGE, {}, "due_on", "Ghi hạn hoàn thành; kế hoạch không nêu số ngày."),
    ],
)  # fmt: skip
def test_a_refusal_stands_beside_its_field_and_changes_nothing(
    client: Client, desk: Running, timing: str, typed: dict[str, Any], field: str, sentence: str
) -> None:
    plan = issue(desk, row("Việc", timing))
    before = list(Duty.objects.values())
    response = send(client, desk, plan, **typed)
    assert (response.status_code, response.context["form"].errors) == (422, {field: [sentence]})
    assert (list(Duty.objects.values()), Occurrence.objects.count()) == (before, 0)


def test_a_task_that_waits_for_another_begins_with_that_one(client: Client, desk: Running) -> None:
    plan = issue(desk, row("Đánh giá nội bộ", f"Tháng 3/{TODAY.year}"), row("Việc", "Sau khi đánh giá nội bộ"))
    client.force_login(desk["thuky"])
    form = client.get(reverse("plans:event_record", args=[task_of(plan, "Việc").pk])).context["form"]
    assert form["after"].value() == task_of(plan, "Đánh giá nội bộ").pk
    send(client, desk, plan, after=form["after"].value(), what="", due_on=f"{TODAY + timedelta(days=9):%d/%m/%Y}")
    assert Occurrence.objects.get().what == "Đã xong nhiệm vụ 1: Đánh giá nội bộ"


@pytest.mark.parametrize("who", ["truong", "lan", "giamdoc", "vanthu"])
def test_others_read_the_list_and_record_nothing(client: Client, desk: Running, who: str) -> None:
    plan = issue(desk, row("Việc", AFTER_LETTER))
    assert page(client, desk, plan, who).context["may_record"] is False
    assert send(client, desk, plan, who).status_code == 403
    assert told(plan) == [(KH, None, DutyState.DORMANT)]


def test_strangers_and_drafts_have_no_such_page(client: Client, desk: Running) -> None:
    draft = desk.place.draft(1)
    assert page(client, desk, draft).status_code == 404
    plan = issue(desk, row("Việc", AFTER_LETTER))
    stranger = Running(department("so-khac", name="Sở Khác"))
    assert page(client, stranger, plan).status_code == 404
    client.force_login(stranger["thuky"])
    assert client.get(reverse("plans:event_record", args=[task_of(plan, "Việc").pk])).status_code == 404


def test_a_task_with_a_day_of_its_own_has_nothing_to_record(client: Client, desk: Running) -> None:
    plan = issue(desk, row("Việc", f"Tháng 6/{TODAY.year}"))
    client.force_login(desk["thuky"])
    assert client.get(reverse("plans:event_record", args=[task_of(plan, "Việc").pk])).status_code == 404


def test_a_wrong_entry_is_taken_back_on_the_list(client: Client, desk: Running) -> None:
    plan = issue(desk, row("Việc", AFTER_LETTER))
    send(client, desk, plan)
    client.post(reverse("plans:event_retract", args=[Occurrence.objects.get().pk]))
    assert (told(plan), Occurrence.objects.count()) == ([(KH, None, DutyState.DORMANT)], 0)


def test_the_list_costs_the_same_for_one_task_and_for_many(client: Client, desk: Running) -> None:
    costs = []
    for number, size in enumerate((1, 6), start=1):
        rows = (row(f"Việc {i}", AFTER_LETTER, GROUP) for i in range(size))
        plan = desk.issue(*rows, number=str(number))
        page(client, desk, plan, "lan")
        with CaptureQueriesContext(connection) as context:
            assert client.get(reverse("plans:events", args=[plan.year, plan.pk])).status_code == 200
        costs.append(len(context))
    assert costs[0] == costs[1] <= 12

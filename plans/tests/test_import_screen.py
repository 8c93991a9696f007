"""A file of last year's plan: sent, looked through, corrected, and only then a plan."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from plans.actions import take_step
from plans.enums import PlanState
from plans.importing import ImportedPlan, read_plan_safely
from plans.importing.safety import MAX_FILE
from plans.imports import DAYS_KEPT, finish_import
from plans.models import Plan, PlanImport
from qms.organisation.enums import Role
from qms.organisation.models import Agency, UnitAlias, User

from .conftest import appoint
from .files import docx_bytes, letter_file, plan_file


@pytest.fixture
def clerk(client: Client, secretary: User) -> Client:
    client.force_login(secretary)
    return client


def send(client: Client, path: Path) -> HttpResponse:
    agency = User.objects.get(pk=client.session["_auth_user_id"]).agency_id
    return client.post(reverse("plans:import"), {"file": docx_bytes(path), "agency": agency})


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What is read in a file: asked once for all tests, as starting the process that reads takes a while."""
    return read_plan_safely(plan_file(tmp_path_factory.mktemp("sent"))).to_storage()


@pytest.fixture
def pending(agency: Agency, secretary: User, content: dict[str, Any]) -> PlanImport:
    """The file that the secretary sent."""
    sent = {"agency": agency, "user": secretary, "file_name": "ke-hoach.docx", "at": timezone.now()}
    return PlanImport.objects.create(**sent, content=content)


def review(client: Client, pending: PlanImport) -> HttpResponse:
    return client.get(reverse("plans:import_review", args=[pending.pk]))


def sent_back(response: HttpResponse, **changes: str) -> dict[str, Any]:
    """Everything on the review page as a browser would send it, with these changes."""
    data: dict[str, Any] = {}
    for form in response.context["review"].forms:
        for bound in form:
            value = bound.field.prepare_value(bound.value())
            data[bound.html_name] = "" if value is None else str(value)
    return {**data, "then": "draft", **changes}


def answer(client: Client, pending: PlanImport, **changes: str) -> HttpResponse:
    data = sent_back(review(client, pending), **changes)
    return client.post(reverse("plans:import_review", args=[pending.pk]), data)


def test_a_file_is_read_and_waits_for_its_review(clerk: Client, tmp_path: Path) -> None:
    response = send(clerk, plan_file(tmp_path))
    pending = PlanImport.objects.get()
    assert response["Location"] == reverse("plans:import_review", args=[pending.pk])
    assert (pending.file_name, Plan.objects.count()) == ("ke-hoach.docx", 0)


def test_a_file_that_is_no_plan_gets_one_sentence_beside_its_field(clerk: Client, tmp_path: Path) -> None:
    response = send(clerk, letter_file(tmp_path))
    assert response.status_code == 422
    assert response.context["form"]["file"].errors == [
        "Tệp này không phải kế hoạch: không thấy tên loại KẾ HOẠCH và không có bảng nhiệm vụ."
    ]
    assert PlanImport.objects.count() == 0


def test_a_file_must_be_chosen(clerk: Client) -> None:
    response = clerk.post(reverse("plans:import"), {})
    assert response.context["form"]["file"].errors == ["Chọn tệp kế hoạch."]


def test_a_file_over_the_limit_is_refused_without_being_kept(clerk: Client, settings: Any, tmp_path: Path) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    file = SimpleUploadedFile("to.docx", b"PK" + b"0" * (MAX_FILE + 1))
    response = clerk.post(reverse("plans:import"), {"file": file})
    assert response.status_code == 413
    assert "Tệp lớn hơn 20 MB" in response.context["form"]["file"].errors[0]
    assert [path.stat().st_size for path in tmp_path.iterdir() if path.stat().st_size > 2**20] == []


def test_the_check_against_forged_requests_holds_on_the_upload(secretary: User, tmp_path: Path) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(secretary)
    assert send(client, plan_file(tmp_path)).status_code == 403


def test_every_doubt_stands_at_its_place(clerk: Client, pending: PlanImport) -> None:
    shown = review(clerk, pending).context["review"]
    assert [words.text for words, _ in shown.unknown] == ["Tổ lạ"]
    assert [[doubt.code for doubt in task.doubts] for task in shown.tasks] == [[], ["timing_unclear", "unit_unknown"]]


def test_what_was_read_becomes_a_draft(clerk: Client, pending: PlanImport) -> None:
    response = answer(clerk, pending)
    plan = Plan.objects.get()
    assert response["Location"] == reverse("plans:edit", args=[2025, plan.pk])
    assert (plan.number, plan.state, plan.tasks.count()) == ("12", PlanState.DRAFT, 2)
    assert PlanImport.objects.count() == 0


def test_corrections_are_what_is_stored(clerk: Client, pending: PlanImport) -> None:
    answer(clerk, pending, **{
        "head-subject": "Trích yếu đã sửa", "task-0-title": "Tên đã sửa", "task-0-outputs": "Một\nHai",
        "section-0-text": "- Đã sửa.", "duty-0-unit_text": "Phòng Đất đai", "opening-bases": "Một;\nHai.",
    })  # fmt: skip
    plan = Plan.objects.get()
    task = plan.tasks.get(ordinal="1")
    assert (plan.subject, plan.bases) == ("Trích yếu đã sửa", ["Một;", "Hai."])
    assert (task.title, task.outputs) == ("Tên đã sửa", ["Một", "Hai"])
    assert (plan.sections.get(number="I").text, plan.responsibilities.get().unit_text) == ("- Đã sửa.", "Phòng Đất đai")


def test_an_assigned_unit_is_linked_and_remembered(clerk: Client, pending: PlanImport) -> None:
    unit = pending.agency.units.get(name="Phòng Đất đai")
    answer(clerk, pending, **{"unit-0-unit": str(unit.pk)})
    assert [link.unit for link in Plan.objects.get().tasks.get(ordinal="2").units.all()] == [unit]
    assert UnitAlias.objects.get().text == "Tổ lạ"


def test_a_confirmed_timing_asks_no_more(clerk: Client, pending: PlanImport) -> None:
    phrase = "Quý III hoặc Quý IV năm 2025"
    answer(clerk, pending, **{"task-1-timing_confirmed": phrase})
    assert [task.timing_confirmed for task in Plan.objects.get().tasks.order_by("order")] == [False, True]


def test_a_dropped_row_is_left_out(clerk: Client, pending: PlanImport) -> None:
    answer(clerk, pending, **{"task-0-drop": "on"})
    assert [task.title for task in Plan.objects.get().tasks.all()] == ["Đánh giá nội bộ"]


def test_what_is_wrong_is_said_and_nothing_is_stored(clerk: Client, pending: PlanImport) -> None:
    response = answer(clerk, pending, **{"head-year": "1066", "task-0-ordinal": "1" * 60, "head-subject": "Giữ nguyên"})
    shown = response.context["review"]
    assert (response.status_code, shown.head["year"].errors) == (422, ["Năm phải từ 2000 đến 2100."])
    assert shown.tasks[0].form["ordinal"].errors == ["Ô này nhận tối đa 50 ký tự, đang có 60. Rút gọn lại."]
    assert (shown.head["subject"].value(), Plan.objects.count(), PlanImport.objects.count()) == ("Giữ nguyên", 0, 1)


def test_work_can_be_interrupted(clerk: Client, pending: PlanImport) -> None:
    answer(clerk, pending, **{"task-0-title": "Sửa dở", "then": "keep"})
    assert review(clerk, pending).context["review"].tasks[0].form["title"].value() == "Sửa dở"
    assert Plan.objects.count() == 0


def test_a_plan_on_paper_waits_for_the_clerk_under_its_number(clerk: Client, pending: PlanImport) -> None:
    response = answer(clerk, pending, then="paper")
    plan = Plan.objects.get()
    assert response["Location"] == reverse("plans:detail", args=[2025, plan.pk])
    assert (plan.state, plan.from_paper, plan.reference) == (PlanState.NUMBERING, True, "12/KH-SKH")


def test_a_plan_on_paper_without_number_says_what_is_missing_and_stores_nothing(
    clerk: Client, pending: PlanImport
) -> None:
    response = answer(clerk, pending, then="paper", **{"head-number": ""})
    assert "Còn thiếu: số của bản giấy." in response.context["review"].head.non_field_errors()
    assert (Plan.objects.count(), PlanImport.objects.count()) == (0, 1)


def test_a_number_that_is_taken_is_refused_whole(
    clerk: Client, pending: PlanImport, tmp_path: Path, agency: Agency
) -> None:
    registrar = appoint(agency, "vanthu", "Đỗ Thị Thư", Role.CLERK)
    answer(clerk, pending, then="paper")
    confirmed = take_step(Plan.objects.get(), "confirm_paper", actor=registrar, at=timezone.now())
    assert confirmed.state == PlanState.ISSUED
    send(clerk, plan_file(tmp_path))
    response = answer(clerk, PlanImport.objects.get(), then="paper")
    assert (response.status_code, Plan.objects.count(), PlanImport.objects.count()) == (422, 1, 1)


def test_a_file_can_be_put_aside(clerk: Client, pending: PlanImport) -> None:
    clerk.post(reverse("plans:import_discard", args=[pending.pk]))
    assert (Plan.objects.count(), PlanImport.objects.count()) == (0, 0)


def test_files_that_nobody_came_back_to_are_forgotten(clerk: Client, pending: PlanImport, tmp_path: Path) -> None:
    PlanImport.objects.update(at=timezone.now() - timedelta(days=DAYS_KEPT + 1))
    send(clerk, plan_file(tmp_path, "moi.docx"))
    assert [row.file_name for row in PlanImport.objects.all()] == ["moi.docx"]


def test_a_colleague_does_not_see_my_file(clerk: Client, pending: PlanImport, colleague: User) -> None:
    other = Client()
    other.force_login(colleague)
    assert review(other, pending).status_code == 404
    assert other.post(reverse("plans:import_discard", args=[pending.pk])).status_code == 404


def test_only_who_drafts_sends_a_file(client: Client, reader: User, tmp_path: Path) -> None:
    client.force_login(reader)
    assert (client.get(reverse("plans:import")).status_code, send(client, plan_file(tmp_path)).status_code) == (
        403,
        403,
    )
    assert PlanImport.objects.count() == 0


def test_a_file_taken_up_twice_becomes_one_plan(pending: PlanImport, secretary: User) -> None:
    read = ImportedPlan.from_storage(pending.content)
    given = {"content": read.content, "units": {}, "confirmed": (), "on_paper": False, "actor": secretary}
    finish_import(pending, **given, at=timezone.now())
    with pytest.raises(ValidationError):
        finish_import(PlanImport(pk=pending.pk, agency=pending.agency), **given, at=timezone.now())
    assert Plan.objects.count() == 1

"""Issue, download, amendment, closing: what is issued stays as it was."""

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from plans.actions import amend_plan
from plans.documents import plan_document
from plans.editing import edit_plan, fingerprints
from plans.enums import PlanState
from plans.models import Plan
from plans.selectors import plan_content
from qms.documents.actions import freeze
from qms.documents.models import FrozenDocument, RegisterEntry
from qms.documents.pdf import render_pdf
from qms.documents.selectors import is_intact
from qms.files.together import files_and_rows
from qms.workflow.engine import Incomplete, NotAllowed
from qms.workflow.models import HistoryEntry

from .journey import YEAR, Department, department

pytestmark = pytest.mark.django_db
S = PlanState
TODAY = timezone.localdate()


@pytest.fixture
def issued(place: Department) -> Plan:
    return place.plan_in(S.ISSUED)


def fetch(client: Client, who: object, plan: Plan, file_format: str) -> bytes:
    client.force_login(who)
    response = client.get(reverse("plans:download", args=[plan.pk, file_format]))
    assert response.status_code == 200
    return response.getvalue()  # the client closes the file behind the last chunk and keeps the database open


def test_issue_gives_the_first_number_of_the_year_and_the_day(issued: Plan) -> None:
    assert (issued.state, issued.reference, issued.date) == (S.ISSUED, "01/KH-SKHCN", TODAY)


def test_the_number_stands_in_the_register_with_who_gave_it(place: Department, issued: Plan) -> None:
    entry = RegisterEntry.objects.get()
    assert (str(entry), entry.subject, entry.issued_on, entry.actor) == (
        "01/KH-SKHCN", issued.subject, TODAY, place["vanthu"],
    )  # fmt: skip


def test_both_files_are_kept_with_their_sum_and_size(issued: Plan) -> None:
    frozen = FrozenDocument.objects.get()
    for stored, digest, size in (
        (frozen.pdf, frozen.pdf_sha256, frozen.pdf_size), (frozen.docx, frozen.docx_sha256, frozen.docx_size),
    ):  # fmt: skip
        with stored.open("rb") as stream:
            content = stream.read()
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (digest, size)


def test_everybody_of_the_agency_gets_the_same_bytes_every_time(
    place: Department, issued: Plan, client: Client
) -> None:
    frozen = FrozenDocument.objects.get()
    for file_format, digest in (("pdf", frozen.pdf_sha256), ("docx", frozen.docx_sha256)):
        given = {
            hashlib.sha256(fetch(client, place[who], issued, file_format)).hexdigest() for who in ("lan", "vanthu")
        }
        assert given == {digest}


def test_a_frozen_file_is_served_and_never_rendered_again(place: Department, issued: Plan, client: Client) -> None:
    before = fetch(client, place["lan"], issued, "pdf"), fetch(client, place["lan"], issued, "docx")
    Plan.objects.filter(pk=issued.pk).update(subject="Trích yếu khác", issuer="Cơ quan khác")
    issued.tasks.all().delete()
    assert (fetch(client, place["lan"], issued, "pdf"), fetch(client, place["lan"], issued, "docx")) == before


def test_the_files_keep_their_names(place: Department, issued: Plan, client: Client) -> None:
    client.force_login(place["lan"])
    names = []
    for kind in ("pdf", "docx"):
        response = client.get(reverse("plans:download", args=[issued.pk, kind]))
        response.getvalue()
        names.append(response["Content-Disposition"])
    assert names == [
        f'inline; filename="01-KH-SKHCN-{YEAR}.pdf"', f'attachment; filename="01-KH-SKHCN-{YEAR}.docx"',
    ]  # fmt: skip


def test_a_stranger_gets_neither_file_nor_page(place: Department, issued: Plan, client: Client) -> None:
    client.force_login(department("so-tp", name="Sở Tư pháp", abbreviation="STP")["thuky"])
    addresses = [
        reverse("plans:download", args=[issued.pk, "pdf"]), reverse("plans:detail", args=[YEAR, issued.pk]),
        reverse("plans:check", args=[issued.pk]),
        reverse("plans:version", args=[HistoryEntry.objects.of(issued).first().pk]),
    ]  # fmt: skip
    assert [client.get(address).status_code for address in addresses] == [404] * 4


def test_another_format_is_unknown(place: Department, issued: Plan, client: Client) -> None:
    client.force_login(place["lan"])
    assert client.get(reverse("plans:download", args=[issued.pk, "exe"])).status_code == 404


def test_a_damaged_file_is_noticed(issued: Plan) -> None:
    frozen = FrozenDocument.objects.get()
    assert is_intact(frozen) is True
    with open(frozen.docx.path, "ab") as stream:
        stream.write(b"x")
    assert is_intact(frozen) is False


def test_an_issued_plan_is_not_edited(place: Department, issued: Plan) -> None:
    with pytest.raises(PermissionDenied, match="không sửa được"):
        edit_plan(
            issued, changes={"intro": "Khác"}, seen=fingerprints(issued, ["intro"]), actor=place["thuky"],
            at=timezone.now(),
        )  # fmt: skip


def test_a_plan_without_place_gets_no_number(place: Department) -> None:
    plan = place.plan_in(S.NUMBERING)
    Plan.objects.filter(pk=plan.pk).update(place="")
    with pytest.raises(Incomplete, match="địa danh"):
        place.step(plan, "issue", "vanthu", date=TODAY)
    assert RegisterEntry.objects.exists() is False


def test_an_issue_whose_files_cannot_be_kept_takes_no_number(
    place: Department, settings: Settings, tmp_path: Path
) -> None:
    plan, good = place.plan_in(S.NUMBERING), settings.MEDIA_ROOT
    settings.MEDIA_ROOT = tmp_path / "a-file"
    settings.MEDIA_ROOT.write_text("not a folder")
    with pytest.raises(OSError, match="a-file"):
        place.step(plan, "issue", "vanthu", date=TODAY)
    assert (Plan.objects.get(pk=plan.pk).state, RegisterEntry.objects.count()) == (S.NUMBERING, 0)
    settings.MEDIA_ROOT = good
    assert place.step(plan, "issue", "vanthu", date=TODAY).number == "01"


def test_an_amendment_starts_from_the_issued_plan_and_says_what_it_replaces(place: Department, issued: Plan) -> None:
    new = amend_plan(issued, reason="Đổi hạn.", actor=place["thuky"], at=timezone.now())
    assert (new.state, new.replaces, new.amendment_reason, new.number) == (S.DRAFT, issued, "Đổi hạn.", "")
    assert plan_content(new).tasks == plan_content(issued).tasks
    assert f"thay thế Kế hoạch số 01/KH-SKHCN ngày {TODAY:%d/%m/%Y}./." in new.closing


def test_the_amendment_replaces_the_old_plan_when_it_is_issued(place: Department, issued: Plan) -> None:
    new = place.plan_in(S.ISSUED, amend_plan(issued, reason="Đổi hạn.", actor=place["thuky"], at=timezone.now()))
    issued.refresh_from_db()
    assert (new.reference, issued.state) == ("02/KH-SKHCN", S.REPLACED)
    assert HistoryEntry.objects.of(issued).last().comment == "02/KH-SKHCN"


def test_the_replaced_plans_files_stay_as_they_were(place: Department, issued: Plan, client: Client) -> None:
    before = fetch(client, place["lan"], issued, "pdf")
    place.plan_in(S.ISSUED, amend_plan(issued, reason="Đổi hạn.", actor=place["thuky"], at=timezone.now()))
    assert fetch(client, place["lan"], issued, "pdf") == before


def test_a_plan_is_amended_by_one_draft_at_a_time(place: Department, issued: Plan) -> None:
    amend_plan(issued, reason="Đổi hạn.", actor=place["thuky"], at=timezone.now())
    with pytest.raises(ValidationError, match="đã có bản điều chỉnh"):
        amend_plan(issued, reason="Lại đổi.", actor=place["thuky"], at=timezone.now())


def test_a_dropped_amendment_makes_room_for_another(place: Department, issued: Plan) -> None:
    first = amend_plan(issued, reason="Đổi hạn.", actor=place["thuky"], at=timezone.now())
    place.step(first, "drop", "thuky", "Không cần nữa.")
    assert amend_plan(issued, reason="Lại đổi.", actor=place["thuky"], at=timezone.now()).replaces == issued


@pytest.mark.parametrize("reason", ["", "  "])
def test_an_amendment_needs_its_reason(place: Department, issued: Plan, reason: str) -> None:
    with pytest.raises(ValidationError, match="lý do"):
        amend_plan(issued, reason=reason, actor=place["thuky"], at=timezone.now())


def test_only_a_plan_in_force_is_amended_and_only_by_its_drafters(place: Department, issued: Plan) -> None:
    with pytest.raises(ValidationError, match="đang thực hiện"):
        amend_plan(place.draft(), reason="Đổi.", actor=place["thuky"], at=timezone.now())
    with pytest.raises(PermissionDenied):
        amend_plan(issued, reason="Đổi.", actor=place["truong"], at=timezone.now())


def test_a_plan_being_amended_is_not_closed(place: Department, issued: Plan) -> None:
    draft = amend_plan(issued, reason="Đổi hạn.", actor=place["thuky"], at=timezone.now())
    with pytest.raises(Incomplete, match="bản điều chỉnh đang soạn"):
        place.step(issued, "close", "thuky")
    place.step(draft, "drop", "thuky", "Thôi.")
    assert place.step(issued, "close", "thuky").state == S.CLOSED


def test_a_plan_issued_on_paper_is_recorded_with_its_number(place: Department) -> None:
    plan = place.draft()
    Plan.objects.filter(pk=plan.pk).update(number="07", date=TODAY - timedelta(days=30))
    plan = place.step(place.step(plan, "record_paper", "thuky"), "confirm_paper", "vanthu")
    entry = RegisterEntry.objects.get()
    assert (plan.state, plan.from_paper, str(entry), entry.note) == (
        S.ISSUED, True, "07/KH-SKHCN", "đã ban hành trên giấy",
    )  # fmt: skip


def test_the_paper_number_cannot_be_given_again(place: Department) -> None:
    first, second, third = (place.draft() for _ in range(3))
    Plan.objects.update(number="07", date=TODAY)
    first, second = (place.step(plan, "record_paper", "thuky") for plan in (first, second))
    place.step(first, "confirm_paper", "vanthu")
    for plan, name, who in ((second, "confirm_paper", "vanthu"), (third, "record_paper", "thuky")):
        with pytest.raises(ValidationError, match="Số 07 đã dùng"):
            place.step(plan, name, who)


def test_a_paper_plan_without_number_and_day_is_not_recorded(place: Department) -> None:
    with pytest.raises(Incomplete) as refused:
        place.step(place.draft(), "record_paper", "thuky")
    assert [lack.message for lack in refused.value.missing] == ["số của bản giấy", "ngày ban hành của bản giấy"]


def test_a_draft_is_downloaded_with_its_mark(place: Department, client: Client) -> None:
    plan = place.draft()
    expected = render_pdf(plan_document(plan_content(plan), draft=True))
    assert fetch(client, place["thuky"], plan, "pdf") == expected


def test_the_content_of_every_step_can_be_seen_again(place: Department, client: Client) -> None:
    plan = place.plan_in(S.CONTENT_CHECK)
    plan = place.step(plan, "return", "chanh", "Sửa câu dẫn.")
    edit_plan(
        plan, changes={"intro": "Câu dẫn mới:"}, seen=fingerprints(plan, ["intro"]), actor=place["thuky"],
        at=timezone.now(),
    )  # fmt: skip
    client.force_login(place["lan"])
    page = client.get(reverse("plans:version", args=[HistoryEntry.objects.of(plan).first().pk]))
    assert [(d.where, d.before, d.after) for d in page.context["differences"]] == [
        ("Câu dẫn", "Sở Khoa học xây dựng kế hoạch như sau:", "Câu dẫn mới:")
    ]
    assert "Sở Khoa học xây dựng kế hoạch như sau:" in page.content.decode()


def test_the_clerk_does_not_approve_nor_the_head_number(place: Department) -> None:
    with pytest.raises(NotAllowed):
        place.step(place.plan_in(S.APPROVAL), "approve", "vanthu")
    with pytest.raises(NotAllowed):
        place.step(place.plan_in(S.NUMBERING), "issue", "giamdoc", date=TODAY)


def test_an_issue_that_fails_leaves_no_file_behind(place: Department, settings: Settings) -> None:
    plan = place.plan_in(S.NUMBERING)
    freeze(plan, agency=plan.agency, entry=None, file_name="cu", pdf=b"%PDF", docx=b"PK", at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        place.step(plan, "issue", "vanthu", date=TODAY)
    assert sorted(file.name for file in settings.MEDIA_ROOT.rglob("*.*")) == ["cu.docx", "cu.pdf"]


def test_files_vanish_with_the_outer_transaction_too(place: Department, settings: Settings) -> None:
    plan = place.plan_in(S.NUMBERING)

    def issue_and_fail() -> None:
        with files_and_rows():
            place.step(plan, "issue", "vanthu", date=TODAY)
            assert len(list(settings.MEDIA_ROOT.rglob("*.*"))) == 2
            raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError):
        issue_and_fail()
    assert (list(settings.MEDIA_ROOT.rglob("*.*")), RegisterEntry.objects.count()) == ([], 0)

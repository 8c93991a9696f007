"""Issue, on paper too, and what becomes of files and numbers when it fails."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from plans.documents import plan_document
from plans.editing import edit_plan, fingerprints
from plans.enums import PlanState
from plans.models import Plan
from plans.selectors import plan_content
from qms.documents.actions import freeze
from qms.documents.models import RegisterEntry
from qms.documents.pdf import render_pdf
from qms.files.together import files_and_rows
from qms.workflow.engine import Incomplete, NotAllowed
from qms.workflow.models import HistoryEntry

from .journey import Department
from .test_issued import fetch

pytestmark = pytest.mark.django_db
S = PlanState
TODAY = timezone.localdate()


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

"""What somebody sees who only oversees the department: what it issued, and nothing of how that came about."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from plans.actions import amend_plan, comment_on_plan
from plans.enums import PlanState
from plans.models import Plan
from qms.documents.actions import cancel_number
from qms.organisation.enums import Role
from qms.organisation.models import User
from qms.organisation.tests.cast import add_person
from qms.workflow.models import HistoryEntry

from .journey import Department, department

pytestmark = pytest.mark.django_db


@dataclass
class Past:
    """What happened before the tests of this file, and where its files lie."""

    plan: Plan
    overseer: User
    files: Path


@pytest.fixture(scope="module")
def past(founded: Department, tmp_path_factory: pytest.TempPathFactory) -> Past:
    """A plan that was returned once and remarked on, then issued, in an agency that reports to another one."""
    above = department("tinh", name="Văn phòng tỉnh", abbreviation="VPT").house
    founded.agency.parent = above.agency
    founded.agency.save()
    overseer = add_person(above, "theodoi", "Kiều Văn Tuấn", above.units["vp"], "Chuyên viên", (Role.OVERSEER,))
    files = tmp_path_factory.mktemp("files")
    with override_settings(MEDIA_ROOT=files):
        plan = founded.step(founded.plan_in(PlanState.CONTENT_CHECK), "return", "chanh", "Thiếu kinh phí.")
        plan = founded.plan_in(PlanState.CONSULTATION, plan)
        comment_on_plan(plan, text="Thêm Chi cục.", agrees=False, actor=founded["truong"], at=timezone.now())
        return Past(founded.plan_in(PlanState.ISSUED, plan), overseer, files)


@pytest.fixture
def overseer(past: Past) -> User:
    return User.objects.get(pk=past.overseer.pk)


@pytest.fixture
def issued(past: Past, settings: Settings) -> Plan:
    settings.MEDIA_ROOT = past.files
    return Plan.objects.get(pk=past.plan.pk)


def page(client: Client, who: User, plan: Plan, view: str = "bang") -> str:
    client.force_login(who)
    return client.get(reverse("plans:detail", args=[plan.year, plan.pk]), {"xem": view}).content.decode()


@pytest.mark.parametrize("words", ["Thiếu kinh phí.", "Ý kiến các đơn vị", "Các bước", "Nguyễn Hữu Phước"])
def test_neither_reasons_nor_names_of_the_steps_are_shown(
    client: Client, place: Department, overseer: User, issued: Plan, words: str
) -> None:
    assert words in page(client, place["lan"], issued)
    assert words not in page(client, overseer, issued)


def test_remarks_on_the_draft_are_not_shown(client: Client, place: Department, overseer: User, issued: Plan) -> None:
    assert "Thêm Chi cục." in page(client, place["lan"], issued, "y-kien")
    assert "Thêm Chi cục." not in page(client, overseer, issued, "y-kien")


def test_no_version_before_the_issue_is_shown(client: Client, place: Department, overseer: User, issued: Plan) -> None:
    url = reverse("plans:version", args=[HistoryEntry.objects.of(issued).exclude(snapshot=None).first().pk])
    found = []
    for who in (place["lan"], overseer):
        client.force_login(who)
        found.append(client.get(url).status_code)
    assert found == [200, 404]


def test_an_amendment_under_way_is_not_shown(client: Client, place: Department, overseer: User, issued: Plan) -> None:
    amend_plan(issued, reason="Bổ sung.", actor=place["thuky"], at=timezone.now())
    assert "bản điều chỉnh" in page(client, place["lan"], issued)
    assert "bản điều chỉnh" not in page(client, overseer, issued)


def test_content_and_both_files_are_shown(client: Client, overseer: User, issued: Plan) -> None:
    assert "Việc 1" in page(client, overseer, issued)
    files = [client.get(reverse("plans:download", args=[issued.pk, kind])) for kind in ("pdf", "docx")]
    assert [file.getvalue()[:2] for file in files] == [b"%P", b"PK"]


def test_a_number_that_was_given_up_is_not_shown(
    client: Client, place: Department, overseer: User, issued: Plan
) -> None:
    cancel_number(
        agency=place.agency, kind="KH", symbol="KH-SKHCN", reason="In nhầm.", on=timezone.localdate(),
        actor=place["vanthu"], at=timezone.now(),
    )  # fmt: skip
    found = []
    for who in (place["lan"], overseer):
        client.force_login(who)
        found.append([str(entry) for entry in client.get(reverse("plans:register")).context["page"]])
    assert found == [["02/KH-SKHCN", "01/KH-SKHCN"], ["01/KH-SKHCN"]]

"""What is issued stays as it was: number, files, amendment, closing."""

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from plans.actions import amend_plan
from plans.editing import edit_plan, fingerprints
from plans.enums import PlanState
from plans.models import Plan
from plans.selectors import plan_content
from qms.documents.models import FrozenDocument, RegisterEntry
from qms.documents.selectors import is_intact
from qms.workflow.engine import Incomplete
from qms.workflow.models import HistoryEntry

from .journey import YEAR, Department, department

pytestmark = pytest.mark.django_db
S = PlanState
TODAY = timezone.localdate()


@dataclass
class Issued:
    """A plan in force, and where its files lie."""

    plan: Plan
    files: Path


@pytest.fixture(scope="module")
def original(founded: Department, tmp_path_factory: pytest.TempPathFactory) -> Issued:
    """Issued once for all tests of this file."""
    files = tmp_path_factory.mktemp("files")
    with override_settings(MEDIA_ROOT=files):
        return Issued(founded.plan_in(S.ISSUED), files)


@pytest.fixture
def issued(original: Issued, settings: Settings) -> Plan:
    """The plan and a copy of its files."""
    shutil.copytree(original.files, settings.MEDIA_ROOT)
    return Plan.objects.get(pk=original.plan.pk)


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

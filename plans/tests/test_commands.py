"""The commands by which others take plans in and out."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from plans.actions import take_step
from plans.importing import read_plan
from plans.models import Plan, PlanSettings
from qms.documents.selectors import frozen_of
from qms.organisation.enums import Role
from qms.organisation.models import Agency, User

from .conftest import appoint, make_agency
from .files import letter_file, plan_file


@pytest.fixture
def director(agency: Agency) -> User:
    """Signs, and gives the number too."""
    return appoint(agency, "giamdoc", "Phạm Quang Huy", Role.DIRECTOR, Role.CLERK)


def run(name: str, *args: Any, **options: Any) -> str:
    out = StringIO()
    call_command(name, *map(str, args), stdout=out, **options)
    return out.getvalue()


def refused(name: str, *args: Any) -> str:
    """The one sentence of a refusal with exit code 2."""
    with pytest.raises(CommandError) as error:
        run(name, *args)
    assert (error.value.returncode, str(error.value).count("\n")) == (2, 0)
    return str(error.value)


def test_a_plan_is_stored_and_told_as_json(secretary: User, tmp_path: Path) -> None:
    path = plan_file(tmp_path)
    told = json.loads(run("import_plan", path, "--json"))
    plan = Plan.objects.get()
    doubts = told.pop("doubts")
    assert told == {**read_plan(path).content.to_json(), "id": plan.pk}
    assert [(doubt["code"], doubt["text"]) for doubt in doubts] == [
        ("timing_unclear", "Quý III hoặc Quý IV năm 2025"), ("unit_unknown", "Tổ lạ")
    ]  # fmt: skip
    assert plan.author == secretary


def test_a_trial_run_stores_nothing_and_needs_no_agency(db: None, tmp_path: Path) -> None:
    told = json.loads(run("import_plan", plan_file(tmp_path), "--dry-run", "--json"))
    assert ("id" in told, told["number"], Plan.objects.count()) == (False, "12", 0)


def test_without_json_a_person_reads_a_summary(secretary: User, tmp_path: Path) -> None:
    lines = run("import_plan", plan_file(tmp_path)).splitlines()
    assert lines[1] == "SỞ KHOA HỌC, năm 2025: 2 nhiệm vụ, 3 mục"
    assert lines[-1] == f"Đã lưu thành dự thảo {Plan.objects.get().pk}."


def test_the_agency_is_named_where_there_are_several(secretary: User, stranger: User, tmp_path: Path) -> None:
    path = plan_file(tmp_path)
    assert refused("import_plan", path) == "Có nhiều cơ quan, thêm --agency MÃ."
    assert refused("import_plan", path, "--agency", "khong-co") == "Không có cơ quan nào mang mã khong-co."
    run("import_plan", path, "--agency", "snv")
    assert Plan.objects.get().author == stranger


def test_the_person_can_be_named(secretary: User, colleague: User, tmp_path: Path) -> None:
    run("import_plan", plan_file(tmp_path), "--user", "hoa")
    assert Plan.objects.get().author == colleague


def test_a_person_who_does_not_draft_is_refused(secretary: User, reader: User, tmp_path: Path) -> None:
    said = refused("import_plan", plan_file(tmp_path), "--user", "chuyenvien")
    assert said == "Tài khoản chuyenvien không được giao soạn kế hoạch; thêm --user TÊN."
    assert Plan.objects.count() == 0


def test_an_agency_in_which_nobody_drafts_says_so(db: None, tmp_path: Path) -> None:
    make_agency("skh", "Sở Khoa học")
    said = refused("import_plan", plan_file(tmp_path))
    assert said == "Trong Sở Khoa học chưa có ai được giao soạn kế hoạch; thêm --user TÊN."


def test_a_file_that_is_no_plan_is_refused_in_one_line(secretary: User, tmp_path: Path) -> None:
    assert "không phải kế hoạch" in refused("import_plan", letter_file(tmp_path), "--json")
    assert refused("import_plan", tmp_path / "khong-co.docx") == "Không đọc được tệp."
    assert Plan.objects.count() == 0


def test_a_draft_is_written_in_both_formats(draft: Plan, tmp_path: Path) -> None:
    for wanted, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        target = tmp_path / f"ke-hoach.{wanted}"
        run("render_plan", draft.pk, "--format", wanted, "-o", target)
        assert target.read_bytes().startswith(start)


def test_an_issued_plan_is_written_as_it_was_frozen(
    draft: Plan, secretary: User, director: User, tmp_path: Path
) -> None:
    plan = issue(draft, secretary, director)
    frozen = frozen_of(plan)
    assert frozen is not None
    target = tmp_path / "ke-hoach.pdf"
    run("render_plan", plan.pk, "--format", "pdf", "-o", target)
    with frozen.pdf.open("rb") as stored:
        assert target.read_bytes() == stored.read()


def test_what_cannot_be_written_is_said_in_one_line(draft: Plan, tmp_path: Path) -> None:
    target = tmp_path / "x.pdf"
    assert refused("render_plan", 999, "--format", "pdf", "-o", target) == "Không có kế hoạch 999."
    assert refused("render_plan", "abc", "--format", "pdf", "-o", target) == "Không có kế hoạch abc."
    assert refused("render_plan", draft.pk, "--format", "odt", "-o", target) == (
        "Không có định dạng odt; chỉ có pdf và docx."
    )
    assert "Không ghi được tệp" in refused("render_plan", draft.pk, "--format", "pdf", "-o", tmp_path / "a" / "x.pdf")
    assert not target.exists()


def issue(plan: Plan, secretary: User, director: User) -> Plan:
    """Through the shortest way that the agency allows."""
    PlanSettings.objects.create(agency=plan.agency, consultation=False, content_check=False, layout_check=False)
    now = timezone.now()
    take_step(Plan.objects.get(pk=plan.pk), "submit", actor=secretary, at=now)
    take_step(plan, "approve", actor=director, at=now)
    return take_step(plan, "issue", actor=director, at=now, data={"date": timezone.localdate(now)})

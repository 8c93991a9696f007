"""The main job in a real browser: drafted, returned, corrected, checked, approved, numbered, issued, downloaded."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from plans.enums import PlanState
from plans.models import Plan
from plans.tests.journey import Department
from qms.documents.models import FrozenDocument
from qms.workflow.models import HistoryEntry

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
S = PlanState


def open_plan(enter: Any, live_server: Any, place: Department, plan: Plan, who: str) -> Page:
    page = enter(place[who])
    page.goto(live_server.url + reverse("plans:detail", args=[plan.year, plan.pk]))
    return page


def decide(page: Page, button: str, words: str = "") -> None:
    """Press a button of the decision card, with words where some are given."""
    card = page.locator(".page-decision")
    if words:
        card.get_by_label("Ý kiến, lý do").fill(words)
    card.get_by_role("button", name=button, exact=True).click()


def correct(page: Page, intro: str) -> None:
    """From the page of a returned plan into the editor, another sentence there, and back."""
    shown = page.url
    page.get_by_role("link", name="Sửa dự thảo").click()
    box = page.locator("form#can-cu")
    box.get_by_label("Câu dẫn").fill(intro)
    expect(box.locator("[data-save-state]")).to_contain_text("Đã lưu lúc")
    page.goto(shown)


def state_of(plan: Plan) -> str:
    return Plan.objects.values_list("state", flat=True).get(pk=plan.pk)


def download(page: Page, kind: str) -> str:
    """The sha256 of the file as this browser gets it."""
    address = page.get_by_role("link", name=f"{kind}, 01/KH-SKHCN").get_attribute("href")
    response = page.request.get(page.url.split("/ke-hoach/")[0] + (address or ""))
    assert response.ok
    return hashlib.sha256(response.body()).hexdigest()


def test_a_plan_goes_from_the_first_draft_to_both_files(enter: Any, live_server: Any, place: Department) -> None:
    plan = place.draft(3)
    way = (
        ("thuky", "Trình", "", S.CONSULTATION), ("thuky", "Kết thúc lấy ý kiến", "", S.CONTENT_CHECK),
        ("chanh", "Trả lại", "Bổ sung câu dẫn.", S.DRAFT), ("thuky", "Trình", "", S.CONSULTATION),
        ("thuky", "Kết thúc lấy ý kiến", "", S.CONTENT_CHECK), ("chanh", "Đồng ý nội dung", "", S.LAYOUT_CHECK),
        ("vanthu", "Đạt thể thức", "", S.APPROVAL), ("giamdoc", "Phê duyệt", "Đồng ý.", S.NUMBERING),
        ("vanthu", "Cấp số và ban hành", "", S.ISSUED),
    )  # fmt: skip
    for who, button, words, state in way:
        page = open_plan(enter, live_server, place, plan, who)
        if page.get_by_text("trả lại để sửa").count():
            correct(page, "Sở Khoa học ban hành kế hoạch gồm các nội dung sau:")
        decide(page, button, words)
        expect(page.get_by_role("status").first).to_be_visible()
        assert state_of(plan) == state
    frozen = FrozenDocument.objects.get()
    assert Plan.objects.get().intro == "Sở Khoa học ban hành kế hoạch gồm các nội dung sau:"
    for who in ("lan", "truong"):
        page = open_plan(enter, live_server, place, plan, who)
        assert (download(page, "PDF"), download(page, "DOCX")) == (frozen.pdf_sha256, frozen.docx_sha256)


def test_a_return_without_a_reason_stays_on_the_page(enter: Any, live_server: Any, place: Department) -> None:
    plan = place.plan_in(S.APPROVAL)
    page = open_plan(enter, live_server, place, plan, "giamdoc")
    decide(page, "Trả lại")
    expect(page.get_by_role("alert").first).to_contain_text("Ghi lý do")
    assert state_of(plan) == S.APPROVAL


def test_the_second_to_press_reads_why_and_keeps_the_words(enter: Any, live_server: Any, place: Department) -> None:
    plan = place.plan_in(S.APPROVAL)
    page = open_plan(enter, live_server, place, plan, "pho")
    place.step(plan, "approve", "giamdoc")
    decide(page, "Phê duyệt", "Tôi đồng ý với nội dung.")
    expect(page.get_by_role("alert").first).to_contain_text("hồ sơ đã chuyển sang bước khác")
    expect(page.get_by_role("alert").first).to_contain_text("Tôi đồng ý với nội dung.")
    assert HistoryEntry.objects.of(plan).filter(transition="approve").count() == 1


def test_a_head_answers_for_the_unit(enter: Any, live_server: Any, place: Department) -> None:
    plan = place.plan_in(S.CONSULTATION)
    page = open_plan(enter, live_server, place, plan, "truong")
    page.get_by_role("link", name="Góp ý", exact=True).click()
    page.get_by_label("Có ý kiến góp ý").check()
    page.get_by_label("Nội dung góp ý").fill("Đề nghị lùi hạn một tuần.")
    page.get_by_role("button", name="Gửi ý kiến").click()
    expect(page.get_by_text("Đề nghị lùi hạn một tuần.").first).to_be_visible()
    assert plan.comments.get().unit.name == "Phòng Kế hoạch - Tài chính"


def test_the_layout_of_a_draft_is_reviewed_beside_it(enter: Any, live_server: Any, place: Department) -> None:
    page = open_plan(enter, live_server, place, place.plan_in(S.LAYOUT_CHECK), "vanthu")
    expect(page.get_by_text("Soát thể thức:")).to_be_visible()


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_the_head_approves_without_scripts(enter: Any, live_server: Any, place: Department) -> None:
    plan = place.plan_in(S.APPROVAL)
    decide(open_plan(enter, live_server, place, plan, "giamdoc"), "Phê duyệt")
    assert state_of(plan) == S.NUMBERING


def test_the_list_is_downloaded_for_excel(enter: Any, live_server: Any, place: Department, tmp_path: Path) -> None:
    place.draft()
    page = enter(place["lan"])
    page.goto(live_server.url + reverse("plans:list"))
    with page.expect_download() as started:
        page.get_by_role("link", name="Tải Excel").click()
    assert started.value.suggested_filename == "ke-hoach.xlsx"

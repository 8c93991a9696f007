"""The other screens on the way to a draft, on a desk and on a phone, light and dark."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from plans.importing.safety import MAX_FILE
from plans.models import Plan
from qms.organisation.models import User

from .files import plan_file

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAMES = ["create", "carry", "import", "layouts", "layout", "layout_add", "task_paste"]


@pytest.fixture
def desk(enter: Any, secretary: User) -> Page:
    return enter(secretary)


def address(name: str, plan: Plan) -> str:
    args = {"layout": [plan.layout_id], "task_paste": [plan.year, plan.pk]}.get(name, [])
    return reverse(f"plans:{name}", args=args) + (f"?tu={plan.pk}&nam=2027" if name == "carry" else "")


def test_every_screen_is_accessible_and_fits(
    desk: Page, live_server: Any, draft: Plan, assert_screen: Callable[[Any], None]
) -> None:
    for name in NAMES:
        desk.goto(live_server.url + address(name, draft))
        assert_screen(desk)


def test_a_file_is_looked_through_and_becomes_a_draft(
    desk: Page, live_server: Any, tmp_path: Path, assert_screen: Callable[[Any], None]
) -> None:
    desk.goto(live_server.url + reverse("plans:import"))
    desk.set_input_files("input[type=file]", plan_file(tmp_path))
    desk.get_by_role("button", name="Đọc tệp").click()
    expect(desk.get_by_role("heading", name="Xem lại kế hoạch đã đọc")).to_be_visible()
    assert_screen(desk)
    desk.get_by_label("Tổ lạ").select_option(label="Phòng Đất đai")
    desk.get_by_label("Đúng như vậy").check()
    desk.get_by_role("button", name="Tạo dự thảo").click()
    expect(desk.get_by_role("heading", name="Soạn kế hoạch năm 2025")).to_be_visible()
    assert Plan.objects.get().tasks.filter(timing_confirmed=True).count() == 1


def test_a_file_that_is_too_large_is_told_before_it_is_sent(desk: Page, live_server: Any, tmp_path: Path) -> None:
    large = tmp_path / "lon.docx"
    with large.open("wb") as file:
        file.truncate(MAX_FILE + 1)
    desk.goto(live_server.url + reverse("plans:import"))
    desk.set_input_files("input[type=file]", large)
    expect(desk.get_by_text("lớn hơn mức 20 MB")).to_be_visible()
    desk.get_by_role("button", name="Đọc tệp").click()
    expect(desk.get_by_text("lớn hơn mức 20 MB")).to_be_visible()


def test_the_preview_of_a_layout_follows_the_form(desk: Page, live_server: Any, draft: Plan) -> None:
    desk.goto(live_server.url + reverse("plans:layout", args=[draft.layout_id]))
    desk.locator("[name=lead-heading]").fill("Đơn vị đầu mối")
    expect(desk.locator("#xem-truoc th", has_text="Đơn vị đầu mối")).to_be_visible()
    desk.locator("tr[data-row=timing] [data-row-handle]").focus()
    desk.keyboard.press("ArrowUp")
    expect(desk.locator("#xem-truoc thead th").last).to_have_text("Phối hợp")


def test_the_preview_of_the_new_year_leads_to_its_draft(desk: Page, live_server: Any, draft: Plan) -> None:
    desk.goto(live_server.url + address("carry", draft))
    expect(desk.locator("ins").first).to_have_text("2027")
    desk.get_by_role("button", name="Tạo dự thảo năm 2027").click()
    desk.get_by_text("Cần xem lại 2").click()
    desk.get_by_role("button", name="Đã xem: Căn cứ").first.click()
    expect(desk.get_by_text("Cần xem lại 1")).to_be_visible()

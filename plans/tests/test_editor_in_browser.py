"""The editor under real hands: keys, mouse, a lost session, a lost line, two people at one row."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Browser, Locator, Page, expect

from plans.editing import edit_task, fingerprints
from plans.models import Plan, Task
from qms.organisation.models import User

from .conftest import AT, MakeDraft

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = [{"width": 1366, "height": 900}, {"width": 390, "height": 844}]
PASSWORD = "song-giang-mua-lua"


@pytest.fixture
def plan(make_draft: MakeDraft) -> Plan:
    return make_draft(2, 2)


@pytest.fixture
def editor(enter: Any, live_server: Any, plan: Plan, secretary: User) -> Page:
    page = enter(secretary)
    page.goto(live_server.url + reverse("plans:edit", args=[plan.year, plan.pk]))
    return page


def row(page: Page, words: str) -> Locator:
    return page.locator("tr.task-row", has_text=words)


def open_row(page: Page, words: str, field: str = "title") -> Locator:
    """Click a cell and give the open form."""
    row(page, words).locator(f"[data-field={field}]").click(position={"x": 3, "y": 3})
    form = page.locator("form[data-task-form]")
    expect(form.locator(f"[name={field}]")).to_be_focused()
    return form


def saved(form: Locator) -> None:
    expect(form.locator("[data-save-state]")).to_contain_text("Đã lưu lúc")


def order(plan: Plan) -> list[str]:
    return [f"{t.ordinal} {t.title}" for t in plan.tasks.order_by("phase__order", "order")]


def test_the_editor_is_accessible_and_fits(editor: Page, assert_screen: Callable[[Any], None]) -> None:
    editor.locator("#con-thieu summary").click()
    assert_screen(editor)


def test_a_row_being_edited_is_accessible_and_fits(editor: Page, assert_screen: Callable[[Any], None]) -> None:
    open_row(editor, "Việc 1")
    assert_screen(editor)


def test_a_timing_is_explained_and_saved_while_it_is_typed(editor: Page, plan: Plan) -> None:
    form = open_row(editor, "Việc 1", "timing_text")
    form.locator("[name=timing_text]").fill("Trước ngày 05/11/2026")
    expect(form.locator("[data-meaning]")).to_contain_text("thứ Tư 04/11/2026")
    saved(form)
    assert f"{plan.tasks.get(title='Việc 1').timing.last_due}" == "2026-11-04"


def test_leaving_the_row_saves_and_closes_it(editor: Page, plan: Plan) -> None:
    open_row(editor, "Việc 1").locator("[name=title]").fill("Tên mới")
    editor.locator("#phan-dau [name=place]").click()
    expect(row(editor, "Tên mới")).to_be_visible()
    assert plan.tasks.filter(title="Tên mới").count() == 1


def test_esc_puts_back_what_stood_there_also_when_it_was_saved(editor: Page, plan: Plan) -> None:
    form = open_row(editor, "Việc 1")
    form.locator("[name=title]").fill("Lỡ tay")
    saved(form)
    editor.keyboard.press("Escape")
    expect(row(editor, "Việc 1").locator(".row-link")).to_be_focused()
    assert plan.tasks.filter(title="Lỡ tay").count() == 0


def test_enter_opens_and_ctrl_enter_goes_on_to_the_next_row(editor: Page, plan: Plan) -> None:
    row(editor, "Việc 1").locator(".row-link").press("Enter")
    title = editor.locator("form[data-task-form] [name=title]")
    expect(title).to_be_focused()
    title.fill("Một")
    title.press("Control+Enter")
    expect(editor.locator("form[data-task-form] [name=title]")).to_have_value("Việc 2")
    assert plan.tasks.filter(title="Một").count() == 1


def test_a_new_row_is_typed_at_once_and_vanishes_when_it_stays_empty(editor: Page, plan: Plan) -> None:
    editor.get_by_role("button", name="Thêm nhiệm vụ").first.click()
    expect(editor.locator("form[data-task-form] [name=title]")).to_be_focused()
    assert plan.tasks.count() == 5
    editor.keyboard.press("Escape")
    expect(editor.locator("form[data-task-form]")).to_have_count(0)
    expect(editor.locator("#bang-nhiem-vu h3")).to_have_text("4 nhiệm vụ")
    assert (plan.tasks.count(), plan.removed.count()) == (4, 0)


def test_alt_and_an_arrow_moves_a_row_and_counts_on(editor: Page, plan: Plan) -> None:
    row(editor, "Việc 1").locator(".row-link").press("Alt+ArrowDown")
    expect(row(editor, "Việc 1").locator("[data-field=ordinal]")).to_have_text("2")
    expect(row(editor, "Việc 1").locator("[data-row-handle]")).to_be_focused()
    assert order(plan) == ["1 Việc 2", "2 Việc 1", "3 Việc 3", "4 Việc 4"]


def test_a_row_is_dragged_into_another_phase(editor: Page, plan: Plan) -> None:
    row(editor, "Việc 1").locator("[data-row-handle]").drag_to(row(editor, "Việc 4"))
    expect(row(editor, "Việc 2").locator("[data-field=ordinal]")).to_have_text("1")
    assert [task.title for task in plan.phases.last().tasks.order_by("order")][-2:] in (
        ["Việc 1", "Việc 4"], ["Việc 4", "Việc 1"]
    )  # fmt: skip


def test_a_row_taken_out_is_put_back(editor: Page, plan: Plan) -> None:
    row(editor, "Việc 2").locator(".row-action summary").click()
    row(editor, "Việc 2").get_by_role("button", name="Bỏ nhiệm vụ này").click()
    expect(editor.locator(".removed-row")).to_contain_text("Đã bỏ nhiệm vụ 2")
    editor.get_by_role("button", name="Hoàn tác").click()
    expect(row(editor, "Việc 2")).to_be_visible()
    assert order(plan) == ["1 Việc 1", "2 Việc 2", "3 Việc 3", "4 Việc 4"]


def test_units_are_offered_without_marks_and_taken_by_keys(editor: Page) -> None:
    lead = open_row(editor, "Việc 1", "lead_text").locator("[name=lead_text]")
    lead.press_sequentially(", phong dat")
    expect(editor.get_by_role("option", name="Phòng Đất đai")).to_be_visible()
    lead.press("ArrowDown")
    lead.press("Enter")
    expect(lead).to_have_value("Văn phòng Sở, Phòng Đất đai")


def test_two_people_at_one_field_choose_between_both_versions(
    editor: Page, plan: Plan, colleague: User, assert_accessible: Callable[[Any], None]
) -> None:
    form = open_row(editor, "Việc 1")
    task = plan.tasks.get(title="Việc 1")
    edit_task(task, changes={"title": "Của Hoa"}, seen=fingerprints(task, ["title"]), actor=colleague, at=AT)
    form.locator("[name=title]").fill("Của Mai")
    expect(editor.get_by_text("Nguyễn Thị Hoa vừa sửa chỗ này")).to_be_visible()
    assert_accessible(editor)
    editor.get_by_label("Bản của Nguyễn Thị Hoa").check()
    editor.get_by_role("button", name="Lưu bản đã chọn").click()
    expect(row(editor, "Của Hoa")).to_be_visible()


@pytest.fixture
def with_password(secretary: User) -> None:
    secretary.set_password(PASSWORD)
    secretary.save()


def test_what_was_typed_when_the_session_ended_comes_back_after_signing_in(
    with_password: None, editor: Page, plan: Plan
) -> None:
    form = open_row(editor, "Việc 1")
    Session.objects.all().delete()
    form.locator("[name=title]").fill("Chưa kịp lưu")
    editor.get_by_role("link", name="Đăng nhập lại").click()
    editor.fill("[name=login]", "thuky")
    editor.fill("[name=password]", PASSWORD)
    editor.press("[name=password]", "Enter")
    form = editor.locator("form[data-task-form]")
    expect(form.locator("[name=title]")).to_have_value("Chưa kịp lưu")
    saved(form)
    assert plan.tasks.filter(title="Chưa kịp lưu").count() == 1


def test_what_was_typed_without_a_line_is_saved_when_it_is_back(editor: Page, plan: Plan) -> None:
    form = editor.locator("#phan-dau")
    editor.context.set_offline(True)
    form.locator("[name=place]").fill("Nơi khác")
    expect(form.locator("[data-save-state]")).to_contain_text("Chưa lưu được")
    editor.context.set_offline(False)
    form.locator("[name=place]").press_sequentially(" nữa")
    saved(form)
    assert Plan.objects.get(pk=plan.pk).place == "Nơi khác nữa"


def test_an_error_stands_beside_its_field_until_it_is_mended(editor: Page) -> None:
    form = editor.locator("#phan-dau")
    issuer = form.locator("[name=issuer]")
    issuer.fill("")
    expect(form.get_by_text("Ghi cơ quan ban hành.")).to_be_visible()
    assert (issuer.get_attribute("aria-invalid"), issuer.input_value()) == ("true", "")
    issuer.fill("SỞ KHOA HỌC")
    saved(form)
    expect(form.get_by_text("Ghi cơ quan ban hành.")).to_have_count(0)


def test_a_table_pasted_onto_the_tasks_is_shown_before_it_is_added(editor: Page) -> None:
    row(editor, "Việc 1").locator(".row-link").focus()
    editor.evaluate("""() => {
        const data = new DataTransfer()
        data.setData('text/plain', 'Nhiệm vụ\\tThời gian\\nViệc dán\\tQuý I')
        const paste = { clipboardData: data, bubbles: true, cancelable: true }
        document.activeElement.dispatchEvent(new ClipboardEvent('paste', paste))
    }""")
    editor.get_by_role("button", name="Thêm vào kế hoạch").click()
    expect(row(editor, "Việc dán")).to_be_visible()


def test_everything_works_without_scripts(
    browser: Browser, enter: Any, live_server: Any, plan: Plan, secretary: User
) -> None:
    cookies = enter(secretary).context.cookies()
    context = browser.new_context(java_script_enabled=False, locale="vi-VN")
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto(live_server.url + reverse("plans:edit", args=[plan.year, plan.pk]))
    page.get_by_role("link", name="Việc 1").click()
    page.fill("[name=title]", "Không cần script")
    page.get_by_role("button", name="Lưu").click()
    row(page, "Không cần script").locator(".row-action summary").click()
    row(page, "Không cần script").get_by_role("button", name="Đưa xuống").click()
    assert order(plan)[:2] == ["1 Việc 2", "2 Không cần script"]
    context.close()


def test_thirty_rows_open_and_close_by_keys_alone(editor: Page, plan: Plan) -> None:
    link = row(editor, "Việc 1").locator(".row-link")
    link.focus()
    link.press("ArrowDown")
    expect(row(editor, "Việc 2").locator(".row-link")).to_be_focused()
    editor.keyboard.press("Enter")
    title = editor.locator("form[data-task-form] [name=title]")
    expect(title).to_be_focused()
    title.press("Control+s")
    title.press("Escape")
    expect(row(editor, "Việc 2").locator(".row-link")).to_be_focused()
    assert Task.objects.filter(title="Việc 2").count() == 1

"""The search in a real browser: keyboard, results while typing, without JavaScript, axe at a desk and on a phone."""

from typing import Any

import pytest
from django.urls import reverse

from plans.tests.journey import Department
from qms.overview.tests.test_search import enter as register
from qms.overview.tests.test_search import owe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
FIELD = "#q"


def filled(place: Department) -> None:
    owe(place, "Đánh giá nội bộ tại các phòng, đơn vị")
    owe(place, "Họp xem xét của lãnh đạo", "tc")
    register(place.agency, 5, "Kế hoạch đánh giá nội bộ")


def url(live_server: Any, query: str = "") -> str:
    return f"{live_server.url}{reverse('search')}{query}"


def test_the_page_is_accessible_and_as_wide_as_the_screen(
    place: Department, live_server: Any, enter: Any, assert_screen: Any
) -> None:
    filled(place)
    page = enter(place["thuky"])
    for query in ("", "?q=danh+gia", "?q=danh+gia&loai=viec", "?q=zzz"):
        page.goto(url(live_server, query))
        assert_screen(page)


def test_results_come_while_typing_and_the_address_keeps_them(place: Department, live_server: Any, enter: Any) -> None:
    filled(place)
    page = enter(place["thuky"])
    page.goto(url(live_server))
    page.locator(FIELD).press_sequentially("danh gia")
    page.get_by_role("heading", name="Việc phải làm").wait_for()
    assert page.locator("mark").first.inner_text() == "Đánh"
    assert page.url == url(live_server, "?q=danh%20gia&nam=")


def test_the_slash_leads_to_the_field_and_enter_follows_a_result(
    place: Department, live_server: Any, enter: Any
) -> None:
    filled(place)
    page = enter(place["thuky"])
    page.goto(url(live_server, "?q=danh+gia&loai=viec"))
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.locator("a.row-link").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/viec/**")


def test_the_top_line_of_another_page_leads_to_the_results(place: Department, live_server: Any, enter: Any) -> None:
    filled(place)
    page = enter(place["thuky"])
    page.goto(f"{live_server.url}{reverse('plans:list')}")
    page.keyboard.press("/")
    page.keyboard.type("05/kh-")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Số 05/KH-SKHCN").wait_for()


def test_it_works_without_javascript(place: Department, live_server: Any, enter: Any, browser: Any) -> None:
    filled(place)
    cookies = enter(place["thuky"]).context.cookies()
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto(url(live_server))
    page.fill(FIELD, "xem xét")
    page.get_by_role("button", name="Tìm").click()
    assert page.locator("mark").all_inner_texts() == ["xem", "xét"]
    context.close()

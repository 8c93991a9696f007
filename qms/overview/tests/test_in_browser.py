"""The look and the behaviour of every page, in a real browser."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as project
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from qms.organisation.models import Agency, User
from tests.axe import EVERY_LOOK

from . import site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.urls(site.__name__)]
PASSWORD = "song-giang-2026"
OPEN = ["account_login", "account_reset_password", "account_reset_password_done", "account_signup"]
MINE = ["account_change_password", "account_email", "account_logout", "usersessions_list", "mfa_index",
        "account_reauthenticate", "socialaccount_connections"]  # fmt: skip
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def person() -> User:
    site.SAVED.update(note="Câu đã lưu", version=1, order=[])
    agency = Agency.objects.create(code="so", name="Sở Thử nghiệm", abbreviation="STN", place="Sông Giang")
    user = User(username="mai", full_name="Trần Thị Mai", email="mai@stn.vn", agency=agency)
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser complains about: refused by the security policy, not found, errors of scripts."""
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    return told


def sign_in(page: Page, live_server: Any, user: User) -> None:
    """By the cookie of a session."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[project.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": project.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])


@pytest.fixture
def desk(page: Page, live_server: Any, person: User) -> Page:
    """A browser of somebody who is signed in."""
    sign_in(page, live_server, person)
    return page


def fill_sign_in(page: Page) -> None:
    page.fill("[name=login]", "mai")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")


def test_every_component_is_accessible_and_fits(
    desk: Page, live_server: Any, settings: Any, assert_screen: Callable[..., None], complaints: list[str]
) -> None:
    settings.DEBUG = True
    desk.goto(live_server.url + reverse("style_page"))
    assert_screen(desk, EVERY_LOOK)
    assert complaints == []


def test_every_open_page_is_accessible_and_fits(
    page: Page, live_server: Any, assert_screen: Callable[[Page], None], complaints: list[str]
) -> None:
    for name in OPEN:
        page.goto(live_server.url + reverse(name))
        assert_screen(page)
    assert complaints == []


def test_every_page_of_ones_account_is_accessible_and_fits(
    desk: Page, live_server: Any, assert_screen: Callable[[Page], None], complaints: list[str]
) -> None:
    for name in MINE:
        desk.goto(live_server.url + reverse(name))
        assert_screen(desk)
    assert complaints == []


def test_a_refused_sign_in_says_so_where_the_cursor_is(
    page: Page, live_server: Any, person: User, assert_screen: Callable[[Page], None]
) -> None:
    page.goto(live_server.url + reverse("account_login"))
    page.fill("[name=login]", "mai")
    page.fill("[name=password]", "sai")
    page.press("[name=password]", "Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    assert_screen(page)


def test_the_chosen_theme_is_drawn_by_the_server(desk: Page, live_server: Any) -> None:
    desk.emulate_media(color_scheme="light")
    desk.goto(live_server.url + reverse("account_email"))
    desk.click(".topline .menu summary")
    desk.click("text=Giao diện tối >> visible=true")
    dark = desk.evaluate("getComputedStyle(document.body).backgroundColor")
    html = desk.request.get(live_server.url + reverse("account_email")).text()
    assert (dark, '<html lang="vi" data-theme="dark">' in html) == ("rgb(18, 23, 30)", True)


def test_the_menu_closes_by_escape_and_gives_the_cursor_back(desk: Page, live_server: Any) -> None:
    desk.goto(live_server.url + reverse("account_email"))
    summary = desk.locator(".topline .menu summary")
    summary.press("Enter")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Escape")
    expect(summary).to_be_focused()
    expect(desk.locator(".topline .menu")).not_to_have_attribute("open", re.compile(".*"))


def test_a_slash_leads_to_the_search(desk: Page, live_server: Any) -> None:
    desk.goto(live_server.url + reverse("account_email"))
    desk.keyboard.press("/")
    expect(desk.locator("#search")).to_be_focused()
    assert desk.locator("#search").input_value() == ""


@pytest.mark.browser_context_args(java_script_enabled=False, viewport=PHONE)
def test_the_menu_of_a_phone_opens_without_scripts(desk: Page, live_server: Any) -> None:
    desk.goto(live_server.url + reverse("account_email"))
    desk.click("text=Mục lục")
    expect(desk.locator(".topbar").get_by_role("link", name="Tuần này")).to_be_visible()


def write(page: Page, live_server: Any, text: str) -> None:
    page.goto(live_server.url + reverse("note"))
    page.fill("[name=note]", text)
    page.wait_for_timeout(600)  # typing is kept after a short rest


def save(page: Page) -> None:
    page.get_by_role("button", name="Lưu", exact=True).click()


def kept(page: Page) -> list[str]:
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('qms.draft.'))")


def test_text_survives_an_expired_session(desk: Page, live_server: Any) -> None:
    write(desk, live_server, "Câu mới, chưa lưu")
    desk.context.clear_cookies(name=project.SESSION_COOKIE_NAME)
    save(desk)
    fill_sign_in(desk)
    desk.wait_for_url("**" + reverse("note"))
    expect(desk.locator("[name=note]")).to_have_value("Câu mới, chưa lưu")
    expect(desk.locator("main .notice")).to_contain_text("Đã đưa lại phần chữ chưa lưu lúc")


def test_text_survives_a_form_that_was_not_accepted(desk: Page, live_server: Any) -> None:
    write(desk, live_server, "Câu mới, chưa lưu")
    desk.context.clear_cookies(name="csrftoken")
    save(desk)
    desk.get_by_role("button", name="Trở lại trang trước").click()
    expect(desk.locator("[name=note]")).to_be_visible()
    desk.reload()
    expect(desk.locator("[name=note]")).to_have_value("Câu mới, chưa lưu")


def test_restored_text_can_be_thrown_away(desk: Page, live_server: Any) -> None:
    write(desk, live_server, "Câu mới, chưa lưu")
    desk.reload()
    desk.click("text=Bỏ phần này")
    expect(desk.locator("[name=note]")).to_have_value("Câu đã lưu")
    desk.reload()
    expect(desk.locator("main .notice")).to_have_count(0)


def test_saved_text_is_not_kept(desk: Page, live_server: Any) -> None:
    write(desk, live_server, "Câu mới")
    save(desk)
    desk.wait_for_url("**" + reverse("done"))
    assert (site.SAVED["note"], kept(desk)) == ("Câu mới", [])


def test_refused_text_is_kept(desk: Page, live_server: Any) -> None:
    write(desk, live_server, "Câu sai")
    save(desk)
    expect(desk.locator(".field-error")).to_be_visible()
    desk.goto(live_server.url + reverse("note"))
    expect(desk.locator("[name=note]")).to_have_value("Câu sai")


def test_text_on_an_older_version_is_offered_and_not_put_back(desk: Page, live_server: Any) -> None:
    write(desk, live_server, "Câu của tôi")
    site.SAVED.update(note="Câu của chị Hoa", version=2)
    desk.reload()
    expect(desk.locator("[name=note]")).to_have_value("Câu của chị Hoa")
    desk.click("text=Lấy lại phần chữ của tôi")
    expect(desk.locator("[name=note]")).to_have_value("Câu của tôi")


def test_signing_out_forgets_unsaved_text(desk: Page, live_server: Any) -> None:
    write(desk, live_server, "Câu mới")
    desk.click(".topline .menu summary")
    desk.click("text=Đăng xuất >> visible=true")
    desk.wait_for_url(lambda url: reverse("account_login") in url)
    assert kept(desk) == []


def order(page: Page) -> list[str]:
    return page.eval_on_selector_all("tr[data-row]", "rows => rows.map((row) => row.dataset.row)")


def moves_saved(page: Page) -> None:
    expect(page.locator(".toast")).to_contain_text("Đã lưu thứ tự lúc")


def test_a_row_moves_by_keyboard_over_the_border_of_a_group(desk: Page, live_server: Any) -> None:
    desk.goto(live_server.url + reverse("rows"))
    field = desk.get_by_label("Tên c")
    field.press("Alt+ArrowDown")
    expect(field).to_be_focused()
    expect(desk.locator("#announcements")).to_have_text("Đã chuyển việc đến vị trí 3 trên 5.")
    moves_saved(desk)
    assert site.SAVED["order"] == ["1/a", "1/b", "2/c", "2/d", "2/e"]


def test_a_row_moves_by_dragging(desk: Page, live_server: Any) -> None:
    desk.goto(live_server.url + reverse("rows"))
    start, target = (desk.get_by_label(f"Dời {name}").bounding_box() for name in ("a", "d"))
    desk.mouse.move(start["x"] + 5, start["y"] + 5)
    desk.mouse.down()
    desk.mouse.move(start["x"] + 5, target["y"] + target["height"] - 4, steps=8)
    desk.mouse.up()
    moves_saved(desk)
    assert site.SAVED["order"] == ["1/b", "1/c", "2/d", "2/a", "2/e"]


def test_rows_return_when_their_order_was_not_saved(desk: Page, live_server: Any) -> None:
    desk.goto(f"{live_server.url}{reverse('rows')}?url=/thu/khong-co/")
    desk.get_by_label("Tên a").press("Alt+ArrowDown")
    assert order(desk) == ["b", "a", "c", "d", "e"]
    expect(desk.locator(".toast")).to_contain_text("Chưa lưu được thứ tự")
    assert order(desk) == ["a", "b", "c", "d", "e"]


@pytest.mark.parametrize(("key", "reached"), [("ArrowDown", "Tên c"), ("Enter", "Tên c"), ("ArrowUp", "Tên a")])
def test_the_cursor_goes_to_the_same_column_of_the_next_row(
    desk: Page, live_server: Any, key: str, reached: str
) -> None:
    desk.goto(live_server.url + reverse("rows"))
    desk.get_by_label("Tên b").press(key)
    expect(desk.get_by_label(reached)).to_be_focused()


def security_key(page: Page) -> None:
    """A key that is touched at once."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "usb", "hasResidentKey": True, "hasUserVerification": True,
               "isUserVerified": True, "automaticPresenceSimulation": True}  # fmt: skip
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_security_key_is_added_and_opens_the_account(
    page: Page, live_server: Any, settings: Any, person: User
) -> None:
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # the test server speaks plain HTTP
    security_key(page)
    page.goto(live_server.url + reverse("account_login") + "?next=" + reverse("mfa_add_webauthn"))
    fill_sign_in(page)
    page.fill("main [name=password]", PASSWORD)
    page.click("main >> text=Tiếp tục")
    page.click("#key-add")
    expect(page.locator(".messages")).to_contain_text("Đã thêm khóa bảo mật.")
    page.context.clear_cookies()
    page.goto(live_server.url + reverse("account_login") + "?next=" + reverse("account_email"))
    fill_sign_in(page)
    page.click("#key-use")
    page.wait_for_url("**" + reverse("account_email"))


def test_a_key_that_cannot_be_used_is_told(desk: Page, live_server: Any, person: User) -> None:
    page = desk
    page.goto(live_server.url + reverse("mfa_add_webauthn"))
    page.fill("main [name=password]", PASSWORD)
    page.click("main >> text=Tiếp tục")
    page.evaluate("() => { navigator.credentials.create = () => Promise.reject(new DOMException('no', 'AbortError')) }")
    page.click("#key-add")
    expect(page.locator("[data-key-error]")).to_be_visible()


def test_a_second_press_on_the_same_form_sends_nothing(desk: Page, live_server: Any) -> None:
    desk.goto(f"{live_server.url}/thu/ghi-chu/")
    press = "form => form.dispatchEvent(new SubmitEvent('submit', {bubbles: true, cancelable: true}))"
    form = desk.locator("form[data-save]")
    assert [form.evaluate(press) for _ in range(2)] == [True, False]  # whether it would be sent

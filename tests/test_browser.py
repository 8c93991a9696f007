"""The way in, as a browser shows it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.urls import reverse

from qms.organisation.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def person(transactional_db: None) -> User:
    return User.objects.create(username="mai", password=make_password("mua-lua-vang"), full_name="Trần Thị Mai")


def test_the_sign_in_page_is_accessible_and_fits(
    page: Any, live_server: Any, assert_screen: Callable[[Any], None]
) -> None:
    page.goto(live_server.url)
    assert_screen(page)


def test_a_person_signs_in_and_out(page: Any, live_server: Any, person: User) -> None:
    page.goto(live_server.url)
    page.get_by_label("Tên đăng nhập").fill("mai")
    page.get_by_label("Mật khẩu").fill("mua-lua-vang")
    page.locator("main").get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(f"{live_server.url}/")
    page.goto(live_server.url + reverse("account_logout"))
    page.locator("main").get_by_role("button", name="Đăng xuất").click()
    page.goto(live_server.url)
    assert page.url == f"{live_server.url}{reverse('account_login')}?next=/"


def test_every_page_of_ones_own_is_accessible_and_fits(
    enter: Any, live_server: Any, person: User, assert_screen: Callable[[Any], None]
) -> None:
    page = enter(person)
    for name in ("home", "usersessions_list", "mfa_index", "account_change_password"):
        page.goto(live_server.url + reverse(name))
        assert_screen(page)

"""A month with one duty: mails that come by the calendar, and what head, director and secretary do about them."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.urls import reverse
from playwright.sync_api import Page, expect

from plans.tests.journey import Department
from qms.duties.enums import DutyState
from qms.duties.models import Duty
from qms.duties.tests.owing import Owing, in_days
from qms.notifications.tests.post import Catcher, free_port, mail_server, use_server
from qms.organisation.models import User
from qms.organisation.tests.cast import TODAY

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LINK = re.compile(r"http://\S+/viec/tra-loi/\S+")
ONE_DAY = timedelta(days=1)


@pytest.fixture
def post(settings: Any, live_server: Any) -> Iterator[Catcher]:
    """A mail server that works; links in mails lead to the server of this test."""
    settings.SITE_URL = live_server.url
    use_server(settings, port := free_port())
    with mail_server(port) as catcher:
        yield catcher


@pytest.fixture
def advance() -> Callable[[date], None]:
    """Lets the mornings pass up to that day, each with its run of reminders."""
    passed = [TODAY]

    def mornings(to: date) -> None:
        while passed[-1] < to:
            passed.append(passed[-1] + ONE_DAY)
            call_command("send_reminders", "--on", f"{passed[-1]}", verbosity=0)

    return mornings


def report(page: Page, answer: str, words: str, percent: str = "") -> None:
    """Answer the one question of the page."""
    page.get_by_text(answer, exact=True).click()
    if percent:
        page.get_by_label("Được bao nhiêu phần trăm").fill(percent)
    page.get_by_label("Kết quả").fill(words)
    page.get_by_role("button", name="Gửi báo cáo").click()


def ask_for_time(page: Page, until: date) -> None:
    """Ask for more time on the duty's page."""
    page.get_by_text("Xin gia hạn", exact=True).click()
    page.get_by_label("Xin gia hạn đến ngày").fill(f"{until:%d/%m/%Y}")
    page.get_by_label("Lý do").fill("Chờ ý kiến sở ngành.")
    page.get_by_role("button", name="Gửi đề nghị").click()
    expect(page.locator(".messages")).to_contain_text("Đã gửi đề nghị")


def test_head_director_and_secretary_walk_through_a_month(
    enter: Any, live_server: Any, place: Department, post: Catcher, advance: Callable[[date], None]
) -> None:
    User.objects.update(email=Concat(F("username"), Value("@example.vn")))
    due, later = in_days(16), in_days(30)
    duty = Owing(place.house).duty(due=due, title="Rà soát quy trình")
    at_duty = live_server.url + reverse("duties:detail", args=[duty.pk])

    advance(due - ONE_DAY)
    assert set(post.recipients()) == {"truong"}
    link = LINK.search(post.mails[-1].get_body(("plain",)).get_content())
    page = enter(place["truong"])
    page.goto(link.group())
    report(page, "Đang làm", "Đã rà soát 4 quy trình.", "40")
    expect(page.get_by_role("heading", name="Đã ghi báo cáo")).to_be_visible()
    page.goto(at_duty)
    ask_for_time(page, later)

    page = enter(place["giamdoc"])
    page.goto(at_duty)
    page.get_by_text("Đồng ý", exact=True).click()
    page.get_by_role("button", name="Gửi ý kiến").click()
    expect(page.locator(".messages")).to_contain_text("Đã gia hạn")

    post.mails.clear()
    advance(later + timedelta(days=14))
    assert {"truong", "thuky"} <= set(post.recipients())  # late: the head again, then the secretary
    page = enter(place["truong"])
    page.goto(at_duty)
    report(page, "Đã xong", "Đã rà soát đủ.")
    page = enter(place["thuky"])
    page.goto(live_server.url + reverse("notifications:inbox"))
    expect(page.locator("main")).to_contain_text(duty.title)
    page.goto(at_duty)
    page.get_by_label("Lý do trả lại").fill("Thiếu bản ký.")
    page.get_by_role("button", name="Trả lại").click()
    expect(page.locator(".messages")).to_contain_text("Đã trả lại")

    page = enter(place["truong"])
    page.goto(at_duty)
    report(page, "Đã xong", "Đã bổ sung bản ký.")
    expect(page.locator("main")).to_contain_text("Đã bổ sung bản ký.")
    assert Duty.objects.get().state == DutyState.DONE
    advance(later + timedelta(days=18))  # what was told meanwhile goes out once
    post.mails.clear()
    advance(later + timedelta(days=30))
    assert post.mails == []

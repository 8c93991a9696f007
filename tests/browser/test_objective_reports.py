"""The mid-year report: drafted, corrected, sent, given back once, put together, signed, numbered and printed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from objectives.reports.models import ObjectiveReport
from objectives.reports.tests.reporting import Reporting, found_reporting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def enter_as(page: Page, live_server: Any, half: Reporting, who: str, path: str) -> None:
    client = Client()
    client.force_login(half[who])
    name = settings.SESSION_COOKIE_NAME
    page.context.clear_cookies()
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    page.goto(live_server.url + path)


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).click()
    page.wait_for_load_state()


def test_the_mid_year_report(page: Page, live_server: Any, assert_accessible: Callable) -> None:
    half = found_reporting()
    round_path = reverse("objective_reports:round", args=[half.round.pk])
    enter_as(page, live_server, half, "truong", round_path)
    press(page, "Lập báo cáo của Phòng Kế hoạch - Tài chính")
    path = page.url.removeprefix(live_server.url)
    page.get_by_text("Sửa lời văn của báo cáo").click()
    page.get_by_label("Kiến nghị, đề xuất").fill("- Bổ sung một máy quét.")
    press(page, "Lưu")
    press(page, "Gửi Thư ký ISO")
    enter_as(page, live_server, half, "thuky", path)
    page.get_by_label("Lý do").fill("Nêu rõ nguyên nhân.")
    press(page, "Trả lại")
    enter_as(page, live_server, half, "truong", path)
    press(page, "Gửi Thư ký ISO")
    enter_as(page, live_server, half, "thuky", path)
    press(page, "Nhận báo cáo")
    page.goto(live_server.url + round_path)
    press(page, "Tổng hợp báo cáo của Sở")
    whole = page.url.removeprefix(live_server.url)
    press(page, "Trình ký")
    enter_as(page, live_server, half, "giamdoc", whole)
    press(page, "Ký")
    enter_as(page, live_server, half, "vanthu", whole)
    press(page, "Cấp số và ban hành")
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert_accessible(page)
    report = ObjectiveReport.objects.get(unit=None)
    pdf = page.request.get(live_server.url + reverse("objective_reports:file", args=[report.pk, "pdf"]))
    assert (report.reference, pdf.body()[:4]) == ("01/BC-SKHCN", b"%PDF")

"""Surveys of satisfaction in a real browser: an export read, mended, saved; every screen at a desk and on a phone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from objectives.satisfaction.forms import period_value
from objectives.satisfaction.models import Survey, SurveyImport
from objectives.satisfaction.tests.conftest import QUARTER, asked
from objectives.satisfaction.tests.exports import responses, xlsx
from plans.tests.journey import Department

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
WIDER = "document.documentElement.scrollWidth > window.innerWidth"
UPLOAD = reverse("satisfaction:upload")


def send(page: Page, live_server: Any, rows: list[list[Any]]) -> None:
    """Upload an export of this quarter."""
    page.goto(live_server.url + UPLOAD)
    content = {"name": "mot-cua.xlsx", "mimeType": "application/octet-stream", "buffer": xlsx(rows)}
    page.get_by_label("Tệp").set_input_files([content])  # type: ignore[list-item]
    page.get_by_label("Kỳ khảo sát").select_option(period_value(QUARTER))
    page.get_by_role("button", name="Đọc tệp").click()
    expect(page.get_by_role("heading", name="Xem lại tệp")).to_be_visible()


def test_an_export_is_mended_and_saved(
    enter: Callable[[Any], Page], live_server: Any, place: Department, settings: Any
) -> None:
    settings.CELERY_BROKER_URL = None
    page = enter(place["thuky"])
    rows = responses(40)
    rows[6][3] = 9
    send(page, live_server, rows)
    expect(page.get_by_role("row", name="Dòng 8 D")).to_contain_text("Không phải mức từ 1 đến 5")
    send(page, live_server, responses(40))
    page.get_by_role("button", name="Lưu 3 khảo sát").click()
    expect(page.locator("#tien-do")).to_contain_text("40 dòng, 3 khảo sát")
    assert sum(Survey.objects.values_list("received", flat=True)) == 40


def test_every_screen_is_accessible_and_fits(
    enter: Callable[[Any], Page], live_server: Any, place: Department, assert_screen: Callable[[Any], None]
) -> None:
    survey = asked(place.house, comments=("Chờ lâu",))
    page = enter(place["thuky"])
    rows = responses(12)
    rows[3][3] = "tạm"
    send(page, live_server, rows)
    names = ("results", "surveys", "comments", "feeds", "add", "upload", "scheme")
    paths = [reverse(f"satisfaction:{name}") for name in names]
    paths += [reverse(f"satisfaction:{name}", args=[survey.pk]) for name in ("survey", "change")]
    paths.append(reverse("satisfaction:import", args=[SurveyImport.objects.get().pk]))
    for path in paths:
        page.goto(live_server.url + path)
        assert_screen(page)

"""Objectives in a real browser: a division registers, the leadership signs, a figure is entered on a phone."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from objectives.enums import SetState
from objectives.models import Figure, MissCause, Objective, ObjectiveSet
from objectives.terms import Gathering, Measure

from .year import Year, found_year, on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DESK, PHONE = {"width": 1366, "height": 900}, {"width": 390, "height": 844}
TODAY = timezone.localdate()
LAST = TODAY.year - 1


@pytest.fixture
def place(transactional_db: None) -> Year:
    """The department, nothing registered yet."""
    return found_year()


def in_force(place: Year) -> Objective:
    """An objective of last year: all its figures are owed."""
    objectives = place.draft(year=LAST)
    share = {"measure": Measure.RATIO.value, "gathering": Gathering.RATIO_OF_SUMS.value}
    objective = place.objective(
        objectives, steps=[{"text": "Tập huấn", "timing_text": "Quý II"}], numerator_label="Số hồ sơ đúng hạn",
        denominator_label="Số hồ sơ đã giải quyết", **share,
    )  # fmt: skip
    place.in_force(objectives, at=on(date(LAST, 2, 10)))
    return objective


def first_figure(objective: Objective) -> Figure:
    return Figure.objects.get(objective=objective, index=1)


def press(page: Any, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def test_a_division_registers_and_the_leadership_signs(
    place: Year, enter: Callable[[Any], Any], live_server: Any
) -> None:
    page = enter(place["truong"])
    page.goto(f"{live_server.url}{reverse('objectives:year', args=[TODAY.year])}")
    press(page, "Lập bản trống")
    page.get_by_role("link", name="Thêm mục tiêu").click()
    page.get_by_label("Mục tiêu", exact=False).first.wait_for()
    page.locator("#id_statement").fill("Giải quyết hồ sơ thủ tục hành chính đúng hạn")
    page.locator("#id_target").fill("95,5 %")
    page.locator("#id_unit_of_measure").fill("%")
    page.locator("#id_bien-phap-0-text").fill("Họp giao ban hằng tuần")
    page.locator("#id_bien-phap-0-timing_text").fill("Quý IV")
    press(page, "Lưu")
    expect(page.get_by_text("ít nhất 95,5")).to_be_visible()
    press(page, "Đăng ký")
    objectives = ObjectiveSet.objects.get()
    for who, button in (
        ("thuky", "Đồng ý, trình Lãnh đạo"),
        ("giamdoc", "Phê duyệt"),
        ("vanthu", "Cấp số và ban hành"),
    ):
        enter(place[who]).goto(f"{live_server.url}{reverse('objectives:set', args=[objectives.pk])}")
        press(page, button)
    assert ObjectiveSet.objects.get().state == SetState.ISSUED
    expect(page.get_by_text("01/MTCL-SKHCN")).to_be_visible()


def test_a_figure_is_entered_on_a_phone(place: Year, enter: Callable[[Any], Any], live_server: Any) -> None:
    objective = in_force(place)
    page = enter(place["lan"])
    page.set_viewport_size(PHONE)
    page.goto(f"{live_server.url}{reverse('objectives:owed')}")
    page.get_by_role("link", name=f"Nhập số liệu quý I/{LAST}").click()
    page.get_by_label("Số hồ sơ đúng hạn").fill("1.250")
    page.get_by_label("Số hồ sơ đã giải quyết").fill("1.300")
    expect(page.locator("#ket-luan").get_by_text("đạt chỉ tiêu ít nhất")).to_be_visible()
    press(page, "Ghi số liệu")
    expect(page.get_by_role("cell").get_by_text("96,15 % (1.250/1.300)", exact=True)).to_be_visible()
    assert first_figure(objective).numerator == 1250


def test_a_miss_asks_for_its_cause_while_typing(place: Year, enter: Callable[[Any], Any], live_server: Any) -> None:
    objective = in_force(place)
    page = enter(place["lan"])
    page.goto(f"{live_server.url}{reverse('objectives:figure', args=[first_figure(objective).pk])}")
    page.get_by_label("Số hồ sơ đúng hạn").fill("80")
    page.get_by_label("Số hồ sơ đã giải quyết").fill("100")
    page.get_by_label("Vì sao không đạt").fill("Thiếu người trong tháng 2")
    press(page, "Ghi số liệu")
    assert MissCause.objects.get().cause == "Thiếu người trong tháng 2"


def looks(place: Year) -> list[tuple[str, str]]:
    """Who looks, and where."""
    objective = in_force(place)
    draft = place.draft(year=TODAY.year)
    row = place.objective(draft, indicator="", place="")
    place.draft(None, year=TODAY.year)
    figure = first_figure(objective)
    Figure.objects.filter(pk=figure.pk).update(due_on=TODAY - timedelta(days=1))
    return [
        ("thuky", reverse("objectives:year", args=[TODAY.year])),
        ("giamdoc", reverse("objectives:year", args=[LAST])),
        ("lan", reverse("objectives:list", args=[LAST])),
        ("lan", reverse("objectives:detail", args=[LAST, objective.pk])),
        ("truong", reverse("objectives:set", args=[draft.pk])),
        ("truong", reverse("objectives:edit", args=[row.pk])),
        ("truong", reverse("objectives:head", args=[draft.pk])),
        ("thuky", reverse("objectives:registration", args=[TODAY.year])),
        ("lan", reverse("objectives:figure", args=[figure.pk])),
        ("lan", reverse("objectives:owed")),
        ("thuky", reverse("objectives:desk")),
    ]


def test_every_screen_is_accessible_and_fits(
    place: Year, enter: Callable[[Any], Any], live_server: Any, assert_screen: Callable[[Any], None]
) -> None:
    for who, address in looks(place):
        page = enter(place[who])
        page.goto(f"{live_server.url}{address}")
        assert_screen(page)

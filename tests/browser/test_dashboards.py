"""The first page, progress and its reports in a real browser: accessible, fitting, light, readable on paper."""

import gzip
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from plans.enums import PlanState
from plans.tests.journey import Department
from qms.duties.enums import DutyState
from qms.organisation.tests.cast import NOW, TODAY
from qms.overview.report_actions import draft_report
from qms.overview.tests.duties import answer, ask, owe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
YEAR = TODAY.year
FIRST_VISIT = 200 * 1024
PACKED = ("text/", "application/javascript", "application/json", "image/svg")


@pytest.fixture
def year(place: Department) -> Department:
    """A year under way: done, late with a request, in progress, coming, dormant; a plan waits for its signature."""
    house = place.house
    late = owe(house, "kh", TODAY - timedelta(days=6), "Báo cáo kết quả thực hiện mục tiêu", year=YEAR)
    answer(late, place["truong"], TODAY - timedelta(days=7), DutyState.IN_PROGRESS, "Chờ số liệu của các phòng.")
    ask(late, place["truong"], TODAY, TODAY + timedelta(days=9))
    owe(house, "tc", TODAY - timedelta(days=2), "Lập chương trình đánh giá nội bộ", year=YEAR)
    owe(house, "kh", TODAY + timedelta(days=2), "Tổng hợp mức độ hài lòng", year=YEAR)
    owe(house, "vp", None, "Kiện toàn Ban Chỉ đạo", year=YEAR, waits_for="có thay đổi thành viên")
    for month in range(1, 13):
        duty = owe(house, "kh", date(YEAR, month, 20), f"Theo dõi hồ sơ tháng {month}")
        if duty.due_on < TODAY:
            answer(duty, place["truong"], duty.due_on)
    return place


def report_page(year: Department) -> str:
    report = draft_report(
        agency=year.agency, year=YEAR, period="nam", as_of=TODAY, actor=year["thuky"], at=NOW
    )  # fmt: skip
    return reverse("progress_report", args=[report.pk])


# Who looks, and where.
SCREENS: dict[str, tuple[str, Callable[[Department], str]]] = {
    "cockpit": ("thuky", lambda year: "/"),
    "director": ("giamdoc", lambda year: year.plan_in(PlanState.APPROVAL) and "/"),
    "head": ("truong", lambda year: "/"),
    "progress": ("giamdoc", lambda year: reverse("progress")),
    "own progress": ("truong", lambda year: f"{reverse('progress')}?tinh_trang=tat-ca"),
    "unit": ("truong", lambda year: reverse("progress_unit", args=[year.house.units["kh"].pk])),
    "reports": ("thuky", lambda year: report_page(year) and reverse("progress_reports")),
    "new report": ("thuky", lambda year: reverse("progress_report_new")),
    "report": ("thuky", report_page),
}


def test_every_screen_is_accessible_and_fits(
    enter: Any, live_server: Any, year: Department, assert_screen: Callable[[Any], None]
) -> None:
    for who, make in SCREENS.values():
        address = make(year)
        page = enter(year[who])
        page.goto(live_server.url + address)
        assert_screen(page)


def test_an_empty_year_is_accessible_and_says_what_to_do(
    enter: Any, live_server: Any, place: Department, assert_accessible: Callable[[Any], None]
) -> None:
    page = enter(place["thuky"])
    for address, words in (("/", "Không có việc nào đang chờ."), ("/tien-do/", "chưa có việc nào")):
        page.goto(live_server.url + address)
        assert page.get_by_text(words).first.is_visible()
        assert_accessible(page)


def test_the_first_visit_brings_at_most_two_hundred_kilobytes(enter: Any, live_server: Any, year: Department) -> None:
    page = enter(year["thuky"])
    sizes: dict[str, int] = {}
    page.on("response", lambda response: sizes.update({response.url: wire_size(response)}))
    page.goto(live_server.url + "/")
    page.wait_for_load_state("networkidle")
    assert sum(sizes.values()) <= FIRST_VISIT, sizes


def wire_size(response: Any) -> int:
    """The body as a server sends it: texts packed, fonts as they are."""
    body = response.body() if response.status == 200 else b""
    return len(gzip.compress(body, 6)) if response.headers.get("content-type", "").startswith(PACKED) else len(body)


def test_a_late_duty_is_one_press_from_its_answer(enter: Any, live_server: Any, year: Department) -> None:
    page = enter(year["truong"])
    page.goto(live_server.url + "/")
    page.get_by_role("link", name="Trả lời: Báo cáo kết quả thực hiện mục tiêu").click()
    assert page.get_by_role("heading", level=1, name="Báo cáo kết quả thực hiện mục tiêu").is_visible()


def test_the_secretary_goes_from_what_is_late_to_an_issued_report(
    enter: Any, live_server: Any, year: Department
) -> None:
    page = enter(year["thuky"])
    page.goto(live_server.url + reverse("progress"))
    page.get_by_role("link", name="Báo cáo tiến độ").click()
    page.get_by_role("link", name="Lập báo cáo").first.click()
    page.get_by_label("Kỳ báo cáo").select_option("nam")
    page.get_by_role("button", name="Lấy số liệu, lập dự thảo").click()
    page.get_by_role("button", name="Trình ký").click()
    for who, button in (("giamdoc", "Ký"), ("vanthu", "Cấp số và ban hành")):
        address = page.url
        page = enter(year[who])
        page.goto(address)
        page.get_by_role("button", name=button, exact=True).click()
    assert page.get_by_role("heading", level=1).get_by_text(f"Báo cáo tiến độ năm {YEAR}").is_visible()
    assert page.get_by_text("01/BC-SKHCN").first.is_visible()


def test_the_year_is_whole_on_paper(enter: Any, live_server: Any, year: Department) -> None:
    page = enter(year["giamdoc"])
    page.goto(live_server.url + reverse("progress"))
    page.emulate_media(media="print")
    drawing = page.locator(".chart-scroll > svg").first
    assert drawing.evaluate("e => e.getBoundingClientRect().width <= e.parentElement.clientWidth + 1")
    assert page.locator(".filters").first.is_hidden()

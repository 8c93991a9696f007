"""Duties in a real browser: the head answers on a phone, the secretary gives back, the director decides on time."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Page, expect

from plans.tests.journey import Department
from qms.duties.actions import return_report
from qms.duties.enums import DutyState, ExtensionState
from qms.duties.links import answer_path
from qms.duties.models import Duty, Extension, Report
from qms.duties.tests.evidence import PDF
from qms.duties.tests.owing import Owing, in_days
from qms.notifications.models import Message, ReminderSettings
from qms.organisation.tests.cast import NOW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
MINE = reverse("duties:mine")
PASSWORD = "song-giang-mua-lua"


@pytest.fixture
def owing(place: Department) -> Owing:
    """Duties of the department's units."""
    return Owing(place.house)


def detail(duty: Duty) -> str:
    return reverse("duties:detail", args=[duty.pk])


def at(enter: Callable[[Any], Page], live_server: Any, who: Any, path: str, size: dict[str, int] = PHONE) -> Page:
    """That person at that page."""
    page = enter(who)
    page.set_viewport_size(size)
    page.goto(live_server.url + path)
    return page


def state_of(duty: Duty) -> str:
    return Duty.objects.values_list("state", flat=True).get(pk=duty.pk)


def test_the_head_answers_in_the_list_on_a_phone(enter: Any, live_server: Any, place: Department, owing: Owing) -> None:
    duty = owing.duty(title="Đăng ký mục tiêu chất lượng", due=in_days(-2))
    page = at(enter, live_server, place["truong"], MINE)
    row = page.locator(f"#viec-{duty.pk}")
    row.get_by_role("link", name="Báo cáo").click()
    row.get_by_text("Đã xong", exact=True).click()
    row.get_by_label("Kết quả").fill("Đã gửi 6 mục tiêu.")
    row.get_by_role("button", name="Gửi báo cáo").click()
    expect(row.locator(".pill")).to_have_text(["xong"])
    expect(page.locator(".toast")).to_contain_text("Đã ghi báo cáo lúc")
    assert [(r.state, r.text) for r in Report.objects.all()] == [(DutyState.DONE, "Đã gửi 6 mục tiêu.")]


def test_a_report_in_the_list_counts_the_groups_and_the_navigation_again(
    enter: Any, live_server: Any, place: Department, owing: Owing
) -> None:
    duties = [owing.duty(due=in_days(days)) for days in (-3, -2, 40)]
    page = at(enter, live_server, place["truong"], MINE, DESK)
    late = page.locator(".group-row", has_text="Trễ hạn")
    own = page.locator(f'.frame-nav .place[href="{MINE}"] .place-count')
    expect(late).to_contain_text("2 việc")
    for left, duty in zip(("1", "0"), duties[:2], strict=True):
        row = page.locator(f"#viec-{duty.pk}")
        row.get_by_role("link", name="Báo cáo").click()
        row.get_by_text("Đã xong", exact=True).click()
        row.get_by_label("Kết quả").fill("Đã gửi.")
        row.get_by_role("button", name="Gửi báo cáo").click()
        expect(late).to_contain_text(f"{left} việc")
        expect(own).to_have_text([f"{left} việc đang chờ"] if left != "0" else [])
    expect(page.locator(".group-row", has_text="Chưa bắt đầu")).to_contain_text("1 việc")


def test_percent_is_asked_only_while_the_work_is_under_way(
    enter: Any, live_server: Any, place: Department, owing: Owing
) -> None:
    page = at(enter, live_server, place["truong"], detail(owing.duty()))
    percent = page.get_by_label("Được bao nhiêu phần trăm")
    expect(percent).to_be_hidden()
    page.get_by_label("Đang làm").check()
    percent.fill("140")
    page.get_by_role("button", name="Gửi báo cáo").click()
    expect(page.locator(".field-error").first).to_contain_text("Ghi một số từ 0 đến 100.")
    expect(percent).to_have_value("140")


def test_the_link_of_a_mail_asks_one_question(
    enter: Any, live_server: Any, page: Page, place: Department, owing: Owing
) -> None:
    ReminderSettings.objects.create(agency=place.agency, open_links=True)
    duty = owing.duty()
    page.set_viewport_size(PHONE)
    page.goto(live_server.url + answer_path(duty_id=duty.pk, user_id=place["truong"].pk))
    expect(page.get_by_role("link")).to_have_count(0)
    page.get_by_text("Đã xong", exact=True).click()
    page.get_by_label("Kết quả").fill("Đã gửi.")
    page.get_by_label("Minh chứng", exact=True).set_input_files(
        {"name": "quyet-dinh.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    page.get_by_role("button", name="Gửi báo cáo").click()
    expect(page.get_by_role("heading", name="Đã ghi báo cáo")).to_be_visible()
    report = Report.objects.get()
    assert (report.by_link, [str(one) for one in report.evidence.all()]) == (True, ["quyet-dinh.pdf"])


def test_a_file_too_large_is_told_before_anything_is_sent(
    enter: Any, live_server: Any, place: Department, owing: Owing, tmp_path: Any
) -> None:
    large = tmp_path / "anh.pdf"
    with large.open("wb") as file:
        file.truncate(26 * 1024 * 1024)
    page = at(enter, live_server, place["truong"], detail(owing.duty()))
    page.get_by_text("Đã xong", exact=True).click()
    page.get_by_label("Minh chứng", exact=True).set_input_files(large)
    page.get_by_role("button", name="Gửi báo cáo").click()
    expect(page.locator("[data-file-error]")).to_have_text("anh.pdf: 26 MB, lớn hơn mức 25 MB. Chọn tệp nhỏ hơn.")
    assert Report.objects.count() == 0


@pytest.mark.parametrize("in_list", [True, False], ids=["list", "page"])
def test_words_typed_when_the_session_ended_come_back_after_signing_in(
    enter: Any, live_server: Any, place: Department, owing: Owing, in_list: bool
) -> None:
    duty, head = owing.duty(), place["truong"]
    head.set_password(PASSWORD)
    head.save()
    page = at(enter, live_server, head, MINE if in_list else detail(duty))
    if in_list:
        page.get_by_role("link", name="Báo cáo").click()
    page.get_by_label("Đang làm").check()
    page.get_by_label("Kết quả").fill("Đã họp, đang chờ ý kiến.")
    Session.objects.all().delete()
    page.get_by_role("button", name="Gửi báo cáo").click()
    if in_list:
        page.get_by_role("link", name="Đăng nhập lại").click()
    page.get_by_label("Tên đăng nhập").fill(head.username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_label("Kết quả")).to_have_value("Đã họp, đang chờ ý kiến.")
    page.get_by_role("button", name="Gửi báo cáo").click()
    expect(page.locator(".pill", has_text="đang làm").first).to_be_visible()
    assert [r.text for r in Report.objects.all()] == ["Đã họp, đang chờ ý kiến."]


def test_two_people_at_one_duty_read_both_versions(
    enter: Any, live_server: Any, place: Department, owing: Owing
) -> None:
    duty = owing.duty()
    page = at(enter, live_server, place["truong"], MINE, DESK)
    row = page.locator(f"#viec-{duty.pk}")
    row.get_by_role("link", name="Báo cáo").click()
    row.get_by_text("Đã xong", exact=True).click()
    row.get_by_label("Kết quả").fill("Đã ban hành.")
    owing.report(duty, "lan", DutyState.IN_PROGRESS, percent=30, text="Đang trình ký.")
    row.get_by_role("button", name="Gửi báo cáo").click()
    expect(row.get_by_role("alert")).to_contain_text("Phan Thị Lan vừa báo cáo việc này")
    expect(row.locator(".compare .differs")).to_contain_text(["Đã xong", "Đang làm"])
    expect(row.get_by_label("Kết quả")).to_have_value("Đã ban hành.")
    row.get_by_role("button", name="Gửi báo cáo").click()
    expect(row.locator(".pill")).to_have_text(["xong"])
    assert [r.text for r in Report.objects.all()] == ["Đang trình ký.", "Đã ban hành."]


def test_a_double_press_sends_once(enter: Any, live_server: Any, place: Department, owing: Owing) -> None:
    page = at(enter, live_server, place["truong"], detail(owing.duty()))
    page.get_by_text("Đã xong", exact=True).click()
    page.get_by_role("button", name="Gửi báo cáo").dblclick()
    expect(page.locator(".messages")).to_contain_text("Đã ghi báo cáo.")
    assert Report.objects.count() == 1


def test_the_secretary_gives_an_answer_back_and_the_head_reads_why(
    enter: Any, live_server: Any, place: Department, owing: Owing
) -> None:
    duty = owing.duty()
    owing.report(duty)
    page = at(enter, live_server, place["thuky"], detail(duty), DESK)
    page.get_by_label("Lý do trả lại").fill("Thiếu bản ký.")
    page.get_by_role("button", name="Trả lại").click()
    expect(page.locator(".messages")).to_contain_text("Đã trả lại")
    page = at(enter, live_server, place["truong"], MINE)
    expect(page.locator(f"#viec-{duty.pk}")).to_contain_text("Trả lại: Thiếu bản ký.")
    assert state_of(duty) == DutyState.IN_PROGRESS
    assert Message.objects.get(user=place["truong"]).url == detail(duty)


def test_the_head_asks_for_time_and_the_director_decides(
    enter: Any, live_server: Any, place: Department, owing: Owing
) -> None:
    duty = owing.duty(due=in_days(2))
    page = at(enter, live_server, place["truong"], detail(duty))
    page.get_by_text("Xin gia hạn", exact=True).click()
    page.get_by_label("Xin gia hạn đến ngày").fill(f"{in_days(20):%d/%m/%Y}")
    page.get_by_label("Lý do").fill("Chờ ý kiến sở ngành.")
    page.get_by_role("button", name="Gửi đề nghị").click()
    expect(page.locator(".messages")).to_contain_text("Đã gửi đề nghị")
    page = at(enter, live_server, place["giamdoc"], MINE, DESK)
    page.locator(".page-decision").get_by_role("link", name=duty.title).click()
    page.get_by_text("Đồng ý", exact=True).click()
    page.get_by_role("button", name="Gửi ý kiến").click()
    expect(page.locator(".messages")).to_contain_text("Đã gia hạn")
    expect(page.locator("main")).to_contain_text("Hạn ban đầu")
    assert (Extension.objects.get().state, Duty.objects.get().due_on) == (ExtensionState.GRANTED, in_days(20))


def test_the_head_hands_a_duty_to_somebody(enter: Any, live_server: Any, place: Department, owing: Owing) -> None:
    duty = owing.duty()
    page = at(enter, live_server, place["truong"], detail(duty))
    page.get_by_role("link", name="Giao cho người khác").click()
    page.get_by_label("Người làm").select_option(label="Phan Thị Lan, Chuyên viên, Phòng Kế hoạch - Tài chính")
    page.get_by_role("button", name="Giao", exact=True).click()
    expect(page.locator("main")).to_contain_text("Ngô Văn Thắng giao cho Phan Thị Lan")
    assert Duty.objects.get().person == place["lan"]


def everything(owing: Owing, place: Department) -> Duty:
    """A duty on which all there is has happened, among others in every group."""
    for days in (-40, 0, 5, 40):
        owing.duty(due=in_days(days))
    owing.duty(dormant=True)
    owing.report(owing.duty(due=in_days(9)), state=DutyState.NOT_APPLICABLE, text="Không có thủ tục.")
    duty = owing.handed(owing.duty(due=in_days(3), period="Quý I", context="Kế hoạch 05/KH-SKHCN"), "lan")
    owing.report(duty, "lan")
    return_report(duty, reason="Thiếu bản ký.", actor=place["thuky"], at=NOW)
    owing.asked(duty)
    return duty


SCREENS = {
    "my work": ("truong", lambda duty: MINE),
    "search": ("truong", lambda duty: f"{MINE}?q=khong+co&tre=1"),
    "nothing": ("vanthu", lambda duty: MINE),
    "unit": ("thuky", lambda duty: reverse("duties:unit", args=[duty.unit_id])),
    "duty": ("truong", detail),
    "decision": ("giamdoc", detail),
    "hand over": ("truong", lambda duty: reverse("duties:hand_over", args=[duty.pk])),
    "link": ("lan", lambda duty: answer_path(duty_id=duty.pk, user_id=duty.person_id)),
    "used link": ("lan", lambda duty: reverse("duties:answer", args=["x"])),
    "answered": ("lan", lambda duty: reverse("duties:answered")),
}


def test_every_screen_is_accessible_and_fits(
    enter: Any, live_server: Any, place: Department, owing: Owing, assert_screen: Callable[[Any], None]
) -> None:
    duty = everything(owing, place)
    for who, address in SCREENS.values():
        page = at(enter, live_server, place[who], address(duty), DESK)
        for opener in page.locator("a[data-report]").all()[:1]:
            opener.click()
            page.wait_for_load_state("networkidle")
        assert_screen(page)

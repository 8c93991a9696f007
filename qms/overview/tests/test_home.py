"""The first page: what presses, what waits for whom, how the year stands, what was issued; for each kind of reader."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from plans.enums import PlanState
from plans.tests.journey import Department, department, plan_content_of
from qms.duties.enums import DutyState
from qms.duties.models import Duty
from qms.organisation.models import User
from qms.organisation.tests.cast import TODAY, add_person

from .duties import answer, ask, owe

pytestmark = pytest.mark.django_db
S = PlanState
YEAR = TODAY.year
AGO = TODAY - timedelta(days=5)


def home(client: Client, who: User) -> Any:
    client.force_login(who)
    return client.get("/").context


def due_in(place: Department, days: int, title: str, unit: str = "kh", **more: Any) -> Duty:
    return owe(place.house, unit, TODAY + timedelta(days=days), title, year=YEAR, **more)


def shelf(context: Any, name: str) -> list[str]:
    return [row.duty.title for row in getattr(context["cockpit"], name).rows]


def calls(context: Any, name: str) -> dict[str, str]:
    return {row.duty.title: row.call for row in getattr(context["cockpit"], name).rows}


def stranger() -> User:
    return department("so-tp", name="Sở Tư pháp", abbreviation="STP")["thuky"]


def test_a_plan_on_my_desk_waits_on_the_first_page(place: Department, client: Client) -> None:
    plan = place.plan_in(S.APPROVAL)
    assert [row.pk for row, _ in home(client, place["giamdoc"])["waiting"]] == [plan.pk]
    assert home(client, place["lan"])["waiting"] == []


def test_a_plan_on_another_desk_says_who_has_it(place: Department, client: Client) -> None:
    place.plan_in(S.LAYOUT_CHECK)
    holders = {who: home(client, place[who])["plans"][0].holder for who in ("thuky", "vanthu")}
    assert holders == {"thuky": "Văn thư", "vanthu": ""}


@pytest.mark.parametrize("username", ["thuky", "giamdoc", "pho"])
def test_who_follows_or_decides_sees_all_units(place: Department, client: Client, username: str) -> None:
    due_in(place, -9, "Trễ nhất", "tc")
    due_in(place, -1, "Trễ")
    due_in(place, 0, "Hôm nay")
    due_in(place, 7, "Tuần tới", "tc")
    due_in(place, 8, "Chưa đến")
    context = home(client, place[username])
    assert (shelf(context, "late"), shelf(context, "soon")) == (["Trễ nhất", "Trễ"], ["Hôm nay", "Tuần tới"])
    assert context["numbers"] == ["2 việc quá hạn", "2 việc đến hạn trong 7 ngày"]


def test_a_head_sees_what_the_own_unit_owes_most_urgent_first(place: Department, client: Client) -> None:
    for days, title, unit in ((3, "b", "kh"), (-2, "a", "kh"), (1, "c", "kh"), (-5, "khác", "tc")):
        due_in(place, days, title, unit)
    context = home(client, place["truong"])
    assert (shelf(context, "late"), shelf(context, "soon")) == (["a"], ["c", "b"])
    assert calls(context, "late") == {"a": "Trả lời"}


def test_what_was_handed_to_a_colleague_is_not_mine_but_still_the_heads(place: Department, client: Client) -> None:
    other = add_person(place.house, "hoa", "Nguyễn Thị Hoa", place.house.units["kh"])
    due_in(place, -1, "Của Hoa", person=other)
    due_in(place, -1, "Của Lan", person=place["lan"])
    due_in(place, -1, "Của phòng")
    assert sorted(shelf(home(client, place["lan"]), "late")) == ["Của Lan", "Của phòng"]
    assert sorted(shelf(home(client, place["truong"]), "late")) == ["Của Hoa", "Của Lan", "Của phòng"]


def test_a_request_for_time_waits_for_whoever_decides(place: Department, client: Client) -> None:
    duty = due_in(place, -1, "Xin thêm")
    ask(duty, place["truong"], AGO, TODAY + timedelta(days=9))
    context = home(client, place["thuky"])
    assert (calls(context, "decide"), shelf(context, "late")) == ({"Xin thêm": "Xét gia hạn"}, [])
    assert context["numbers"] == ["1 việc quá hạn", "1 việc chờ anh chị xử lý"]
    assert shelf(home(client, place["truong"]), "late") == ["Xin thêm"]


def test_ones_own_request_waits_for_others(place: Department, client: Client) -> None:
    ask(due_in(place, -1, "Của mình", "vp"), place["thuky"], AGO, TODAY + timedelta(days=9))
    context = home(client, place["thuky"])
    assert (shelf(context, "decide"), calls(context, "late")) == ([], {"Của mình": "Trả lời"})


def test_the_secretary_sees_what_was_just_reported_as_done(place: Department, client: Client) -> None:
    answer(due_in(place, -1, "Mới xong"), place["truong"], TODAY)
    answer(due_in(place, -20, "Xong lâu rồi"), place["truong"], TODAY - timedelta(days=8))
    assert shelf(home(client, place["thuky"]), "check") == ["Mới xong"]
    assert shelf(home(client, place["giamdoc"]), "check") == []


def test_with_nothing_pressing_the_next_ones_are_shown(place: Department, client: Client) -> None:
    for days in (40, 20):
        due_in(place, days, f"Còn {days}")
    context = home(client, place["truong"])
    assert (shelf(context, "next"), context["numbers"]) == (["Còn 20", "Còn 40"], [])


def test_what_is_hidden_is_counted(place: Department, client: Client) -> None:
    for number in range(8):
        due_in(place, -1, f"Việc {number}")
    late = home(client, place["thuky"])["cockpit"].late
    assert (len(late.rows), late.count, late.hidden) == (6, 8, 2)


def test_dormant_duties_of_one_source_stand_once(place: Department, client: Client) -> None:
    for unit in ("kh", "tc"):
        owe(place.house, unit, None, "Sửa quy trình", year=YEAR, waits_for="có quyết định công bố mới")
    (one,) = home(client, place["thuky"])["cockpit"].sleeping
    assert (one.title, one.units, one.sign) == ("Sửa quy trình", 2, "")
    (own,) = home(client, place["truong"])["cockpit"].sleeping
    assert own.units == 1


def test_a_change_of_office_makes_an_event_about_people_probable(place: Department, client: Client) -> None:
    owe(place.house, "vp", None, "Kiện toàn Ban Chỉ đạo", year=YEAR, waits_for="có thay đổi thành viên")
    assert home(client, place["thuky"])["cockpit"].sleeping[0].sign == ""
    holding = place.house.people["truong2"].holdings.get()
    holding.valid_to = TODAY + timedelta(days=10)
    holding.save()
    leaves = TODAY + timedelta(days=11)
    assert home(client, place["thuky"])["cockpit"].sleeping[0].sign == (
        f"Lý Thu Hiền thôi giữ từ {leaves:%d/%m/%Y}: Trưởng phòng. Cân nhắc ghi nhận sự kiện."
    )


def test_the_director_sees_where_it_is_late_the_secretary_the_list(place: Department, client: Client) -> None:
    for unit, count in (("kh", 1), ("tc", 2)):
        for _ in range(count):
            due_in(place, -1, "Trễ", unit)
    lines = [(line.name, line.now.late) for line in home(client, place["giamdoc"])["late_units"]]
    assert lines == [("Phòng Tổ chức cán bộ", 2), ("Phòng Kế hoạch - Tài chính", 1)]
    assert home(client, place["thuky"])["late_units"] == []


def test_the_progress_of_the_year_is_that_of_what_one_follows(place: Department, client: Client) -> None:
    due_in(place, -1, "Trễ")
    due_in(place, -1, "Trễ", "tc")
    totals = {who: home(client, place[who])["total"] for who in ("thuky", "truong", "vanthu")}
    assert (totals["thuky"].now.late, totals["truong"].now.late, totals["vanthu"]) == (2, 1, None)


def test_another_agency_sees_nothing_of_it(place: Department, client: Client) -> None:
    ask(due_in(place, -1, "Trễ"), place["truong"], AGO, TODAY + timedelta(days=9))
    answer(due_in(place, 1, "Xong"), place["truong"], TODAY)
    place.plan_in(S.ISSUED)
    context = home(client, stranger())
    assert (context["cockpit"].shelves, context["cockpit"].sleeping, context["total"].now.total) == ({}, (), 0)
    assert (context["plans"], context["documents"], context["waiting"]) == ([], [], [])


def test_withdrawn_and_answered_duties_press_nobody(place: Department, client: Client) -> None:
    answer(due_in(place, -1, "Không áp dụng"), place["truong"], TODAY, DutyState.NOT_APPLICABLE)
    assert home(client, place["truong"])["cockpit"].shelves == {}


def test_the_years_plan_shows_how_far_it_has_come(place: Department, client: Client) -> None:
    place.plan_in(S.LAYOUT_CHECK)
    (row,) = home(client, place["lan"])["plans"]
    assert row.parts == (("done", 3, "bước đã qua"), ("active", 1, "đang ở"), ("dormant", 2, "còn lại"))


def test_a_plan_in_force_shows_its_number_and_no_steps(place: Department, client: Client) -> None:
    place.plan_in(S.ISSUED)
    (row,) = home(client, place["lan"])["plans"]
    assert (row.plan.reference, row.parts) == ("01/KH-SKHCN", ())


def test_plans_of_the_past_are_gone_from_the_first_page(place: Department, client: Client) -> None:
    place.plan_in(S.CLOSED)
    place.step(place.draft(), "drop", "thuky", "Nhầm.")
    assert home(client, place["lan"])["plans"] == []


def test_the_newest_originals_can_be_had_from_here(place: Department, client: Client) -> None:
    plan = place.plan_in(S.ISSUED)
    (document,) = home(client, place["lan"])["documents"]
    assert (document["title"], [label for label, _ in document["files"]]) == (plan.reference, ["PDF", "DOCX"])


def test_the_first_page_of_a_new_department_says_so_politely(place: Department, client: Client) -> None:
    client.force_login(place["thuky"])
    page = client.get("/").content.decode()
    for words in ("Không có việc nào đang chờ.", "Chưa có kế hoạch nào đang soạn", "Chưa ban hành văn bản nào."):
        assert words in page


def test_the_first_page_costs_the_same_with_one_plan_and_with_many(place: Department) -> None:
    browsers = {username: Client() for username in ("thuky", "giamdoc", "truong", "lan")}
    costs: dict[str, set[int]] = {username: set() for username in browsers}
    for tasks in (1, 3, 12):
        place.plan_in(S.APPROVAL, place.store(plan_content_of(tasks)))
        place.plan_in(S.ISSUED, place.store(plan_content_of(tasks)))
        for number in range(tasks):
            ask(due_in(place, -1, f"Việc {number}"), place["truong"], AGO, TODAY + timedelta(days=9))
            owe(place.house, "kh", None, f"Chờ {number}", year=YEAR, waits_for="có thay đổi thành viên")
        for username, client in browsers.items():
            home(client, place[username])
            with CaptureQueriesContext(connection) as context:
                client.get("/")
            costs[username].add(len(context))
    assert {who: found for who, found in costs.items() if len(found) > 1 or max(found) > 10} == {}


def test_the_frame_says_how_much_of_my_own_presses(place: Department, client: Client) -> None:
    for days, unit in ((-1, "vp"), (7, "vp"), (8, "vp"), (-1, "kh")):
        due_in(place, days, "Việc", unit)
    entries = {entry.label: entry.count for entry in home(client, place["thuky"])["nav"]}
    client.force_login(place["thuky"])
    elsewhere = {entry.label: entry.count for entry in client.get("/tien-do/").context["nav"]}
    assert (entries["Việc của tôi"], elsewhere["Việc của tôi"]) == (2, 2)

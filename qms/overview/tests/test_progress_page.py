"""The progress pages: who sees what, what can be asked for, what a late duty says, what it costs."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from plans.enums import PlanState
from plans.tests.journey import Department
from qms.duties.enums import DutyKind, DutyState
from qms.duties.models import Duty
from qms.organisation.enums import Role
from qms.organisation.models import User
from qms.organisation.tests.cast import TODAY, House, add_person, found_house

from .duties import answer, ask, extend, give_back, owe

pytestmark = pytest.mark.django_db
YEAR = TODAY.year
AGO, SOON = TODAY - timedelta(days=5), TODAY + timedelta(days=3)


def page(client: Client, who: User, query: str = "", name: str = "progress", **kwargs: Any) -> Any:
    client.force_login(who)
    return client.get(f"{reverse(name, kwargs=kwargs)}?{query}")


def titles(response: Any) -> list[str]:
    return [row.duty.title for row in response.context["rows"]]


def late(house: House, unit: str = "kh", title: str = "Việc", days: int = 5, **more: Any) -> Duty:
    return owe(house, unit, TODAY - timedelta(days=days), title, year=YEAR, **more)


@pytest.mark.parametrize("username", ["giamdoc", "pho", "thuky", "chanh", "danhgia"])
def test_who_follows_the_agency_sees_all_units(house: House, client: Client, username: str) -> None:
    late(house, "kh", "Của phòng kế hoạch")
    late(house, "tc", "Của phòng tổ chức")
    late(found_house("so-tp", name="Sở Tư pháp", abbreviation="STP"), "kh", "Của sở khác")
    assert sorted(titles(page(client, house[username]))) == ["Của phòng kế hoạch", "Của phòng tổ chức"]


@pytest.mark.parametrize("username", ["truong", "lan"])
def test_a_division_sees_the_same_page_for_itself(house: House, client: Client, username: str) -> None:
    late(house, "kh", "Của phòng mình")
    late(house, "tc", "Của phòng khác")
    response = page(client, house[username])
    assert titles(response) == ["Của phòng mình"]
    assert [row.line.name for row in response.context["lines"]] == ["Phòng Kế hoạch - Tài chính"]


@pytest.mark.parametrize("username", ["vanthu", "quantri", "tuvan"])
def test_others_are_told_that_there_is_no_such_page(house: House, client: Client, username: str) -> None:
    late(house)
    assert page(client, house[username]).status_code == 404


def test_who_oversees_sees_its_agencies_side_by_side_and_each_alone(house: House, client: Client) -> None:
    below = found_house("so-tp", name="Sở Tư pháp", abbreviation="STP")
    below.agency.parent = house.agency
    below.agency.save()
    add_person(house, "theodoi", "Đỗ Thị Theo Dõi", house.units["tv"], roles=(Role.OVERSEER,))
    late(house, title="Ở trên")
    late(below, title="Ở dưới")
    both = page(client, house["theodoi"], "xem=cac-co-quan")
    assert [row.line.name for row in both.context["lines"]] == ["Sở Khoa học và Công nghệ", "Sở Tư pháp"]
    assert titles(page(client, house["theodoi"], "co_quan=so-tp")) == ["Ở dưới"]
    assert page(client, house["thuky"], "co_quan=so-tp").status_code == 404


def test_who_oversees_sees_how_it_stands_not_what_was_said(house: House, client: Client) -> None:
    below = found_house("so-tp", name="Sở Tư pháp", abbreviation="STP")
    below.agency.parent = house.agency
    below.agency.save()
    add_person(house, "theodoi", "Đỗ Thị Theo Dõi", house.units["tv"], roles=(Role.OVERSEER,))
    answer(late(below), below["truong"], AGO, DutyState.IN_PROGRESS, "Chuyện nội bộ.")
    (row,) = page(client, house["theodoi"], "co_quan=so-tp").context["rows"]
    assert (row.mark.label, row.why) == ("trễ 5 ngày", ())
    (own,) = page(client, below["thuky"]).context["rows"]
    assert own.why == ("Ngô Văn Thắng: “Chuyện nội bộ.”",)


def test_the_page_of_a_unit_is_for_those_who_may_follow_it(house: House, client: Client) -> None:
    unit, other = house.units["kh"].pk, house.units["tc"].pk
    late(house, "kh", "Việc trễ")
    for username in ("thuky", "giamdoc", "truong", "lan"):
        assert titles(page(client, house[username], name="progress_unit", pk=unit)) == ["Việc trễ"]
    for username, pk in (("truong", other), ("vanthu", unit)):
        assert page(client, house[username], name="progress_unit", pk=pk).status_code == 404
    stranger = found_house("so-tp", name="Sở Tư pháp", abbreviation="STP")["thuky"]
    assert page(client, stranger, name="progress_unit", pk=unit).status_code == 404


def test_what_is_late_says_why_and_who_can_turn_it_green(house: House, client: Client) -> None:
    duty = late(house)
    answer(duty, house["lan"], AGO, DutyState.IN_PROGRESS, "Chờ số liệu của các phòng.")
    ask(duty, house["truong"], AGO, SOON, "Sở chưa giao chỉ tiêu.")
    (row,) = page(client, house["thuky"]).context["rows"]
    assert row.mark.label == "trễ 5 ngày"
    assert row.why == (
        "Phan Thị Lan: “Chờ số liệu của các phòng.”", f"Xin gia hạn đến {SOON:%d/%m/%Y}: “Sở chưa giao chỉ tiêu.”",
    )  # fmt: skip
    assert row.who == "Ngô Văn Thắng"


def test_silence_is_said_too_and_a_person_it_was_handed_to_is_named(house: House, client: Client) -> None:
    late(house, person=house["lan"])
    (row,) = page(client, house["thuky"]).context["rows"]
    assert (row.why, row.who) == (("Chưa có báo cáo nào.",), "Phan Thị Lan")


def test_a_unit_without_a_head_still_says_who(house: House, client: Client) -> None:
    late(house, "nhom")
    (row,) = page(client, house["thuky"]).context["rows"]
    assert row.who == "người phụ trách đơn vị"


def test_a_returned_answer_gives_its_reason(house: House, client: Client) -> None:
    duty = answer(late(house), house["truong"], AGO)
    give_back(duty, house["thuky"], AGO, "Thiếu biên bản.")
    (row,) = page(client, house["thuky"]).context["rows"]
    assert row.why == ("Bị trả lại: “Thiếu biên bản.”",)


def test_a_refused_request_gives_the_answer_and_a_granted_one_its_day(house: House, client: Client) -> None:
    extend(owe(house, "kh", AGO, "Được", year=YEAR), house["truong"], house["thuky"], AGO, SOON)
    (row,) = page(client, house["thuky"], "tinh_trang=gia-han").context["rows"]
    assert (row.mark.label, row.why) == ("còn 3 ngày", (f"Đã gia hạn đến {SOON:%d/%m/%Y}: “Chờ số liệu.”",))


@pytest.fixture
def many(house: House) -> House:
    """One duty of every sort."""
    head = house["truong"]
    late(house, "kh", "Trễ")
    owe(house, "tc", SOON, "Sắp đến", year=YEAR)
    answer(owe(house, "kh", SOON, "Đang làm", year=YEAR), head, AGO, DutyState.IN_PROGRESS)
    answer(owe(house, "kh", AGO, "Xong", year=YEAR), head, AGO - timedelta(days=1))
    answer(owe(house, "kh", AGO, "Xong muộn", year=YEAR), head, TODAY)
    answer(owe(house, "kh", AGO, "Không áp dụng", year=YEAR), head, AGO, DutyState.NOT_APPLICABLE)
    owe(house, "kh", None, "Chờ", year=YEAR, waits_for="sự kiện", kind=DutyKind.CHECK_IN)
    owe(house, "kh", date(YEAR - 1, 3, 1), "Năm trước")
    return house


SHOWN = {
    "": {"Trễ"},
    "tinh_trang=tat-ca": {"Trễ", "Sắp đến", "Đang làm", "Xong", "Xong muộn", "Không áp dụng", "Chờ"},
    "tinh_trang=sap-den": {"Sắp đến", "Đang làm"},
    "tinh_trang=dang-lam": {"Đang làm"},
    "tinh_trang=chua-lam": {"Sắp đến"},
    "tinh_trang=xong": {"Xong", "Xong muộn"},
    "tinh_trang=xong-muon": {"Xong muộn"},
    "tinh_trang=cho": {"Chờ"},
    "tinh_trang=khong-ap-dung": {"Không áp dụng"},
    "tinh_trang=tat-ca&loai=check_in": {"Chờ"},
    "tinh_trang=tat-ca&q=sap": {"Sắp đến"},
    f"tinh_trang=tat-ca&nam={YEAR - 1}": {"Năm trước"},
    "tinh_trang=xyz&nam=abc&loai=x&don_vi=x&ky=x&ke_hoach=x&page=x&sap_xep=x": {"Trễ"},
}


@pytest.mark.parametrize("query", SHOWN)
def test_the_list_shows_what_was_asked_for(many: House, client: Client, query: str) -> None:
    assert set(titles(page(client, many["thuky"], query))) == SHOWN[query]


def test_one_unit_may_be_picked_and_the_others_stay_to_choose_from(many: House, client: Client) -> None:
    response = page(client, many["thuky"], f"tinh_trang=tat-ca&don_vi={many.units['tc'].pk}")
    assert (titles(response), response.context["total"].now.total) == (["Sắp đến"], 1)
    assert [name for _, name in response.context["units"]] == ["Phòng Kế hoạch - Tài chính", "Phòng Tổ chức cán bộ"]


def test_a_period_holds_what_is_due_in_it_in_both_years(house: House, client: Client) -> None:
    for year, month in ((YEAR, 3), (YEAR, 4), (YEAR - 1, 3), (YEAR - 1, 4)):
        owe(house, "kh", date(year, month, 5), f"{month}/{year}")
    response = page(client, house["thuky"], "tinh_trang=tat-ca&ky=q1")
    assert titles(response) == [f"3/{YEAR}"]
    assert (response.context["total"].now.total, response.context["total"].before.total) == (1, 1)


def test_one_plan_may_be_picked(house: House, client: Client) -> None:
    place = Department(house)
    plan = place.plan_in(PlanState.ISSUED)
    late(place.house, title="Không thuộc kế hoạch")
    response = page(client, place["thuky"], f"tinh_trang=tat-ca&ke_hoach={plan.pk}")
    assert set(titles(response)) == {"Việc 1", "Việc 2"}


def test_the_list_is_ordered_as_asked(house: House, client: Client) -> None:
    for title, unit, days in (("a", "tc", 3), ("b", "kh", 9), ("c", "kh", 1)):
        late(house, unit, title, days)
    found = {order: "".join(titles(page(client, house["thuky"], f"sap_xep={order}"))) for order in
             ("han", "-han", "don_vi", "-don_vi", "viec", "-viec")}  # fmt: skip
    assert found == {"han": "bac", "-han": "cab", "don_vi": "bca", "-don_vi": "abc", "viec": "abc", "-viec": "cba"}


def sheet(response: Any) -> list[tuple[Any, ...]]:
    return list(load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True))


def test_each_list_can_be_had_for_excel(many: House, client: Client) -> None:
    secretary = many["thuky"]
    duties = sheet(page(client, secretary, "xuat=viec&tinh_trang=tat-ca"))
    assert {row[0] for row in duties[1:]} == SHOWN["tinh_trang=tat-ca"]
    units = sheet(page(client, secretary, "xuat=don-vi"))
    assert [row[:2] for row in units[1:]] == [
        ("Phòng Kế hoạch - Tài chính", 6), ("Phòng Tổ chức cán bộ", 1), ("Tất cả", 7),
    ]  # fmt: skip
    months = sheet(page(client, secretary, "xuat=thang"))
    assert sum(row[2] for row in months[1:]) == 7


def test_a_year_without_duties_says_so(house: House, client: Client) -> None:
    words = page(client, house["thuky"]).content.decode()
    assert f"Năm {YEAR} chưa có việc nào." in words
    assert "Không có việc nào trễ hạn" in words


def test_the_pages_cost_the_same_with_one_duty_and_with_twelve(house: House, client: Client) -> None:
    pages = {"progress": {}, "progress_unit": {"pk": house.units["kh"].pk}}
    costs = {(who, name): set() for who in ("thuky", "giamdoc", "truong") for name in pages}
    for size in (1, 11):
        for number in range(size):
            ask(late(house, "kh", f"Việc {number}"), house["truong"], AGO, SOON)
        for who, name in costs:
            page(client, house[who], name=name, **pages[name])
            with CaptureQueriesContext(connection) as context:
                client.get(reverse(name, kwargs=pages[name]))
            costs[who, name].add(len(context))
    assert {case: found for case, found in costs.items() if len(found) > 1 or max(found) > 12} == {}

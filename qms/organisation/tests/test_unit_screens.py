"""The screens of units, groups and positions: what they show, and forms that keep what was typed."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from qms.organisation.actions import create_unit, rename_unit, set_members
from qms.organisation.enums import Role, UnitKind
from qms.organisation.models import Position, PositionHolding, Unit

from .cast import LONG_AGO, NOW, TODAY, TOMORROW, YESTERDAY, House, add_person

UNITS = reverse("organisation:units")


@pytest.fixture
def desk(house: House, client: Client) -> Client:
    """The secretary's browser."""
    client.force_login(house["thuky"])
    return client


def names(response: HttpResponse) -> list[tuple[int, str]]:
    return [(row.depth, row.name) for row in response.context["rows"]]


def new_unit(house: House, name: str, **fields) -> Unit:
    data = {"agency": house.agency, "kind": UnitKind.DIVISION, "actor": house["thuky"], "at": NOW} | fields
    return create_unit(name=name, **data)


# The list


def test_units_stand_as_a_tree_kind_by_kind(house: House, desk: Client) -> None:
    new_unit(house, "Tổ Lưu trữ", parent=house.unit("vp"), kind=UnitKind.COMMITTEE)
    assert names(desk.get(UNITS)) == [
        (0, "Lãnh đạo Sở"), (0, "Văn phòng Sở"), (1, "Tổ Lưu trữ"), (0, "Phòng Kế hoạch - Tài chính"),
        (0, "Phòng Tổ chức cán bộ"), (0, "Các phòng chuyên môn"), (0, "Đơn vị tư vấn"),
    ]  # fmt: skip


def test_each_kind_is_headed_once(house: House, desk: Client) -> None:
    new_unit(house, "Tổ Lưu trữ", parent=house.unit("vp"), kind=UnitKind.COMMITTEE)
    headings = [row.heading for row in desk.get(UNITS).context["rows"] if row.heading]
    assert headings == ["lãnh đạo", "phòng, văn phòng, thanh tra", "nhóm đơn vị", "đơn vị ngoài cơ quan"]


def test_a_unit_shows_who_leads_it_and_how_many_it_has(house: House, desk: Client) -> None:
    row = next(row for row in desk.get(UNITS).context["rows"] if row.name.startswith("Phòng Kế"))
    assert (row.heads, row.people) == (["Ngô Văn Thắng"], 2)


def test_a_committee_is_led_by_whoever_stands_first(house: House, desk: Client) -> None:
    unit = new_unit(house, "Ban Chỉ đạo ISO", kind=UnitKind.COMMITTEE)
    for title, rank, username in (("Ủy viên", 9, "chanh"), ("Trưởng ban", 1, "giamdoc")):
        position = Position.objects.create(unit=unit, title=title, rank=rank)
        PositionHolding.objects.create(position=position, user=house.people[username])
    row = next(row for row in desk.get(UNITS).context["rows"] if row.name == "Ban Chỉ đạo ISO")
    assert row.heads == ["Phạm Quang Huy"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "ke hoach"}, ["Phòng Kế hoạch - Tài chính"]),
        ({"q": "CÁN BỘ"}, ["Phòng Tổ chức cán bộ"]),
        ({"q": "bộ tổ"}, ["Phòng Tổ chức cán bộ"]),
        ({"q": "không có"}, []),
        ({"loai": "group"}, ["Các phòng chuyên môn"]),
        ({"q": "phòng", "loai": "leadership"}, []),
    ],
)
def test_units_are_found(house: House, desk: Client, asked: dict[str, str], found: list[str]) -> None:
    assert [name for _, name in names(desk.get(UNITS, asked))] == found


def test_a_unit_that_ended_is_listed_only_on_demand_or_on_its_days(house: House, desk: Client) -> None:
    Unit.objects.filter(pk=house.units["tc"].pk).update(valid_to=YESTERDAY)
    shown = [
        "Phòng Tổ chức cán bộ" in [name for _, name in names(desk.get(UNITS, asked))]
        for asked in ({}, {"xem": "tat-ca"}, {"ngay": f"{YESTERDAY:%d/%m/%Y}"}, {"ngay": f"{TODAY:%Y-%m-%d}"})
    ]
    assert shown == [False, True, True, False]


def test_a_day_of_the_past_shows_the_names_of_that_day(house: House, desk: Client) -> None:
    rename_unit(
        house.unit("tc"), name="Phòng Nội vụ", short_name="", from_day=TODAY, actor=house["thuky"], at=NOW
    )  # fmt: skip
    shown = {
        day: [name for _, name in names(desk.get(UNITS, {"ngay": f"{day:%d/%m/%Y}", "loai": "division"}))][-1]
        for day in (YESTERDAY, TODAY)
    }
    assert shown == {YESTERDAY: "Phòng Tổ chức cán bộ", TODAY: "Phòng Nội vụ"}


def test_a_day_that_is_none_means_today(house: House, desk: Client) -> None:
    assert desk.get(UNITS, {"ngay": "31/02/2026"}).context["on"] == TODAY


def test_a_long_search_result_comes_in_pages(house: House, desk: Client) -> None:
    Unit.objects.bulk_create(
        Unit(agency=house.agency, kind="division", name=f"Tổ {n:02}", search=f"to {n:02}") for n in range(60)
    )
    second = desk.get(UNITS, {"q": "to", "page": "2"})
    assert (second.context["page"].number, len(second.context["rows"])) == (2, 11)


def test_the_excel_file_holds_what_the_list_shows(house: House, desk: Client) -> None:
    response = desk.get(UNITS, {"xuat": "xlsx", "loai": "division"})
    rows = list(load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True))
    assert [row[0] for row in rows] == [
        "Đơn vị", "Văn phòng Sở", "Phòng Kế hoạch - Tài chính", "Phòng Tổ chức cán bộ",
    ]  # fmt: skip
    assert rows[2][2:6] == ("phòng, văn phòng, thanh tra", None, "Ngô Văn Thắng", 2)


# One unit


def page(desk: Client, unit: Unit) -> HttpResponse:
    return desk.get(reverse("organisation:unit", args=[unit.pk]))


def test_the_page_shows_who_is_there_and_who_will_be(house: House, desk: Client) -> None:
    person = add_person(house, "moi", "Bùi Thị Hạnh")
    PositionHolding.objects.create(position=house.position("truong"), user=person, valid_from=TOMORROW)
    first = page(desk, house.units["kh"]).context["positions"][0]
    assert [(str(line["row"].user), line["mark"] and line["mark"].label) for line in first["holdings"]] == [
        ("Ngô Văn Thắng", None), ("Bùi Thị Hạnh", f"từ {TOMORROW:%d/%m/%Y}"),
    ]  # fmt: skip


def test_names_through_time_are_told_newest_first(house: House, desk: Client) -> None:
    for day, name in ((YESTERDAY, "Phòng Giữa"), (TOMORROW, "Phòng Nội vụ")):
        rename_unit(house.unit("tc"), name=name, short_name="", from_day=day, actor=house["thuky"], at=NOW)
    told = page(desk, house.units["tc"]).context["names"]
    assert [(period.name, period.begin, period.end) for period in told] == [
        ("Phòng Nội vụ", TOMORROW, None),
        ("Phòng Giữa", YESTERDAY, TODAY),
        ("Phòng Tổ chức cán bộ", LONG_AGO, YESTERDAY - timedelta(days=1)),
    ]


def test_what_may_not_be_done_is_not_shown(house: House, client: Client) -> None:
    client.force_login(house["lan"])
    assert "Việc có thể làm" not in page(client, house.units["kh"]).content.decode()


def test_what_may_be_done_is_shown(house: House, desk: Client) -> None:
    assert "Việc có thể làm" in page(desk, house.units["kh"]).content.decode()


def test_a_group_shows_its_members(house: House, desk: Client) -> None:
    set_members(
        house.unit("nhom"), members=[house.unit("kh")], from_day=LONG_AGO, actor=house["thuky"], at=NOW
    )  # fmt: skip
    lines = page(desk, house.units["nhom"]).context["memberships"]
    assert [line["row"].member for line in lines] == [house.units["kh"]]


def test_a_name_is_text_not_markup(house: House, desk: Client) -> None:
    unit = new_unit(house, "Phòng <b>Đậm</b>")
    assert "Phòng &lt;b&gt;Đậm&lt;/b&gt;" in page(desk, unit).content.decode()


# Forms


def send(desk: Client, address: str, /, *args: int, **data: str | list) -> HttpResponse:
    return desk.post(reverse(f"organisation:{address}", args=args), data)


NEW = {"kind": "division", "name": "Phòng Chuyển đổi số", "short_name": "", "order": "5", "valid_from": "01/03/2026"}


def test_a_unit_is_added_from_the_screen(house: House, desk: Client) -> None:
    response = send(desk, "unit_new", **NEW)
    unit = Unit.objects.get(name="Phòng Chuyển đổi số")
    assert (response.status_code, response["Location"]) == (302, UNITS)
    assert (unit.valid_from, unit.order) == (date(2026, 3, 1), 5)


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"name": ""}, "name", "Ghi tên đơn vị."),
        ({"name": "Văn phòng Sở"}, "name", "Tên này trùng với một đơn vị khác của cơ quan."),
        ({"valid_from": "31/02/2026"}, "valid_from", "Ngày không đúng, ghi như 05/11/2026."),
        ({"name": "x" * 201}, "name", "Ô này nhận tối đa 200 ký tự, đang có 201."),
        ({"parent": "999999"}, "parent", "Chọn trong danh sách."),
    ],
)
def test_a_bad_entry_is_told_beside_its_field_and_kept(
    house: House, desk: Client, change: dict[str, str], field: str, sentence: str
) -> None:
    response = send(desk, "unit_new", **(NEW | change))
    form = response.context["form"]
    assert (response.status_code, form.errors) == (422, {field: [sentence]})
    assert {name: form[name].value() for name in NEW} == NEW | {k: v for k, v in change.items() if k in NEW}


def test_letters_are_composed_on_the_way_in(house: House, desk: Client) -> None:
    send(desk, "unit_new", **(NEW | {"name": "  Pho\u0300ng   M\u01a1\u0301i "}))
    assert Unit.objects.filter(name="Phòng Mới").exists()


def test_a_unit_of_another_agency_cannot_be_chosen(house: House, neighbour: House, desk: Client) -> None:
    response = send(desk, "unit_new", **(NEW | {"parent": str(neighbour.units["vp"].pk)}))
    assert list(response.context["form"].errors) == ["parent"]


def test_a_unit_is_corrected_closed_and_opened_again(house: House, desk: Client) -> None:
    pk = house.units["tc"].pk
    send(desk, "unit_change", pk, kind="division", name="Phòng TCCB", short_name="", order="1")
    send(desk, "unit_close", pk, last_day=f"{YESTERDAY:%d/%m/%Y}")
    closed = house.unit("tc")
    send(desk, "unit_reopen", pk)
    assert (closed.name, closed.valid_to, house.unit("tc").valid_to) == ("Phòng TCCB", YESTERDAY, None)


def test_members_and_other_names_are_set_from_the_screen(house: House, desk: Client) -> None:
    kh, group = house.units["kh"].pk, house.units["nhom"].pk
    send(desk, "unit_members", group, members=[str(kh)], from_day=f"{TODAY:%d/%m/%Y}")
    send(desk, "unit_aliases", kh, texts="Phòng KHTC\nP.KHTC\n")
    assert [row.member_id for row in house.unit("nhom").memberships.all()] == [kh]
    assert sorted(house.unit("kh").aliases.values_list("text", flat=True)) == ["P.KHTC", "Phòng KHTC"]


def test_a_position_is_added_given_and_ended_from_the_screen(house: House, desk: Client) -> None:
    today = f"{TODAY:%d/%m/%Y}"
    send(desk, "position_new", house.units["kh"].pk, title="Kế toán", roles=["staff"], rank="60", valid_from="")
    position = Position.objects.get(title="Kế toán")
    send(desk, "appoint", position.pk, person=str(house.people["nam"].pk), valid_from=today, basis="1/QĐ")
    holding = position.holdings.get()
    send(desk, "holding_end", holding.pk, last_day=today)
    holding.refresh_from_db()
    assert (position.roles, holding.user, holding.valid_from, holding.valid_to) == (
        ["staff"], house.people["nam"], TODAY, TODAY,
    )  # fmt: skip


def test_one_cannot_choose_oneself_for_a_position(house: House, desk: Client) -> None:
    response = send(
        desk, "appoint", house.position("lan").pk, person=str(house.people["thuky"].pk), valid_from=f"{TODAY:%d/%m/%Y}"
    )
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["person"])


def test_an_administrator_who_posts_to_the_own_position_is_refused(house: House, client: Client) -> None:
    client.force_login(house["quantri"])
    position = house.position("quantri")
    response = send(client, "position_change", position.pk, title="X", roles=["director"], rank="1")
    position.refresh_from_db()
    assert (response.status_code, position.roles) == (422, [Role.ADMIN])
    assert response.context["form"].non_field_errors() == ["Không tự sửa vị trí mình đang giữ; nhờ người quản lý khác."]


@pytest.mark.parametrize(
    ("asked", "count"),
    [({}, 12), ({"vai_tro": "head"}, 2), ({"vai_tro": "staff"}, 2), ({"xem": "trong"}, 1), ({"xem": "tat-ca"}, 13)],
)
def test_positions_are_filtered_by_role_and_by_what_is_vacant(
    house: House, desk: Client, asked: dict[str, str], count: int
) -> None:
    PositionHolding.objects.filter(user=house.people["tuvan"]).delete()
    Position.objects.create(unit=house.units["kh"], title="Đã bỏ", valid_to=YESTERDAY)
    response = desk.get(reverse("organisation:positions"), asked)
    assert response.context["page"].paginator.count == count


def test_positions_of_one_unit(house: House, desk: Client) -> None:
    response = desk.get(reverse("organisation:positions"), {"don_vi": str(house.units["kh"].pk)})
    assert [position.title for position in response.context["page"]] == ["Trưởng phòng", "Chuyên viên"]

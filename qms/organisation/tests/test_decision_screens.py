"""The screens that show what would happen before it happens: reorganisations and the calendar."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from qms.deadlines import WorkingCalendar
from qms.organisation.calendar import MovedDeadline, forget_listener, on_calendar_change
from qms.organisation.models import (
    Agency,
    ConfirmedYear,
    DecreedDay,
    OrganisationChange,
    Position,
    Reorganisation,
    Unit,
)

from .cast import TODAY, House

DAY = f"{TODAY:%d/%m/%Y}"
DECISION = {"decision_number": "20/QĐ-UBND", "decision_date": DAY, "note": ""}


@pytest.fixture
def desk(house: House, client: Client) -> Client:
    """The secretary's browser."""
    client.force_login(house["thuky"])
    return client


def merge(house: House, **fields) -> dict:
    units = [str(house.units[key].pk) for key in ("kh", "tc")]
    return {"units_ended": units, "name": "Phòng Tổng hợp", "new_kind": "division", "effective_on": DAY} | fields


def address(kind: str) -> str:
    return reverse("organisation:reorganise", args=[kind])


def kinds_of(response: HttpResponse) -> str:
    return response.templates[0].name


# Reorganisations


def test_a_page_that_names_a_unit_has_it_chosen(house: House, desk: Client) -> None:
    form = desk.get(address("sap-nhap"), {"unit": house.units["kh"].pk}).context["form"]
    assert form["units_ended"].value() == [str(house.units["kh"].pk)]


def test_looking_writes_nothing(house: House, desk: Client) -> None:
    response = desk.get(address("sap-nhap"), merge(house))
    assert kinds_of(response) == "organisation/reorganise_preview.html"
    assert (Reorganisation.objects.count(), OrganisationChange.objects.count()) == (0, 0)


def test_what_was_seen_is_applied(house: House, desk: Client) -> None:
    seen = desk.get(address("sap-nhap"), merge(house)).context["preview"]
    response = desk.post(address("sap-nhap"), merge(house, dau_van=seen.fingerprint, **DECISION))
    decision = Reorganisation.objects.get()
    assert (decision.changes, response["Location"]) == (
        seen.sentences, reverse("organisation:reorganisation", args=[decision.pk]),
    )  # fmt: skip


def test_the_chosen_moves_are_seen_and_applied(house: House, desk: Client) -> None:
    truong, lan = house.position("truong").pk, house.position("lan").pk
    asked = merge(house, **{f"vi_tri_{truong}": "0", f"vi_tri_{lan}": ""})
    seen = desk.get(address("sap-nhap"), asked).context["preview"]
    assert {str(user) for user in seen.without_post} == {"Phan Thị Lan", "Lý Thu Hiền", "Hồ Văn Nam", "Tạ Phương Thảo"}
    desk.post(address("sap-nhap"), asked | DECISION | {"dau_van": seen.fingerprint})
    new = Unit.objects.get(name="Phòng Tổng hợp")
    assert [position.title for position in new.positions.all()] == ["Trưởng phòng"]


def test_a_change_meanwhile_is_shown_anew(house: House, desk: Client) -> None:
    seen = desk.get(address("sap-nhap"), merge(house)).context["preview"]
    Position.objects.create(unit=house.units["kh"], title="Kế toán")
    response = desk.post(address("sap-nhap"), merge(house, dau_van=seen.fingerprint, **DECISION))
    assert (response.status_code, Reorganisation.objects.count()) == (422, 0)
    assert response.context["decision"].non_field_errors() == [
        "Tổ chức vừa có thay đổi từ lúc xem trước. Xem lại rồi áp dụng."
    ]


def test_a_decision_without_its_number_keeps_everything_chosen(house: House, desk: Client) -> None:
    lan = house.position("lan").pk
    response = desk.post(address("sap-nhap"), merge(house, decision_date=DAY, **{f"vi_tri_{lan}": ""}))
    chosen = {line["name"]: line["chosen"] for line in response.context["positions"]}
    assert (response.status_code, list(response.context["decision"].errors)) == (422, ["decision_number"])
    assert (chosen[f"vi_tri_{lan}"], dict(response.context["hidden"])["name"]) == ("", "Phòng Tổng hợp")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"effective_on": "mai"}, "effective_on"),
        ({"units_ended": []}, "units_ended"),
        ({"name": "Văn phòng Sở"}, "__all__"),
    ],
)
def test_what_cannot_be_is_told_on_the_form(house: House, desk: Client, change: dict, field: str) -> None:
    response = desk.get(address("sap-nhap"), merge(house, **change))
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])


def test_a_new_name_and_a_standing_unit_exclude_each_other(house: House, desk: Client) -> None:
    response = desk.get(address("sap-nhap"), merge(house, heir=str(house.units["vp"].pk)))
    assert response.context["form"].errors == {"name": ["Đã chọn đơn vị đang có thì bỏ trống tên mới."]}


def test_a_unit_is_divided_from_the_screen(house: House, desk: Client) -> None:
    asked = {
        "unit": str(house.units["kh"].pk), "part_1": "Phòng Kế hoạch", "part_2": "Phòng Tổ chức cán bộ",
        "effective_on": DAY,
    }  # fmt: skip
    desk.post(address("chia-tach"), asked | DECISION)
    heirs = Reorganisation.objects.get().successions.values_list("successor__name", flat=True)
    assert list(heirs) == ["Phòng Kế hoạch", "Phòng Tổ chức cán bộ"]
    assert Unit.objects.filter(name="Phòng Tổ chức cán bộ").count() == 1


def test_a_unit_is_renamed_from_the_screen(house: House, desk: Client) -> None:
    asked = {"unit": str(house.units["kh"].pk), "name": "Phòng Tài chính", "effective_on": DAY}
    desk.post(address("doi-ten"), asked | DECISION)
    assert house.unit("kh").name == "Phòng Tài chính"


def test_a_unit_is_dissolved_from_the_screen(house: House, desk: Client) -> None:
    desk.post(address("giai-the"), {"units_ended": [str(house.units["kh"].pk)], "effective_on": DAY} | DECISION)
    assert house.unit("kh").is_in_force(TODAY) is False


def test_a_unit_of_another_agency_cannot_be_chosen(house: House, neighbour: House, desk: Client) -> None:
    response = desk.get(address("giai-the"), {"units_ended": [str(neighbour.units["kh"].pk)], "effective_on": DAY})
    assert list(response.context["form"].errors) == ["units_ended"]


# The calendar

CALENDAR = reverse("organisation:calendar")
NEW = reverse("organisation:decreed_day_new")
MONDAY = date(2027, 3, 15)
ENTRY = {"day": "15/03/2027", "is_off": "1", "name": "Nghỉ hoán đổi", "source": "100/VPCP-KGVX", "worked_day": ""}


def due(agency: Agency, before: WorkingCalendar, after: WorkingCalendar) -> list[MovedDeadline]:
    old, new = before.next_working(MONDAY), after.next_working(MONDAY)
    return [] if old == new else [MovedDeadline("Nhiệm vụ 1", old, new, "/ke-hoach/1/")]


@pytest.fixture
def room() -> Iterator[None]:
    on_calendar_change(due)
    yield
    forget_listener(due)


def test_a_year_shows_its_months_and_special_days(house: House, desk: Client) -> None:
    context = desk.get(CALENDAR, {"nam": "2026"}).context
    january = context["months"][0]
    kinds = {cell.day.day: cell.kind for week in january.weeks for cell in week if cell}
    assert [kinds[day] for day in (1, 2, 3, 4, 5, 10)] == ["off", "off", "weekend", "weekend", "work", "worked"]
    assert january.working_days == 21


def test_a_swap_names_its_document(house: House, desk: Client) -> None:
    special = {day.decree.day: day for day in desk.get(CALENDAR, {"nam": "2026"}).context["special"]}
    assert special[date(2026, 1, 2)].decree.source == "12729/VPCP-KGVX ngày 25/12/2025"
    assert special[date(2026, 1, 1)].basis == "Bộ luật Lao động"
    assert special[date(2026, 8, 31)].basis == "theo lịch chung, chưa ghi văn bản"


def test_a_year_not_decreed_yet_warns_and_marks_its_estimates(house: House, desk: Client) -> None:
    context = desk.get(CALENDAR, {"nam": "2028"}).context
    estimates = {day.decree.name for day in context["special"] if day.is_estimate}
    assert (context["is_confirmed"], estimates) == (
        False, {"Tết Mậu Thân", "Quốc khánh", "Quốc khánh (nghỉ bù)"},
    )  # fmt: skip


def test_a_confirmed_year_warns_no_more(house: House, desk: Client) -> None:
    desk.post(reverse("organisation:calendar_confirm", args=[2028]), {"source": "Thông báo 1/TB"})
    context = desk.get(CALENDAR, {"nam": "2028"}).context
    assert (context["is_confirmed"], [day for day in context["special"] if day.is_estimate]) == (True, [])
    assert ConfirmedYear.objects.get().source == "Thông báo 1/TB"


@pytest.mark.parametrize(("asked", "year"), [("", TODAY.year), ("x", TODAY.year), ("1900", 2015), ("9999", 2060)])
def test_a_strange_year_is_the_nearest_one(house: House, desk: Client, asked: str, year: int) -> None:
    assert desk.get(CALENDAR, {"nam": asked}).context["year"] == year


def test_the_first_press_shows_what_moves_and_writes_nothing(house: House, desk: Client, room: None) -> None:
    response = desk.post(NEW, ENTRY)
    assert response.context["moved"] == [MovedDeadline("Nhiệm vụ 1", MONDAY, date(2027, 3, 16), "/ke-hoach/1/")]
    assert DecreedDay.objects.count() == 0


def test_the_second_press_writes(house: House, desk: Client, room: None) -> None:
    response = desk.post(NEW, ENTRY | {"buoc": "ghi"})
    row = DecreedDay.objects.get()
    assert (response.status_code, row.day, row.is_off, row.source) == (302, MONDAY, True, "100/VPCP-KGVX")


def test_a_swap_is_written_with_its_saturday(house: House, desk: Client) -> None:
    desk.post(NEW, ENTRY | {"worked_day": "20/03/2027", "buoc": "ghi"})
    rows = DecreedDay.objects.values_list("day", "is_off", "source")
    assert list(rows) == [(MONDAY, True, "100/VPCP-KGVX"), (date(2027, 3, 20), False, "100/VPCP-KGVX")]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"day": "30/02/2027"}, "day"),
        ({"is_off": ""}, "is_off"),
        ({"source": " "}, "source"),
        ({"is_off": "0", "worked_day": "20/03/2027"}, "worked_day"),
        ({"worked_day": "15/03/2027"}, "worked_day"),
    ],
)
def test_a_bad_day_is_told_beside_its_field(house: House, desk: Client, change: dict[str, str], field: str) -> None:
    response = desk.post(NEW, ENTRY | change)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])


def test_a_day_that_stands_already_is_told_before_the_preview(house: House, desk: Client) -> None:
    for _ in range(2):
        response = desk.post(NEW, ENTRY | {"buoc": "ghi"})
    assert (response.status_code, DecreedDay.objects.count()) == (422, 1)
    assert response.context["form"].non_field_errors() == ["Ngày này đã có trong lịch."]


def test_a_day_is_corrected_after_a_look(house: House, desk: Client, room: None) -> None:
    row = DecreedDay.objects.create(agency=house.agency, day=MONDAY, is_off=True, name="Nghỉ", source="1")
    url = reverse("organisation:decreed_day_change", args=[row.pk])
    moved = desk.post(url, ENTRY | {"is_off": "0"}).context["moved"]
    desk.post(url, ENTRY | {"is_off": "0", "buoc": "ghi"})
    row.refresh_from_db()
    assert ([m.new_day for m in moved], row.is_off) == ([MONDAY], False)


def test_a_day_is_taken_out_after_a_look(house: House, desk: Client, room: None) -> None:
    row = DecreedDay.objects.create(agency=house.agency, day=MONDAY, is_off=True, name="Nghỉ", source="1")
    url = reverse("organisation:decreed_day_remove", args=[row.pk])
    assert len(desk.get(url).context["moved"]) == 1
    desk.post(url, {"buoc": "ghi"})
    assert DecreedDay.objects.count() == 0


def test_a_day_of_the_general_calendar_is_offered_for_correction(house: House, desk: Client) -> None:
    form = desk.get(NEW, {"ngay": "2026-01-02"}).context["form"]
    assert (form["day"].value(), form["is_off"].value()) == (date(2026, 1, 2), "1")


def test_known_days_are_copied_by_one_button(house: House, desk: Client) -> None:
    desk.post(reverse("organisation:calendar_seed"))
    assert set(DecreedDay.objects.values_list("day", flat=True)) == {date(2026, 1, 2), date(2026, 1, 10)}

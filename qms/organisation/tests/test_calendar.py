"""Decreed days, and what moves when they change."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from qms.deadlines import DECREED_DEFAULTS, WorkingCalendar
from qms.organisation.actions import (
    add_decreed_day,
    change_decreed_day,
    confirm_year,
    remove_decreed_day,
    seed_decreed_days,
)
from qms.organisation.calendar import (
    MovedDeadline,
    calendar_of,
    calendar_with,
    forget_listener,
    moved_deadlines,
    on_calendar_change,
)
from qms.organisation.models import Agency, DecreedDay

from .cast import NOW, House

MONDAY, SATURDAY = date(2027, 3, 15), date(2027, 3, 20)


def by(house: House, username: str = "thuky") -> dict[str, Any]:
    return {"actor": house[username], "at": NOW}


def add(house: House, day: date = MONDAY, is_off: bool = True, **fields: Any) -> DecreedDay:
    data = {"name": "Nghỉ hoán đổi", "source": "100/VPCP-KGVX"} | by(house) | fields
    return add_decreed_day(agency=house.agency, day=day, is_off=is_off, **data)


def test_a_decreed_day_off_is_not_worked(house: House) -> None:
    add(house)
    calendar = calendar_of(house.agency)
    assert (calendar.is_working(MONDAY), calendar.describe(MONDAY), calendar.source(MONDAY)) == (
        False, "Nghỉ hoán đổi", "100/VPCP-KGVX",
    )  # fmt: skip


def test_a_decreed_saturday_is_worked(house: House) -> None:
    add(house, SATURDAY, is_off=False)
    assert calendar_of(house.agency).is_working(SATURDAY) is True


def test_another_agency_keeps_its_own_calendar(house: House, neighbour: House) -> None:
    add(house)
    assert calendar_of(neighbour.agency).is_working(MONDAY) is True


def test_a_day_stands_once(house: House) -> None:
    add(house)
    with pytest.raises(ValidationError) as caught:
        add(house, is_off=False)
    assert caught.value.messages == ["Ngày này đã có trong lịch."]


@pytest.mark.parametrize("field", ["name", "source"])
def test_a_day_needs_its_words_and_its_document(house: House, field: str) -> None:
    with pytest.raises(ValidationError) as caught:
        add(house, **{field: ""})
    assert list(caught.value.message_dict) == [field]


def test_a_row_is_put_right(house: House) -> None:
    row = add(house)
    change_decreed_day(row, day=SATURDAY, is_off=False, name="Làm bù", source="1", **by(house))
    calendar = calendar_of(house.agency)
    assert (calendar.is_working(MONDAY), calendar.is_working(SATURDAY)) == (True, True)


def test_a_row_taken_out_follows_the_rules_again(house: House) -> None:
    remove_decreed_day(add(house), **by(house))
    assert calendar_of(house.agency).is_working(MONDAY) is True


def test_what_the_program_knows_is_copied_once(house: House) -> None:
    first, second = (seed_decreed_days(house.agency, **by(house)) for _ in range(2))
    assert ([row.day for row in first], second) == ([row.day for row in DECREED_DEFAULTS], [])


def test_a_year_counts_as_decreed_once_somebody_confirms_it(house: House) -> None:
    assert calendar_of(house.agency).confirmed(2031) is False
    confirm_year(house.agency, year=2031, source="Thông báo của Thủ tướng", **by(house))
    assert calendar_of(house.agency).confirmed(2031) is True


@pytest.mark.parametrize("username", ["giamdoc", "chanh", "vanthu", "lan"])
def test_others_do_not_change_the_calendar(house: House, username: str) -> None:
    with pytest.raises(PermissionDenied):
        add(house, **by(house, username))


def deadline(agency: Agency, before: WorkingCalendar, after: WorkingCalendar) -> list[MovedDeadline]:
    """A room with one deadline: the first working day from 15 March 2027 on."""
    old, new = before.next_working(MONDAY), after.next_working(MONDAY)
    return [] if old == new else [MovedDeadline(f"Nhiệm vụ 1, {agency}", old, new, "/ke-hoach/1/")]


@pytest.fixture
def room() -> Iterator[None]:
    on_calendar_change(deadline)
    yield
    forget_listener(deadline)


def test_what_moves_is_listed_before_it_moves(house: House, room: None) -> None:
    before = calendar_of(house.agency)
    after = calendar_with(house.agency, put=[DecreedDay(day=MONDAY, is_off=True, name="Nghỉ", source="1")])
    assert moved_deadlines(house.agency, before, after) == [
        MovedDeadline("Nhiệm vụ 1, Sở Khoa học và Công nghệ", MONDAY, date(2027, 3, 16), "/ke-hoach/1/")
    ]
    assert calendar_of(house.agency).is_working(MONDAY) is True


def test_taking_a_row_out_is_foreseen_too(house: House, room: None) -> None:
    row = add(house)
    after = calendar_with(house.agency, drop=[row])
    moved = moved_deadlines(house.agency, calendar_of(house.agency), after)
    assert [(m.old_day, m.new_day) for m in moved] == [(date(2027, 3, 16), MONDAY)]


def test_a_room_is_asked_once_however_often_it_registers(house: House, room: None) -> None:
    on_calendar_change(deadline)
    after = calendar_with(house.agency, put=[DecreedDay(day=MONDAY, is_off=True, name="Nghỉ", source="1")])
    assert len(moved_deadlines(house.agency, calendar_of(house.agency), after)) == 1


def test_a_calendar_costs_two_queries(house: House, django_assert_num_queries) -> None:
    add(house)
    with django_assert_num_queries(2):
        calendar_of(house.agency)

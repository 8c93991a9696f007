from datetime import date

import pytest

from qms.deadlines import DECREED_DEFAULTS, DecreedDay, WorkingCalendar

CALENDAR = WorkingCalendar()


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 1, 2), "Nghỉ hoán đổi (làm bù 10/01/2026)"),
        (date(2026, 2, 16), "Tết Bính Ngọ"),
        (date(2025, 2, 1), "Tết Ất Tỵ"),
        (date(2026, 4, 27), "Ngày Giỗ Tổ Hùng Vương (nghỉ bù)"),
        (date(2026, 8, 31), "Nghỉ hoán đổi (làm bù 22/08/2026)"),
        (date(2026, 11, 24), "Ngày Văn hóa Việt Nam"),
        (date(2026, 3, 7), "Thứ Bảy"),
        (date(2026, 3, 8), "Chủ nhật"),
    ],
)
def test_a_day_off_has_a_name(day: date, name: str) -> None:
    assert (CALENDAR.is_working(day), CALENDAR.describe(day)) == (False, name)


@pytest.mark.parametrize("day", [date(2024, 5, 4), date(2025, 4, 26), date(2026, 1, 10), date(2026, 8, 22)])
def test_a_swapped_saturday_is_worked(day: date) -> None:
    assert CALENDAR.is_working(day)
    assert CALENDAR.describe(day).startswith("Làm bù cho ngày nghỉ")


def test_an_ordinary_day_has_no_name() -> None:
    assert (CALENDAR.is_working(date(2026, 3, 4)), CALENDAR.describe(date(2026, 3, 4))) == (True, "")


def test_the_shipped_swap_names_its_document() -> None:
    assert {row.source for row in DECREED_DEFAULTS} == {"12729/VPCP-KGVX ngày 25/12/2025"}
    assert CALENDAR.source(date(2026, 1, 10)) == "12729/VPCP-KGVX ngày 25/12/2025"


def test_a_row_of_the_agency_wins_over_the_shipped_one() -> None:
    day = date(2026, 1, 2)
    calendar = WorkingCalendar({day: DecreedDay(day, False, "Làm việc bình thường", "Thông báo của Sở")})
    assert (calendar.is_working(day), calendar.source(day)) == (True, "Thông báo của Sở")


def test_a_decreed_day_closes_an_ordinary_weekday() -> None:
    day = date(2027, 2, 11)
    calendar = WorkingCalendar({day: DecreedDay(day, True, "Tết Đinh Mùi", "Công văn giả định")})
    assert (calendar.is_working(day), calendar.describe(day)) == (False, "Tết Đinh Mùi")
    assert CALENDAR.is_working(day)


def test_the_next_working_day_jumps_over_the_whole_of_tet() -> None:
    assert CALENDAR.next_working(date(2026, 2, 14)) == date(2026, 2, 23)
    assert CALENDAR.previous_working(date(2026, 2, 22)) == date(2026, 2, 13)


def test_a_working_day_is_its_own_next_and_previous_one() -> None:
    day = date(2026, 8, 22)
    assert (CALENDAR.next_working(day), CALENDAR.previous_working(day)) == (day, day)


@pytest.mark.parametrize(
    ("day", "n", "end"),
    [
        (date(2026, 2, 2), 30, date(2026, 3, 23)),
        (date(2026, 2, 13), 1, date(2026, 2, 23)),
        (date(2026, 1, 9), 1, date(2026, 1, 10)),
        (date(2026, 8, 21), 1, date(2026, 8, 22)),
        (date(2026, 8, 21), 2, date(2026, 8, 24)),
        (date(2026, 2, 23), -1, date(2026, 2, 13)),
        (date(2026, 9, 3), -1, date(2026, 8, 28)),
        (date(2026, 2, 17), 0, date(2026, 2, 23)),
        (date(2026, 3, 4), 0, date(2026, 3, 4)),
    ],
)
def test_working_days_are_counted_from_the_day_after(day: date, n: int, end: date) -> None:
    assert CALENDAR.add_working_days(day, n) == end


def test_days_off_between_tell_weekends_from_holidays() -> None:
    off = CALENDAR.days_off_between(date(2026, 2, 13), date(2026, 2, 22))
    assert [(day.day.day, day.weekend) for day in off] == [
        (14, True), (15, True), (16, False), (17, False), (18, False), (19, False), (20, False), (21, True), (22, True),
    ]  # fmt: skip


def test_worked_weekends_between_are_the_swapped_ones() -> None:
    assert CALENDAR.worked_weekends_between(date(2026, 1, 1), date(2026, 12, 31)) == [
        date(2026, 1, 10),
        date(2026, 8, 22),
    ]


def test_the_special_days_of_a_year_are_listed_with_their_source() -> None:
    special = {day.day: day for day in CALENDAR.special_days(2026)}
    assert special[date(2026, 1, 10)] == DECREED_DEFAULTS[1]
    assert special[date(2026, 9, 2)] == DecreedDay(date(2026, 9, 2), True, "Quốc khánh", "")
    assert [day for day, row in special.items() if not row.is_off] == [date(2026, 1, 10), date(2026, 8, 22)]
    assert len(special) == 17


def test_only_decreed_years_are_confirmed() -> None:
    assert [year for year in range(2024, 2029) if CALENDAR.confirmed(year)] == [2024, 2025, 2026]


def test_an_editor_confirms_a_further_year() -> None:
    assert WorkingCalendar(confirmed_years=[2027]).confirmed(2027)


@pytest.mark.parametrize("year", [1, 1700, 2150, 9998])
def test_years_without_known_holidays_still_have_weekends(year: int) -> None:
    day = date(year, 6, 1)
    week = [date.fromordinal(day.toordinal() + n) for n in range(7)]
    assert sum(CALENDAR.is_working(each) for each in week) == 5

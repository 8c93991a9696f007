"""Calendar intervals by number: months, quarters, halves, parts of a month. No holidays here."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

FIRST_YEAR, LAST_YEAR = 1900, 2100
ONE_DAY = timedelta(days=1)


class Impossible(ValueError):
    """The words name a day, month, quarter or year that does not exist. The message is for users, in Vietnamese."""


class Grain(IntEnum):
    """How fine a period is; comparable, a day being the finest."""

    DAY = 1
    WEEK = 2
    MONTH = 3
    QUARTER = 4
    HALF = 5
    YEAR = 6


@dataclass(frozen=True, order=True)
class Period:
    """Days from `start` to `end`, both included. `edge`: one named day such as "cuối năm", a due day without start."""

    start: date
    end: date
    grain: Grain
    edge: bool = False

    def touches(self, later: "Period") -> bool:
        """Whether `later` begins on the day after this period ends."""
        return self.end < date.max and self.end + ONE_DAY == later.start


def checked_year(year: int) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Impossible(f"Năm {year} nằm ngoài khoảng {FIRST_YEAR} đến {LAST_YEAR}.")
    return year


def full_year(written: str) -> int:
    """ "2026" → 2026; two digits are of this century: "26" → 2026."""
    return checked_year(int(written) + 2000 if len(written) == 2 else int(written))


def last_day(year: int, month: int) -> int:
    return monthrange(year, month)[1]


def a_day(day: int, month: int, year: int) -> Period:
    try:
        exact = date(checked_year(year), month, day)
    except (ValueError, OverflowError) as error:
        if isinstance(error, Impossible):
            raise
        raise Impossible(f"Không có ngày {day}/{month}/{year}.") from error
    return Period(exact, exact, Grain.DAY)


def clipped_day(day: int, month: int, year: int) -> Period:
    """The day of a monthly rule; in a shorter month its last day."""
    if not 1 <= day <= 31:
        raise Impossible(f"Không có ngày {day} trong tháng.")
    return a_day(min(day, last_day(checked_year(year), month)), month, year)


def months(first: int, count: int, year: int, grain: Grain) -> Period:
    """`count` months of one year beginning with month `first`."""
    checked_year(year)
    last = first + count - 1
    return Period(date(year, first, 1), date(year, last, last_day(year, last)), grain)


def a_month(month: int, year: int) -> Period:
    if not 1 <= month <= 12:
        raise Impossible(f"Không có tháng {month}.")
    return months(month, 1, year, Grain.MONTH)


def a_quarter(quarter: int, year: int) -> Period:
    if not 1 <= quarter <= 4:
        raise Impossible(f"Không có quý {quarter}.")
    return months(3 * quarter - 2, 3, year, Grain.QUARTER)


def a_year(year: int) -> Period:
    return months(1, 12, year, Grain.YEAR)


def first_months(count: int, whole: Period) -> Period:
    """The first `count` months of a quarter or year."""
    _check_count(count, whole)
    return months(whole.start.month, count, whole.start.year, _grain_of(count))


def last_months(count: int, whole: Period) -> Period:
    _check_count(count, whole)
    return months(whole.end.month - count + 1, count, whole.start.year, _grain_of(count))


def _check_count(count: int, whole: Period) -> None:
    if not 1 <= count <= whole.end.month - whole.start.month + 1:
        raise Impossible(f"Không có {count} tháng trong kỳ này.")


def _grain_of(count: int) -> Grain:
    grains = {1: Grain.MONTH, 3: Grain.QUARTER, 6: Grain.HALF, 12: Grain.YEAR}
    return grains.get(count, Grain.QUARTER if count < 6 else Grain.HALF)


def split_year(size: int, year: int) -> list[Period]:
    """The year cut into periods of `size` months; [] where twelve is no multiple of it."""
    if size < 1 or 12 % size:
        return []
    return [months(first, size, year, _grain_of(size)) for first in range(1, 13, size)]


def weeks_of(year: int) -> list[Period]:
    """The ISO weeks of the year, Monday to Sunday."""
    checked_year(year)
    count = date(year, 12, 28).isocalendar().week
    return [iso_week(number, year) for number in range(1, count + 1)]


def iso_week(number: int, year: int) -> Period:
    try:
        monday = date.fromisocalendar(checked_year(year), number, 1)
    except ValueError as error:
        raise Impossible(f"Không có tuần {number} trong năm {year}.") from error
    return Period(monday, monday + 6 * ONE_DAY, Grain.WEEK)


def weeks_of_month(first: int, last: int, month: Period) -> Period:
    """Week 1 is the days 1 to 7, week 2 the days 8 to 14, and so on; week 5 is what is left. `last` 0: one week."""
    last = last or first
    if not 1 <= first <= last:
        raise Impossible(f"Không có tuần {first} đến {last} trong tháng.")
    return days_of_month(7 * first - 6, 7 * last, month)


def days_of_month(first: int, last: int, month: Period) -> Period:
    """The days `first` to `last` of a month, cut at its end."""
    if not 1 <= first <= min(last, month.end.day):
        raise Impossible(f"Tháng {month.start.month}/{month.start.year} không có những ngày này.")
    return Period(month.start.replace(day=first), month.start.replace(day=min(last, month.end.day)), Grain.WEEK)


def edge_of(whole: Period, where: str) -> Period:
    """The day that "dau", "giua" or "cuoi" of a period names (Bộ luật Dân sự 2015, Điều 146)."""
    exact = {"dau": whole.start, "giua": _middle(whole), "cuoi": whole.end}[where]
    return Period(exact, exact, whole.grain, edge=True)


def _middle(whole: Period) -> date:
    """Day 15 of a month, 30 June of a year; the 15th of the second month of a quarter."""
    if whole.grain is Grain.YEAR:
        return date(whole.start.year, 6, 30)
    if whole.grain is Grain.MONTH:
        return whole.start.replace(day=15)
    return date(whole.start.year, (whole.start.month + whole.end.month) // 2, 15)

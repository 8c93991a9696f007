"""The working-day calendar of the Vietnamese public service.

Saturday and Sunday are off (40 hours a week), so are the public holidays of Bộ luật Lao động 2019 Điều 112, which the
`holidays` package knows, and days decreed off or worked by the Government's notices, which it knows only in part.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5
_COMPUTED_YEARS = range(1995, 2100)  # beyond these the package has no lunar calendar or no weekend swaps
_STEMS = ("Canh", "Tân", "Nhâm", "Quý", "Giáp", "Ất", "Bính", "Đinh", "Mậu", "Kỷ")
_BRANCHES = ("Thân", "Dậu", "Tuất", "Hợi", "Tý", "Sửu", "Dần", "Mão", "Thìn", "Tỵ", "Ngọ", "Mùi")


@dataclass(frozen=True)
class DecreedDay:
    """One day that a notice made off or worked; `source` is the number and date of that notice."""

    day: date
    is_off: bool
    name: str
    source: str


@dataclass(frozen=True)
class DayOff:
    """A day on which the office is closed. `weekend`: an ordinary Saturday or Sunday."""

    day: date
    name: str
    weekend: bool


# What holidays 0.109 misses. A row of the same day given to WorkingCalendar wins over a row here.
DECREED_DEFAULTS = (
    DecreedDay(date(2026, 1, 2), True, "Nghỉ hoán đổi (làm bù 10/01/2026)", "12729/VPCP-KGVX ngày 25/12/2025"),
    DecreedDay(date(2026, 1, 10), False, "Làm bù cho ngày nghỉ 02/01/2026", "12729/VPCP-KGVX ngày 25/12/2025"),
)

# The years whose Tết and second day of 02/9 have been decreed. Years before the first are history and count as decreed.
DECREED_YEARS = frozenset({2024, 2025, 2026})


@dataclass(frozen=True)
class _Year:
    """One year as the package knows it: days off by name, and weekend days that are worked."""

    off: Mapping[date, str]
    worked: frozenset[date]


class WorkingCalendar:
    """Which days are worked. Cheap to make; the package's years are computed once per process.

    `overrides` are decreed days kept by the agency, keyed by day; `confirmed_years` are years an editor has declared
    complete, beside those the code ships. Days near `date.max` raise OverflowError.
    """

    def __init__(
        self, overrides: Mapping[date, DecreedDay] | None = None, *, confirmed_years: Iterable[int] = ()
    ) -> None:
        self._decreed = {row.day: row for row in DECREED_DEFAULTS} | dict(overrides or {})
        self._confirmed = DECREED_YEARS | frozenset(confirmed_years)

    def is_working(self, day: date) -> bool:
        decreed = self._decreed.get(day)
        if decreed:
            return not decreed.is_off
        year = _package_year(day.year)
        return day in year.worked if day.weekday() >= _SATURDAY else day not in year.off

    def describe(self, day: date) -> str:
        """Why the day is off ("Tết Bính Ngọ", "Thứ Bảy"), or why a weekend day is worked; "" for ordinary days."""
        decreed = self._decreed.get(day)
        if decreed:
            return decreed.name
        year = _package_year(day.year)
        if day in year.worked:
            return "Làm bù cho ngày nghỉ hoán đổi"
        return year.off.get(day) or _weekend_name(day)

    def source(self, day: date) -> str:
        """The notice behind a decreed day, "" for days that follow from the law."""
        decreed = self._decreed.get(day)
        return decreed.source if decreed else ""

    def next_working(self, day: date) -> date:
        """The day itself if worked, else the first worked day after it."""
        return self._first_working(day, _ONE_DAY)

    def previous_working(self, day: date) -> date:
        """The day itself if worked, else the last worked day before it."""
        return self._first_working(day, -_ONE_DAY)

    def _first_working(self, day: date, step: timedelta) -> date:
        while not self.is_working(day):
            day += step
        return day

    def add_working_days(self, day: date, n: int) -> date:
        """The n-th working day after `day` (before it when n is negative); `day` itself is not counted.

        With n = 0 the day itself, or the next worked one when it is off.
        """
        if n == 0:
            return self.next_working(day)
        step = _ONE_DAY if n > 0 else -_ONE_DAY
        for _ in range(abs(n)):
            day = self._first_working(day + step, step)
        return day

    def days_off_between(self, first: date, last: date) -> list[DayOff]:
        """All days off from `first` to `last`, both included."""
        return [
            DayOff(day, self.describe(day), self._is_plain_weekend(day))
            for day in _days(first, last)
            if not self.is_working(day)
        ]

    def special_days(self, year: int) -> list[DecreedDay]:
        """The days of a year that are not as their weekday says: holidays, swaps, worked weekends, decreed days.

        `source` is the notice of a decreed day, "" where the day follows from the law or the package.
        """
        package = _package_year(year)
        days = {*package.off, *package.worked, *(day for day in self._decreed if day.year == year)}
        return [DecreedDay(day, not self.is_working(day), self.describe(day), self.source(day)) for day in sorted(days)]

    def worked_weekends_between(self, first: date, last: date) -> list[date]:
        """The Saturdays and Sundays that are worked from `first` to `last`, both included."""
        return [day for day in _days(first, last) if day.weekday() >= _SATURDAY and self.is_working(day)]

    def confirmed(self, year: int) -> bool:
        """Whether Tết and 02/9 of that year have been decreed; False means that the package only estimates them."""
        return year in self._confirmed or year < min(DECREED_YEARS)

    def _is_plain_weekend(self, day: date) -> bool:
        return day.weekday() >= _SATURDAY and self.describe(day) == _weekend_name(day)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _weekend_name(day: date) -> str:
    return {5: "Thứ Bảy", 6: "Chủ nhật"}.get(day.weekday(), "")


@lru_cache(maxsize=256)
def _package_year(year: int) -> _Year:
    if year not in _COMPUTED_YEARS:
        return _Year({}, frozenset())
    # Neighbouring years too: a Saturday may be worked for a day off of the other year.
    table = holidays.country_holidays("VN", years=(year - 1, year, year + 1), language="vi")
    off = {day: _plain_name(day, name) for day, name in table.items() if day.year == year}
    return _Year(off, frozenset(day for day in table.weekend_workdays if day.year == year))


def _plain_name(day: date, name: str) -> str:
    """The package's name as an office says it: all days of Tết under the name of the lunar year."""
    if name.startswith("Ngày nghỉ (thay cho ngày "):
        return f"Nghỉ hoán đổi (làm bù {name.removeprefix('Ngày nghỉ (thay cho ngày ')}"
    if "Tết" in name and "Dương lịch" not in name:
        return f"Tết {_STEMS[day.year % 10]} {_BRANCHES[day.year % 12]}"
    return name

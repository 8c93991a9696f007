"""A year of the working calendar as it is drawn: months of weeks of days, and the list of what is special."""

from calendar import Calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from qms.deadlines import DecreedDay as Decree
from qms.deadlines import WorkingCalendar

from .models import DecreedDay

_WEEKS = Calendar(firstweekday=0)
_SATURDAY = 5


@dataclass(frozen=True)
class DayCell:
    """One day of a month. `kind`: work, weekend, off (a holiday or decreed), worked (a weekend day that is worked)."""

    day: date
    kind: str
    words: str = ""
    is_today: bool = False


@dataclass(frozen=True)
class Month:
    """A month; weeks begin on Monday, days of other months are None."""

    number: int
    weeks: list[list[DayCell | None]]
    working_days: int


@dataclass(frozen=True)
class SpecialDay:
    """A day that is not as its weekday says; `row` is the agency's own entry, if there is one."""

    decree: Decree
    row: DecreedDay | None
    is_estimate: bool = False

    @property
    def basis(self) -> str:
        """Where the day comes from when no document is named."""
        is_swap = not self.decree.is_off or self.decree.name.startswith("Nghỉ hoán đổi")
        return "theo lịch chung, chưa ghi văn bản" if is_swap else "Bộ luật Lao động"


def months_of(year: int, calendar: WorkingCalendar, *, today: date) -> list[Month]:
    """The twelve months."""
    return [_month(year, number, calendar, today) for number in range(1, 13)]


def _month(year: int, number: int, calendar: WorkingCalendar, today: date) -> Month:
    weeks = [
        [_cell(day, calendar, today) if day.month == number else None for day in week]
        for week in _WEEKS.monthdatescalendar(year, number)
    ]
    working = sum(cell.kind in {"work", "worked"} for week in weeks for cell in week if cell)
    return Month(number, weeks, working)


def _cell(day: date, calendar: WorkingCalendar, today: date) -> DayCell:
    is_weekend = day.weekday() >= _SATURDAY
    words = calendar.describe(day)
    if calendar.is_working(day):
        return DayCell(day, "worked" if is_weekend else "work", words if is_weekend else "", day == today)
    plain = is_weekend and words in {"Thứ Bảy", "Chủ nhật"}
    return DayCell(day, "weekend" if plain else "off", "" if plain else words, day == today)


def special_days(year: int, calendar: WorkingCalendar, rows: Iterable[DecreedDay]) -> list[SpecialDay]:
    """Everything special of a year in the order of days. Tết and Quốc khánh of a year not decreed are estimates."""
    own = {row.day: row for row in rows}
    is_open = not calendar.confirmed(year)
    return [
        SpecialDay(decree, own.get(decree.day), is_open and decree.day not in own and _is_estimated(decree))
        for decree in calendar.special_days(year)
    ]


def _is_estimated(decree: Decree) -> bool:
    is_new_year = decree.name.startswith("Tết ") and "Dương lịch" not in decree.name
    return is_new_year or decree.name.startswith("Quốc khánh")

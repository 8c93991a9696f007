"""Due days counted from an event, by Bộ luật Dân sự 2015 Điều 145 to 148, each with its explanation."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from qms.deadlines.dates import last_day
from qms.deadlines.model import Offset, OffsetUnit
from qms.deadlines.working_days import DayOff, WorkingCalendar
from qms.text import short_date, weekday_date

_DAYS_IN = {OffsetUnit.DAY: 1, OffsetUnit.WEEK: 7}
_MONTHS_IN = {OffsetUnit.MONTH: 1, OffsetUnit.YEAR: 12}


@dataclass(frozen=True)
class Computed:
    """A due day and one Vietnamese sentence that says how it was found."""

    day: date
    explanation: str


def due_after(event_day: date, offset: Offset, calendar: WorkingCalendar) -> Computed:
    """The last good day of a deadline that runs from an event.

    The day of the event is not counted (Điều 147); a month ends on the same day of the month or on its last day;
    a period ending on a day off ends on the next working day (Điều 148). A negative offset counts back from the event
    and moves to the working day before, because moving forward would come too late. OverflowError beyond year 9999.
    """
    if offset.unit is OffsetUnit.WORKING_DAY:
        return _in_working_days(event_day, offset, calendar)
    landing = _plain_landing(event_day, offset)
    counted = f"{offset.label} {_direction(offset)} {short_date(event_day)}"
    if calendar.is_working(landing):
        return Computed(landing, f"{counted} là {weekday_date(landing)}.")
    return _moved(landing, counted, offset, calendar)


def add_months(day: date, n: int) -> date:
    """The same day n months later (earlier when negative), or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    if not 1 <= year <= 9999:
        raise OverflowError(f"năm {year} nằm ngoài lịch")
    return date(year, month + 1, min(day.day, last_day(year, month + 1)))


def _plain_landing(event_day: date, offset: Offset) -> date:
    if offset.unit in _MONTHS_IN:
        return add_months(event_day, offset.amount * _MONTHS_IN[offset.unit])
    return event_day + timedelta(days=offset.amount * _DAYS_IN[offset.unit])


def _direction(offset: Offset) -> str:
    return "trước ngày" if offset.amount < 0 else "từ"


def _moved(landing: date, counted: str, offset: Offset, calendar: WorkingCalendar) -> Computed:
    off = f"{counted} là {weekday_date(landing)}, ngày nghỉ ({calendar.describe(landing)})"
    if offset.amount < 0:
        day = calendar.previous_working(landing)
        return Computed(day, f"{off}; đếm lùi nên lấy ngày làm việc liền trước để không bị chậm: {weekday_date(day)}.")
    day = calendar.next_working(landing)
    return Computed(
        day, f"{off}, nên hạn chuyển sang ngày làm việc tiếp theo: {weekday_date(day)} (Điều 148 Bộ luật Dân sự)."
    )


def _in_working_days(event_day: date, offset: Offset, calendar: WorkingCalendar) -> Computed:
    day = calendar.add_working_days(event_day, offset.amount)
    first, last = (day, event_day) if day < event_day else (event_day + timedelta(days=1), day)
    if day < event_day:
        last -= timedelta(days=1)
    parts = [f"{offset.label} {_direction(offset)} {short_date(event_day)}"]
    skipped = _skipped(calendar.days_off_between(first, last)) if first <= last else ""
    worked = calendar.worked_weekends_between(first, last) if first <= last else []
    if skipped:
        parts.append(f"trừ {skipped}")
    if worked:
        parts.append("tính cả " + ", ".join(f"{weekday_date(each)} (làm bù)" for each in worked))
    return Computed(day, f"{', '.join(parts)}: {weekday_date(day)}.")


def _skipped(days: list[DayOff]) -> str:
    """ "Tết Bính Ngọ 16–20/02, Thứ Bảy, Chủ nhật": holidays with their days, weekends by name."""
    special = [day for day in days if not day.weekend and day.day.weekday() < 5]
    weekend = sorted({day.day.weekday() for day in days} & {5, 6})
    named = [f"{run[0].name.partition(' (')[0]} {_span(run)}" for run in _runs(special)]
    return ", ".join(named + [{5: "Thứ Bảy", 6: "Chủ nhật"}[each] for each in weekend])


def _runs(days: list[DayOff]) -> Iterator[list[DayOff]]:
    """Neighbouring days off of one name."""
    keyed = enumerate(days)
    for _, run in groupby(keyed, key=lambda pair: (pair[1].name, pair[1].day.toordinal() - pair[0])):
        yield [day for _, day in run]


def _span(run: list[DayOff]) -> str:
    first, last = run[0].day, run[-1].day
    if first == last:
        return f"{first:%d/%m}"
    return f"{first:%d}–{last:%d/%m}" if first.month == last.month else f"{first:%d/%m}–{last:%d/%m}"

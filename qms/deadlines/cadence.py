"""How often: "hằng quý", "định kỳ 6 tháng và năm", "02 lần/năm"; days named by a rule ("ngày 15 tháng cuối quý")."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import chain

from qms.deadlines.dates import (
    Grain,
    Impossible,
    Period,
    a_month,
    a_quarter,
    a_year,
    clipped_day,
    days_of_month,
    edge_of,
    full_year,
    months,
    split_year,
    weeks_of,
    weeks_of_month,
)
from qms.deadlines.terms import Terms

_END = r"(?= |$)"
_MONTHS_IN = {"thang": 1, "quy": 3, "nam": 12}
_LEAST = r"(?:(?:it nhat|(?:tối|toi) thieu|(?:tối|toi) da|khong qua|khong it hon|khoang) )?"
_TIMES = r"(?:lan|dot|ky|cuoc|phien|buoi)"
_EACH = r"(?:hang|moi|tung)"

COUNT_DOUBT = "Số lần trong kỳ chỉ cho biết số lượng; các mốc được chia đều, cần xem lại."
NO_CYCLE_DOUBT = "Chưa rõ chu kỳ."
LONG_CYCLE_DOUBT = "Chu kỳ không chia đều một năm; cần cho biết kỳ nào rơi vào năm kế hoạch."
MANY_CYCLES = "Nhiều chu kỳ cùng lúc."


@dataclass(frozen=True)
class Cycle:
    """Every `size` months (0: every so many weeks), so many times within each."""

    size: int
    times: int = 1
    weeks: int = 0


@dataclass(frozen=True)
class Cadence:
    """One or more cycles said together, none for a bare "định kỳ". `loose`: no word such as "hằng" or "định kỳ"."""

    end: int
    cycles: tuple[Cycle, ...] = ()
    doubts: tuple[str, ...] = ()
    daily: bool = False
    year: int | None = None
    loose: bool = False

    def periods(self, year: int) -> list[Period]:
        """The periods of a year, in the order of time; [] where the words do not fix them."""
        if len(self.cycles) > 1 and all(_is_cumulative(cycle) for cycle in self.cycles):
            return sorted((months(1, cycle.size, year, Grain.HALF) for cycle in self.cycles), key=_by_end)
        if len(self.cycles) > 2:
            return []
        return sorted(chain.from_iterable(_periods_of(cycle, year) for cycle in self.cycles), key=_by_end)


def _by_end(period: Period) -> tuple[int, int]:
    return period.end.toordinal(), -period.start.toordinal()


def _is_cumulative(cycle: Cycle) -> bool:
    """ "6 tháng", "9 tháng" and "năm" side by side count from January; "tháng" and "quý" repeat."""
    return cycle.times == 1 and cycle.size in (6, 9, 12)


def _periods_of(cycle: Cycle, year: int) -> list[Period]:
    if cycle.weeks:
        return weeks_of(year) if cycle.weeks == cycle.times else []
    even = cycle.times > 0 and cycle.size % cycle.times == 0
    return split_year(cycle.size // cycle.times if even else cycle.size, year)


# --- reading

_UNIT = r"(?:(?P<n>\d+|nua) )?(?P<unit>ngay|tuan|thang|quy|nam)"
_NOT_A_TERM = r"(?! (?:\d|dau |cuoi |giua |lam viec|hoc |toi|sau|truoc|nay|tiep|(?:ke|kế) tiep))"
_EACH_UNIT = re.compile(
    rf"(?:dinh ky )?(?:theo )?(?:(?:trong|vao) )?{_EACH} {_UNIT}(?P<times> {_LEAST}(?P<k>\d+) {_TIMES})?{_END}"
)
_BY_UNIT = re.compile(rf"(?:dinh ky )?theo (?:tung )?{_UNIT}{_END}{_NOT_A_TERM}")
_TIMES_PER_UNIT = re.compile(
    rf"(?:dinh ky )?{_LEAST}(?P<k>\d+) {_TIMES} "
    rf"(?:/|trong|tren|{_EACH}|(?:trong|cho) (?:moi|1|vong)|1)(?: 1(?= \D))? {_UNIT}{_END}(?! \d{{1,2}}(?: |$))"
)
_UNIT_PER_TIME = re.compile(
    rf"(?:dinh ky )?{_LEAST}{_UNIT} (?:/|moi|1 /)? ?{_LEAST}(?:(?P<k>\d+) )?lan{_END}(?! (?:\d|thu ))"
)
_TIMES_ONLY = re.compile(rf"(?:it nhat|(?:tối|toi) thieu) (?P<k>\d+) {_TIMES}{_END}")
_ALL_UNITS = re.compile(
    r"(?:(?:trong )?cac|(?:trong |ca )?(?:4(?= quy)|12(?= thang))) (?P<n>)"
    rf"(?P<unit>thang|quy)(?: (?:trong|cua))? nam{_END}"
)
_REPORT = re.compile(rf"(?:bao cao|so ket|tong ket|giao ban)(?: dinh ky)? {_UNIT}{_END}{_NOT_A_TERM}")
_LISTED = re.compile(rf"(?:(?:{_EACH}|ca) )?{_UNIT}{_END}{_NOT_A_TERM}")
_LIST_LINK = re.compile(r" (?:(?:[,;] )?(?:va|hoac|&)|[,;/]) (?:bao cao |so ket |tong ket |dinh ky )?")
_YEAR = re.compile(rf"(?<=nam) (\d{{4}}){_END}")
_COUNTED_FROM = re.compile(r" (?:ke |tinh )?(?:tu|sau|truoc) ")
_PERIODIC = re.compile(rf"dinh ky{_END}")


def read_cadence(keys: str, at: int) -> Cadence | None:
    """The cadence at keys[at:], None without one."""
    for read in (_counted, _listed, _periodic):
        cadence = read(keys, at)
        if cadence:
            return _with_year(keys, cadence)
    return None


def _with_year(keys: str, cadence: Cadence) -> Cadence:
    """ "02 lần trong năm 2026": the year written behind the unit."""
    written = _YEAR.match(keys, cadence.end)
    return replace(cadence, end=written.end(), year=full_year(written[1])) if written else cadence


def _counted(keys: str, at: int) -> Cadence | None:
    """ "02 lần/năm", "mỗi quý một lần", "06 tháng/lần", "các quý trong năm"."""
    for pattern in (_TIMES_PER_UNIT, _UNIT_PER_TIME, _ALL_UNITS):
        match = pattern.match(keys, at)
        if match:
            times = int(match.groupdict().get("k") or 1)
            return _one(match, times)
    match = _EACH_UNIT.match(keys, at)
    if match and match["times"]:
        return _one(match, int(match["k"]))
    match = _TIMES_ONLY.match(keys, at)
    if match:
        return Cadence(match.end(), (Cycle(12, int(match["k"])),), (COUNT_DOUBT,))
    return None


def _one(match: re.Match[str], times: int) -> Cadence:
    cycle = _cycle(match, times)
    if match["unit"] == "ngay":
        return Cadence(match.end(), daily=True)
    return Cadence(match.end(), (cycle,), _doubts_of(cycle))


def _cycle(match: re.Match[str], times: int = 1) -> Cycle:
    months_in = _MONTHS_IN.get(match["unit"], 0)
    if match["n"] == "nua":
        return Cycle(months_in // 2, times)
    count = int(match["n"] or 1)
    return Cycle(0, times, weeks=count) if match["unit"] == "tuan" else Cycle(count * months_in, times)


def _doubts_of(cycle: Cycle) -> tuple[str, ...]:
    if cycle.times != 1:
        return (COUNT_DOUBT,)
    if cycle.weeks > 1 or (not cycle.weeks and (cycle.size < 1 or 12 % cycle.size)):
        return (LONG_CYCLE_DOUBT,)
    return ()


def _listed(keys: str, at: int) -> Cadence | None:
    """Units with or without a word before them: "hằng tháng, quý và năm", "định kỳ 6 tháng", "báo cáo quý"."""
    named = _EACH_UNIT.match(keys, at) or _BY_UNIT.match(keys, at) or _after_periodic(keys, at)
    report = _REPORT.match(keys, at)
    first = named or report or _LISTED.match(keys, at)
    if first is None:
        return None
    found = _following_units(keys, first)
    if not (named or report) and (len(found) < 2 or _COUNTED_FROM.match(keys, found[-1].end())):
        return None
    if any(match["unit"] == "ngay" for match in found):
        return Cadence(found[-1].end(), daily=True) if named else None
    cycles = tuple(_cycle(match) for match in found)
    doubts = _doubts_of(cycles[0]) if len(cycles) == 1 else ()
    return Cadence(found[-1].end(), cycles, doubts, loose=named is None and "dinh ky" not in first.group())


def _after_periodic(keys: str, at: int) -> re.Match[str] | None:
    periodic = _PERIODIC.match(keys, at)
    return _LISTED.match(keys, periodic.end() + 1) if periodic else None


def _following_units(keys: str, first: re.Match[str]) -> list[re.Match[str]]:
    found = [first]
    while len(found) < 8:
        link = _LIST_LINK.match(keys, found[-1].end())
        unit = _LISTED.match(keys, link.end()) if link else None
        if unit is None:
            break
        found.append(unit)
    return found


def _periodic(keys: str, at: int) -> Cadence | None:
    match = _PERIODIC.match(keys, at)
    return Cadence(match.end(), (), (NO_CYCLE_DOUBT,)) if match else None


# --- days named by a rule

_OF = r"(?: tien| cung)?(?: cua)?"
_NEXT = r"(?:sau|tiep theo|(?:ke|kế) (?:tiep|sau)|lien (?:ke|kế|sau))(?: (?:lien )?(?:ke|kế))?"

_PLACES = {"dau": 0, "giua": 1, "cuoi": 2, "thu 1": 0, "thu 2": 1, "thu 3": 2}
_FOLLOWING_DOUBT = "“Tháng sau” được hiểu là tháng sau của mỗi tháng trong năm."
_EACH_DOUBT = "Không ghi kỳ nào nên được hiểu là mọi kỳ trong năm."
_WORKDAY_DOUBT = "Ngày làm việc cuối cùng phụ thuộc lịch nghỉ; đang lấy ngày cuối kỳ."
_SHORT_MONTH_DOUBT = "Tháng không có ngày này thì lấy ngày cuối tháng."
_WEEK_DOUBT = "Tuần của tháng được hiểu là các ngày 1–7, 8–14, 15–21, 22–28 và phần còn lại."


def days_each_month(days: tuple[int, ...], is_range: bool, year: int) -> list[Period]:
    """The days of every month: "ngày 10 và 25 hằng tháng", "từ ngày 20 đến ngày 25 hằng tháng"."""
    return [period for month in split_year(1, year) for period in days_in(days, is_range, month)]


def days_in(days: tuple[int, ...], is_range: bool, month: Period) -> list[Period]:
    """The named days of one month, or the stretch from the first to the last of them."""
    named = [clipped_day(day, month.start.month, month.start.year) for day in days]
    if not is_range:
        return named
    if named[0].start > named[-1].start:
        raise Impossible("Ngày đầu đứng sau ngày cuối.")
    return [Period(named[0].start, named[-1].end, Grain.DAY)]


def short_month_doubts(days: tuple[int, ...]) -> tuple[str, ...]:
    return (_SHORT_MONTH_DOUBT,) if any(day > 28 for day in days) else ()


def _quarter_day(match: re.Match[str], year: int) -> tuple[list[Period], tuple[str, ...]]:
    """ "ngày 10 tháng đầu quý sau": one day for each quarter of the year, or for the quarter after each."""
    day, month_of_quarter = int(match["d"]), _PLACES[match["where"]]
    starts = [3 * quarter + month_of_quarter + (3 if match["next"] else 0) for quarter in range(4)]
    periods = [clipped_day(day, index % 12 + 1, year + index // 12) for index in starts]
    return periods, short_month_doubts((day,))


def _next_month_day(match: re.Match[str], year: int) -> tuple[list[Period], tuple[str, ...]]:
    day = int(match["d"])
    periods = [clipped_day(day, month % 12 + 1, year + month // 12) for month in range(1, 13)]
    return periods, (_FOLLOWING_DOUBT, *short_month_doubts((day,)))


def _edges(match: re.Match[str], year: int) -> tuple[list[Period], tuple[str, ...]]:
    wholes = [a_year(year)] if match["unit"] == "nam" else split_year(_MONTHS_IN[match["unit"]], year)
    doubts = (() if match["each"] else (_EACH_DOUBT,)) + ((_WORKDAY_DOUBT,) if match["work"] else ())
    return [edge_of(whole, match["where"]) for whole in wholes], doubts


def _quarter_months(match: re.Match[str], year: int) -> tuple[list[Period], tuple[str, ...]]:
    return [
        a_month(a_quarter(quarter, year).start.month + _PLACES[match["where"]], year) for quarter in range(1, 5)
    ], ()


def _weekdays(match: re.Match[str], year: int) -> tuple[list[Period], tuple[str, ...]]:
    number = int(match["d"] or 8)
    if not 2 <= number <= 8:
        raise Impossible(f"Không có thứ {number}.")
    days = [week.start + timedelta(days=number - 2) for week in weeks_of(year)]
    return [Period(day, day, Grain.DAY) for day in days if day.year == year], ()


def _month_weeks(match: re.Match[str], year: int) -> tuple[list[Period], tuple[str, ...]]:
    wholes = split_year(1, year)
    if match["d"] == "cuoi":
        return [days_of_month(whole.end.day - 6, whole.end.day, whole) for whole in wholes], (_WEEK_DOUBT,)
    number = 1 if match["d"] == "dau" else int(match["d"])
    return [weeks_of_month(number, number, whole) for whole in wholes], (_WEEK_DOUBT,)


_Rule = Callable[[re.Match[str], int], tuple[list[Period], tuple[str, ...]]]
_RULES: tuple[tuple[re.Pattern[str], _Rule], ...] = tuple(
    (re.compile(pattern + _END), rule)
    for pattern, rule in (
        (
            rf"(?:ngay )?(?P<d>\d+)(?: cua)? thang (?P<where>dau|giua|cuoi|thu [123]){_OF}"
            rf"(?:(?: (?:{_EACH}|cac))? quy(?P<next> {_NEXT})?(?! \d)|(?= [,;.)]|$))",
            _quarter_day,
        ),
        (rf"(?:ngay )?(?P<d>\d+)(?: cua)? thang {_NEXT}", _next_month_day),
        (
            rf"(?:ngay (?P<work>lam viec )?)?(?P<where>dau|giua|cuoi){_OF}(?P<each> (?:{_EACH}|cac))? "
            r"(?P<unit>thang|quy)(?! (?:\d|nay))",
            _edges,
        ),
        (rf"(?P<work>)(?P<where>dau|giua|cuoi){_OF}(?P<each> {_EACH}) (?P<unit>nam)", _edges),
        (rf"thang (?P<where>dau|giua|cuoi|thu [123]){_OF}(?: (?:{_EACH}|cac))? quy(?! \d)", _quarter_months),
        (rf"(?:ngay )?(?:thu (?P<d>\d)|chu nhat){_OF} {_EACH} tuan", _weekdays),
        (rf"tuan (?:thu )?(?P<d>\d|dau|cuoi){_OF} {_EACH} thang", _month_weeks),
    )
)


def read_rule(keys: str, at: int, year: int) -> Terms | None:
    """Days or months of every month, quarter or week of the year, named by a rule at keys[at:]."""
    for pattern, rule in _RULES:
        match = pattern.match(keys, at)
        if match:
            periods, doubts = rule(match, year)
            return Terms(match.end(), tuple(periods), each=True, recurring=True, doubts=doubts)
    return None

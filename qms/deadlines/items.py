"""One named time as written: "15/6", "ngày 15", "tháng 3", "Quý I/2026", "6 tháng đầu năm", "tuần 2 tháng 3".

Each reader turns a match on the keys of a `reading.Reading` into an `Item`; its period is made once its year is known.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import partial

from qms.deadlines.dates import (
    Period,
    a_day,
    a_month,
    a_quarter,
    a_year,
    days_of_month,
    edge_of,
    first_months,
    full_year,
    iso_week,
    last_months,
    weeks_of_month,
)


class Unit(Enum):
    """What an item counts, so that a bare number beside it can be understood."""

    NUMBER = auto()
    DAY = auto()
    DATE = auto()
    MONTH = auto()
    QUARTER = auto()
    YEAR = auto()
    OTHER = auto()


@dataclass(frozen=True)
class Item:
    """`build` makes the period from the year; `day` and `month` are kept where neighbours may need or give them."""

    unit: Unit
    end: int
    year: int | None = None
    build: Callable[[int], Period] | None = None
    day: int = 0
    month: int = 0
    doubt: str = ""
    worded: bool = False  # a date written with the word "tháng"
    needs_lead: bool = False  # "15/6" with no word of time before it may be a fraction


_END = r"(?= |$)"
_NEXT = r"sau|toi|(?:ke|kế) (?:tiep|sau)|tiep theo|lien (?:ke|kế|sau|tiep)"
_RELATIVE = {"nay": 0, "hien tai": 0, "truoc": -1, "lien truoc": -1}
# The year behind a month, quarter or half: "/2026", "-2026", " năm 2026", ", năm 2026", " của năm sau", "/26".
_YEAR = (
    r"(?:(?: [/,-])?(?: cua)?(?: nam)? (?P<year>\d{4})"
    rf"|(?: ,)?(?: cua)? nam (?P<relative>nay|hien tai|lien truoc|truoc(?! (?:khi|ngay|thang|quy|tuan|\d))|{_NEXT})"
    r"(?: lien (?:ke|kế))?"
    r"| (?:/|nam) (?P<short>[2-9]\d))?"
)
_FIRST = r"(?: tien| cung)?(?: cua)?"
_WEEK_DOUBT = "Tuần của tháng được hiểu là các ngày 1–7, 8–14, 15–21, 22–28 và phần còn lại."
_ISO_DOUBT = "Tuần của năm được hiểu theo số tuần ISO, từ thứ Hai đến Chủ nhật."
_QUARTER_DOUBT = "Luật quy định ngày đầu và ngày giữa của tháng, của năm, không quy định của quý."


def _year_of(match: re.Match[str], plan_year: int) -> int | None:
    groups = match.groupdict()
    written = groups.get("year") or groups.get("short")
    if written:
        return full_year(written)
    relative = groups.get("relative")
    return plan_year + _RELATIVE.get(relative, 1) if relative else None


def a_date_item(
    end: int, day: int, month: int, year: int | None, *, worded: bool = False, needs_lead: bool = False
) -> Item:
    build = partial(a_day, day, month)
    return Item(Unit.DATE, end, year, build, day, month, worded=worded, needs_lead=needs_lead)


def a_month_item(end: int, month: int, year: int | None, doubt: str = "") -> Item:
    return Item(Unit.MONTH, end, year, partial(a_month, month), month=month, doubt=doubt)


def a_quarter_item(end: int, quarter: int, year: int | None) -> Item:
    return Item(Unit.QUARTER, end, year, partial(a_quarter, quarter))


def _full_date(match: re.Match[str], _: int) -> Item:
    return a_date_item(match.end(), int(match["d"]), int(match["m"]), full_year(match["y"]))


def _worded_date(match: re.Match[str], plan_year: int) -> Item:
    # Without "ngày" the number may count months ("trong 3 tháng 6, 7, 8"): only a lead word makes it a date.
    bare = not match.group().startswith("ngay")
    year = _year_of(match, plan_year)
    return a_date_item(match.end(), int(match["d"]), int(match["m"]), year, worded=True, needs_lead=bare)


def _day_month(match: re.Match[str], plan_year: int) -> Item:
    day, month = int(match["d"]), int(match["m"])
    if not match["lead"] and day <= 12 and month >= 20:
        return a_month_item(match.end(), day, 2000 + month, f"Cụm “{day}/{month}” được hiểu là tháng {day}/20{month}.")
    return a_date_item(match.end(), day, month, _year_of(match, plan_year), needs_lead=not match["lead"])


def _month(match: re.Match[str], plan_year: int) -> Item:
    return a_month_item(match.end(), int(match["m"]), _year_of(match, plan_year))


def _number(match: re.Match[str], plan_year: int) -> Item:
    return Item(Unit.NUMBER, match.end(), _year_of(match, plan_year), day=int(match["n"]))


def _month_of_year(match: re.Match[str], plan_year: int) -> Item:
    return a_month_item(match.end(), 1 if match["where"] == "dau" else 12, _year_of(match, plan_year))


def _quarter(match: re.Match[str], plan_year: int) -> Item:
    return a_quarter_item(match.end(), int(match["q"]), _year_of(match, plan_year))


def _quarter_of_year(match: re.Match[str], plan_year: int) -> Item:
    return a_quarter_item(match.end(), 1 if match["where"] == "dau" else 4, _year_of(match, plan_year))


def _day(match: re.Match[str], _: int) -> Item:
    return Item(Unit.DAY, match.end(), day=int(match["d"]))


def _year_item(match: re.Match[str], plan_year: int) -> Item:
    return Item(Unit.YEAR, match.end(), _year_of(match, plan_year), a_year)


def _bare_year(match: re.Match[str], plan_year: int) -> Item:
    return replace(_year_item(match, plan_year), needs_lead=True)


def _months_of(count: int, where: str, whole: Period) -> Period:
    return first_months(count, whole) if where == "dau" else last_months(count, whole)


def _part_of_year(match: re.Match[str], plan_year: int) -> Item:
    count, where = int(match["n"]) * (3 if match["unit"] == "quy" else 1), match["where"]
    return Item(
        Unit.OTHER, match.end(), _year_of(match, plan_year), lambda year: _months_of(count, where, a_year(year))
    )


def _half_year(match: re.Match[str], plan_year: int) -> Item:
    where = match["where"] or match["behind"]
    return Item(Unit.OTHER, match.end(), _year_of(match, plan_year), lambda year: _months_of(6, where, a_year(year)))


def _part_of_quarter(match: re.Match[str], plan_year: int) -> Item:
    count, where, quarter = int(match["n"] or 1), match["where"], int(match["q"])

    def build(year: int) -> Period:
        whole = a_quarter(quarter, year)
        return a_month(whole.start.month + 1, year) if where == "giua" else _months_of(count, where, whole)

    return Item(Unit.OTHER, match.end(), _year_of(match, plan_year), build)


def _days_of(first: int, last: int, month: int) -> Callable[[int], Period]:
    """Days of a month; negative numbers count from its end."""

    def build(year: int) -> Period:
        whole = a_month(month, year)
        from_end = whole.end.day + 1
        return days_of_month(first if first > 0 else from_end + first, last if last > 0 else from_end + last, whole)

    return build


def _some_days(match: re.Match[str], plan_year: int) -> Item:
    count = int(match["n"])
    span = (1, count) if match["where"] == "dau" else (-count, -1)
    return Item(Unit.OTHER, match.end(), _year_of(match, plan_year), _days_of(*span, int(match["m"])))


def _half_month(match: re.Match[str], plan_year: int) -> Item:
    span = (1, 15) if match["where"] == "dau" else (16, -1)
    return Item(Unit.OTHER, match.end(), _year_of(match, plan_year), _days_of(*span, int(match["m"])))


def _ten_days(match: re.Match[str], plan_year: int) -> Item:
    span = {"thuong": (1, 10), "trung": (11, 20)}.get(match["where"], (21, -1))
    return Item(Unit.OTHER, match.end(), _year_of(match, plan_year), _days_of(*span, int(match["m"])))


def _week_of_month(match: re.Match[str], plan_year: int) -> Item:
    number, last, month = match["n"], match["last"], int(match["m"])

    def build(year: int) -> Period:
        if number == "cuoi":
            return _days_of(-7, -1, month)(year)
        return weeks_of_month(1 if number == "dau" else int(number), int(last or 0), a_month(month, year))

    return Item(Unit.OTHER, match.end(), _year_of(match, plan_year), build, doubt=_WEEK_DOUBT)


def _week_of_year(match: re.Match[str], plan_year: int) -> Item:
    number = int(match["n"])
    return Item(
        Unit.OTHER, match.end(), _year_of(match, plan_year), lambda year: iso_week(number, year), doubt=_ISO_DOUBT
    )


def _edge(match: re.Match[str], plan_year: int) -> Item:
    where, month, quarter = match["where"], match["m"], match["q"]

    def build(year: int) -> Period:
        if month:
            return edge_of(a_month(int(month), year), where)
        return edge_of(a_quarter(int(quarter), year) if quarter else a_year(year), where)

    doubt = _QUARTER_DOUBT if quarter and where != "cuoi" else ""
    return Item(Unit.OTHER, match.end(), _year_of(match, plan_year), build, doubt=doubt)


# In this order: the first pattern that matches wins.
_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], int], Item]], ...] = tuple(
    (re.compile(pattern + _END + guard), reader)
    for pattern, guard, reader in (
        (r"(?:ngay )?(?P<y>\d{4}) (?P<sep>[/-]) (?P<m>\d{1,2}) (?P=sep) (?P<d>\d{1,2})", "", _full_date),
        (r"(?:ngay )?(?P<d>\d+) (?P<sep>[/-]) (?P<m>\d+) (?P=sep) (?P<y>\d{4}|\d\d)", "", _full_date),
        (rf"(?P<n>\d+) (?P<unit>thang|quy) (?P<where>dau|cuoi)(?: cua)?(?: nam)?{_YEAR}", "(?! quy)", _part_of_year),
        (rf"nua (?:(?P<where>dau|cuoi)(?: cua)? nam|nam (?P<behind>dau|cuoi)(?: nam)?){_YEAR}", "", _half_year),
        (rf"(?:(?P<n>\d+) )?thang (?P<where>dau|giua|cuoi){_FIRST} quy (?P<q>\d+){_YEAR}", "", _part_of_quarter),
        (rf"(?<!cac )(?<!nhung )thang (?P<where>dau|cuoi){_FIRST} nam{_YEAR}", "", _month_of_year),
        (rf"(?P<n>\d+) ngay (?P<where>dau|cuoi){_FIRST} thang (?P<m>\d+){_YEAR}", "", _some_days),
        (rf"nua (?P<where>dau|cuoi)(?: cua)? thang (?P<m>\d+){_YEAR}", "", _half_month),
        (rf"(?P<where>thuong|trung|ha) tuan(?: cua)? thang (?P<m>\d+){_YEAR}", "", _ten_days),
        (
            r"tuan (?:le )?(?:thu )?(?P<n>\d+|dau|cuoi)(?: (?:,|-|va|den) (?:tuan )?(?P<last>\d+))?"
            r"(?: tien| cung)?(?: ,)?(?: cua| trong)? "
            rf"thang (?P<m>\d+){_YEAR}",
            "",
            _week_of_month,
        ),
        (r"tuan (?:thu )?(?P<n>\d+)(?: [/-]|(?: cua)? nam) (?P<year>\d{4})", "", _week_of_year),
        (
            rf"(?:ngay |thoi diem )?(?P<where>dau|giua|cuoi){_FIRST} (?:thang (?P<m>\d+)|quy (?P<q>\d+)|nam){_YEAR}",
            "(?! lan)",
            _edge,
        ),
        (rf"(?:ngay )?(?P<d>\d+)(?: cua)?(?: [,/])? (?:cac )?thang (?P<m>\d+){_YEAR}", "(?! lan)", _worded_date),
        (r"(?P<n>\d{1,2}) [/-] (?P<year>\d{4})", "", _number),
        (
            rf"(?P<lead>ngay )?(?P<d>\d+) / (?P<m>\d{{1,2}})"
            rf"(?:(?: ,)?(?: cua)? nam (?:(?P<year>\d{{4}})|(?P<relative>nay|{_NEXT})))?",
            "(?! / \\d)",
            _day_month,
        ),
        (rf"(?:cac )?thang (?P<m>\d+){_YEAR}", "(?! lan)", _month),
        (rf"(?:cac )?quy (?P<q>\d+){_YEAR}", "(?! lan)", _quarter),
        (rf"quy (?P<where>dau|cuoi){_FIRST} nam{_YEAR}", "", _quarter_of_year),
        (r"(?:cac )?ngay (?P<d>\d+)", "(?! lam viec)", _day),
        (r"(?P<d>\d{1,2})(?=(?: cua)? (?:hang|moi) thang)", "", _day),
        (r"(?:ca |het |cac )?nam (?P<year>\d{3,})", "", _year_item),
        (rf"(?<!cac )(?<!nhung )(?:ca |het )?nam (?P<relative>nay|{_NEXT})", "", _year_item),
        (r"(?P<year>(?:19|20|21)\d\d)", "", _bare_year),
    )
)


_COUNTED = r"(?! (?:ngay|tuan|thang|quy|nam|lan|gio|h|cuoc|dot|lam viec|don vi|%)(?: |$))"
_WHOLE_YEAR = re.compile(r"(?:ca )?nam(?=$| [;.,)(])")
_NUMBER = re.compile(rf"(?P<n>\d{{1,2}}){_YEAR}{_END}{_COUNTED}")


def read_number(keys: str, at: int, plan_year: int) -> Item | None:
    """A bare number at keys[at:], with its year if it has one, unless it counts something ("5 ngày")."""
    match = _NUMBER.match(keys, at)
    return _number(match, plan_year) if match else None


def read_whole_year(keys: str, at: int) -> Item | None:
    """ "(6 tháng đầu năm và) cả năm": the year itself, at the end of a list."""
    match = _WHOLE_YEAR.match(keys, at)
    return Item(Unit.YEAR, match.end(), None, a_year) if match else None


def read_item(keys: str, at: int, plan_year: int) -> Item | None:
    """The named time at keys[at:], None without one. Raises Impossible for years out of range."""
    for pattern, reader in _READERS:
        match = pattern.match(keys, at)
        if match:
            return reader(match, plan_year)
    return None

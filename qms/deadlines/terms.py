"""Lists and ranges of named times: "Quý IV/2025 và Quý I", "15, 16/6", "từ tháng 3 đến tháng 5".

What an item leaves out (a year, a month, the word "tháng") it takes from its neighbours, else from the plan's year.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from qms.deadlines.dates import ONE_DAY, Grain, Impossible, Period
from qms.deadlines.items import (
    Item,
    Unit,
    a_date_item,
    a_month_item,
    a_quarter_item,
    read_item,
    read_number,
    read_whole_year,
)

OR_DOUBT = "Cụm từ có “hoặc”: cần chọn mốc nào."
EDGES_DOUBT = "Hai mốc liền nhau có thể chỉ một khoảng thời gian."
WHOLE_DOUBT = "Liệt kê đủ các kỳ trong năm: được hiểu là mỗi kỳ một lần."
ORDER_DOUBT = "Các mốc không xếp theo thời gian, có thể thuộc hai năm khác nhau."

_LINK = re.compile(
    r" (?:(?P<or>(?:[,;] )?(?:va / )?(?:hoac|hay))|(?P<to>(?:cho )?(?:den|toi)(?: het)?|-)(?P<before> truoc)?"
    r"|(?:[,;] )?(?:va|cung|&|\+)|[,;]|/(?= (?:thang|quy) \d))(?: vao| trong| tu)?(?= )"
)
# Numbers that only their right neighbour explains: "7, 8/2024", "15 và 16/6", "01 - 15/6/2026", "05 và 20 tháng 6".
_NUMBERS_AHEAD = re.compile(
    r"\d{1,2}(?: (?:,|-|va|den|&|hoac|;) \d{1,2}){0,30} (?:,|-|va|den|&|hoac|;) "
    r"(?:(?:ngay )?\d{1,2} (?:/ \d{1,2}(?: / \d+)?|thang \d+)|\d{1,2} [/-] \d{4})(?= |$)"
)
_DASHED_DATE = re.compile(r"\d+ - \d+ - \d+(?= |$)")
_STRAY_NUMBER = re.compile(r" (?:/|nam) \d")


@dataclass(frozen=True)
class Terms:
    """Periods in the order of time; or only `days`, whose month is said elsewhere ("ngày 25" of "hằng tháng")."""

    end: int
    periods: tuple[Period, ...] = ()
    days: tuple[int, ...] = ()
    is_range: bool = False
    each: bool = False  # every period separately, though they touch
    recurring: bool = False  # named by a rule: "ngày 15 tháng cuối quý"
    needs_lead: bool = False
    doubts: tuple[str, ...] = ()

    @property
    def grain(self) -> Grain:
        return max((period.grain for period in self.periods), default=Grain.DAY)


def read_terms(keys: str, at: int, plan_year: int) -> Terms | None:
    """The times listed at keys[at:], None without any. Raises Impossible for times that do not exist."""
    items, links = _items(keys, at, plan_year)
    if not items:
        return None
    if _STRAY_NUMBER.match(keys, items[-1].end):
        raise Impossible("Có con số không đọc được ngay sau mốc thời gian.")
    items = _with_months(_with_units(items), links)
    if any(item.unit is Unit.DAY for item in items):
        return _days_only(items, links)
    return _resolved(items, links, plan_year)


def _items(keys: str, at: int, plan_year: int) -> tuple[list[Item], list[str]]:
    """The items and, between them, the links "and", "or", "to" and "before"."""
    items: list[Item] = []
    links: list[str] = []
    while True:
        item = _next_item(keys, at, plan_year, follows=bool(items))
        if item is None:
            return items, links[: max(len(items) - 1, 0)]
        items.append(item)
        link = _LINK.match(keys, item.end)
        if not link:
            return items, links
        links.append(_link_kind(link))
        at = link.end() + 1


def _link_kind(link: re.Match[str]) -> str:
    if link["to"]:
        return "before" if link["before"] else "to"
    return "or" if link["or"] else "and"


def _next_item(keys: str, at: int, plan_year: int, *, follows: bool) -> Item | None:
    if _NUMBERS_AHEAD.match(keys, at) and not _DASHED_DATE.match(keys, at):
        return read_number(keys, at, plan_year)
    item = read_item(keys, at, plan_year)
    if item is None and follows:
        return read_number(keys, at, plan_year) or read_whole_year(keys, at)
    return item


def _with_units(items: list[Item]) -> list[Item]:
    """Bare numbers count what their left neighbour counts ("tháng 3, 4"), else their right one ("7, 8/2024")."""
    return [_as(item, _model(items, at)) if item.unit is Unit.NUMBER else item for at, item in enumerate(items)]


def _model(items: list[Item], at: int) -> Item | None:
    """The item that explains a bare number: a date behind it, else what stands before, else what comes behind."""
    right = next((item for item in items[at:] if item.unit is not Unit.NUMBER), None)
    if right and right.unit is Unit.DATE:
        return right
    return next((item for item in reversed(items[:at]) if item.unit is not Unit.NUMBER), right)


def _as(number: Item, model: Item | None) -> Item:
    if model is None or model.unit is Unit.MONTH or (model.worded and model.end < number.end):
        return a_month_item(number.end, number.day, number.year)
    if model.unit is Unit.QUARTER:
        return a_quarter_item(number.end, number.day, number.year)
    if model.unit in (Unit.DATE, Unit.DAY) and number.year is None:
        return replace(number, unit=Unit.DAY)
    raise Impossible(f"Không rõ số {number.day} là ngày hay tháng.")


def _with_months(items: list[Item], links: list[str]) -> list[Item]:
    """Days take the month of the next date, or of the date before; months listed behind a date share its day."""
    if _shares_day(items, links):
        day = items[0].day
        return items[:1] + [a_date_item(item.end, day, item.month, item.year) for item in items[1:]]
    out: list[Item] = []
    for at, item in enumerate(items):
        out.append(_dated(item, items[at + 1 :], out) if item.unit is Unit.DAY else item)
    return out


def _dated(item: Item, following: Sequence[Item], before: Sequence[Item]) -> Item:
    model = next((i for i in following if i.month), None) or next((i for i in reversed(before) if i.month), None)
    if model is None:
        return item
    return a_date_item(item.end, item.day, model.month, model.year)


def _shares_day(items: list[Item], links: list[str]) -> bool:
    """ "ngày 15 tháng 6 và tháng 12": after one date in words, a list of nothing but months."""
    return items[0].worded and "to" not in links and all(item.unit is Unit.MONTH for item in items[1:])


def _years(items: list[Item], plan_year: int) -> list[int]:
    """The year of each item: its own, else the next on its right, else the last on its left, else the plan's."""
    written = [item.year for item in items]
    return [
        next((year for year in (*written[at:], *reversed(written[:at])) if year), plan_year) for at in range(len(items))
    ]


def _days_only(items: list[Item], links: list[str]) -> Terms:
    if any(item.unit is not Unit.DAY for item in items):
        raise Impossible("Có ngày không ghi tháng.")
    days = tuple(item.day for item in items)
    doubts = (OR_DOUBT,) if "or" in links else ()
    return Terms(items[-1].end, days=days, is_range="to" in links, doubts=doubts)


def _resolved(items: list[Item], links: list[str], plan_year: int) -> Terms:
    periods, doubts = _joined(items, links, _years(items, plan_year))
    if any(earlier.start > later.start for earlier, later in pairwise(periods)):
        doubts.append(ORDER_DOUBT)
    if any(earlier.edge and later.edge and earlier.touches(later) for earlier, later in pairwise(periods)):
        doubts.append(EDGES_DOUBT)
    periods.sort()
    is_range = not {"to", "before"}.isdisjoint(links)
    each = not is_range and _is_whole_year(periods)
    doubts += [OR_DOUBT] * ("or" in links) + [WHOLE_DOUBT] * each
    return Terms(
        items[-1].end,
        tuple(periods),
        is_range=is_range,
        each=each,
        needs_lead=not is_range and all(item.needs_lead for item in items),
        doubts=tuple(dict.fromkeys([*doubts, *(item.doubt for item in items if item.doubt)])),
    )


def _joined(items: list[Item], links: list[str], years: list[int]) -> tuple[list[Period], list[str]]:
    """The periods with their ranges closed, and what is doubtful about the ranges."""
    periods = [_period(items[0], years[0])]
    doubts: list[str] = []
    for at, link in enumerate(links, start=1):
        if link not in ("to", "before"):
            periods.append(_period(items[at], years[at]))
            continue
        span, doubt = _range(items[at - 1], items[at], years[at - 1 : at + 1], periods[-1], excluded=link == "before")
        periods[-1] = span
        doubts += [doubt] if doubt else []
    return periods, doubts


def _range(first: Item, last: Item, years: list[int], begun: Period, *, excluded: bool) -> tuple[Period, str]:
    """From the beginning of `begun` to the end of `last`; a range against the calendar crosses New Year."""
    end = _period(last, years[1])
    doubt = ""
    if begun.start > end.start:
        doubt = ORDER_DOUBT
        if first.year is None and last.year is not None:
            begun = _period(first, years[0] - 1)
        elif last.year is None:
            end = _period(last, years[1] + 1)
    last_day = end.start - ONE_DAY if excluded else end.end
    if begun.start > last_day:
        raise Impossible("Mốc đầu đứng sau mốc cuối.")
    return Period(begun.start, last_day, max(begun.grain, end.grain)), doubt


def _period(item: Item, year: int) -> Period:
    if item.build is None:
        raise Impossible("Có con số không rõ là ngày hay tháng.")
    return item.build(year)


def _is_whole_year(periods: list[Period]) -> bool:
    """Whether the list names every quarter, every half or every month of one year."""
    first, last = periods[0], periods[-1]
    return (
        len(periods) == {Grain.MONTH: 12, Grain.QUARTER: 4, Grain.HALF: 2}.get(first.grain)
        and (first.start, last.end) == (date(first.start.year, 1, 1), date(first.start.year, 12, 31))
        and all(earlier.touches(later) for earlier, later in pairwise(periods))
    )

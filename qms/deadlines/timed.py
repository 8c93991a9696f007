"""Times on the calendar: named days and periods behind a lead word, and work without an end."""

import re

from qms.deadlines.cadence import read_rule
from qms.deadlines.clauses import Continuous, Fixed, Lead
from qms.deadlines.dates import Grain, a_year
from qms.deadlines.items import read_whole_year
from qms.deadlines.reading import Reading
from qms.deadlines.terms import Terms, read_terms

_END = r"(?= |$)"

_CONTINUOUS = re.compile(
    rf"(?:(?:thuong xuyen|lien tuc|hang ngay|(?:suot|quanh) nam|(?:trong )?(?:suot )?ca nam"
    rf"|xuyen suot(?: trong)?(?: ca)?(?: nam)?)"
    rf"(?: (?:[,;-] |va )?)?)+(?<! )(?: (?:trong )?(?:ca )?nam)?(?: \d{{4}})?{_END}"
)


def read_continuous(reading: Reading, at: int, year: int) -> Continuous | None:
    match = _CONTINUOUS.match(reading.keys, at)
    return Continuous(match.end()) if match else None


# --- fixed times

_HOUR = r"(?P<hour>(?: \d+ (?:h|gio|:)(?: \d+)?(?: phut)?(?: (?:sang|chieu))?(?: ,)?)?)"
_LATEST = (
    r"(?:(?:cham|muon|tre) nhat|(?:thoi )?han (?:cuoi(?: cung)?|chot)|deadline"
    r"|khong (?:muon|cham|tre|qua)(?: (?:hon|qua))?)"
)
_WITHIN_WORD = r"(?:trong|vao|khoang|du kien|dien ra|dip|ca|giai doan|\d+(?= nam \d{4}))"
_LEADS = tuple(
    (re.compile(pattern), lead)
    for pattern, lead in (
        (rf"{_LATEST}(?: (?:la|:))? truoc{_HOUR} ", Lead.BEFORE),
        (rf"khong truoc{_HOUR} ", Lead.FROM),
        (r"truoc (?:hoac|va) (?:trong |vao |dung )?", Lead.BY),
        (rf"(?:(?:cho )?(?:den|toi) )?truoc(?: thoi diem)?{_HOUR} ", Lead.BEFORE),
        (rf"{_LATEST}(?: (?:la|vao|trong|den|toi|het|:))*{_HOUR} ", Lead.BY),
        (rf"tu nay (?:cho )?(?:den|toi)(?: het)?{_HOUR} ", Lead.BY),
        (rf"(?:cho )?(?:den|toi)(?: het)?{_HOUR} ", Lead.BY),
        (r"(?:thoi )?han(?: (?:hoan thanh|nop|bao cao|gui|thuc hien))*(?: (?:la|vao))?(?: :)? ", Lead.BY),
        (r"het ", Lead.BY),
        (rf"(?:{_WITHIN_WORD} )*(?:bat dau |ke )?tu(?: sau)?{_HOUR} ", Lead.FROM),
        (r"bat dau (?:vao |trong )?", Lead.FROM),
        (r"sau ", Lead.AFTER),
        (rf"(?:{_WITHIN_WORD} )+", Lead.WITHIN),
        (r"", Lead.WITHIN),
    )
)
_DONE = re.compile(r"(?:.* )?(?:hoan thanh|xong|ket thuc)(?: (?:vao|trong|:))*$")
_THIS_YEAR = re.compile(rf"trong (?:ca )?nam{_END}(?! (?:ngay|\d|nay|sau|toi))")


def read_fixed(reading: Reading, at: int, year: int) -> Fixed | None:
    """A list of times behind a lead word: "trước ngày 28/02", "chậm nhất là tháng 6", "Quý II và Quý III/2026"."""
    keys = reading.keys
    this_year = _THIS_YEAR.match(keys, at)
    if this_year:
        return Fixed(Terms(this_year.end(), (a_year(year),)), Lead.WITHIN, this_year.end())
    for pattern, lead in _LEADS:
        mark = pattern.match(keys, at)
        if mark:
            terms = _times(keys, mark.end(), year)
            if terms and _stands(keys, at, terms, bool(mark.group())):
                return Fixed(terms, _lead_of(mark, lead, terms, keys[max(0, at - 40) : max(0, at - 1)]), terms.end)
            if mark.group():
                return None
    return None


def _times(keys: str, at: int, year: int) -> Terms | None:
    return read_rule(keys, at, year) or read_terms(keys, at, year) or _this_year(keys, at, year)


def _this_year(keys: str, at: int, year: int) -> Terms | None:
    """ "(hết) năm": the plan's year."""
    whole = read_whole_year(keys, at)
    return Terms(whole.end, (a_year(year),), needs_lead=True) if whole and at and keys[:at].endswith("het ") else None


def _stands(keys: str, at: int, terms: Terms, led: bool) -> bool:
    """Whether times without a lead word may be meant: "15/6" and "2026" only when they stand alone."""
    if led or not terms.needs_lead:
        return True
    alone_before = at == 0 or keys[at - 2] in ",;:(.-" or keys.endswith((" va ", " hoac "), 0, at)
    return alone_before and bool(re.compile(r"$| (?:[;,.)(]|(?:hang|moi) )").match(keys, terms.end))


def _lead_of(mark: re.Match[str], lead: Lead, terms: Terms, before: str) -> Lead:
    if lead is Lead.BEFORE and mark.group("hour"):
        return Lead.BY  # "trước 17 giờ ngày D": still on that day
    if lead is Lead.FROM and terms.is_range:
        return Lead.WITHIN
    if lead is Lead.WITHIN and terms.grain is Grain.DAY and not terms.is_range and _DONE.match(before):
        return Lead.BY
    return lead

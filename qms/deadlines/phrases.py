"""`parse_timing`: the meaning of a Vietnamese timing phrase (DESIGN.md §5)."""

import re
from collections.abc import Callable
from dataclasses import replace

from qms.deadlines.branches import Branch, split_branches
from qms.deadlines.cadence import read_cadence
from qms.deadlines.clauses import Clause, Fixed
from qms.deadlines.combine import Meaning, combine
from qms.deadlines.dates import FIRST_YEAR, LAST_YEAR, Impossible
from qms.deadlines.model import Offset, OffsetUnit, Timing, TimingKind, Window
from qms.deadlines.reading import Reading
from qms.deadlines.terms import OR_DOUBT
from qms.deadlines.timed import read_continuous, read_fixed
from qms.deadlines.waiting import NO_ANCHOR_DOUBT, read_around, read_count, read_event, read_external
from qms.text import nfc

_FAR_YEARS = 15
LONGEST = 2000  # characters; real cells have up to 400

# "trừ các ngày nghỉ, lễ": the days counted are working days.
_NO_DAYS_OFF = (
    r"(?:tru|khong (?:ke|tinh|bao gom)) (?:(?:cac|nhung) )?(?:ngay )?(?:nghi|le|thu 7|cuoi tuan)(?= |$)"
    r"(?: [,/]| (?:le|tet|nghi|thu 7|chu nhat|va|hang tuan|theo quy~? dinh)(?= |$))*"
)
# Words that name no time of their own: "đợt 1:", "nếu có", "lúc 8 giờ", "thứ Hai" before a date.
_LABEL = re.compile(
    rf"(?:^|(?<= )){_NO_DAYS_OFF}"
    r"|(?:^|(?<= ))(?:neu (?:co|can)(?= [),;.]|$)|(?:thu \d|chu nhat)(?= (?:, )?(?:ngay )?\d)"
    r"|(?:it nhat |(?:tối|toi) thieu )?1 lan(?= (?:trong|vao|truoc) )"
    r"|(?:(?:vao )?(?:luc|hoi) )?\d+ (?:h|gio)(?: \d+)?(?: phut)?(?= |$))"
    r"|(?:^|(?<= ))(?:dot|lan|ky|giai doan|buoc|vong|phien|thoi gian|thoi diem|thoi han)"
    r"(?: (?:thuc hien|hoan thanh|to chuc|bao cao|thu))*(?: \d+)?(?= [:,;.)(]| (?:vao|trong|truoc|thang|quy|ngay)|$)"
)
_TIME_WORDS = re.compile(
    r"(?:^| )(?:\d|(?:ngay|thang|quy|tuan|truoc|sau|khong|chua|tru|dinh ky|thuong xuyen|(?:cac|nhung) nam)(?= |$))"
)
_OTHER_WORDS = re.compile(r"(?!(?:va|hoac|hay|cung|vao|trong)\b)\b[^\W\d_]+")
_CHOICE = re.compile(r"\b(?:hoac|hay)\b")
_WORKING_ONLY = re.compile(rf"(?:^| ){_NO_DAYS_OFF}")
_EXCEPTION = re.compile(rf"(?:^| )(?!{_NO_DAYS_OFF})(?:ngoai )?tru(?= |$)(?! khi)")
_HEDGE = re.compile(r"(?:^| )(?:du kien|(?<!trong )khoang (?=thang|quy|ngay|tuan|cuoi|giua|dau|\d+ /))")

EMPTY = "Chưa ghi thời gian."
TOO_LONG = "Nội dung quá dài để là một mốc thời gian."
UNREADABLE = "Không đọc được mốc thời gian nào."
FAR = "Năm ghi cách xa năm của kế hoạch."
HEDGED = "Thời gian mới là dự kiến."
ONE_CASE = "Chỉ nêu một trường hợp."
EXCEPTED = "Có kỳ hoặc ngày bị loại trừ; cần người phụ trách ghi rõ."
BAD_YEAR = "Năm của kế hoạch không hợp lệ."


def parse_timing(text: str, *, year: int) -> Timing:
    """The meaning of one phrase; times without a year belong to `year`, the plan's.

    Never raises: what cannot be read, or names a day that does not exist, is `unknown` with its reason and no date.
    """
    if len(text) > LONGEST:
        return unknown(text, TOO_LONG)  # as it came: normalising endless combining marks takes quadratic time
    text = nfc(text)
    if not text.strip():
        return unknown(text, EMPTY)
    if not FIRST_YEAR < year < LAST_YEAR:
        return unknown(text, BAD_YEAR)
    try:
        return _parsed(text, year)
    except Impossible as reason:
        return unknown(text, str(reason))


def unknown(text: str, reason: str) -> Timing:
    """A phrase that a person must explain."""
    return Timing(text, TimingKind.UNKNOWN, needs_confirmation=True, reasons=(reason,))


def _parsed(text: str, year: int) -> Timing:
    reading = Reading(text)
    branches = split_branches(reading)
    if branches:
        return _conditional(text, branches, year)
    meaning = _meaning(reading, year)
    return _timing(text, meaning) if meaning else unknown(text, UNREADABLE)


def _meaning(reading: Reading, year: int) -> Meaning | None:
    """What one phrase without cases says, with what makes it doubtful."""
    if _EXCEPTION.search(reading.keys):
        raise Impossible(EXCEPTED)
    clauses, rest = _clauses(reading, year)
    meaning = combine(clauses, year, wordy=bool(_OTHER_WORDS.search(rest)))
    if meaning is None:
        return None
    doubts = list(meaning.doubts)
    if _TIME_WORDS.search(rest):
        doubts.append("Còn phần chưa đọc được.")
    if len([clause for clause in clauses if isinstance(clause, Fixed)]) > 1 and _CHOICE.search(rest):
        doubts.append(OR_DOUBT)
    if any(abs(window.due.year - year) > _FAR_YEARS for window in meaning.windows):
        doubts.append(FAR)
    if meaning.windows and _HEDGE.search(reading.keys):
        doubts.append(HEDGED)
    if meaning.offset and meaning.offset.unit is OffsetUnit.DAY and _WORKING_ONLY.search(reading.keys):
        meaning = replace(meaning, offset=Offset(meaning.offset.amount, OffsetUnit.WORKING_DAY))
    return replace(meaning, doubts=tuple(dict.fromkeys(doubts)))


def _clauses(reading: Reading, year: int) -> tuple[list[Clause], str]:
    """The clauses from left to right, and the keys that belong to none."""
    clauses: list[Clause] = []
    rest: list[str] = []
    at = 0
    while at < len(reading.keys):
        clause = _clause_at(reading, at, year)
        if clause:
            clauses.append(clause)
            rest.append(";")
            at = reading.next_start(clause.end - 1)
            continue
        label = _LABEL.match(reading.keys, at)
        after = reading.next_start(label.end() - 1 if label and label.end() > at else at)
        if not label:
            rest.append(reading.keys[at : after - 1])
        at = after
    return clauses, " ".join(rest)


def _cadence(reading: Reading, at: int, year: int) -> Clause | None:
    return read_cadence(reading.keys, at)


# In this order: counts before fixed times ("30 ngày kể từ 15/6"), fixed times before "sau …" and "trước …" in general.
_RECOGNISERS: tuple[Callable[[Reading, int, int], Clause | None], ...] = (
    read_continuous,
    _cadence,
    read_count,
    read_fixed,
    read_around,
    read_event,
    read_external,
)


def _clause_at(reading: Reading, at: int, year: int) -> Clause | None:
    if reading.keys.endswith("/ ", 0, at) and reading.keys[at].isdigit():
        return None  # the rest of a fraction or date that was not read as a whole
    for recognise in _RECOGNISERS:
        clause = recognise(reading, at, year)
        if clause and clause.end > at:
            return clause
    return None


# --- from meaning to timing


def _timing(text: str, meaning: Meaning, condition: str = "") -> Timing:
    branches = tuple(_timing(text, part) for part in meaning.parts)
    return Timing(
        text=text,
        kind=meaning.kind,
        occurrences=meaning.windows or _all_windows(branches),
        offset=meaning.offset or _first_offset(branches),
        needs_confirmation=bool(meaning.doubts) or any(branch.needs_confirmation for branch in branches),
        branches=branches,
        trigger=meaning.trigger,
        condition=condition,
        reasons=meaning.doubts,
        exclusive=meaning.exclusive,
    )


def _all_windows(branches: tuple[Timing, ...]) -> tuple[Window, ...]:
    return tuple(dict.fromkeys(window for branch in branches for window in branch.occurrences))


def _first_offset(branches: tuple[Timing, ...]) -> Offset | None:
    return next((branch.offset for branch in branches if branch.offset), None)


def _conditional(text: str, branches: list[Branch], year: int) -> Timing:
    """All cases read; words before the first case count only if they name a time."""
    read = [(branch, _branch_timing(branch, year)) for branch in branches]
    timings = tuple(t for branch, t in read if branch.condition or t.kind is not TimingKind.UNKNOWN)
    reasons = (ONE_CASE,) if len(timings) == 1 else ()
    return Timing(
        text=text,
        kind=TimingKind.CONDITIONAL,
        occurrences=_all_windows(timings),
        offset=_first_offset(timings),
        needs_confirmation=bool(reasons) or any(timing.needs_confirmation for timing in timings),
        branches=timings,
        reasons=reasons,
    )


def _branch_timing(branch: Branch, year: int) -> Timing:
    try:
        meaning = _meaning(Reading(branch.body), year)
    except Impossible as reason:
        return replace(unknown(branch.text, str(reason)), condition=branch.condition)
    if meaning is None:
        return _case_only(branch)
    if not meaning.trigger and meaning.offset:
        # "Trường hợp có thay đổi: trong 5 ngày": the case itself is the event.
        doubts = tuple(doubt for doubt in meaning.doubts if doubt != NO_ANCHOR_DOUBT)
        meaning = replace(meaning, trigger=branch.condition, doubts=doubts if branch.condition else meaning.doubts)
    return _timing(branch.text, meaning, branch.condition)


def _case_only(branch: Branch) -> Timing:
    """A case without a time waits for the case to happen, unless it is the case that something does not."""
    if not branch.condition or branch.condition.casefold().startswith("không"):
        return replace(unknown(branch.text, UNREADABLE), condition=branch.condition)
    return Timing(branch.text, TimingKind.EVENT, trigger=branch.condition, condition=branch.condition)

"""The rows of an export as surveys, and everything that is wrong with them, by line and column. Pure but for units."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from objectives.figures import NotAFigure, read_number
from objectives.periods import Period
from objectives.satisfaction.scheme import Counted, Scheme, Share, share_of, survey_errors
from qms.organisation.models import Unit
from qms.text import fold, short_date

from . import columns
from .columns import ANSWERED, COMMENT, CRITERION, DAY, RECEIVED, SATISFIED, SENT, UNIT, behind, level_role
from .tables import Row

FindUnit = Callable[[str], tuple[Unit | None, str]]
"""From the words of a cell: the unit, or None and why not."""

_TOTAL = re.compile(r"(?:tong (?:cong|so|hop)|cong|tong|trung binh)\b[:.]?(?: chung| cac don vi)?")
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})")
_LEADING_MARK = re.compile(r"(\d{1,2})\s*(?:[-–.:)]|diem|sao|$)")
_MUST_HAVE = "Ghi số từ 0 trở lên."


@dataclass(frozen=True)
class Problem:
    """Something wrong in a cell. `column` is counted from 0, None where it is the whole row."""

    line: int
    column: int | None
    value: str
    sentence: str


@dataclass
class Draft:
    """A survey in the making: what the rows of one unit add up to. `lines` are those of its numbers."""

    unit: Unit | None
    line: int
    sent: int | None = None
    received: int | None = None
    marks: dict[str, list[int]] = field(default_factory=dict)
    sums: dict[str, Share] = field(default_factory=dict)
    comments: list[tuple[int, str]] = field(default_factory=list)

    def answers(self, scheme: Scheme) -> dict[str, Counted]:
        """In the order of the scheme, further criteria behind."""
        counted = {name: Counted.of(counts, scheme.good_from) for name, counts in self.marks.items()}
        counted |= {name: Counted(share) for name, share in self.sums.items()}
        known = [name for name in scheme.criteria if name in counted]
        return {name: counted[name] for name in [*known, *(name for name in counted if name not in known)]}


@dataclass
class Reading:
    """What an export holds."""

    drafts: dict[int | None, Draft] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    rows: int = 0
    left_out: list[int] = field(default_factory=list)

    @property
    def responses(self) -> int:
        """Received in all units."""
        return sum(draft.received or 0 for draft in self.drafts.values())


class Checker:
    """Takes the rows one after the other (`take`); `finish` adds what can only be said of the whole."""

    def __init__(
        self, *, roles: Sequence[str], scheme: Scheme, period: Period, find_unit: FindUnit, unit: Unit | None
    ) -> None:
        self.scheme, self.period, self.find_unit, self.unit = scheme, period, find_unit, unit
        self.place = {role: i for i, role in enumerate(roles) if role}
        self.scores = {i: name for role, i in self.place.items() if (name := behind(role, "score"))}
        self.levels = {int(mark): i for role, i in self.place.items() if (mark := behind(role, "level"))}
        self.known = {fold(name): name for name in scheme.criteria}
        self.named = {fold(word): n for n, word in enumerate(scheme.words, start=1)}
        self.reading = Reading()

    def take(self, row: Row) -> None:
        """One row of data."""
        if _TOTAL.fullmatch(fold(next(filter(None, row.cells), ""))):
            self.reading.left_out.append(row.line)
            return
        self.reading.rows += 1
        before = len(self.reading.problems)
        draft = self._draft(row)
        self._check_day(row)
        if CRITERION in self.place:
            self._take_sums(row, draft)
        else:
            self._take_response(row, draft, before)
        comment = self._cell(row, COMMENT)
        if comment and draft:
            draft.comments.append((row.line, comment))

    def finish(self) -> Reading:
        """With what does not add up in a unit."""
        if not self.reading.rows:
            self.reading.problems.append(Problem(0, None, "", "Tệp không có dòng dữ liệu nào dưới tiêu đề."))
        for draft in self.reading.drafts.values():
            if draft.received is None:
                draft.received = max((c.share.answered for c in draft.answers(self.scheme).values()), default=0)
            self._check_sum(draft)
        self.reading.problems.sort(key=lambda problem: (problem.line, problem.column or 0))
        return self.reading

    def _check_sum(self, draft: Draft) -> None:
        errors = survey_errors(draft.sent, draft.received, draft.answers(self.scheme))
        for name, sentence in errors.items():
            self._tell(draft.line, self.place.get(name), "", f"{_about(draft.unit, name)}{sentence}")

    def _tell(self, line: int, column: int | None, value: str, sentence: str) -> None:
        self.reading.problems.append(Problem(line, column, value, sentence))

    def _cell(self, row: Row, role: str) -> str:
        place = self.place.get(role)
        return row.cells[place] if place is not None and place < len(row.cells) else ""

    def _draft(self, row: Row) -> Draft | None:
        unit, words = self.unit, self._cell(row, UNIT)
        if UNIT in self.place:
            unit, why_not = self.find_unit(words)
            if why_not:
                self._tell(row.line, self.place[UNIT], words, why_not)
                return None
        return self.reading.drafts.setdefault(unit.pk if unit else None, Draft(unit, row.line))

    def _check_day(self, row: Row) -> None:
        words = self._cell(row, DAY)
        if not words:
            return
        day = read_day(words)
        if day is None:
            self._tell(row.line, self.place[DAY], words, "Ngày không đúng, ghi như 05/11/2026.")
        elif not self.period.start <= day <= self.period.end:
            sentence = f"Ngày {short_date(day)} không thuộc {self.period.inline}."
            self._tell(row.line, self.place[DAY], words, sentence)

    def _take_response(self, row: Row, draft: Draft | None, before: int) -> None:
        marks = list(self._marks(row))
        if not marks and len(self.reading.problems) == before:
            self._tell(row.line, None, "", "Phiếu không chấm tiêu chí nào.")
        if draft is None:
            return
        draft.received = (draft.received or 0) + 1
        for name, mark in marks:
            draft.marks.setdefault(name, [0] * self.scheme.highest)[mark - 1] += 1

    def _marks(self, row: Row) -> Iterator[tuple[str, int]]:
        for place, name in self.scores.items():
            words = row.cells[place] if place < len(row.cells) else ""
            mark = read_mark(words, self.named, self.scheme.highest) if words else None
            if mark:
                yield name, mark
            elif words:
                sentence = f"Không phải mức từ 1 đến {self.scheme.highest} hoặc tên một mức."
                self._tell(row.line, place, words, sentence)

    def _take_sums(self, row: Row, draft: Draft | None) -> None:
        words = self._cell(row, CRITERION)
        if not words:
            self._tell(row.line, self.place[CRITERION], "", "Thiếu tên tiêu chí.")
            return
        name = self.known.get(fold(words), words[:200])
        numbers = {role: self._count(row, role) for role in self._asked()}
        if draft is None or any(number is None for role, number in numbers.items() if role not in (SENT, RECEIVED)):
            return
        if name in draft.marks or name in draft.sums:
            self._tell(row.line, self.place[CRITERION], words, "Tiêu chí này của đơn vị đã có ở dòng trên.")
            return
        self._keep_totals(row, draft, numbers)
        self._keep_answers(row, draft, name, {role: number or 0 for role, number in numbers.items()})

    def _asked(self) -> Iterable[str]:
        totals = (SENT, RECEIVED, ANSWERED, SATISFIED)
        return [role for role in self.place if role in totals or behind(role, "level")]

    def _count(self, row: Row, role: str) -> int | None:
        """A number of people; None after a problem, or where sent or received are left open."""
        words, place = self._cell(row, role), self.place[role]
        if not words and (role in (SENT, RECEIVED) or behind(role, "level")):
            return 0 if behind(role, "level") else None
        try:
            number = read_number(words)
        except NotAFigure:
            number = None
        if number is None or number < 0 or number != int(number) or number > 10**9:
            self._tell(row.line, place, words, _MUST_HAVE)
            return None
        return int(number)

    def _keep_totals(self, row: Row, draft: Draft, numbers: dict[str, int | None]) -> None:
        """Sent and received of a unit are the same in all its rows."""
        for role in (SENT, RECEIVED):
            number, standing = numbers.get(role), getattr(draft, role)
            if number is None or number == standing:
                continue
            if standing is not None:
                sentence = f"{columns.LABELS[role]} của đơn vị này ở dòng trên là {standing}."
                self._tell(row.line, self.place[role], str(number), sentence)
                continue
            setattr(draft, role, number)

    def _keep_answers(self, row: Row, draft: Draft, name: str, numbers: dict[str, int]) -> None:
        if not self.levels:
            draft.sums[name] = Share(numbers[SATISFIED], numbers[ANSWERED])
            return
        counts = [numbers.get(level_role(n), 0) for n in range(1, self.scheme.highest + 1)]
        share = share_of(counts, self.scheme.good_from)
        for role, ours, what in ((ANSWERED, share.answered, "mọi mức"), (SATISFIED, share.satisfied, "mức hài lòng")):
            if role in numbers and numbers[role] != ours:
                sentence = f"Cộng {what} được {ours}, không bằng số ghi ở cột này."
                self._tell(row.line, self.place[role], str(numbers[role]), sentence)
        draft.marks[name] = counts


def read_day(words: str) -> date | None:
    """The day in "05/11/2026", "2026-11-05", with or without a time behind; None where there is none."""
    found = _DAY.search(words)
    if not found:
        return None
    parts = (found[3], found[2], found[1]) if found[1] else (found[4], found[5], found[6])
    try:
        return date(*map(int, parts))
    except ValueError:
        return None


def read_mark(words: str, named: dict[str, int], highest: int) -> int | None:
    """The mark in "5", "5,0", "5 - Rất hài lòng", "Rất hài lòng"; None where it is none."""
    folded = fold(words)
    if folded in named:
        return named[folded]
    found = _LEADING_MARK.match(re.sub(r"^(\d{1,2})[.,]0$", r"\1", folded))
    mark = int(found[1]) if found else 0
    return mark if 1 <= mark <= highest else None


def _about(unit: Unit | None, name: str) -> str:
    """Before a sentence that is about a unit as a whole."""
    owner = unit.name if unit else "Toàn cơ quan"
    return f"{owner}: " if name in ("sent", "received") else f"{owner}, {name}: "

"""How far duties are, in numbers: counted by the database on (agency, year), never row by row.

On a day a duty stands in exactly one place (`Standing`); withdrawn ones stand nowhere. The on-time rate speaks of
duties that had a day and were done, or whose day has passed; "không áp dụng" and dormant ones are not in it. It is
given against the day as extended and against the original one (ISO 9001 9.1.3).
"""

from collections import defaultdict
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from django.db.models import Case, CharField, Count, DateField, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import ExtractMonth

from qms.duties.enums import DutyState
from qms.duties.models import Duty
from qms.text import decimal_text

OTHER_MONTH = 0
"""Stands for duties without a day, or with one outside their year."""


class Standing(StrEnum):
    """Where a duty stands on a day; the order is that of the bars."""

    DONE = "done"
    ACTIVE = "active"
    LATE = "late"
    OPEN = "open"
    DORMANT = "dormant"
    NOT_APPLICABLE = "not_applicable"

    @property
    def word(self) -> str:
        return _WORDS[self][1]

    @property
    def tone(self) -> str:
        return _WORDS[self][0]


_WORDS = {
    Standing.DONE: ("done", "xong"),
    Standing.ACTIVE: ("active", "đang làm"),
    Standing.LATE: ("late", "trễ"),
    Standing.OPEN: ("dormant", "chưa bắt đầu"),
    Standing.DORMANT: ("dormant", "chờ sự kiện"),
    Standing.NOT_APPLICABLE: ("dormant", "không áp dụng"),
}


@dataclass(frozen=True)
class Rate:
    """So many of so many; `percent` is None where there is nothing to judge by."""

    good: int
    of: int

    @property
    def percent(self) -> Decimal | None:
        """With one decimal, halves upwards."""
        return (Decimal(100 * self.good) / self.of).quantize(Decimal("0.1"), ROUND_HALF_UP) if self.of else None

    @property
    def words(self) -> str:
        """ "95,5 %", or "–"."""
        return "–" if self.percent is None else f"{decimal_text(self.percent)} %"

    @property
    def long_words(self) -> str:
        """ "80 % (12/15)", or "chưa có việc nào đến hạn"."""
        return f"{self.words} ({self.good}/{self.of})" if self.of else "chưa có việc nào đến hạn"


@dataclass
class Numbers:
    """Counts of duties. `dated_done`, `on_time`, `on_time_first` and `past_first` feed the rates."""

    done: int = 0
    active: int = 0
    late: int = 0
    open: int = 0
    dormant: int = 0
    not_applicable: int = 0
    dated_done: int = 0
    on_time: int = 0
    on_time_first: int = 0
    past_first: int = 0

    def __iadd__(self, other: "Numbers") -> "Numbers":
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))
        return self

    @property
    def total(self) -> int:
        """Everything but what was withdrawn."""
        return sum(getattr(self, standing.value) for standing in Standing)

    @property
    def owed(self) -> int:
        """What is or was to be done: all but what does not apply."""
        return self.total - self.not_applicable

    @property
    def rate(self) -> Rate:
        """On time, by the day as it was extended."""
        return Rate(self.on_time, self.dated_done + self.late)

    @property
    def first_rate(self) -> Rate:
        """On time, by the original day."""
        return Rate(self.on_time_first, self.dated_done + self.past_first)

    @property
    def done_late(self) -> int:
        """Done, but after the day as extended."""
        return self.dated_done - self.on_time

    @property
    def parts(self) -> list[tuple[str, int, str]]:
        """As {% progress %} takes them; what does not apply is left out of the line."""
        shown = [standing for standing in Standing if standing != Standing.NOT_APPLICABLE]
        return [(standing.tone, getattr(self, standing.value), standing.word) for standing in shown]


@dataclass
class Line:
    """One unit (or agency) of a year: its numbers, those of each month by due day, and the rates of the year before."""

    pk: int
    name: str
    now: Numbers = field(default_factory=Numbers)
    before: Numbers = field(default_factory=Numbers)
    months: dict[int, Numbers] = field(default_factory=lambda: defaultdict(Numbers))


@dataclass(frozen=True)
class Tally:
    """A year as it stood on `day`, the year before as it stood a year earlier; `lines` in the house's order."""

    year: int
    day: date
    total: Line
    lines: tuple[Line, ...]

    def only(self, pk: int | None) -> "Tally":
        """Of one unit; all of it for None."""
        if pk is None:
            return self
        lines = tuple(line for line in self.lines if line.pk == pk)
        return Tally(self.year, self.day, next(iter(lines), Line(pk, "")), lines)


def year_before(day: date) -> date:
    """The same day a year earlier; 29 February becomes the 28th."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def standing_on(day: Any, *, late_before: Any = None) -> Case:
    """The `Standing` of a duty on a day (a date or an expression), for an annotation.

    What was finished after the day counts as under way on it, or as late. At the end of a day rather than
    during it, what was due that day is late already: `late_before` is then the day after.
    """
    return Case(
        When(state=DutyState.DONE, closed_on__lte=day, then=Value(Standing.DONE.value)),
        When(state=DutyState.NOT_APPLICABLE, closed_on__lte=day, then=Value(Standing.NOT_APPLICABLE.value)),
        When(state=DutyState.DORMANT, then=Value(Standing.DORMANT.value)),
        When(due_on__lt=day if late_before is None else late_before, then=Value(Standing.LATE.value)),
        When(state=DutyState.OPEN, then=Value(Standing.OPEN.value)),
        default=Value(Standing.ACTIVE.value),
        output_field=CharField(),
    )


def tally(duties: QuerySet[Duty], *, year: int, day: date, by: str = "unit") -> Tally:
    """Count the year and the one before, `by` "unit" or "agency". One query; withdrawn duties are not counted."""
    order = ("unit__order", "unit__name", "unit") if by == "unit" else ("agency__name", "agency")
    rows = (
        _counted(duties, year, day)
        .values("year", "month", "standing", pk=F(by), name=F(f"{by}__name"))
        .annotate(**_sums())
        .order_by(*order)
    )
    total, lines = Line(0, "Tất cả"), {}
    for row in rows:
        line = lines.setdefault(row["pk"], Line(row["pk"], row["name"]))
        numbers = _numbers(row)
        for target in (line, total):
            _add(target, row, numbers, this_year=row["year"] == year)
    return Tally(year, day, total, tuple(line for line in lines.values() if line.now.total))


def _counted(duties: QuerySet[Duty], year: int, day: date) -> QuerySet[Duty]:
    as_of = Case(When(year=year, then=Value(day)), default=Value(year_before(day)), output_field=DateField())
    wanted = duties.filter(year__in=[year, year - 1]).exclude(state=DutyState.WITHDRAWN)
    return wanted.annotate(as_of=as_of, standing=standing_on(F("as_of")), month=_month())


def _month() -> Case:
    return Case(
        When(due_on__year=F("year"), then=ExtractMonth("due_on")),
        default=Value(OTHER_MONTH),
        output_field=IntegerField(),
    )


def _sums() -> dict[str, Count]:
    done = Q(standing=Standing.DONE)
    owed = Q(standing__in=[Standing.LATE, Standing.ACTIVE, Standing.OPEN])
    return {
        "n": Count("pk"),
        "dated_done": Count("pk", filter=done & Q(due_on__isnull=False)),
        "on_time": Count("pk", filter=done & Q(closed_on__lte=F("due_on"))),
        "on_time_first": Count("pk", filter=done & Q(closed_on__lte=F("original_due_on"))),
        "past_first": Count("pk", filter=owed & Q(original_due_on__lt=F("as_of"))),
    }


def _numbers(row: dict[str, Any]) -> Numbers:
    rates = {name: row[name] for name in ("dated_done", "on_time", "on_time_first", "past_first")}
    return Numbers(**{row["standing"]: row["n"]}, **rates)


def _add(line: Line, row: dict[str, Any], numbers: Numbers, *, this_year: bool) -> None:
    if this_year:
        line.now += numbers
        line.months[row["month"]] += numbers
    else:
        line.before += numbers

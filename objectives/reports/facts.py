"""What a report on objectives says in numbers: every objective with its figures, as the records stood on a day.

All numbers of a report are counted over these facts; each figure knows the record that it was read from.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.utils import timezone

from objectives.board import Judged, board_of
from objectives.content import target_words
from objectives.enums import IN_FORCE_OR_PAST, Level
from objectives.figures import figure_text
from objectives.models import Figure, MissCause
from objectives.periods import Period
from objectives.selectors import result_words
from objectives.status import Slot, Verdict, judge
from objectives.terms import Direction, Standing
from qms.organisation.models import Agency, Unit

from .changes import Change

UNWANTED = (Standing.MISSED, Standing.AT_RISK, Standing.NO_DATA)
"""What a report has to explain."""


@dataclass(frozen=True)
class FigureFact:
    """The figure of one period. `record` is the id of the `Figure`, 0 where it was put together from others.

    `inside`: its period lies in the one that is reported. `on` is an ISO day, "" for none.
    """

    record: int
    index: int
    label: str
    words: str
    standing: str
    by: str = ""
    on: str = ""
    amended: bool = False
    inside: bool = True


@dataclass(frozen=True)
class Fact:
    """One objective as it stood: its figures since the beginning of the year, and how it stands at the period's end."""

    objective: int
    level: str
    unit: str
    statement: str
    target: str
    figures: tuple[FigureFact, ...]
    to_date: str
    standing: str
    sentence: str
    provenance: str = ""
    previous: str = ""
    cause: str = ""
    remedy: str = ""

    @property
    def inside(self) -> list[FigureFact]:
        """The figures of the reported period alone."""
        return [figure for figure in self.figures if figure.inside]

    @property
    def is_departments(self) -> bool:
        """Whether it is an objective of the whole department."""
        return self.level == Level.DEPARTMENT


@dataclass(frozen=True)
class UnitReport:
    """What became of the report that a unit owed. `late_days` counts to the day of submission, or to `as_of`."""

    unit: str
    report: int = 0
    state: str = ""
    submitted: str = ""
    late_days: int = 0


@dataclass(frozen=True)
class Drawing:
    """A chart as it was drawn, and the same as a table: `head` over `rows`."""

    caption: str
    svg: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class ReportData:
    """The facts in the order of the tree, what the units sent, and what changed since the report before.

    `before` names that report; empty where there is none.
    """

    as_of: str
    facts: tuple[Fact, ...]
    units: tuple[UnitReport, ...] = ()
    changes: tuple[Change, ...] = ()
    before: str = ""
    bases: tuple[str, ...] = ()
    drawings: tuple[Drawing, ...] = ()

    def to_storage(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return asdict(self)

    @classmethod
    def from_storage(cls, kept: Mapping[str, Any]) -> "ReportData":
        return cls(
            kept["as_of"], tuple(map(_fact_from, kept["facts"])), tuple(UnitReport(**row) for row in kept["units"]),
            tuple(Change(**row) for row in kept["changes"]), kept["before"], tuple(kept["bases"]),
            tuple(Drawing(**row) for row in kept["drawings"]),
        )  # fmt: skip

    @property
    def numbered(self) -> list[tuple[int, Fact]]:
        """Each fact with its number in the annex."""
        return list(enumerate(self.facts, start=1))

    @property
    def departments(self) -> list[tuple[int, Fact]]:
        """Those of the whole department, with their numbers."""
        return [(number, fact) for number, fact in self.numbered if fact.is_departments]

    @property
    def divisions(self) -> list[tuple[int, Fact]]:
        """Those of units and persons, with their numbers."""
        return [(number, fact) for number, fact in self.numbered if not fact.is_departments]

    def by_unit(self) -> Iterator[tuple[str, list[Fact]]]:
        """The objectives of each unit."""
        for unit, facts in groupby((fact for _, fact in self.divisions), key=lambda fact: fact.unit):
            yield unit, list(facts)

    def of(self, *standings: Standing) -> list[tuple[int, Fact]]:
        """Those that stand so, with their numbers."""
        return [(number, fact) for number, fact in self.numbered if fact.standing in standings]


def _fact_from(kept: Mapping[str, Any]) -> Fact:
    return Fact(**{**kept, "figures": tuple(FigureFact(**figure) for figure in kept["figures"])})


def count(facts: Iterable[Fact]) -> dict[Standing, int]:
    """How many stand how; only standings that occur, in their order."""
    found = [fact.standing for fact in facts]
    return {standing: found.count(standing) for standing in Standing if standing in found}


def rows_of(agency: Agency, year: int, as_of: date, unit: Unit | None) -> list[Judged]:
    """The objectives in force of a unit, or of all, judged on that day. Two queries."""
    return [row for row in board_of(agency, year, as_of).values() if _belongs(row, unit)]


def facts_of(
    rows: Iterable[Judged], period: Period, as_of: date, previous: Mapping[int, Judged]
) -> tuple[Fact, ...]:  # fmt: skip
    """With the figures of the periods that end with this one; `previous`: last year's by id. One query."""
    rows = list(rows)
    causes = _causes(rows, period)
    return tuple(_fact(row, period, as_of, causes, previous) for row in rows)


def _belongs(row: Judged, unit: Unit | None) -> bool:
    found = row.objective.objective_set
    return found.state in IN_FORCE_OR_PAST and (unit is None or found.unit_id == unit.pk)


def _causes(rows: Iterable[Judged], period: Period) -> dict[int, list[MissCause]]:
    """By objective, the causes that were told for periods until this one."""
    found: dict[int, list[MissCause]] = {}
    misses = MissCause.objects.filter(objective__in=[row.objective.pk for row in rows]).select_related("figure")
    for miss in misses:
        day = miss.figure.ends_on if miss.figure else miss.found_on
        if day <= period.end:
            found.setdefault(miss.objective_id, []).append(miss)
    return found


def last_years(agency: Agency, rows: Iterable[Judged], as_of: date) -> dict[int, Judged]:
    """Last year's objectives by id, judged, where one of these goes on from one. Two queries, or none."""
    earlier = [row.objective for row in rows if row.objective.carried_from_id]
    return board_of(agency, earlier[0].objective_set.year - 1, as_of) if earlier else {}


def _fact(
    row: Judged, period: Period, as_of: date, causes: dict[int, list[MissCause]], previous: Mapping[int, Judged]
) -> Fact:
    objective, verdict = row.objective, standing_at(row, period, as_of)
    told = causes.get(objective.pk, [])
    earlier = previous.get(objective.carried_from_id or 0)
    return Fact(
        objective=objective.pk, level=objective.level, unit=objective.unit.name, statement=objective.statement,
        target=target_words(objective), figures=tuple(_figures(row, period)),
        to_date="" if verdict.value is None else figure_text(verdict.value, objective.unit_of_measure),
        standing=verdict.standing.value, sentence=verdict.sentence, provenance=row.provenance,
        previous=result_words(earlier) if earlier else "",
        cause=_cause(row, told), remedy="\n".join(_remedy(miss) for miss in told),
    )  # fmt: skip


def _cause(row: Judged, told: list[MissCause]) -> str:
    if told or not row.serving:
        return "\n".join(miss.cause for miss in told)
    return "Từ kết quả của các mục tiêu phục vụ mục tiêu này."


def _remedy(miss: MissCause) -> str:
    return " ".join(text for text in (miss.correction, miss.action) if text)


def standing_at(row: Judged, period: Period, as_of: date) -> Verdict:
    """How an objective stood at the end of a period, with the figures of the periods until then.

    What is not entered counts as missing from the day after it was due, never as a figure of zero.
    """
    if row.objective.is_computed and not row.serving:
        return row.verdict
    known = [slot if _known(slot, row, period) else Slot(slot.period, slot.due_on) for slot in row.slots]
    due = max((slot.due_on for slot in row.slots if slot.period.end <= period.end), default=period.end)
    return judge(row.objective.goal, known, min(as_of, due + timedelta(days=1)))


def _known(slot: Slot, row: Judged, period: Period) -> bool:
    if row.objective.direction == Direction.MILESTONE:
        return slot.entry is not None and slot.entry.reached_on is not None and slot.entry.reached_on <= period.end
    return slot.period.end <= period.end


def _figures(row: Judged, period: Period) -> Iterator[FigureFact]:
    for place, slot in enumerate(row.slots):
        if _known(slot, row, period) or slot.period.end <= period.end:
            yield _figure(row, place, row.figures[place] if row.figures else None, period)


def _figure(row: Judged, place: int, figure: Figure | None, period: Period) -> FigureFact:
    slot, standing = row.slots[place], row.period_verdict(place).standing
    head = (figure.pk if figure else 0, slot.period.index, slot.period.label)
    inside = period.covers(slot.period) or row.objective.direction == Direction.MILESTONE
    if figure is None:
        return FigureFact(*head, _together(slot, row.objective.unit_of_measure), standing.value, inside=inside)
    on = timezone.localdate(figure.at).isoformat() if figure.at else ""
    words = figure.words(row.objective.unit_of_measure)
    return FigureFact(*head, words, standing.value, figure.author_name, on, figure.amended, inside)


def _together(slot: Slot, unit: str) -> str:
    if slot.entry is None:
        return ""
    return "không phát sinh" if slot.entry.value is None else figure_text(slot.entry.value, unit)

"""Geometry of two drawings: the figures of an objective against its target, and the units of a year by quarter.

Pure arithmetic. The same SVG (`templates/objective_reports/trend_svg.html`, `heat_svg.html`) stands on the page and in
the printed report; shapes and numbers say what colours say, and a table with the same numbers stands beside it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import groupby
from textwrap import wrap

from objectives.board import Judged
from objectives.enums import Level
from objectives.figures import figure_text
from objectives.periods import Period, periods_of
from objectives.status import Slot
from objectives.terms import Direction, Gathering, PeriodKind, Standing

WIDTH, HEIGHT = 760, 250
_LEFT, _RIGHT, _TOP, _BASE = 76, 744, 34, 200
_LABEL_WIDTH, _HEAD, _ROW = 260, 34, 40
_LABEL_CHARS = 36
_SHAPES = {
    Standing.ACHIEVED: "disc", Standing.ON_TRACK: "disc", Standing.MISSED: "triangle", Standing.AT_RISK: "triangle",
    Standing.NO_DATA: "ring", Standing.NOT_YET_DUE: "ring",
}  # fmt: skip
_GOOD = (Standing.ACHIEVED, Standing.ON_TRACK)
_BAD = (Standing.MISSED, Standing.AT_RISK)


@dataclass(frozen=True)
class Point:
    """One period: where it stands, its figure in words, its shape, the figure of last year."""

    x: float
    y: float | None
    label: str
    short: str
    words: str
    shape: str
    standing: str
    last_y: float | None
    last_words: str

    @property
    def words_y(self) -> float:
        """Base line of the number above the point."""
        return round((self.y or 0) - 10, 1)


@dataclass(frozen=True)
class Trend:
    """The drawing of one objective, in units of a 760-wide view box; `target_y` and `upper_y` are its bounds."""

    title: str
    description: str
    points: tuple[Point, ...]
    target_y: float
    upper_y: float | None
    target: str
    line: str
    last_line: str
    summed: bool
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    right: int = _RIGHT
    base: int = _BASE


def trend_of(row: Judged, previous: Judged | None = None, until: date | None = None) -> Trend | None:
    """The figures of this year and, where there are some, of the year before; None where there is nothing to draw.

    Figures of periods that end after `until` are left out.
    """
    objective = row.objective
    if objective.direction == Direction.MILESTONE or not row.slots:
        return None
    summed = objective.gathering == Gathering.SUM
    now = _values([_known(slot, until) for slot in row.slots], summed=summed)
    last = _values(previous.slots, summed=summed) if previous and len(previous.slots) == len(row.slots) else []
    if not any(value is not None for value in (*now, *last)):
        return None
    bounds = [Fraction(bound) for bound in (objective.target, objective.upper) if bound is not None]
    scale = _Scale([value for value in (*now, *last, *bounds) if value is not None])
    points = tuple(_points(row, now, last or [None] * len(now), scale, until))
    target = objective.goal.words
    return Trend(
        title=f"Diễn biến so với chỉ tiêu: {objective.statement}",
        description="; ".join(f"{p.label}: {p.words or 'chưa có'}" for p in points) + f". Chỉ tiêu {target}.",
        points=points, target_y=scale.y(bounds[0]), upper_y=scale.y(bounds[1]) if len(bounds) > 1 else None,
        target=target, line=_path((p.x, p.y) for p in points), last_line=_path((p.x, p.last_y) for p in points),
        summed=summed,
    )  # fmt: skip


def _known(slot: Slot, until: date | None) -> Slot:
    return slot if until is None or slot.period.end <= until else Slot(slot.period, slot.due_on)


def _values(slots: Sequence[Slot], *, summed: bool) -> list[Fraction | None]:
    """The figure of each period, or the sum so far; None where there is none."""
    values = [slot.entry.value if slot.entry else None for slot in slots]
    if not summed:
        return values
    total = Fraction(0)
    sums: list[Fraction | None] = []
    for value in values:
        total += value or 0
        sums.append(None if value is None else total)
    return sums


class _Scale:
    """Figures to heights, with a tenth of their range left free at both ends."""

    def __init__(self, values: Sequence[Fraction]) -> None:
        low, high = min(values), max(values)
        room = (high - low) / 10 or Fraction(1)
        self.low, self.span = low - room, high - low + 2 * room

    def y(self, value: Fraction) -> float:
        return round(_BASE - float((value - self.low) / self.span) * (_BASE - _TOP), 1)


def _points(
    row: Judged,
    now: Sequence[Fraction | None],
    last: Sequence[Fraction | None],
    scale: _Scale,
    until: date | None,
) -> Iterable[Point]:
    step, unit = (_RIGHT - _LEFT) / len(now), row.objective.unit_of_measure
    for place, (slot, value, before) in enumerate(zip(row.slots, now, last, strict=True)):
        later = until is not None and slot.period.end > until
        standing = Standing.NOT_YET_DUE if later else row.period_verdict(place).standing
        yield Point(
            x=round(_LEFT + step * (place + 0.5), 1), y=None if value is None else scale.y(value),
            label=slot.period.label, short=slot.period.short, words="" if value is None else figure_text(value, unit),
            shape=_SHAPES[standing], standing=standing.label, last_y=None if before is None else scale.y(before),
            last_words="" if before is None else figure_text(before, unit),
        )  # fmt: skip


def _path(places: Iterable[tuple[float, float | None]]) -> str:
    """Through the known points; a gap breaks the line."""
    drawn = []
    for known, group in groupby(places, key=lambda place: place[1] is not None):
        if known:
            drawn.append("M" + " L".join(f"{x} {y}" for x, y in group))
    return " ".join(drawn)


@dataclass(frozen=True)
class HeatCell:
    """A unit in a quarter: how many of its figures met their targets, how many did not or are missing."""

    x: float
    good: int
    bad: int
    missing: int

    @property
    def total(self) -> int:
        return self.good + self.bad + self.missing

    @property
    def tone(self) -> str:
        """What the cell looks like: the worst that is in it."""
        if not self.total:
            return "empty"
        return "bad" if self.bad else "missing" if self.missing else "good"

    @property
    def words(self) -> str:
        """ "3/4 đạt, 1 không đạt"."""
        if not self.total:
            return "chưa đến kỳ"
        rest = ((self.bad, "không đạt"), (self.missing, "thiếu số liệu"))
        return ", ".join([f"{self.good}/{self.total} đạt", *(f"{count} {word}" for count, word in rest if count)])


@dataclass(frozen=True)
class HeatRow:
    """A unit with its four quarters."""

    y: float
    name: str
    lines: tuple[tuple[float, str], ...]
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True)
class Heat:
    """The whole drawing, in units of a 760-wide view box."""

    title: str
    quarters: tuple[tuple[float, str], ...]
    rows: tuple[HeatRow, ...]
    height: int
    cell_width: float
    width: int = WIDTH

    @property
    def description(self) -> str:
        """The same in words."""
        names = [label for _, label in self.quarters]
        told = (
            f"{row.name}: {', '.join(f'{n} {c.words}' for n, c in zip(names, row.cells, strict=True))}"
            for row in self.rows
        )
        return "; ".join(told)


def heat_of(rows: Iterable[Judged], year: int, until: date | None = None) -> Heat | None:
    """The figures of units and persons by unit and quarter, each figure judged against its target.

    A figure counts in the quarter in which its period ends; periods that end after `until` are left out. None where
    there is no unit.
    """
    quarters = periods_of(PeriodKind.QUARTER, year)
    units: dict[str, list[Judged]] = {}
    for row in rows:
        if row.objective.level != Level.DEPARTMENT:
            units.setdefault(row.objective.unit.name, []).append(row)
    if not units:
        return None
    width = (WIDTH - _LABEL_WIDTH) / 4
    return Heat(
        title=f"Số liệu đạt chỉ tiêu theo đơn vị và quý, năm {year}",
        quarters=tuple((round(_LABEL_WIDTH + width * (i + 0.5), 1), q.label) for i, q in enumerate(quarters)),
        rows=tuple(_heat_row(name, found, i, quarters, until) for i, (name, found) in enumerate(units.items())),
        height=_HEAD + _ROW * len(units) + 4, cell_width=width,
    )  # fmt: skip


def _heat_row(name: str, rows: list[Judged], place: int, quarters: list[Period], until: date | None) -> HeatRow:
    y = _HEAD + _ROW * place
    text = wrap(name, _LABEL_CHARS, max_lines=2, placeholder="…") or [""]
    top = y + _ROW / 2 + 5 - 8 * (len(text) - 1)
    width = (WIDTH - _LABEL_WIDTH) / 4
    cells = tuple(
        _heat_cell(_LABEL_WIDTH + width * i, rows, quarter, until) for i, quarter in enumerate(quarters)
    )  # fmt: skip
    return HeatRow(y, name, tuple((top + 16 * i, line) for i, line in enumerate(text)), cells)


def _heat_cell(x: float, rows: list[Judged], quarter: Period, until: date | None) -> HeatCell:
    found = [
        row.period_verdict(place).standing
        for row in rows
        for place, slot in enumerate(row.slots)
        if quarter.start <= slot.period.end <= quarter.end and (until is None or slot.period.end <= until)
    ]
    good, bad = (sum(standing in kind for standing in found) for kind in (_GOOD, _BAD))
    return HeatCell(round(x, 1), good, bad, found.count(Standing.NO_DATA))

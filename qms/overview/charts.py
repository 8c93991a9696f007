"""Geometry of the charts that are drawn on the server as SVG: pure arithmetic, no database, no colours.

Templates draw what stands here (templates/components/timeline.html, progress.html); tones become classes.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from textwrap import wrap
from typing import Any

from django.utils.safestring import SafeString

from qms.overview.shapes import TONE_SHAPES, drawing

WIDTH = 760
LABEL_WIDTH = 244
MONTH_WIDTH = (WIDTH - LABEL_WIDTH) / 12
HEAD_HEIGHT = 30
LINE_HEIGHT = 17
ROW_PADDING = 15
LABEL_CHARS = 33
LABEL_LINES = 2
SIGN = 12


@dataclass(frozen=True)
class Bar:
    """One window of a task. Without a first day only its end is marked (`width` 0); without an end it is `open`."""

    x: float
    width: float
    tone: str
    drawing: SafeString
    open: bool
    words: str

    @property
    def sign_x(self) -> float:
        """Left edge of the shape that says the state: after the bar, or around the day of a mark."""
        return min(self.x + self.width + 4 if self.width else self.x - SIGN / 2, WIDTH - SIGN)


@dataclass(frozen=True)
class TimelineRow:
    """A task in the chart; `words` is the sentence read out for it.

    `heading`: the row names the ones below it. `thread`: left edge and width of the thin line that ties the marks of a
    repeated task together. `note_drawing`: the shape before the note.
    """

    y: float
    height: float
    lines: tuple[tuple[float, str], ...]
    url: str
    bars: tuple[Bar, ...]
    note: str
    words: str
    heading: bool = False
    thread: tuple[float, float] | None = None
    note_drawing: SafeString | str = ""

    @property
    def end(self) -> float:
        return self.y + self.height

    @property
    def bar_y(self) -> float:
        """Top of a bar 10 units high."""
        return self.y + self.height / 2 - 5

    @property
    def sign_y(self) -> float:
        return self.bar_y + 5 - SIGN / 2

    @property
    def note_y(self) -> float:
        """Base line of the note."""
        return self.y + self.height / 2 + 4


@dataclass(frozen=True)
class Timeline:
    """The whole drawing, in units of a 760-wide view box."""

    title: str
    description: str
    height: float
    months: tuple[tuple[float, float, int], ...]
    rows: tuple[TimelineRow, ...]
    today_x: float | None
    width: int = WIDTH
    label_width: int = LABEL_WIDTH


def day_x(day: date) -> float:
    """Where the morning of that day stands; months are equally wide, days share their month."""
    return LABEL_WIDTH + MONTH_WIDTH * (day.month - 1 + (day.day - 1) / monthrange(day.year, day.month)[1])


def timeline(rows: Iterable[Any], *, year: int, today: date | None = None, title: str = "") -> Timeline:
    """Lay out the rows.

    A row has `label` and `windows`: a list of (start or None, due or None, state) where state has `tone`, `label` and
    perhaps `shape`; optionally `url`, `note` (a word written where there is no bar) with `note_shape`, `repeats` (its
    last days are marked on a thin line, without bars) and `heading` (it names the rows below). What lies outside the
    year is cut off.
    """
    drawn: list[TimelineRow] = []
    y = float(HEAD_HEIGHT)
    for row in rows:
        placed = _row(row, y, year)
        drawn.append(placed)
        y += placed.height
    months = tuple((LABEL_WIDTH + MONTH_WIDTH * i, LABEL_WIDTH + MONTH_WIDTH * (i + 0.5), i + 1) for i in range(12))
    return Timeline(
        title=title or f"Dòng thời gian năm {year}",
        description=" ".join(row.words for row in drawn) or "Chưa có nhiệm vụ nào.",
        height=y + 4,
        months=months,
        rows=tuple(drawn),
        today_x=round(day_x(today), 1) if today and today.year == year else None,
    )


def _row(row: Any, y: float, year: int) -> TimelineRow:
    label = str(row.label)
    text = wrap(label, LABEL_CHARS, max_lines=LABEL_LINES, placeholder="…") or [""]
    height = LINE_HEIGHT * len(text) + ROW_PADDING
    top = y + ROW_PADDING / 2 + LINE_HEIGHT - 4
    heading = bool(getattr(row, "heading", False))
    bars = tuple(bar for window in row.windows if (bar := _bar(*window, year)))
    thread = _thread(bars) if getattr(row, "repeats", False) else None
    note = str(getattr(row, "note", "") or "")
    parts = [bar.words for bar in bars] or ([note] if note else ["chưa có hạn"])
    return TimelineRow(
        y=y,
        height=height,
        lines=tuple((top + LINE_HEIGHT * i, line) for i, line in enumerate(text)),
        url=str(getattr(row, "url", "") or ""),
        bars=tuple(map(_mark, bars)) if thread else bars,
        note=note if not bars else "",
        words=f"{label}." if heading else f"{label}: {'; '.join(parts)}.",
        heading=heading,
        thread=thread,
        note_drawing=drawing(str(getattr(row, "note_shape", "") or "")),
    )


def _thread(bars: tuple[Bar, ...]) -> tuple[float, float] | None:
    """From the first day to the last one of a repeated task."""
    if not bars:
        return None
    left = min(bar.x for bar in bars)
    return left, round(max(bar.x + bar.width for bar in bars) - left, 1)


def _mark(bar: Bar) -> Bar:
    """Only the last day."""
    return replace(bar, x=round(bar.x + bar.width, 1), width=0)


def _bar(start: date | None, due: date | None, state: Any, year: int) -> Bar | None:
    first = max(start or date(year, 1, 1), date(year, 1, 1))
    last = min(due or date(year, 12, 31), date(year, 12, 31))
    if first > last:
        return None
    end = day_x(last) + MONTH_WIDTH / monthrange(last.year, last.month)[1]
    only_mark = start is None and due is not None
    x = end if only_mark else day_x(first)
    return Bar(
        x=round(x, 1),
        width=0 if only_mark else round(max(end - x, 4.0), 1),
        tone=state.tone,
        drawing=drawing(getattr(state, "shape", "") or TONE_SHAPES[state.tone]),
        open=due is None,
        words=_words(start, due, str(state.label)),
    )


def _words(start: date | None, due: date | None, label: str) -> str:
    span = f"từ {start:%d/%m/%Y} " if start else ""
    end = f"đến {due:%d/%m/%Y}" if due else "không có hạn"
    return f"{span}{end}, {label}" if start or due else f"cả năm, {label}"


@dataclass(frozen=True)
class Part:
    """A piece of the progress line, in percent of its width."""

    x: float
    width: float
    tone: str
    shape: str
    count: int
    word: str


@dataclass(frozen=True)
class Progress:
    """The line, its parts and the sentence read out for it."""

    title: str
    description: str
    parts: tuple[Part, ...]


def progress(parts: Iterable[tuple[str, int, str]], *, title: str) -> Progress:
    """Shares of a whole: (tone, count, word), in the order drawn. Empty parts keep their word in the legend."""
    given = list(parts)
    total = sum(count for _, count, _ in given)
    drawn, x = [], 0.0
    for tone, count, word in given:
        width = round(100 * count / total, 2) if total else 0.0
        drawn.append(Part(round(x, 2), width, tone, TONE_SHAPES[tone], count, word))
        x += width
    words = ", ".join(f"{part.count} {part.word}" for part in drawn)
    return Progress(title=title, description=f"{words}." if words else "Chưa có gì để tính.", parts=tuple(drawn))

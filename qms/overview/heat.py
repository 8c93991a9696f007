"""Geometry of two drawings of a year: duties by unit and month, and one unit's on-time share by month.

Pure arithmetic like `charts`, whose measures it shares. Every cell also says its numbers, so that neither colour nor
sight is needed (templates/components/heat.html, trend.html).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import wrap

from .charts import HEAD_HEIGHT, LABEL_CHARS, LABEL_LINES, LABEL_WIDTH, LINE_HEIGHT, MONTH_WIDTH, WIDTH, day_x
from .progress import Line, Numbers

ROW_HEIGHT = 50
BAR_WIDTH = 34.0
BAR_HEIGHT = 7
MOST_ROWS = 40
TREND_HEIGHT = 150
_TREND_TOP, _TREND_BASE = 24, 122
_TREND_LEFT = 40


@dataclass(frozen=True)
class HeatCell:
    """The duties of one unit that are due in one month. `done_width` and `late_width` are parts of the bar."""

    x: float
    count: str
    done_width: float
    late_width: float
    late: int
    words: str

    @property
    def middle(self) -> float:
        return round(self.x + BAR_WIDTH / 2, 1)

    @property
    def late_x(self) -> float:
        """Late ones stand at the right end of the bar."""
        return round(self.x + BAR_WIDTH - self.late_width, 1)

    @property
    def sign_x(self) -> float:
        return round(self.x + BAR_WIDTH / 2 - 12, 1)


@dataclass(frozen=True)
class HeatRow:
    """A unit."""

    y: float
    lines: tuple[tuple[float, str], ...]
    cells: tuple[HeatCell, ...]
    words: str
    url: str

    @property
    def end(self) -> float:
        return self.y + ROW_HEIGHT


@dataclass(frozen=True)
class Heat:
    """The whole drawing, in units of a 760-wide view box."""

    title: str
    height: float
    months: tuple[tuple[float, float, int], ...]
    rows: tuple[HeatRow, ...]
    today_x: float | None
    width: int = WIDTH
    bar_width: float = BAR_WIDTH
    bar_height: int = BAR_HEIGHT


def heat(lines: Sequence[Line], *, year: int, today: date, urls: Sequence[str]) -> Heat:
    """One row per unit, one cell per month with a duty due; `urls` lead to each unit ("" for nowhere)."""
    months = tuple((LABEL_WIDTH + MONTH_WIDTH * i, LABEL_WIDTH + MONTH_WIDTH * (i + 0.5), i + 1) for i in range(12))
    rows = tuple(
        _heat_row(line, HEAD_HEIGHT + ROW_HEIGHT * i, url)
        for i, (line, url) in enumerate(zip(lines, urls, strict=True))
    )
    return Heat(
        title=f"Việc đến hạn theo đơn vị và tháng, năm {year}",
        height=HEAD_HEIGHT + ROW_HEIGHT * len(rows) + 4,
        months=months,
        rows=rows,
        today_x=round(day_x(today), 1) if today.year == year else None,
    )


def _heat_row(line: Line, y: float, url: str) -> HeatRow:
    text = wrap(line.name, LABEL_CHARS, max_lines=LABEL_LINES, placeholder="…") or [""]
    top = y + ROW_HEIGHT / 2 - LINE_HEIGHT * (len(text) - 1) / 2 + 4
    drawn = ((month, line.months[month]) for month in range(1, 13) if month in line.months)
    cells = tuple(_cell(month, numbers) for month, numbers in drawn if numbers.owed)
    words = "; ".join(cell.words for cell in cells) or "không có việc đến hạn trong năm"
    return HeatRow(
        y, tuple((top + LINE_HEIGHT * i, part) for i, part in enumerate(text)), cells, f"{line.name}: {words}.", url
    )


def _cell(month: int, numbers: Numbers) -> HeatCell:
    owed = numbers.owed
    share = BAR_WIDTH / owed
    late = f", {numbers.late} trễ" if numbers.late else ""
    return HeatCell(
        x=round(LABEL_WIDTH + MONTH_WIDTH * (month - 1) + (MONTH_WIDTH - BAR_WIDTH) / 2, 1),
        count=f"{numbers.done}/{owed}",
        done_width=round(share * numbers.done, 1),
        late_width=round(share * numbers.late, 1),
        late=numbers.late,
        words=f"tháng {month}: {numbers.done}/{owed} xong{late}",
    )


@dataclass(frozen=True)
class TrendPoint:
    """A month: its share in time as a column of that height; `words` is read out."""

    x: float
    y: float
    height: float
    month: int
    label: str
    words: str

    @property
    def middle(self) -> float:
        return round(self.x + BAR_WIDTH / 2, 1)

    @property
    def label_y(self) -> float:
        return self.y - 4


@dataclass(frozen=True)
class Trend:
    """Columns of the share of duties in time, month by month."""

    title: str
    points: tuple[TrendPoint, ...]
    marks: tuple[tuple[float, str], ...]
    height: int = TREND_HEIGHT
    width: int = WIDTH
    base: int = _TREND_BASE
    bar_width: float = BAR_WIDTH
    left: int = _TREND_LEFT

    @property
    def description(self) -> str:
        return "; ".join(point.words for point in self.points) or "Chưa có tháng nào có việc đến hạn."


def trend(line: Line, *, year: int) -> Trend:
    """Of the months in which something fell due or was done, the share in time (by the day as extended)."""
    step = (WIDTH - _TREND_LEFT) / 12
    points = (_point(month, line.months[month], step) for month in range(1, 13) if month in line.months)
    marks = tuple((_TREND_BASE - (_TREND_BASE - _TREND_TOP) * share / 100, f"{share} %") for share in (0, 50, 100))
    return Trend(f"Tỷ lệ đúng hạn theo tháng, năm {year}", tuple(point for point in points if point), marks)


def _point(month: int, numbers: Numbers, step: float) -> TrendPoint | None:
    rate = numbers.rate
    if rate.percent is None:
        return None
    height = round((_TREND_BASE - _TREND_TOP) * float(rate.percent) / 100, 1)
    return TrendPoint(
        x=round(_TREND_LEFT + step * (month - 1) + (step - BAR_WIDTH) / 2, 1),
        y=round(_TREND_BASE - height, 1),
        height=height,
        month=month,
        label=rate.words.removesuffix(" %"),
        words=f"tháng {month}: {rate.long_words} đúng hạn",
    )

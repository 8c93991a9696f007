"""The line of a percentage over periods as SVG: geometry only, no database, no colours.

The line breaks where a period has no answers; every point carries its number, so that nothing is told by colour.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from .scheme import Share

WIDTH, HEIGHT = 760, 240
LEFT, RIGHT, TOP, BASE = 48, 24, 26, 200


@dataclass(frozen=True)
class Point:
    """One period with answers."""

    x: float
    y: float
    label: str
    words: str


@dataclass(frozen=True)
class Chart:
    """The drawing, in units of a `WIDTH` wide view box. `lines` are the points of each unbroken line, for `points=`."""

    title: str
    description: str
    points: tuple[Point, ...]
    lines: tuple[str, ...]
    names: tuple[tuple[float, str], ...]
    marks: tuple[tuple[float, str], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    base: int = BASE


def chart(rows: Sequence[tuple[str, Share]], *, title: str) -> Chart:
    """(name of the period, share) from the oldest on."""
    step = (WIDTH - LEFT - RIGHT) / max(len(rows), 1)
    xs = [round(LEFT + step * (place + 0.5), 1) for place in range(len(rows))]
    low = _lowest([share.percent for _, share in rows if share.percent is not None])
    runs: list[list[Point]] = [[]]
    for x, (name, share) in zip(xs, rows, strict=True):
        if share.percent is None:
            runs.append([])
        else:
            label = share.text.removesuffix("\u00a0%")
            runs[-1].append(Point(x, _y(float(share.percent), low), label, f"{name}: {share.words}"))
    points = tuple(point for run in runs for point in run)
    return Chart(
        title=title,
        description="; ".join(point.words for point in points) or "chưa có số liệu",
        points=points,
        lines=tuple(" ".join(f"{p.x},{p.y}" for p in run) for run in runs if len(run) > 1),
        names=tuple((x, name) for x, (name, _) in zip(xs, rows, strict=True)),
        marks=tuple((_y(mark, low), f"{mark} %") for mark in (low, (low + 100) // 2, 100)),
    )


def _lowest(percents: Sequence[Fraction]) -> int:
    """Where the axis begins: the tens at least five below the lowest point, as its labels say."""
    return max(0, int((min(percents, default=Fraction(0)) - 5) // 10) * 10)


def _y(percent: float, low: int) -> float:
    return round(BASE - (BASE - TOP) * (percent - low) / (100 - low), 1)

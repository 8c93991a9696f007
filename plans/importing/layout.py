"""The layout a file uses: which columns with which headings, in which order and how wide."""

from plans.content import Column, LayoutColumn, LayoutContent, TaskStyle

from .blocks import Grid
from .header import Header, HeaderColumn

_TIMING_HEADING = "Thời gian"


def table_layout(grid: Grid, header: Header, style: TaskStyle, annex_title: str = "") -> LayoutContent:
    """The layout of a task table. Ticked columns print as one column of timing; unknown ones go to the notes."""
    columns = [column for column in header.columns if column.key and not column.period]
    shares = [(column, _width(grid, column)) for column in columns]
    if header.periods:
        width = sum(_width(grid, column) for column in header.periods)
        place = sum(column.start < header.periods[0].start for column in columns)
        shares.insert(place, (_timing_column(header.periods[0]), width))
    percents = _percents([width for _, width in shares])
    printed = tuple(
        LayoutColumn(Column(column.key), column.heading, percent, column.group)
        for (column, _), percent in zip(shares, percents, strict=True)
        if column.key
    )
    return LayoutContent(style, printed, annex_title, grid.landscape)


def _timing_column(first: HeaderColumn) -> HeaderColumn:
    """The one column that takes the place of the ticked ones, under the heading they share."""
    return HeaderColumn(first.start, first.end, first.group or _TIMING_HEADING, "", Column.TIMING)


def _width(grid: Grid, column: HeaderColumn) -> int:
    return sum(grid.widths[column.start : column.end]) or (column.end - column.start)


def _percents(widths: list[int]) -> list[int]:
    """Whole percents that make a hundred together; the largest remainders are rounded up."""
    total = sum(widths) or 1
    percents = [max(1, 100 * width // total) for width in widths]
    by_remainder = sorted(range(len(widths)), key=lambda i: -(100 * widths[i] % total))
    for index in by_remainder[: max(0, 100 - sum(percents))]:
        percents[index] += 1
    return percents

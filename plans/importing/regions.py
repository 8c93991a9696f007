"""Cutting one large grid, such as a whole sheet, into task tables and the lines around them."""

from collections.abc import Iterator
from dataclasses import replace

from .blocks import Block, Grid, Line
from .doubts import Doubts
from .header import find_header
from .sections import is_position, is_recipients
from .tables import read_table


def regions(grid: Grid) -> Iterator[Block]:
    """The lines above the first task table, the table, and so on to the lines below the last one."""
    while grid.rows:
        header = find_header(grid)
        if header is None:
            yield from below_lines(grid)
            return
        end = max(read_table(grid, header, Doubts()).last_row + 1, header.last)
        yield from rows_of(grid, 0, header.first).lines()
        yield rows_of(grid, header.first, end)
        grid = rows_of(grid, end, grid.rows)


def rows_of(grid: Grid, first: int, end: int) -> Grid:
    """The part of a grid between two rows, with the row numbers of the whole for messages."""
    cells = [
        replace(cell, row=cell.row - first, rowspan=min(cell.rowspan, end - cell.row))
        for cell in grid.cells
        if first <= cell.row < end
    ]
    return Grid(cells, grid.widths, grid.landscape, grid.label, grid.first_row + first)


def below_lines(grid: Grid) -> Iterator[Line]:
    """Lines row by row down to the signature, which is read column by column."""
    start = next((row for row in range(grid.rows) if _ends(grid, row)), grid.rows)
    yield from rows_of(grid, 0, start).lines()
    yield from rows_of(grid, start, grid.rows).lines_by_column()


def _ends(grid: Grid, row: int) -> bool:
    return any(is_recipients(line) or is_position(line.pieces[0]) for cell in grid.own(row) for line in cell.lines)

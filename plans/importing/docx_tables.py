"""A Word table as a grid: spans over columns, cells merged over rows, the widths of the grid columns."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from .blocks import Block, Cell, Grid, Line
from .result import NotAPlan
from .word_xml import attribute, child, number_of, unwrapped, whole

MAX_COLUMNS = 200
MAX_CELLS = 20_000
TOO_MANY_CELLS = "Bảng trong tệp quá lớn so với một kế hoạch."
_UNSHADED = {None, "auto", "ffffff", "none"}
ReadCell = Callable[[Any], list[Block]]


@dataclass
class _Draft:
    """A cell whose height is still growing."""

    row: int
    col: int
    colspan: int
    blocks: list[Block]
    filled: bool
    rowspan: int = 1


@dataclass
class WordTable:
    """The grid, and the same content as blocks for a table that is only a frame of one column."""

    grid: Grid
    blocks: list[Block] = field(default_factory=list)
    single_column: bool = False


def read_table(element: Any, read_cell: ReadCell) -> WordTable:
    """The table as a grid; tables inside its cells are read as their lines."""
    drafts: list[_Draft] = []
    above: dict[int, _Draft] = {}
    for number, row in enumerate(_rows(element)):
        above = _read_row(row, number, above, read_cell, drafts)
        if len(drafts) > MAX_CELLS:
            raise NotAPlan(TOO_MANY_CELLS)
    cells = [Cell(d.row, d.col, tuple(_lines(d.blocks)), d.rowspan, d.colspan, d.filled) for d in drafts]
    blocks = [block for draft in drafts for block in draft.blocks]
    single = all(draft.col == 0 for draft in drafts)
    return WordTable(Grid(cells, _widths(element)), blocks, single)


def _rows(element: Any) -> Iterator[Any]:
    """The rows that are not deleted."""
    for row in unwrapped(element, {"tr"}):
        if child(row, "trPr") is None or child(row, "trPr", "del") is None:
            yield row


def _read_row(
    row: Any, number: int, above: dict[int, _Draft], read_cell: ReadCell, drafts: list[_Draft]
) -> dict[int, _Draft]:
    """Read one row; returns which cell stands at which column, for the row beneath."""
    here: dict[int, _Draft] = {}
    col = number_of(row, "trPr", "gridBefore") or 0
    previous: _Draft | None = None
    for element in unwrapped(row, {"tc"}):
        span = max(1, number_of(element, "tcPr", "gridSpan") or 1)
        if col + span > MAX_COLUMNS:
            raise NotAPlan(TOO_MANY_CELLS)
        blocks = read_cell(element)
        upper = above.get(col) if _continues(element, "vMerge") else None
        if upper is not None:
            upper.rowspan = number - upper.row + 1
            here[col] = upper
        elif previous is not None and _continues(element, "hMerge"):
            previous.colspan += span
        else:
            previous = here[col] = _Draft(number, col, span, blocks, _is_filled(element))
            drafts.append(previous)
        col += span
    return here


def _continues(element: Any, merge: str) -> bool:
    found = child(element, "tcPr", merge)
    return found is not None and (attribute(found, "val") or "continue") == "continue"


def _is_filled(element: Any) -> bool:
    shading = child(element, "tcPr", "shd")
    if shading is None:
        return False
    fill = (attribute(shading, "fill") or "auto").lower()
    return fill not in _UNSHADED or attribute(shading, "val") == "solid"


def _lines(blocks: list[Block]) -> Iterator[Line]:
    for block in blocks:
        if isinstance(block, Line):
            yield block
        else:
            yield from block.lines()


def _widths(element: Any) -> list[int]:
    grid = child(element, "tblGrid")
    columns = unwrapped(grid, {"gridCol"}) if grid is not None else ()
    return [max(0, whole(attribute(column, "w")) or 0) for column in columns][:MAX_COLUMNS]

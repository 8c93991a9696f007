"""Tables as the page template takes them: full rows of cells, and which of them a page may cut."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import inf
from typing import Any

from qms.documents import parts
from qms.documents.measures import CELL_PADDING_X, CELL_PADDING_Y, FACES, SINGLE_LINE
from qms.documents.metrics import MM_PER_POINT, count_lines
from qms.documents.model import Align, Cell, Row, Table, plain_text, runs_of
from qms.documents.typeset_words import words

_HIGHEST_HEAD = 0.4
"""Of a page: a head that is higher is printed once, as rows that a page may cut."""
_UNCUT = 0.95
"""Of a page: a row that may be higher than this may be cut, for what does not fit a page would be lost."""


def table_data(table: Table, width: float, page_height: float) -> dict[str, Any]:
    """A table over the whole `width` of pages with so much height for text (millimetres)."""
    grid = _Grid(table, width)
    head = grid.head_height()
    headed = head <= _HIGHEST_HEAD * page_height
    limit = _UNCUT * (page_height - head if headed else page_height)
    return {
        "kind": "table",
        "columns": [column / MM_PER_POINT for column in grid.widths],
        "aligns": [column.align for column in table.columns],
        "headed": headed,
        "head": list(grid.cells(table.heading_rows, "cell-head", limit)),
        "rows": list(grid.cells(table.rows, "cell", limit)),
    }


class _Grid:
    """The columns of a table as they are drawn; a narrow one has a word that is wider than the column."""

    def __init__(self, table: Table, width: float) -> None:
        self.table = table
        self.widths = parts.column_widths(table, width)
        self._narrow = [has < need for has, need in zip(self.widths, parts.needed_widths(table), strict=True)]

    def head_height(self) -> float:
        """Millimetres of both rows of headings, or of the heading that reaches over them."""
        rows = list(parts.laid_rows(self.table, self.table.heading_rows))
        heights = [[(slot.rows, self._height(slot, "cell-head")) for slot in slots if slot.cell] for slots in rows]
        stacked = sum(max((height for rows, height in row if rows == 1), default=0.0) for row in heights)
        return max([stacked, *(height for row in heights for _, height in row)])

    def cells(self, rows: Sequence[Row], face_name: str, limit: float) -> Iterator[dict[str, Any]]:
        """Row by row; a row stays on one page unless one of its cells may be higher than `limit`."""
        cut_until = 0
        for index, slots in enumerate(parts.laid_rows(self.table, rows)):
            own = [slot for slot in slots if slot.cell]
            tall = [slot.rows for slot in own if self._may_exceed(limit, slot, face_name)]
            cut_until = max(cut_until, index + max(tall, default=0))
            for slot in own:
                yield self._cell(slot, face_name, whole=index >= cut_until and slot.rows == 1)

    def _cell(self, slot: parts.Slot, face_name: str, *, whole: bool) -> dict[str, Any]:
        """`place` is what the template's own cell takes; a cell over several rows would bind all of them together."""
        cell = slot.cell or Cell()
        width = self._inner_width(slot) if slot.span > 1 or self._narrow[slot.at] else inf
        place = {"colspan": slot.span, "rowspan": slot.rows, **({"breakable": False} if whole else {})}
        data: dict[str, Any] = {
            "place": {key: value for key, value in place.items() if value != 1},
            "lines": [words(line, face_name, width) for line in cell.lines],
        }
        column_align = self.table.columns[slot.at].align
        if cell.align and cell.align != column_align:
            data["align"] = cell.align
        marks = {"bold": cell.bold, "justify": (cell.align or column_align) == Align.JUSTIFY}
        return data | {name: True for name, is_so in marks.items() if is_so}

    def _inner_width(self, slot: parts.Slot) -> float:
        return sum(self.widths[slot.at : slot.at + slot.span]) - 2 * CELL_PADDING_X

    def _may_exceed(self, limit: float, slot: parts.Slot, face_name: str) -> bool:
        """First by a bound that needs no measuring: two lines that follow each other hold more than a line's width."""
        cell, width = slot.cell or Cell(), self._inner_width(slot)
        size = FACES[face_name].size * MM_PER_POINT
        chars = sum(len(plain_text(line)) for line in cell.lines)
        bound = (2 * chars * size / width + len(cell.lines)) * size * SINGLE_LINE
        return bound > limit and self._height(slot, face_name) > limit

    def _height(self, slot: parts.Slot, face_name: str) -> float:
        """Millimetres that a cell takes, or a little more: its bold stretches are not told apart."""
        cell, face = slot.cell or Cell(), FACES[face_name]
        bold = face.bold or cell.bold or any(run.bold for line in cell.lines for run in runs_of(line))
        lines = [
            count_lines(plain_text(line), replace(face, bold=bold), self._inner_width(slot)) for line in cell.lines
        ]
        return (sum(lines) * face.size * SINGLE_LINE + 2 * CELL_PADDING_Y) * MM_PER_POINT

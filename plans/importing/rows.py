"""One row of a task table: which cell answers which column of the heading."""

from dataclasses import dataclass, replace

from plans.content import Column

from .blocks import Cell, Grid
from .header import Header, HeaderColumn
from .months import is_marked

Pairs = list[tuple[HeaderColumn, Cell]]


@dataclass(frozen=True)
class TaskRow:
    """A row with the cell under each column, cells merged down from above included."""

    number: int
    pairs: Pairs

    def cell(self, key: Column) -> Cell | None:
        """The cell of this kind; of a cell merged over several columns only the first is meant."""
        for column, cell in self.pairs:
            if column.key == key and not column.period:
                return cell if self._first_column(cell) is column else None
        return None

    def text(self, key: Column) -> str:
        cell = self.cell(key)
        return cell.text if cell else ""

    def span(self, cell: Cell) -> int:
        """Over how many columns of the heading the cell reaches; ticked columns do not count."""
        return sum(other is cell for column, other in self.pairs if not column.period)

    def share(self, cell: Cell) -> float:
        """The share of the row's columns that the cell takes."""
        return sum(other is cell for _, other in self.pairs) / max(len(self.pairs), 1)

    @property
    def filled(self) -> list[Cell]:
        """The cells that begin in this row and say something, from the left, each once."""
        own = {id(cell): cell for _, cell in self.pairs if cell.row == self.number and cell.text}
        return list(own.values())

    def periods(self) -> list[tuple[str, Cell]]:
        """The ticked cells with the month or quarter of their column."""
        marked = ((column.period, cell) for column, cell in self.pairs if column.period)
        return [(period, cell) for period, cell in marked if is_marked(cell)]

    def unknown(self) -> list[str]:
        """What stands under headings that are not known, each with its heading."""
        cells = [(column, cell) for column, cell in self.pairs if column.key is None and cell.text]
        return [
            f"{column.heading}: {cell.text}" if column.heading else cell.text
            for column, cell in cells
            if self._first_column(cell) is column
        ]

    def _first_column(self, cell: Cell) -> HeaderColumn | None:
        return next((column for column, other in self.pairs if other is cell), None)


def row_of(grid: Grid, header: Header, number: int) -> TaskRow:
    """The row's cells under the columns of the heading.

    Word lets every row have borders of its own: where they differ from those of the heading but the cells are as many,
    these are taken in order, otherwise each column takes the cell that covers most of it.
    """
    cells = grid.row(number)
    starts = {column.start for column in header.columns}
    if len(cells) == len(header.columns) and not all(cell.col in starts for cell in cells):
        return TaskRow(number, list(zip(header.columns, cells, strict=True)))
    found = [(column, _cell_under(grid, column, cells)) for column in header.columns]
    return TaskRow(number, [(column, cell) for column, cell in found if cell])


def _cell_under(grid: Grid, column: HeaderColumn, cells: list[Cell]) -> Cell | None:
    """The cell under a column; several narrow ones under one heading count as one."""
    inside = [c for c in cells if column.start <= c.col and c.col + c.colspan <= column.end]
    if len(inside) > 1:
        return replace(inside[0], lines=tuple(line for cell in inside for line in cell.lines))
    touching = [c for c in cells if c.col < column.end and column.start < c.col + c.colspan]
    return max(touching, key=lambda cell: _shared(grid, column, cell), default=None)


def _shared(grid: Grid, column: HeaderColumn, cell: Cell) -> int:
    """The width that column and cell have in common."""
    units = range(max(column.start, cell.col), min(column.end, cell.col + cell.colspan))
    return sum(grid.widths[unit] if unit < len(grid.widths) else 1 for unit in units) or len(units)

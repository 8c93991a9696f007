"""Rows copied from a spreadsheet or a Word table: which column is what, and what each row becomes."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from qms.text import fold, one_line

from .content import DEFAULT_LAYOUT, Column, LayoutContent
from .forms import TASK_FIELD_OF, TASK_LABELS, Lines
from .importing.safety import MB

MOST_ROWS = 200
LONGEST_TEXT = MB
_UNIT_COLUMNS = {Column.LEAD, Column.SUPPORT, Column.APPROVER}


def pasted_rows(text: str) -> list[list[str]]:
    """The cells of the clipboard's text: tabs between cells, lines between rows, quotes around cells of several lines.

    All rows are equally long; empty rows and empty columns at the end are left out. Raises ValueError for text that is
    no table or larger than one.
    """
    if len(text) > LONGEST_TEXT:
        raise ValueError("Phần dán quá dài.")
    try:
        rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text), delimiter="\t")]
    except csv.Error as error:
        raise ValueError("Không đọc được phần dán như một bảng.") from error
    rows = [row for row in rows if any(row)]
    if len(rows) > MOST_ROWS:
        raise ValueError(f"Mỗi lần dán tối đa {MOST_ROWS} dòng, đang có {len(rows)}.")
    width = max((last + 1 for row in rows for last, cell in enumerate(row) if cell), default=0)
    return [[*row, *[""] * width][:width] for row in rows]


def guessed_columns(rows: Sequence[Sequence[str]], layout: LayoutContent) -> tuple[list[Column | None], bool]:
    """What each column holds, and whether the first row is a row of headings.

    Headings are known from the layout and from the usual words; without headings the layout's own order counts, where
    a first column that does not count is taken for the second one.
    """
    if not rows:
        return [], False
    named = [_named(cell, layout) for cell in rows[0]]
    if Column.TITLE in named:
        return _each_once(named), True
    order: list[Column | None] = [column.key for column in layout.columns or DEFAULT_LAYOUT.columns]
    if order[:1] == [Column.ORDINAL] and not all(_counts(row[0]) for row in rows):
        order = order[1:]
    return [*order, *[None] * len(rows[0])][: len(rows[0])], False


def task_values(rows: Sequence[Sequence[str]], columns: Sequence[Column | None]) -> list[dict[str, Any]]:
    """The fields of each task; rows without any known cell are left out."""
    found = [{TASK_FIELD_OF[c]: _value(c, cell) for c, cell in zip(columns, row, strict=False) if c} for row in rows]
    return [fields for fields in found if any(fields.values())]


def _named(cell: str, layout: LayoutContent) -> Column | None:
    wanted = fold(one_line(cell))
    headings = {fold(column.heading): column.key for column in layout.columns}
    usual = {fold(label): key for key, label in TASK_LABELS.items()}
    return {**usual, "stt": Column.ORDINAL, "noi dung": Column.TITLE, **headings}.get(wanted)


def _each_once(columns: list[Column | None]) -> list[Column | None]:
    return [column if column not in columns[:place] else None for place, column in enumerate(columns)]


def _counts(cell: str) -> bool:
    return cell.rstrip(".").isdecimal() or not cell


def _value(column: Column, cell: str) -> Any:
    if column == Column.OUTPUTS:
        return Lines(TASK_LABELS[column], plain=True).clean(cell)
    if column == Column.ORDINAL:
        return cell.rstrip(".")[:50]
    return cell if column == Column.TIMING or column in _UNIT_COLUMNS else cell.strip()

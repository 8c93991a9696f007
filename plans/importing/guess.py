"""A task table without a heading row: what its columns hold is guessed from what stands in them."""

import re
from collections.abc import Callable

from plans.content import Column
from qms.text import fold

from .blocks import Grid
from .header import Header, HeaderColumn

_ORDINAL = re.compile(r"\d{1,3}\.?|[ivx]+\.?|[a-z]\)?|\d+\.\d+\.?")
_TIMING = re.compile(
    r".*(thang \d|quy [iv1-4]|\d{1,2}/\d{4}|ngay \d|thuong xuyen|ca nam|hang |dinh ky).*|khi .*|sau .*|truoc .*"
)
_UNIT = re.compile(
    r"(văn phòng|phòng|các |ban |bcđ|sở |tổ |thư ký|đơn vị|lãnh đạo|bộ phận|trung tâm|chi cục|giám đốc|thanh tra|đoàn )"
    r".*"
)
_LEAST_ROWS = 2
_LEAST_COLUMNS = 3


def guess_header(grid: Grid) -> Header | None:
    """A heading for a table that has none; None where no column looks like ordinals or timings."""
    width = max((len(grid.row(row)) for row in range(grid.rows)), default=0)
    full = [row for row in range(grid.rows) if len(grid.row(row)) == width]
    if width < _LEAST_COLUMNS or len(full) < _LEAST_ROWS:
        return None
    texts = [[grid.row(row)[index].text for row in full] for index in range(width)]
    keys = _keys(texts)
    if Column.TITLE not in keys or not {Column.ORDINAL, Column.TIMING} & set(keys):
        return None
    cells = grid.row(full[0])
    columns = (HeaderColumn(c.col, c.col + c.colspan, "", "", key) for c, key in zip(cells, keys, strict=True))
    return Header(0, 0, tuple(columns), guessed=True)


def _keys(texts: list[list[str]]) -> list[Column | None]:
    keys: list[Column | None] = [None] * len(texts)
    _mark(keys, texts, Column.ORDINAL, lambda text: bool(_ORDINAL.fullmatch(text.lower())), 0.7)
    _mark(keys, texts, Column.TIMING, lambda text: bool(_TIMING.fullmatch(fold(text))), 0.5)
    for key in (Column.LEAD, Column.SUPPORT):
        _mark(keys, texts, key, lambda text: bool(_UNIT.fullmatch(text.lower())), 0.5)
    rest = [index for index, key in enumerate(keys) if key is None]
    if rest:
        longest = max(rest, key=lambda index: sum(map(len, texts[index])))
        keys[longest] = Column.TITLE
        rest.remove(longest)
    for index, key in zip(rest, (Column.OUTPUTS, Column.NOTE), strict=False):
        keys[index] = key
    return keys


def _mark(
    keys: list[Column | None], texts: list[list[str]], key: Column, fits: Callable[[str], bool], share: float
) -> None:
    """Give the key to the first free column in which enough of the filled cells fit."""
    for index, column in enumerate(texts):
        filled = [text for text in column if text]
        if keys[index] is None and filled and sum(map(fits, filled)) >= share * len(filled):
            keys[index] = key
            return

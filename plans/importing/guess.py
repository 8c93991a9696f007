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
    r"(van phong|phong|cac |ban |bcd|so |to |thu ky|don vi|lanh dao|bo phan|trung tam|chi cuc|giam doc).*"
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
    for key, pattern, share in (
        (Column.ORDINAL, _ORDINAL, 0.7),
        (Column.TIMING, _TIMING, 0.5),
        (Column.LEAD, _UNIT, 0.5),
        (Column.SUPPORT, _UNIT, 0.5),
    ):
        _mark(keys, texts, key, lambda text, pattern=pattern: bool(pattern.fullmatch(fold(text))), share)  # type: ignore[misc]
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

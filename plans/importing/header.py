"""Which row of a grid is the heading of a task table, and what each of its columns holds.

A heading may have up to three levels ("Trách nhiệm" over "Chính" and "Tham mưu"; "Thời gian" over T1 … T12), may stand
under a title row, and may be typed again in the middle of the table.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from plans.content import Column
from qms.text import one_line

from .blocks import Cell, Grid
from .months import RANGE
from .vocabulary import column_of, is_foreign_column, words

MAX_LEVELS = 3
MAX_TITLE_ROWS = 60
_MONTH = re.compile(r"(?:t|thang) ?(\d{1,2})(?: \d{4}| \d{2})?|(\d{1,2}) \d{4}|(\d{1,2})")
_QUARTER = re.compile(r"(?:quy|q) ?(iv|i{1,3}|[1-4])(?: \d{4})?|(iv|i{1,3})")
_FIRST_DAY = re.compile(r"(ngay |thoi gian )?(bat dau|tu ngay|tu)")
_LAST_DAY = re.compile(r"(ngay |thoi gian )?(ket thuc|den ngay|den|hoan thanh)")
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_PERIOD_GROUP = re.compile(r".*(thang|thoi gian|tien do|nam|lich|ke hoach|quy).*")


@dataclass(frozen=True)
class HeaderColumn:
    """One column of the heading in grid units [start, end). `period` is the month or quarter it marks, as printed."""

    start: int
    end: int
    heading: str
    group: str = ""
    key: Column | None = None
    period: str = ""


@dataclass(frozen=True)
class Header:
    """The heading of a task table: its rows [first, last), and its columns from the left."""

    first: int
    last: int
    columns: tuple[HeaderColumn, ...]
    guessed: bool = False

    def column(self, key: Column) -> HeaderColumn | None:
        return next((column for column in self.columns if column.key == key and not column.period), None)

    @property
    def periods(self) -> list[HeaderColumn]:
        """The columns that are only ticked: T1 … T12, or Quý I … Quý IV."""
        return [column for column in self.columns if column.period]

    @property
    def keys(self) -> list[Column]:
        """What the columns hold, from the left; ticked columns count once, unknown ones not at all."""
        return list(dict.fromkeys(column.key for column in self.columns if column.key))


def find_header(grid: Grid) -> Header | None:
    """The first row that reads as the heading of a task table, with the rows that belong to it."""
    for first in range(min(grid.rows, MAX_TITLE_ROWS)):
        for levels in _levels(grid, first):
            header = Header(first, first + levels, tuple(_named(_leaves(grid, first, levels))))
            if is_task_header(header):
                return header
    return None


def is_task_header(header: Header) -> bool:
    """A task table names tasks and at least one more thing about them, and at least half of its headings are known."""
    columns = [column for column in header.columns if column.heading]
    if any(is_foreign_column(column.heading) for column in columns):
        return False
    keys = set(header.keys)
    known = sum(column.key is not None for column in columns)
    useful = keys - {Column.TITLE, Column.NOTE}
    return Column.TITLE in keys and bool(useful) and known * 2 >= len(columns)


def repeats(header: Header, grid: Grid, row: int) -> bool:
    """Whether this row is one of the heading's own rows typed again, be it in slightly other words."""
    texts = _row_texts(grid, row)
    if texts and any(texts == _row_texts(grid, own) for own in range(header.first, header.last)):
        return True
    keys = [column_of(cell.text) for cell in grid.own(row) if cell.text]
    return len(keys) > 2 and Column.TITLE in keys and keys == [key for key in header.keys if key in keys]


def is_count_of_columns(grid: Grid, row: int) -> bool:
    """The row "(1) (2) (3) …", or "A B 1 2 …", that some tables carry under their heading."""
    texts = _row_texts(grid, row)
    numbers = [text for text in texts if text not in {"a", "b", "c"}]
    if len(texts) < 3 or len(texts) < len(grid.own(row)) or not all(text.isdigit() for text in numbers):
        return False
    return [int(text) for text in numbers] in (
        list(range(1, len(numbers) + 1)),
        list(range(len(texts) - len(numbers) + 1, len(texts) + 1)),
    )


def _row_texts(grid: Grid, row: int) -> list[str]:
    return [words(cell.text) for cell in grid.own(row) if cell.text]


def _levels(grid: Grid, first: int) -> Iterator[int]:
    """How many rows the heading may have, the likeliest first: as merged cells say, or as split cells suggest."""
    cells = grid.own(first)
    merged = max((cell.rowspan for cell in cells if cell.text), default=1)
    if 1 < merged <= MAX_LEVELS:
        yield merged
    elif merged == 1:
        depth = 1
        while depth < MAX_LEVELS and _is_second_level(grid, first, first + depth):
            depth += 1
        yield from range(depth, 0, -1)


def _is_second_level(grid: Grid, first: int, row: int) -> bool:
    """Whether the row only fills in what stands beneath a cell that spans several columns of the heading."""
    wide = [cell for cell in grid.own(row - 1) if cell.colspan > 1 and cell.text]
    below = [cell for cell in grid.own(row) if cell.text]
    inside = [cell for cell in below if any(_within(cell, group) for group in wide)]
    return bool(below) and len(inside) == len(below) and len(inside) > 1 and row > first


def _within(cell: Cell, group: Cell) -> bool:
    return group.col <= cell.col and cell.col + cell.colspan <= group.col + group.colspan


def _leaves(grid: Grid, first: int, levels: int) -> Iterator[HeaderColumn]:
    """The columns of the heading, each with its own text and that of the cells above it."""
    done: set[int] = set()
    for unit in range(grid.cols):
        chain = _chain(grid, first, levels, unit)
        if not chain or id(chain[-1]) in done:
            continue
        leaf = chain[-1]
        done.add(id(leaf))
        texts = list(dict.fromkeys(cell.text for cell in chain if cell.text))
        heading = texts[-1] if texts else ""
        yield HeaderColumn(leaf.col, leaf.col + leaf.colspan, _tidy(heading), " ".join(texts[:-1]))


def _chain(grid: Grid, first: int, levels: int, unit: int) -> list[Cell]:
    """The cells over one grid column from the top; an empty cell under a heading does not count."""
    cells: list[Cell] = []
    for row in range(first, first + levels):
        found = next((c for c in grid.row(row) if c.col <= unit < c.col + c.colspan), None)
        if found is not None and found not in cells and (found.text or not cells):
            cells.append(found)
    return cells


def _tidy(heading: str) -> str:
    """ "S TT", broken over lines in a narrow cell, is "STT"."""
    joined = heading.replace(" ", "")
    return joined if joined.upper() in {"STT", "TT"} else one_line(heading)


def _named(leaves: Iterator[HeaderColumn]) -> list[HeaderColumn]:
    """The columns with what they hold, each kind once."""
    columns = [replace(column, key=_key(column)) for column in leaves]
    columns = _with_periods(columns)
    columns = _with_one_title(columns)
    return _without_doubles(_with_approver(columns))


def _key(column: HeaderColumn) -> Column | None:
    own = column_of(column.heading)
    return own if own is not None or not column.group else column_of(f"{column.group} {column.heading}")


def _with_periods(columns: list[HeaderColumn]) -> list[HeaderColumn]:
    """Three or more columns headed by months, two or more by quarters, are ticked; first and last day are a pair."""
    ends = [
        next((i for i, c in enumerate(columns) if p.fullmatch(words(c.heading))), -1) for p in (_FIRST_DAY, _LAST_DAY)
    ]
    if min(ends) >= 0:
        sides = dict(zip(ends, RANGE, strict=True))
        return [replace(c, key=Column.TIMING, period=sides[i]) if i in sides else c for i, c in enumerate(columns)]
    months = [_month(column) for column in columns]
    quarters = [_quarter(column) for column in columns]
    for found, least in ((months, 3), (quarters, 2)):
        marked = [index for index, period in enumerate(found) if period]
        rising = [int(_number(found[index])) for index in marked]
        if len(marked) >= least and rising == sorted(set(rising)):
            return [
                replace(column, key=Column.TIMING, period=found[index]) if index in marked else column
                for index, column in enumerate(columns)
            ]
    return columns


def _month(column: HeaderColumn) -> str:
    match = _MONTH.fullmatch(words(column.heading))
    number = next((int(part) for part in match.groups() if part), 0) if match else 0
    bare = column.heading.strip().isdigit()
    if not 1 <= number <= 12 or (bare and not _PERIOD_GROUP.match(words(column.group))):
        return ""
    return f"Tháng {number}"


def _quarter(column: HeaderColumn) -> str:
    match = _QUARTER.fullmatch(words(column.heading))
    sign = next((part for part in match.groups() if part), "") if match else ""
    if not sign or (match and match[2] and not _PERIOD_GROUP.match(words(column.group))):
        return ""
    number = _QUARTERS.get(sign) or int(sign)
    return f"Quý {number}"


def _number(period: str) -> str:
    return period.rpartition(" ")[2] or "0"


def _with_one_title(columns: list[HeaderColumn]) -> list[HeaderColumn]:
    """ "Nội dung/kết quả" is the tasks themselves where no other column names them."""
    if any(column.key == Column.TITLE for column in columns):
        return columns
    for index, column in enumerate(columns):
        if column.key == Column.OUTPUTS and re.match(r"(noi dung|nhiem vu|cong viec)\b", words(column.heading)):
            return [*columns[:index], replace(column, key=Column.TITLE), *columns[index + 1 :]]
    return columns


def _with_approver(columns: list[HeaderColumn]) -> list[HeaderColumn]:
    """Of two columns Chính and Tham mưu, who answers is Chính, who does the work is Tham mưu."""
    names = {words(column.heading) for column in columns}
    chief = next((name for name in ("chinh", "trach nhiem chinh", "chiu trach nhiem chinh") if name in names), "")
    if not chief or not any("tham muu" in name for name in names):
        return columns
    return [replace(c, key=Column.APPROVER) if words(c.heading) == chief else c for c in columns]


_SECOND_CHOICE = {Column.LEAD: Column.SUPPORT}


def _without_doubles(columns: list[HeaderColumn]) -> list[HeaderColumn]:
    """Each kind once: the heading that names it best keeps it, another lead column is support, the rest unknown."""
    counts = Counter(column.key for column in columns if column.key and not column.period)
    for key in [key for key, count in counts.items() if count > 1]:
        best = min((c for c in columns if c.key == key and not c.period), key=_rank)
        other = _SECOND_CHOICE.get(key)
        free = other if other and not any(c.key == other for c in columns) else None
        result = []
        for column in columns:
            if column.key == key and column is not best and not column.period:
                column, free = replace(column, key=free), None
            result.append(column)
        columns = result
    return columns


_RANKS = ("chu tri", "don vi", "noi dung cong viec", "nhiem vu", "noi dung", "thoi gian", "san pham", "ket qua")


def _rank(column: HeaderColumn) -> tuple[int, int]:
    name = words(column.heading)
    return next((i for i, word in enumerate(_RANKS) if word in name), len(_RANKS)), column.start

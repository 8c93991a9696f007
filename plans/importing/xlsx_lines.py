"""An Excel workbook as the same run of lines and grids: what stands above a task table, the table, what is below."""

import datetime
import io
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter, range_boundaries

from .blocks import Block, Cell, Grid, Line, Segment, make_lines, plain
from .doubts import Doubts
from .opening import is_title
from .regions import regions
from .result import NotAPlan
from .safety import BOMB, BROKEN, Package
from .taskparts import may_head_table

MAX_ROWS = 3000
MAX_COLUMNS = 100
MAX_MERGED_CELLS = 100_000
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]{0,300}?ref\s*=\s*["']([A-Za-z0-9:$]{2,40})["']""")
_CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")
MAX_CELLS = 300_000
_WHITE = {"00000000", "FFFFFFFF", "00FFFFFF"}


@dataclass
class Sheet:
    """One visible sheet as lines and grids."""

    name: str
    active: bool
    blocks: list[Block]

    @property
    def tables(self) -> list[Grid]:
        return [block for block in self.blocks if isinstance(block, Grid)]

    @property
    def titled(self) -> bool:
        return any(isinstance(block, Line) and is_title(block) for block in self.blocks)

    @property
    def label(self) -> str:
        return _label(self.name)


def read_xlsx(package: Package, doubts: Doubts) -> list[Block]:
    """The lines and grids of every visible sheet that has to do with the plan."""
    _refuse_large_sheets(package)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = openpyxl.load_workbook(io.BytesIO(package.data), data_only=True, keep_links=False)
        except NotAPlan:
            raise
        except Exception as error:  # openpyxl raises whatever a broken part happens to trip over
            raise NotAPlan(BROKEN) from error
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    sheets = [Sheet(plain(sheet.title), sheet is book.active, list(regions(_grid(sheet)))) for sheet in visible]
    return _blocks(sheets, doubts)


def _refuse_large_sheets(package: Package) -> None:
    """Every XML part is looked at before openpyxl sees it: DOCTYPEs, merges over millions of cells, endless sheets."""
    merged = cells = 0
    for name in package.names:
        if not name.endswith((".xml", ".rels")):
            continue
        data = package.part(name) or b""
        package.xml(name)
        cells += len(_CELL.findall(data)) if "worksheets/" in name else 0
        merged += sum(_area(ref.decode()) for ref in _MERGED.findall(data))
        if merged > MAX_MERGED_CELLS or cells > MAX_CELLS:
            raise NotAPlan(BOMB)


def _area(reference: str) -> int:
    try:
        left, top, right, bottom = range_boundaries(reference)
    except ValueError:
        return MAX_MERGED_CELLS + 1
    return int((right - left + 1) * (bottom - top + 1))


def _grid(sheet: Any) -> Grid:
    """The sheet as one grid; a merged range is one cell."""
    spans = {(r.min_row, r.min_col): (r.size["rows"], r.size["columns"]) for r in sheet.merged_cells.ranges}
    hidden = {(row, col) for r in sheet.merged_cells.ranges for row, col in r.cells if (row, col) not in spans}
    # The cells that are really there: walking over rows would make millions for one stray cell at the far end.
    there = [place for place in sheet._cells if place[0] <= MAX_ROWS and place[1] <= MAX_COLUMNS]
    cells = [_cell(sheet._cells[place], *spans.get(place, (1, 1))) for place in sorted(there) if place not in hidden]
    return Grid(
        _cut_empty(cells),
        _widths(sheet),
        landscape=sheet.page_setup.orientation == "landscape",
        label=_label(plain(sheet.title)),
    )


def _label(name: str) -> str:
    return f"Trang tính {name}"


def _cell(cell: Any, rows: int, columns: int) -> Cell:
    text = _text(cell)
    bold = bool(cell.font and cell.font.b)
    centered = bool(cell.alignment and cell.alignment.horizontal == "center")
    lines = [line for part in _paragraphs(text) for line in make_lines([Segment(part, bold)], centered=centered)]
    return Cell(cell.row - 1, cell.column - 1, tuple(lines), rows, columns, _is_filled(cell))


def _text(cell: Any) -> str:
    """The value as it is seen: dates the Vietnamese way, whole numbers without ".0"."""
    value = cell.value
    if isinstance(value, datetime.datetime | datetime.date):
        return _date(value, str(cell.number_format or "").lower())
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.10g}"
    return "" if value is None or isinstance(value, datetime.time | datetime.timedelta) else str(value)


def _date(value: datetime.date, shown: str) -> str:
    """A date cell that shows no day is a month."""
    return f"{value:%d/%m/%Y}" if "d" in shown or "m" not in shown else f"{value:%m/%Y}"


def _paragraphs(text: str) -> Iterator[str]:
    """A typed break begins a new paragraph, unless the words go on in small letters."""
    waiting = ""
    for part in text.replace("\r", "\n").split("\n"):
        if waiting and part.strip() and not part.strip()[0].islower():
            yield waiting
            waiting = part
        else:
            waiting = f"{waiting} {part}".strip() if part.strip() else waiting
    yield waiting


def _is_filled(cell: Any) -> bool:
    fill = cell.fill
    if not fill or fill.fill_type != "solid":
        return False
    color = fill.fgColor
    return color is None or color.type != "rgb" or str(color.rgb) not in _WHITE


def _cut_empty(cells: list[Cell]) -> list[Cell]:
    """Without the empty rows and columns at the end, which formatting alone leaves behind."""
    rows = max((c.row + 1 for c in cells if c.text), default=0)
    cols = max((c.col + 1 for c in cells if c.text or c.filled), default=0)
    kept = [c for c in cells if c.row < rows and c.col < cols]
    return [
        Cell(c.row, c.col, c.lines, min(c.rowspan, rows - c.row), min(c.colspan, cols - c.col), c.filled) for c in kept
    ]


def _widths(sheet: Any) -> list[int]:
    count = min(sheet.max_column, MAX_COLUMNS)
    return [round(10 * (sheet.column_dimensions[get_column_letter(i + 1)].width or 8)) for i in range(count)]


def _blocks(sheets: list[Sheet], doubts: Doubts) -> list[Block]:
    """The sheet that holds the plan, and the sheets without a title that hold more of its tables."""
    main = _main_sheet(sheets)
    with_tables = [sheet for sheet in sheets if sheet.tables and (sheet is main or not sheet.titled)]
    for sheet in sheets:
        if sheet.titled and sheet.tables and sheet is not main:
            doubts.add("several_plans", sheet.label, sheet.name)
    if not with_tables:
        return [block for sheet in sheets for block in sheet.blocks]
    kept = [*with_tables] if main in with_tables or main is None else [main, *with_tables]
    return [
        block
        for sheet in kept
        for block in (sheet.blocks if len(with_tables) == 1 else _as_phase(sheet, sheet is kept[0]))
    ]


def _main_sheet(sheets: list[Sheet]) -> Sheet | None:
    """The titled sheet that was open when the file was saved, else the first with tables, else the first titled one."""
    titled = [sheet for sheet in sheets if sheet.titled]
    order = sorted(titled, key=lambda sheet: (not sheet.tables, not sheet.active))
    return order[0] if order else None


def _as_phase(sheet: Sheet, whole: bool) -> list[Block]:
    """A sheet beside others: its name stands over its table unless the sheet names its phase itself."""
    first = next((i for i, block in enumerate(sheet.blocks) if isinstance(block, Grid)), 0)
    above = sheet.blocks[:first] if whole else sheet.blocks[max(first - 1, 0) : first]
    named = above and isinstance(above[-1], Line) and may_head_table(above[-1])
    return [*above, *([] if named else [Line(sheet.name, bold=True)]), *sheet.blocks[first:]]

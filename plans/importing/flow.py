"""Cutting the run of lines and grids into the parts of a document: head, title, opening, sections, end, annexes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .blocks import Block, Grid, Line
from .doubts import Doubts
from .guess import guess_header
from .header import Header, find_header
from .header_block import read_head
from .opening import is_base, is_title, other_kind
from .regions import below_lines, rows_of
from .sections import Section, end_of_body, ends_plan, is_annex, is_position, is_recipients, is_stray, split_sections
from .tables import read_table
from .taskparts import Headers, may_head_table

_LONGEST_HEAD_LINE = 120
_FIRST_LINES = 40


@dataclass
class Flow:
    """The parts in their order. `loose` is what stands in no section: the opening, and all of a bare table.

    `kind` is the kind of document that a title other than KẾ HOẠCH names.
    """

    head: list[Line] = field(default_factory=list)
    title: Line | None = None
    kind: str = ""
    loose: list[Block] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    closing: list[Line] = field(default_factory=list)
    tail: list[Line] = field(default_factory=list)
    annex: list[Block] = field(default_factory=list)
    headers: Headers = field(default_factory=dict)

    @property
    def opening(self) -> list[Line]:
        """The lines between the title and the first section or table."""
        first = next((i for i, item in enumerate(self.loose) if isinstance(item, Grid)), len(self.loose))
        lines = _lines(self.loose[:first])
        tables = sum(id(item) in self.headers for item in self.loose)
        return lines[:-1] if tables > 1 and lines and may_head_table(lines[-1]) else lines


def cut(blocks: Sequence[Block], doubts: Doubts) -> Flow:
    """The parts of the document."""
    headers = _headers(blocks, doubts)
    items = [item for item in _flattened(blocks, headers) if isinstance(item, Grid) or not is_stray(item)]
    _label_tables(items)
    at = next((i for i, item in enumerate(items) if isinstance(item, Line) and is_title(item)), None)
    start = _end_of_head(items) if at is None else at
    head, title = _lines(items[:start]), None if at is None else items[at]
    rest = items[start:] if at is None else items[at + 1 :]
    end = end_of_body(rest)
    loose, sections = split_sections(rest[:end])
    kind = other_kind(_lines(items[:_FIRST_LINES])) if title is None else ""
    head, other = _without_decision(head)
    flow = Flow(head, title if isinstance(title, Line) else None, kind, loose, sections, headers=headers)
    _cut_end(flow, rest[end:])
    if other:
        flow.tail = flow.tail or _signature_of(other)
        doubts.add("attached", "", other[0].text)
    return flow


def _headers(blocks: Sequence[Block], doubts: Doubts) -> dict[int, Header]:
    """The heading of each task table. A table without one goes on where the table before it ended."""
    headers: dict[int, Header] = {}
    last: Header | None = None
    grids = [block for block in blocks if isinstance(block, Grid)]
    for grid in grids:
        header = find_header(grid)
        if header is None and last is not None and _same_shape(grid, last):
            header = Header(0, 0, last.columns)
            doubts.add("heading_missing", grid.label)
        if header:
            headers[id(grid)] = last = header
    if not headers:
        for grid in grids:
            if not _is_signature(grid) and (header := guess_header(grid)):
                headers[id(grid)] = header
                doubts.add("columns_guessed", grid.label)
    return headers


def _same_shape(grid: Grid, header: Header) -> bool:
    """A table goes on if its first row has a cell for every column, and it is neither head nor signature."""
    first = grid.row(0)
    return len(first) == len(header.columns) > 2 and not _is_signature(grid) and not any(c.bold for c in first)


def _flattened(blocks: Sequence[Block], headers: Headers) -> list[Block]:
    """Head and signature are often set in tables without borders: these become lines again."""
    title_at = next((i for i, block in enumerate(blocks) if _holds_title(block)), -1)
    items: list[Block] = []
    for index, block in enumerate(blocks):
        if isinstance(block, Line):
            items.append(block)
        elif id(block) in headers:
            items += [block, *_lines_under(block, headers[id(block)])]
        elif index <= title_at or (title_at < 0 and read_head(block.lines()).found and not _is_signature(block)):
            items.extend(block.lines())
        elif _is_signature(block):
            items.extend(block.lines_by_column())
        else:
            items.append(block)
    return items


def _lines_under(grid: Grid, header: Header) -> list[Line]:
    """Closing and signature, typed as the last rows of the task table."""
    if not any(ends_plan(line) for line in grid.lines()):
        return []
    last = read_table(grid, header, Doubts()).last_row
    below = rows_of(grid, last + 1, grid.rows)
    return list(below_lines(below)) if any(ends_plan(line) for line in below.lines()) else []


def _holds_title(block: Block) -> bool:
    return any(is_title(line) for line in ([block] if isinstance(block, Line) else block.lines()))


def _is_signature(grid: Grid) -> bool:
    return any(is_recipients(line) or is_position(line.pieces[0]) for line in grid.lines())


def _label_tables(items: Iterable[Block]) -> None:
    """Number the tables as a reader counts them; sheets of a workbook have their own names."""
    tables = [item for item in items if isinstance(item, Grid) and not item.label]
    for number, table in enumerate(tables, start=1):
        table.label = f"Bảng {number}"


def _end_of_head(items: Sequence[Block]) -> int:
    """Without a title the head ends before the first base, long paragraph or table."""
    for index, item in enumerate(items):
        if isinstance(item, Grid) or is_base(item) or len(item.text) > _LONGEST_HEAD_LINE:
            return index if read_head(_lines(items[:index])).found else 0
    return 0


def _cut_end(flow: Flow, items: Sequence[Block]) -> None:
    """Closing, then recipients and signature, then annexes."""
    annex = next((i for i, item in enumerate(items) if is_annex(item)), len(items))
    flow.annex = list(items[annex:])
    lines = _lines(items[:annex])
    signature = next(
        (i for i, line in enumerate(lines) if is_recipients(line) or is_position(line.pieces[0])), len(lines)
    )
    flow.closing, flow.tail = lines[:signature], lines[signature:]


def _without_decision(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """The head, and the decision by which the plan is issued, where it stands in the same file."""
    at = next((i for i, line in enumerate(lines) if other_kind([line])), len(lines))
    return lines[:at], lines[at:]


def _signature_of(lines: list[Line]) -> list[Line]:
    first = next((i for i, line in enumerate(lines) if ends_plan(line)), len(lines))
    return lines[first:]


def _lines(items: Iterable[Block]) -> list[Line]:
    return [item for item in items if isinstance(item, Line)]

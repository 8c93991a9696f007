"""The flat form both file kinds are brought into: a run of lines and grids, with just the looks that carry meaning."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from qms.text import nfc, one_line

LIST_MARK = re.compile(r"(?:[-–—+•*▪◦➢✓✔](?=\s|[^\W\d_])|\d{1,2}[.)]\s|[a-zđ]\)\s)")
"""What begins a line of its own after a typed line break: a dash, a bullet, "1. ", "a) "."""
RULE = re.compile(r"[\s\-_=*.~—–…─━═‗¯]*")
"""A drawn line, or dots that keep a place free."""
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\ufeff\u00ad\u2060"))
_SYMBOLS = str.maketrans(
    {"\uf0b7": "•", "\uf0a7": "▪", "\uf02d": "-", "\uf0d8": "➢", "\uf0fc": "✓", "\uf0a8": "◦", "\uf076": "•"}
)


def plain(text: str) -> str:
    """NFC text without invisible characters, and with the signs of symbol fonts as ordinary ones."""
    return nfc(text).translate(_INVISIBLE).translate(_SYMBOLS)


@dataclass(frozen=True)
class Segment:
    """A stretch of a paragraph of one weight; line breaks and tabs are still in the text."""

    text: str
    bold: bool = False


@dataclass(frozen=True)
class Line:
    """One line as a reader sees it.

    `raw` keeps tabs and typed breaks, `text` is the same on one line; both carry the automatic number in front.
    `bold`: all of it is bold. `lead_in`: its bold beginning where only the beginning is bold.
    """

    raw: str
    bold: bool = False
    centered: bool = False
    label: str = ""
    lead_in: str = ""
    heading: bool = False

    @cached_property
    def text(self) -> str:
        return one_line(self.raw)

    @property
    def pieces(self) -> list[str]:
        """The text cut at typed line breaks and tabs."""
        return [piece for part in re.split(r"[\n\t]", self.raw) if (piece := one_line(part))]


@dataclass(frozen=True)
class Cell:
    """A cell with its place in grid units; a merged cell stands once, with its spans."""

    row: int
    col: int
    lines: tuple[Line, ...] = ()
    rowspan: int = 1
    colspan: int = 1
    filled: bool = False

    @cached_property
    def text(self) -> str:
        return one_line(" ".join(line.text for line in self.lines))

    @property
    def bold(self) -> bool:
        return bool(self.lines) and all(line.bold for line in self.lines)

    def covers(self, row: int) -> bool:
        return self.row <= row < self.row + self.rowspan


@dataclass
class Grid:
    """A table. `widths` are those of the grid columns in any unit; `first_row` is the number printed for row 0."""

    cells: list[Cell]
    widths: list[int] = field(default_factory=list)
    landscape: bool = False
    label: str = ""
    first_row: int = 1

    def __post_init__(self) -> None:
        self.rows = max((cell.row + cell.rowspan for cell in self.cells), default=0)
        self.cols = max((cell.col + cell.colspan for cell in self.cells), default=0)
        self._by_row: list[list[Cell]] = [[] for _ in range(self.rows)]
        for cell in sorted(self.cells, key=lambda c: (c.row, c.col)):
            for row in range(cell.row, cell.row + cell.rowspan):
                self._by_row[row].append(cell)
        for row_cells in self._by_row:
            row_cells.sort(key=lambda c: c.col)

    def row(self, number: int) -> list[Cell]:
        """The cells that cover this row, from the left, cells merged down from above included."""
        return self._by_row[number] if number < self.rows else []

    def own(self, number: int) -> list[Cell]:
        """The cells that begin in this row."""
        return [cell for cell in self.row(number) if cell.row == number]

    def where(self, row: int) -> str:
        return f"{self.label}, dòng {row + self.first_row}"

    def lines(self) -> Iterator[Line]:
        """All lines, row by row."""
        for row in range(self.rows):
            for cell in self.own(row):
                yield from cell.lines

    def lines_by_column(self) -> Iterator[Line]:
        """All lines, column by column: how a signature block is read."""
        for cell in sorted(self.cells, key=lambda c: (c.col, c.row)):
            yield from cell.lines


Block = Line | Grid


def make_lines(
    segments: Iterable[Segment], *, label: str = "", centered: bool = False, heading: bool = False
) -> list[Line]:
    """A paragraph as lines: a typed break begins a new line before a list mark or where bold text ends."""
    pieces = _pieces(segments)
    groups: list[list[list[Segment]]] = []
    for piece in pieces:
        if groups and not _begins_line(groups[-1], piece):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    lines = [_line(group, centered, heading) for group in groups]
    if label:
        first = lines[0] if lines else Line("", centered=centered, heading=heading)
        lead_in = one_line(f"{label} {first.lead_in}") if first.lead_in else ""
        labelled = Line(f"{label} {first.raw}".strip(), first.bold, centered, label, lead_in, heading)
        lines = [labelled, *lines[1:]]
    return [line for line in lines if line.text]


def _pieces(segments: Iterable[Segment]) -> list[list[Segment]]:
    """The segments cut at line breaks."""
    pieces: list[list[Segment]] = [[]]
    for segment in segments:
        first, *rest = plain(segment.text).split("\n")
        pieces[-1].append(Segment(first, segment.bold))
        pieces += [[Segment(part, segment.bold)] for part in rest]
    return pieces


def _text_of(piece: list[Segment]) -> str:
    return "".join(segment.text for segment in piece)


def _is_bold(piece: list[Segment]) -> bool:
    inked = [segment for segment in piece if segment.text.strip()]
    return bool(inked) and all(segment.bold for segment in inked)


def _begins_line(group: list[list[Segment]], piece: list[Segment]) -> bool:
    text = _text_of(piece).strip()
    if LIST_MARK.match(text):
        return True
    inked = [p for p in group if _text_of(p).strip()]
    return bool(inked) and all(map(_is_bold, inked)) and bool(text) and not _is_bold(piece) and text[0].isupper()


def _line(group: list[list[Segment]], centered: bool, heading: bool) -> Line:
    raw = nfc("\n".join(_text_of(piece) for piece in group)).strip(" \n\t\u00a0")
    segments = [segment for piece in group for segment in piece if segment.text.strip()]
    bold = bool(segments) and all(segment.bold for segment in segments)
    return Line(raw, bold, centered, "", "" if bold else _lead_in(segments), heading)


def _lead_in(segments: list[Segment]) -> str:
    words = []
    for segment in segments:
        if not segment.bold:
            break
        words.append(segment.text)
    return one_line("".join(words))

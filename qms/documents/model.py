"""An official document as plain data, the one description that every renderer reads.

An upper room (plans, audits, ...) builds an `OfficialDocument`; `render_pdf`, `render_docx` and `review_layout`
take it from there. Nothing here knows the database, a page or a file format.

The parts are those of Nghị định 30/2020/NĐ-CP, Phụ lục I (the *ô* numbers are the boxes of its layout diagram).
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from qms.text import long_date

BLANK = "\u00a0" * 6
"""A place left free for a pen or a stamp."""
DOTS = "." * 10
"""A word still to be supplied."""
USUAL_RECIPIENTS = ("Lãnh đạo Sở", "Các phòng, đơn vị thuộc Sở", "Lưu: VT")
"""Ô 9b of what goes to the whole department."""


class Form(StrEnum):
    """Which of the decree's models (Phụ lục III) the document follows."""

    NAMED = "named"
    """Mẫu 1.4, 1.7: tên loại and trích yếu; kế hoạch, báo cáo, thông báo, tờ trình, giấy mời."""
    DECISION = "decision"
    """Mẫu 1.2, 1.3: an authority line, căn cứ, "QUYẾT ĐỊNH:", Điều."""
    LETTER = "letter"
    """Mẫu 1.5, công văn: no tên loại, "V/v …" under the number."""
    MINUTES = "minutes"
    """Mẫu 1.9, biên bản: no place and date line, secretary signs left and chair right."""


class HeadingLevel(StrEnum):
    """The parts of the content (Phụ lục I, mục II.6); the sign that stands round the number follows from it."""

    PART = "part"
    """"Phần I", centred, its heading in capitals under it."""
    CHAPTER = "chapter"
    """"Chương I", centred, its heading in capitals under it."""
    SECTION = "section"
    """"I. MỤC ĐÍCH"."""
    ARTICLE = "article"
    """"Điều 1. Phạm vi"."""
    CLAUSE = "clause"
    """"1. Mục đích", also "4.1. Giai đoạn chuẩn bị"."""
    POINT = "point"
    """"a) Đối với Văn phòng"."""


class Align(StrEnum):
    """How the lines of a paragraph or a cell stand."""

    LEFT = "left"
    CENTER = "center"
    JUSTIFY = "justify"


@dataclass(frozen=True)
class Run:
    """A stretch of text in one style."""

    text: str
    bold: bool = False
    italic: bool = False


Inline = str | tuple[Run, ...]
"""What a paragraph says: plain text, or stretches in different styles."""


def runs_of(inline: Inline) -> tuple[Run, ...]:
    """The stretches of a paragraph; plain text is one upright stretch."""
    return (Run(inline),) if isinstance(inline, str) else inline


def plain_text(inline: Inline) -> str:
    """The words alone."""
    return "".join(run.text for run in runs_of(inline))


@dataclass(frozen=True)
class Heading:
    """A heading of its own line. `number` is the bare number: "I", "2", "4.1", "a"."""

    level: HeadingLevel
    number: str
    text: str

    @property
    def label(self) -> str:
        """The number with the word or sign that belongs to it: "Phần I", "I.", "Điều 1.", "a)"; empty without one."""
        if not self.number:
            return ""
        words = {
            HeadingLevel.PART: f"Phần {self.number}",
            HeadingLevel.CHAPTER: f"Chương {self.number}",
            HeadingLevel.ARTICLE: f"Điều {self.number}.",
            HeadingLevel.POINT: f"{self.number})",
        }
        return words.get(self.level, f"{self.number}.")

    @property
    def stacked(self) -> bool:
        """Whether the number stands on a line of its own above the words."""
        return self.level in {HeadingLevel.PART, HeadingLevel.CHAPTER}

    @property
    def line(self) -> str:
        """The heading as one line, as it reads."""
        return " ".join(part for part in (self.label, self.text) if part)


@dataclass(frozen=True)
class Paragraph:
    """Running text. `indent` moves the first line in, as body text has it."""

    text: Inline
    align: Align = Align.JUSTIFY
    indent: bool = True


@dataclass(frozen=True)
class ListItem:
    """One line of an enumeration; `marker` is printed ("-", "+")."""

    text: Inline
    marker: str = "-"


@dataclass(frozen=True)
class Column:
    """A column of a table. `width` is its share; consecutive columns with one `group` share a heading over theirs."""

    heading: str
    width: int = 10
    group: str = ""
    align: Align = Align.LEFT


@dataclass(frozen=True)
class Cell:
    """The paragraphs of one cell. `span` columns wide, `rows` high; `align` None takes the column's."""

    lines: tuple[Inline, ...] = ()
    span: int = 1
    rows: int = 1
    bold: bool = False
    align: Align | None = None


Row = tuple[Cell, ...]
"""The cells that begin in this row, left to right; a cell reaching down from above is not named again."""


@dataclass(frozen=True)
class Table:
    """A table whose headings repeat on every page and whose rows stay whole."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...] = ()

    @property
    def heading_rows(self) -> tuple[Row, ...]:
        """One row of headings, or two where columns share an upper one."""
        if not any(column.group for column in self.columns):
            return (tuple(Cell((column.heading,)) for column in self.columns),)
        upper, lower = [], []
        for group, columns in self._heading_groups():
            if group:
                upper.append(Cell((group,), span=len(columns)))
                lower += [Cell((column.heading,)) for column in columns]
            else:
                upper.append(Cell((columns[0].heading,), rows=2))
        return tuple(upper), tuple(lower)

    def _heading_groups(self) -> list[tuple[str, tuple[Column, ...]]]:
        """The columns by their shared upper heading, left to right; ("", (column,)) where there is none."""
        groups: list[tuple[str, tuple[Column, ...]]] = []
        for column in self.columns:
            if column.group and groups and groups[-1][0] == column.group:
                groups[-1] = (column.group, (*groups[-1][1], column))
            else:
                groups.append((column.group, (column,)))
        return groups

    def placed(self, rows: Iterable[Row]) -> Iterator[list[tuple[int, Cell]]]:
        """Every row's own cells, each with the index of the column where it begins."""
        covered_until = [0] * len(self.columns)
        for index, row in enumerate(rows):
            placed, position = [], 0
            for cell in row:
                while position < len(covered_until) and covered_until[position] > index:
                    position += 1
                placed.append((position, cell))
                end = min(position + cell.span, len(covered_until))
                covered_until[position:end] = [index + cell.rows] * (end - position)
                position = end
            yield placed


@dataclass(frozen=True)
class Picture:
    """A drawing that this project made, with the line under it. A `Table` with the same numbers follows it.

    `svg` is markup and printed as it stands: SVG with attributes alone, a `<title>` that says what is to be seen, and
    nothing from outside. A Word file has only the caption; the numbers are in the table.
    """

    svg: str
    caption: str


Block = Heading | Paragraph | ListItem | Table | Picture


@dataclass(frozen=True)
class Issuer:
    """Ô 2: who issues, and the body directly above it; printed in capitals however they are written here."""

    name: str = ""
    superior: str = ""


@dataclass(frozen=True)
class Signature:
    """Ô 7: `on_behalf` ("KT. GIÁM ĐỐC"), `position`, then the space for signing, `office` and the name.

    `office` is another office of the signer, printed above the name (a head of a Ban who is "GIÁM ĐỐC SỞ").
    """

    on_behalf: tuple[str, ...] = ()
    position: str = ""
    name: str = ""
    office: str = ""

    @classmethod
    def of(cls, on_behalf: str, position: str, name: str) -> "Signature":
        """As it is kept: the lines of `on_behalf` are one text."""
        return cls(tuple(filter(None, on_behalf.split("\n"))), position, name)

    @property
    def titles(self) -> tuple[str, ...]:
        """The lines above the signature."""
        return tuple(line for line in (*self.on_behalf, self.position) if line)


@dataclass(frozen=True)
class Annex:
    """Mục III.1: an annex in the same file, with page numbers of its own.

    `number` is Roman and empty where there is a single annex. `reference` is the line under the title,
    "(Kèm theo Kế hoạch số … của …)"; see `reference_line`.
    """

    title: str
    blocks: tuple[Block, ...] = ()
    number: str = ""
    reference: str = ""
    landscape: bool = False

    @property
    def label(self) -> str:
        return f"Phụ lục {self.number}".strip()


@dataclass(frozen=True)
class OfficialDocument:
    """One administrative document.

    A draft has blanks: an empty `number`, a `date` of None (`year` is printed then, if known).
    `authority` is the line over the căn cứ of a decision ("GIÁM ĐỐC SỞ …"). `issued_with` stands under the title of
    a text that a decision issues. `draft` adds a small mark in the page margin and moves nothing.
    """

    issuer: Issuer
    form: Form = Form.NAMED
    kind_name: str = ""
    subject: str = ""
    number: str = ""
    symbol: str = ""
    place: str = ""
    date: datetime.date | None = None
    year: int = 0
    authority: str = ""
    issued_with: str = ""
    addressees: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    signatures: tuple[Signature, ...] = ()
    recipients: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    draft: bool = False

    @property
    def number_line(self) -> str:
        """Ô 3: "Số: 05/KH-SCT", a number under 10 with its zero; "Số:       /KH-SCT" before there is one.

        Minutes may go without number (mẫu 1.9 has one, many internal minutes do not): the line is empty then.
        """
        if self.form == Form.MINUTES and not (self.number or self.symbol):
            return ""
        number = self.number.zfill(2) if self.number else BLANK
        return f"Số: {number}/{self.symbol or DOTS}"

    @property
    def place_date_line(self) -> str:
        """Ô 4: "Hà Tĩnh, ngày 05 tháng 02 năm 2026", with blanks where there is no date yet; minutes have none."""
        if self.form == Form.MINUTES:
            return ""
        day = long_date(self.date) if self.date else f"ngày{BLANK}tháng{BLANK}năm {self.year or BLANK}"
        return f"{self.place or DOTS}, {day}"

    @property
    def heading(self) -> str:
        """What the document is called in a file list: "Kế hoạch 05/KH-SCT: trích yếu"."""
        kind = self.kind_name.capitalize() or "Công văn"
        numbered = f"{kind} {self.number.zfill(2)}/{self.symbol}" if self.number else kind
        return ": ".join(part for part in (numbered, self.subject) if part)


def article(number: str, text: str) -> Paragraph:
    """A Điều whose text follows on the same line, as in a decision: "**Điều 1.** Ban hành …"."""
    return Paragraph((Run(f"Điều {number}. ", bold=True), Run(text)))


def reference_line(document: OfficialDocument, kind: str) -> str:
    """The line under an annex's title. Number and date stay blank in electronic documents (Phụ lục I, mục III.1)."""
    year = document.date.year if document.date else document.year or ""
    symbol = f"{BLANK}/{document.symbol}" if document.symbol else BLANK
    return f"(Kèm theo {kind} số {symbol} ngày {BLANK} tháng {BLANK} năm {year} của {document.issuer.name})"


def block_texts(blocks: Iterable[Block]) -> Iterator[str]:
    """Every printed text of the blocks in reading order, headings of tables included once."""
    for block in blocks:
        if isinstance(block, Heading):
            yield block.line
        elif isinstance(block, Paragraph):
            yield plain_text(block.text)
        elif isinstance(block, ListItem):
            yield f"{block.marker} {plain_text(block.text)}"
        elif isinstance(block, Picture):
            yield block.caption
        else:
            yield from _table_texts(block)


def _table_texts(table: Table) -> Iterator[str]:
    for row in (*table.heading_rows, *table.rows):
        for cell in row:
            yield from map(plain_text, cell.lines)

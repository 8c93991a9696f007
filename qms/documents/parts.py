"""What both renderers say and measure alike: fixed wordings, faces of headings, dashed lines, centred columns."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from qms.documents.measures import ADDRESS_INDENT, CELL_PADDING_X, CENTRED_SHARE, FACES, RECIPIENTS_BESIDE, RULE_SHARE
from qms.documents.metrics import break_lines, text_width
from qms.documents.model import Cell, HeadingLevel, OfficialDocument, Row, Signature, Table, plain_text

NATION = "Cộng hòa xã hội chủ nghĩa Việt Nam"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
ENACTING = "QUYẾT ĐỊNH:"
ADDRESSED_TO = "Kính gửi:"
SENT_TO = "Nơi nhận:"
DRAFT = "DỰ THẢO"
UNTITLED = "Văn bản"
UNTITLED_PICTURE = "Hình"
UNDATED = date(2020, 3, 5)
"""A fixed stamp for drafts: the day of the decree."""
_WIDEST_WORD_SHARE = 0.3
_WORD_SLACK = 0.5

HEADING_FACES = {
    HeadingLevel.PART: "part-title",
    HeadingLevel.CHAPTER: "part-title",
    HeadingLevel.SECTION: "section",
    HeadingLevel.ARTICLE: "clause",
    HeadingLevel.CLAUSE: "clause",
    HeadingLevel.POINT: "point",
}


def centred_lines(text: str, face_name: str, width: float) -> tuple[list[str], float]:
    """The lines of a centred text, and the length of the line drawn under them: a share of the longest."""
    face = FACES[face_name]
    lines = break_lines(text, face, CENTRED_SHARE * width)
    return lines, RULE_SHARE * max((text_width(line, face) for line in lines), default=0.0)


def motto_length() -> float:
    """The line under tiêu ngữ is exactly as long as its text (mục II.1)."""
    return text_width(MOTTO, FACES["motto"])


def addressee_indent() -> float:
    """Where the dashes of several addressees stand: under the colon of "Kính gửi:" (mục II.9)."""
    return ADDRESS_INDENT + text_width(ADDRESSED_TO.rstrip(":"), FACES["addressee"])


def signatures_of(document: OfficialDocument) -> tuple[Signature | None, Signature | None]:
    """Who signs left and who right; a single signer signs right."""
    first, second = (*document.signatures, None, None)[:2]
    return (first, second) if second else (None, first)


def recipients_stand_beside(document: OfficialDocument) -> bool:
    """Nơi nhận stands left of a single signature, unless it is so long that the block would outgrow a page."""
    return len(document.signatures) < 2 and len(document.recipients) <= RECIPIENTS_BESIDE


def enumeration(lines: Sequence[str]) -> list[str]:
    """Dashed lines, each closed by a semicolon, the last one by a full stop (mục II.9)."""
    last = len(lines) - 1
    return [f"- {line.rstrip(' ;.')}{'.' if index == last else ';'}" for index, line in enumerate(lines)]


@dataclass(frozen=True)
class Slot:
    """A place of a row: the first of its columns, how many, how many rows down; no cell where one from above stands."""

    at: int
    span: int
    rows: int
    cell: Cell | None


def laid_rows(table: Table, rows: Sequence[Row]) -> Iterator[list[Slot]]:
    """Full rows: every column of each belongs to one slot, and none reaches over another or out of the table."""
    held: dict[int, Slot] = {}
    for index, placed in enumerate(table.placed(rows)):
        own, slots, at = dict(placed), list[Slot](), 0
        while at < len(table.columns):
            room = min((column for column in held if column > at), default=len(table.columns)) - at
            slot = held.pop(at, None) or _slot(own.get(at, Cell()), at, room, len(rows) - index)
            if slot.rows > 1:
                held[at] = Slot(at, slot.span, slot.rows - 1, None)
            slots.append(slot)
            at += slot.span
        yield slots


def _slot(cell: Cell, at: int, room: int, rows_left: int) -> Slot:
    return Slot(at, max(1, min(cell.span, room)), max(1, min(cell.rows, rows_left)), cell)


def column_widths(table: Table, width: float) -> list[float]:
    """Millimetres of each column: its share of `width`, but never less than its longest word needs.

    What a narrow column gains, the columns with room to spare lose; where all are too narrow, all share the want.
    """
    total = sum(column.width for column in table.columns) or 1
    wanted = [width * column.width / total for column in table.columns]
    least = [min(need, _WIDEST_WORD_SHARE * width) for need in needed_widths(table)]
    if sum(least) >= width:
        return [width * need / sum(least) for need in least]
    widths = list(map(max, wanted, least))
    spare = [has - need for has, need in zip(widths, least, strict=True)]
    missing = (sum(widths) - width) / sum(spare)
    return [has - missing * room for has, room in zip(widths, spare, strict=True)]


def needed_widths(table: Table) -> list[float]:
    """The longest word of each column with the room round it; headings over several columns do not count."""
    needs = [0.0] * len(table.columns)
    for face_name, rows in (("cell-head", table.heading_rows), ("cell", table.rows)):
        for at, words in enumerate(_words_by_column(table, rows)):
            needs[at] = max(needs[at], max((text_width(word, FACES[face_name]) for word in words), default=0.0))
    return [need + 2 * CELL_PADDING_X + _WORD_SLACK for need in needs]


def _words_by_column(table: Table, rows: Iterable[Row]) -> list[set[str]]:
    """The different words of each column: the same ones stand in many rows."""
    columns: list[set[str]] = [set() for _ in table.columns]
    for placed in table.placed(rows):
        for at, cell in placed:
            if cell.span == 1 and at < len(columns):
                columns[at].update(*(plain_text(line).split() for line in cell.lines))
    return columns

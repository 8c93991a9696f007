"""What a rule of the review says, and where in the document it looks."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from qms.documents.model import (
    Block,
    Heading,
    HeadingLevel,
    ListItem,
    OfficialDocument,
    Paragraph,
    Table,
    block_texts,
    plain_text,
)

NUMBERED = re.compile(r"(\d+(?:\.\d+)*)\. ?\S")
_SHOWN_PLACES = 3


class Severity(StrEnum):
    """How much a remark weighs. Neither stops anything."""

    FAULT = "fault"
    """Against the decree."""
    NOTE = "note"
    """Unusual; a person decides."""


@dataclass(frozen=True)
class LayoutRemark:
    """A remark: `code` for tests and filters, a Vietnamese sentence, and the place in words ("Mục II, khoản 1")."""

    code: str
    severity: Severity
    message: str
    where: str = ""


def fault(code: str, message: str, where: str = "") -> LayoutRemark:
    return LayoutRemark(code, Severity.FAULT, message, where)


def note(code: str, message: str, where: str = "") -> LayoutRemark:
    return LayoutRemark(code, Severity.NOTE, message, where)


@dataclass(frozen=True)
class Placed:
    """A text and where it stands; `block` is what it comes from, None outside the body."""

    where: str
    text: str
    block: Block | None = None


def placed_texts(document: OfficialDocument) -> Iterator[Placed]:
    """Every text that people wrote, in reading order."""
    if document.subject:
        yield Placed("Trích yếu", document.subject)
    for index, basis in enumerate(document.bases, 1):
        yield Placed(f"Căn cứ thứ {index}", basis)
    yield from placed_blocks(document.blocks)
    for annex in document.annexes:
        yield Placed(annex.label, annex.title)
        yield from placed_blocks(annex.blocks, annex.label)


def placed_blocks(blocks: Iterable[Block], inside: str = "") -> Iterator[Placed]:
    """The texts of the content, each with its mục and khoản."""
    section = clause = ""
    for block in blocks:
        if isinstance(block, Heading) and block.level == HeadingLevel.SECTION:
            section, clause = f"mục {block.number}", ""
        elif number := clause_number(block):
            clause = f"khoản {number}"
        where = ", ".join(part for part in (inside, section, clause) if part)
        where = where[:1].upper() + where[1:] if where else "Phần mở đầu"
        if isinstance(block, Table):
            yield from _table_rows(block, where)
        else:
            yield Placed(where, next(block_texts([block])), block)


def _table_rows(table: Table, where: str) -> Iterator[Placed]:
    for index, row in enumerate(table.rows, 1):
        for cell in row:
            for line in cell.lines:
                yield Placed(f"{where}, bảng, dòng {index}", plain_text(line), table)


def clause_number(block: Block) -> str:
    """The number of a khoản, whether it is a heading or opens running text; empty for anything else."""
    if isinstance(block, Heading):
        return block.number if block.level == HeadingLevel.CLAUSE else ""
    if isinstance(block, Paragraph) and (match := NUMBERED.match(plain_text(block.text))):
        return match[1]
    return ""


def is_running_text(block: Block | None) -> bool:
    return isinstance(block, Paragraph | ListItem)


def places(found: Iterable[str]) -> str:
    """Some places as words: the first ones, then how many more."""
    names = list(dict.fromkeys(found))
    more = len(names) - _SHOWN_PLACES
    shown = "; ".join(names[:_SHOWN_PLACES])
    return f"{shown} và {more} chỗ khác" if more > 0 else shown

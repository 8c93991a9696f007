"""An official document for reading on screen: the same description as the PDF, cut into what a template can draw.

Template: `templates/documents/sheet.html`, style: `static/css/sheet.css`. The printed file has its own measures.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from qms.documents.measures import FACES
from qms.documents.model import (
    Align,
    Annex,
    Block,
    Cell,
    Heading,
    HeadingLevel,
    Inline,
    ListItem,
    OfficialDocument,
    Paragraph,
    Picture,
    Row,
    Table,
    runs_of,
)
from qms.documents.parts import HEADING_FACES, enumeration


@dataclass(frozen=True)
class SheetCell:
    """A cell: its paragraphs, how far it reaches, and whether it is centred."""

    lines: tuple[SafeString, ...]
    span: int = 1
    rows: int = 1
    centred: bool = False


@dataclass(frozen=True)
class SheetBlock:
    """`kind` is section, heading, stacked, paragraph, item, picture or table; `label` only for stacked headings and

    pictures, whose `words` are the drawing.

    `words` is escaped, with bold and italic stretches marked; `widths` are shares of the table's columns in percent.
    """

    kind: str
    words: SafeString | str = ""
    label: str = ""
    widths: tuple[int, ...] = ()
    head: tuple[tuple[SheetCell, ...], ...] = ()
    rows: tuple[tuple[SheetCell, ...], ...] = ()


@dataclass(frozen=True)
class SheetAnnex:
    """An annex with its blocks cut."""

    annex: Annex
    blocks: tuple[SheetBlock, ...]


@dataclass(frozen=True)
class Sheet:
    """The whole document for the template."""

    document: OfficialDocument
    superior: str
    issuer: str
    kind_name: str
    blocks: tuple[SheetBlock, ...]
    annexes: tuple[SheetAnnex, ...]
    recipients: tuple[str, ...]


def sheet_of(document: OfficialDocument) -> Sheet:
    """The document cut for the template. Nothing is left out and nothing reordered."""
    return Sheet(
        document=document,
        superior=FACES["superior"].shown(document.issuer.superior),
        issuer=FACES["issuer"].shown(document.issuer.name),
        kind_name=FACES["kind"].shown(document.kind_name),
        blocks=tuple(_blocks(document.blocks)),
        annexes=tuple(SheetAnnex(annex, tuple(_blocks(annex.blocks))) for annex in document.annexes),
        recipients=tuple(enumeration(document.recipients)),
    )


def _words(inline: Inline) -> SafeString:
    return mark_safe("".join(_run(escape(run.text), run.bold, run.italic) for run in runs_of(inline)))


def _run(text: str, bold: bool, italic: bool) -> str:
    text = f"<b>{text}</b>" if bold else text
    return f"<i>{text}</i>" if italic else text


def _blocks(blocks: Iterable[Block]) -> Iterator[SheetBlock]:
    for block in blocks:
        if isinstance(block, Heading):
            yield _heading(block)
        elif isinstance(block, Paragraph):
            yield SheetBlock("paragraph", _words(block.text))
        elif isinstance(block, ListItem):
            yield SheetBlock("item", format_html("{} {}", block.marker, _words(block.text)))
        elif isinstance(block, Picture):
            yield SheetBlock("picture", mark_safe(block.svg), label=block.caption)
        else:
            yield _table(block)


def _heading(heading: Heading) -> SheetBlock:
    shown = FACES[HEADING_FACES[heading.level]].shown
    if heading.stacked:
        return SheetBlock("stacked", escape(shown(heading.text)), label=heading.label)
    kind = "section" if heading.level == HeadingLevel.SECTION else "heading"
    return SheetBlock(kind, escape(shown(heading.line)))


def _table(table: Table) -> SheetBlock:
    total = sum(column.width for column in table.columns) or 1
    return SheetBlock(
        "table",
        widths=tuple(round(100 * column.width / total) for column in table.columns),
        head=tuple(tuple(_cell(cell, Align.CENTER) for cell in row) for row in table.heading_rows),
        rows=tuple(_rows(table, table.rows)),
    )


def _rows(table: Table, rows: Iterable[Row]) -> Iterator[tuple[SheetCell, ...]]:
    for placed in table.placed(rows):
        yield tuple(_cell(cell, cell.align or table.columns[at].align) for at, cell in placed)


def _cell(cell: Cell, align: Align) -> SheetCell:
    lines = (mark_safe(f"<b>{_words(line)}</b>") if cell.bold else _words(line) for line in cell.lines)
    return SheetCell(tuple(lines), cell.span, cell.rows, centred=align == Align.CENTER)

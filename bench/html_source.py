"""A plan as HTML with its style: the same words, tables and measures as in print, for the comparison only."""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from pathlib import Path
from string import Template

from django.utils.html import escape

from qms.documents import measures, parts
from qms.documents.measures import FACES, Face
from qms.documents.metrics import font_file
from qms.documents.model import (
    Align,
    Block,
    Cell,
    Heading,
    HeadingLevel,
    Inline,
    Issuer,
    ListItem,
    OfficialDocument,
    Paragraph,
    Row,
    Signature,
    Table,
    runs_of,
)
from qms.text import printable

_NUMBER_AND_SYMBOL = re.compile(r"\b\d[\d/]{0,20}/[^\W\d_][\w-]{1,30}")
"""Never broken at its slash or hyphen: "19/2014/QĐ-TTg"."""
_ALIGN_CLASSES = {Align.LEFT: "ragged", Align.CENTER: "center", Align.JUSTIFY: "justify"}
_HEADING_TAGS = {
    HeadingLevel.PART: "h2",
    HeadingLevel.CHAPTER: "h2",
    HeadingLevel.SECTION: "h2",
    HeadingLevel.ARTICLE: "h3",
    HeadingLevel.CLAUSE: "h3",
    HeadingLevel.POINT: "h4",
}


def document_html(document: OfficialDocument) -> str:
    """The whole page tree."""
    pieces = [
        _head(document),
        _title(document),
        *(_p("basis", basis) for basis in document.bases),
        _body(document.blocks),
        _foot(document),
    ]
    return _page("".join(pieces), document.heading)


def style_sheet() -> str:
    """The CSS with the measures filled in."""
    fonts = "".join(_font_face(bold, italic) for bold in (False, True) for italic in (False, True))
    faces = "".join(f".{name} {{ {_font_declaration(face)} }}\n" for name, face in FACES.items())
    values = vars(measures) | {
        "line": measures.SINGLE_LINE * measures.LINE_SPACING,
        "page_number": FACES["page-number"].size,
        "cell": FACES["cell"].size,
        "address_items": parts.addressee_indent(),
    }
    css = (Path(__file__).parent / "official.css").read_text("utf-8")
    return fonts + Template(css).substitute(values) + faces


def _font_face(bold: bool, italic: bool) -> str:
    address = font_file(bold=bold, italic=italic).as_uri()
    return f"@font-face {{ font-family: Official; src: url('{address}'); {_style(bold, italic)} }}\n"


def _font_declaration(face: Face) -> str:
    return f"font-size: {face.size}pt; {_style(face.bold, face.italic)}"


def _style(bold: bool, italic: bool) -> str:
    return f"font-weight: {'bold' if bold else 'normal'}; font-style: {'italic' if italic else 'normal'};"


def _page(body: str, title: str) -> str:
    head = f'<meta charset="utf-8"><title>{escape(printable(title))}</title><style>{style_sheet()}</style>'
    return f'<!DOCTYPE html><html lang="vi"><head>{head}</head><body>{body}</body></html>'


def _text(text: str, face: str = "body") -> str:
    return _NUMBER_AND_SYMBOL.sub(r'<span class="whole">\g<0></span>', escape(FACES[face].shown(text)))


def _inline(inline: Inline, face: str = "body") -> str:
    return "".join(_run_tags(_text(run.text, face), run.bold, run.italic) for run in runs_of(inline))


def _run_tags(text: str, bold: bool, italic: bool) -> str:
    text = f"<b>{text}</b>" if bold else text
    return f"<i>{text}</i>" if italic else text


def _p(face: str, text: str, tag: str = "p", more: str = "") -> str:
    return f'<{tag} class="{face}{more}">{_text(text, face)}</{tag}>' if text else ""


def _centred(face: str, text: str, width: float, *, tag: str = "p", rule: bool = False) -> str:
    """A centred text of even lines; `rule` draws the line under it."""
    if not text:
        return ""
    lines, length = parts.centred_lines(text, face, width)
    shown = "<br>".join(map(escape, lines))
    return f'<{tag} class="{face}">{shown}</{tag}>{_rule(length) if rule else ""}'


def _rule(length: float) -> str:
    return f'<div class="rule" style="width:{length:.2f}mm"></div>'


def _pair(left: str, right: str, kind: str) -> str:
    return f'<div class="pair {kind}"><div class="left">{left}</div><div class="right">{right}</div></div>'


def _head(document: OfficialDocument) -> str:
    """Ô 1 to 4."""
    nation = _p("nation", parts.NATION) + _p("motto", parts.MOTTO) + _rule(parts.motto_length())
    number, place_date = _p("number", document.number_line), _p("place-date", document.place_date_line)
    return _pair(_issuer(document.issuer), nation, "head") + _pair(number, place_date, "head")


def _issuer(issuer: Issuer) -> str:
    superior = _centred("superior", issuer.superior, measures.HEAD_LEFT)
    return superior + _centred("issuer", issuer.name, measures.HEAD_LEFT, rule=True)


def _title(document: OfficialDocument) -> str:
    """Ô 5a."""
    return _p("kind", document.kind_name, "h1") + _centred("subject", document.subject, measures.TEXT_WIDTH, rule=True)


def _body(blocks: Sequence[Block]) -> str:
    """The content; a paragraph that ends it goes whole to the page of the signature."""
    width = measures.TEXT_WIDTH
    if not blocks or not isinstance(blocks[-1], Paragraph):
        return _blocks(blocks, width)
    return f'{_blocks(blocks[:-1], width)}<div class="end">{_paragraph(blocks[-1])}</div>'


def _blocks(blocks: Iterable[Block], width: float) -> str:
    """The content; list items that follow each other are one list."""
    pieces = []
    for is_item, group in groupby(blocks, lambda block: isinstance(block, ListItem)):
        content = "".join(_block(block, width) for block in group)
        pieces.append(f"<ul>{content}</ul>" if is_item else content)
    return "".join(pieces)


def _block(block: Block, width: float) -> str:
    if isinstance(block, Heading):
        return _heading(block, width)
    if isinstance(block, Paragraph):
        return _paragraph(block)
    if isinstance(block, ListItem):
        return f'<li class="item">{_text(block.marker)} {_inline(block.text)}</li>'
    return _table(block, width)


def _heading(heading: Heading, width: float) -> str:
    tag, face = _HEADING_TAGS[heading.level], parts.HEADING_FACES[heading.level]
    if heading.stacked:
        return _p("part", heading.label) + _centred(face, heading.text, width, tag=tag)
    return _p(face, heading.line, tag)


def _paragraph(paragraph: Paragraph) -> str:
    classes = ["body"]
    if not paragraph.indent:
        classes.append("flush")
    if paragraph.align != Align.JUSTIFY:
        classes.append(_ALIGN_CLASSES[paragraph.align])
    return f'<p class="{" ".join(classes)}">{_inline(paragraph.text)}</p>'


def _table(table: Table, width: float) -> str:
    columns = "".join(f'<col style="width:{column:.2f}mm">' for column in parts.column_widths(table, width))
    head = _rows(table, table.heading_rows, _th)
    body = _rows(table, table.rows, _td)
    return f"<table><colgroup>{columns}</colgroup><thead>{head}</thead><tbody>{body}</tbody></table>"


def _rows(table: Table, rows: Iterable[Row], draw: Callable[[Cell, Align], str]) -> str:
    return "".join(
        f"<tr>{''.join(draw(cell, table.columns[at].align) for at, cell in placed)}</tr>"
        for placed in table.placed(rows)
    )


def _th(cell: Cell, _: Align) -> str:
    return f'<th scope="col"{_spans(cell)}>{_lines(cell, "cell-head")}</th>'


def _td(cell: Cell, column_align: Align) -> str:
    align = cell.align or column_align
    classes = [*([_ALIGN_CLASSES[align]] if align != Align.LEFT else []), *(["strong"] if cell.bold else [])]
    named = f' class="{" ".join(classes)}"' if classes else ""
    return f"<td{named}{_spans(cell)}>{_lines(cell, 'cell')}</td>"


def _spans(cell: Cell) -> str:
    wide = f' colspan="{cell.span}"' if cell.span > 1 else ""
    return wide + (f' rowspan="{cell.rows}"' if cell.rows > 1 else "")


def _lines(cell: Cell, face: str) -> str:
    """One line stands in the cell itself, several are paragraphs."""
    lines = [_inline(line, face) for line in cell.lines]
    return lines[0] if len(lines) == 1 else "".join(f"<p>{line}</p>" for line in lines)


def _foot(document: OfficialDocument) -> str:
    """Ô 7 and 9b side by side."""
    return _pair(_recipients(document.recipients), _signature(document.signatures[0]), "foot")


def _signature(signature: Signature) -> str:
    titles = "".join(_p("sign-title", line) for line in signature.titles)
    return (
        f'{titles}<div class="sign-space"></div>{_p("sign-title", signature.office)}{_p("sign-name", signature.name)}'
    )


def _recipients(recipients: Sequence[str]) -> str:
    lines = "".join(_p("recipient", line, "li") for line in parts.enumeration(recipients))
    return f"{_p('recipients-label', parts.SENT_TO)}<ul>{lines}</ul>"

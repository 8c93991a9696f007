"""The HTML of an official document, for the PDF renderer alone (it is never served).

Every text passes `_text` and so `escape`; nothing of a document can become markup, a style or an address. Only the
drawing of a `Picture` is markup already, made by this project's own templates.
Class names are the face names of `measures.FACES`. Header and signature stand in pairs of inline blocks, not in tables,
so that a screen reader meets tables only where there are some.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from django.utils.html import escape

from qms.documents import measures, parts
from qms.documents.measures import FACES
from qms.documents.model import (
    Align,
    Annex,
    Block,
    Cell,
    Form,
    Heading,
    HeadingLevel,
    Inline,
    Issuer,
    ListItem,
    OfficialDocument,
    Paragraph,
    Picture,
    Row,
    Signature,
    Table,
    runs_of,
)
from qms.text import printable

_NUMBER_AND_SYMBOL = re.compile(r"\b\d[\d/]{0,20}/[^\W\d_][\w-]{1,30}")
"""Never broken at its slash or hyphen: "19/2014/QĐ-TTg"."""
_LONG_WORD = re.compile(r"[^\s<>]{26}")
_ENDLESS_WORD = re.compile(r"[^\s<>]{60,}")
_PIECES = re.compile(r"(?:&[#\w]+;|[^&]){1,30}")
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
        _addressees(document.addressees),
        *(_p("basis", basis) for basis in document.bases),
        _p("authority", parts.ENACTING) if document.form == Form.DECISION else "",
        _body(document.blocks),
        _foot(document),
        *map(_annex, document.annexes),
    ]
    return _page("".join(pieces), document.heading)


def _page(body: str, title: str) -> str:
    """Breaking inside words costs time on every line, so it is allowed only where some word needs it."""
    kind = ' class="long-words"' if _LONG_WORD.search(body) else ""
    head = f'<meta charset="utf-8"><title>{escape(printable(title))}</title>'
    return f'<!DOCTYPE html><html lang="vi"><head>{head}</head><body{kind}>{body}</body></html>'


def _text(text: str, face: str = "body") -> str:
    return _NUMBER_AND_SYMBOL.sub(r'<span class="whole">\g<0></span>', _escape(FACES[face].shown(text)))


def _escape(text: str) -> str:
    """The text as markup; endless words get places to break, or laying them out takes time in the square."""
    return _ENDLESS_WORD.sub(_breakable, escape(text))


def _breakable(match: re.Match[str]) -> str:
    return "<wbr>".join(_PIECES.findall(match[0]))


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
    shown = "<br>".join(map(_escape, lines))
    return f'<{tag} class="{face}">{shown}</{tag}>{_rule(length) if rule else ""}'


def _rule(length: float) -> str:
    return f'<div class="rule" style="width:{length:.2f}mm"></div>'


def _pair(left: str, right: str, kind: str) -> str:
    return f'<div class="pair {kind}"><div class="left">{left}</div><div class="right">{right}</div></div>'


def _head(document: OfficialDocument) -> str:
    """Ô 1 to 4, and 5b for a letter."""
    nation = _p("nation", parts.NATION) + _p("motto", parts.MOTTO) + _rule(parts.motto_length())
    number = _p("number", document.number_line)
    if document.form == Form.LETTER and document.subject:
        number += _centred("letter-subject", f"V/v {document.subject}", measures.HEAD_LEFT)
    place_date = _p("place-date", document.place_date_line)
    second = _pair(number, place_date, "head") if number or place_date else ""
    return _pair(_issuer(document.issuer), nation, "head") + second


def _issuer(issuer: Issuer) -> str:
    superior = _centred("superior", issuer.superior, measures.HEAD_LEFT)
    return superior + _centred("issuer", issuer.name, measures.HEAD_LEFT, rule=True)


def _title(document: OfficialDocument) -> str:
    """Ô 5a; for a decision also the authority line, for a text issued by a decision what it comes with."""
    if document.form == Form.LETTER:
        return ""
    width = measures.TEXT_WIDTH
    subject_rule = not document.issued_with
    return (
        _p("kind", document.kind_name, "h1")
        + _centred("subject", document.subject, width, rule=subject_rule)
        + _centred("issued-with", document.issued_with, width, rule=True)
        + _centred("authority", document.authority, width)
    )


def _addressees(addressees: Sequence[str]) -> str:
    """One addressee stands on the line of "Kính gửi:", several under each other."""
    if not addressees:
        return ""
    if len(addressees) == 1:
        return _p("addressee", f"{parts.ADDRESSED_TO} {addressees[0]}")
    return _p("addressee", parts.ADDRESSED_TO, more=" several") + _dashed("addressee-item", addressees)


def _dashed(face: str, lines: Sequence[str]) -> str:
    return f"<ul>{''.join(_p(face, line, 'li') for line in parts.enumeration(lines))}</ul>"


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
    if isinstance(block, Picture):
        return f'<div class="picture">{block.svg}{_p("body", block.caption, more=" caption")}</div>'
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
    """Ô 7 and 9b side by side; two signatures, or a long list of recipients, put the recipients below."""
    left, right = parts.signatures_of(document)
    if not right and not document.recipients:
        return ""
    recipients, signed = _recipients(document.recipients), _signature(right) if right else ""
    if parts.recipients_stand_beside(document):
        return _pair(recipients, signed, "foot")
    secretary = _signature(left) if left else ""
    return _pair(secretary, signed, "foot even") + f'<div class="below">{recipients}</div>'


def _signature(signature: Signature) -> str:
    titles = "".join(_p("sign-title", line) for line in signature.titles)
    return (
        f'{titles}<div class="sign-space"></div>{_p("sign-title", signature.office)}{_p("sign-name", signature.name)}'
    )


def _recipients(recipients: Sequence[str]) -> str:
    if not recipients:
        return ""
    return _p("recipients-label", parts.SENT_TO) + _dashed("recipient", recipients)


def _annex(annex: Annex) -> str:
    width = measures.TEXT_WIDTH_LANDSCAPE if annex.landscape else measures.TEXT_WIDTH
    kind = "annex-page wide" if annex.landscape else "annex-page"
    return (
        f'<div class="{kind}">{_p("annex", annex.label, "h2")}'
        f"{_centred('annex-title', annex.title, width, rule=not annex.reference)}"
        f"{_centred('annex-reference', annex.reference, width, rule=True)}"
        f"{_blocks(annex.blocks, width)}</div>"
    )

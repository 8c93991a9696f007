"""An official document as plain data for the page template `official.typ`.

Texts travel as strings only, so nothing of a document can become code of the template. Which parts there are, their
wording and the lines of centred texts are decided here; how they look is the template's affair. A part that a document
lacks is empty. Widths are millimetres here and points in the data.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from html import unescape
from re import DOTALL, search
from typing import Any

from qms.documents import measures, parts
from qms.documents.measures import FACES, FOOT_LEFT, FOOT_RIGHT, HEAD_LEFT, HEAD_RIGHT, TEXT_WIDTH
from qms.documents.metrics import MM_PER_POINT
from qms.documents.model import (
    Align,
    Annex,
    Block,
    Form,
    Heading,
    HeadingLevel,
    Inline,
    ListItem,
    OfficialDocument,
    Paragraph,
    Picture,
    Run,
    Signature,
    Table,
    runs_of,
)
from qms.documents.typeset_tables import table_data
from qms.documents.typeset_words import Words, centred, shown, shown_drawing, words

Data = dict[str, Any]
_DEPTHS = {
    HeadingLevel.PART: 2,
    HeadingLevel.CHAPTER: 2,
    HeadingLevel.SECTION: 2,
    HeadingLevel.ARTICLE: 3,
    HeadingLevel.CLAUSE: 3,
    HeadingLevel.POINT: 4,
}


def document_data(document: OfficialDocument) -> Data:
    """Everything that the template prints, in the order of the page."""
    outline = _Outline()
    return {
        **_properties(document),
        **_head(document),
        **_title(document, outline),
        **_addressees(document.addressees),
        "bases": _texts(document.bases, "basis"),
        "enacting": words(parts.ENACTING, "authority", TEXT_WIDTH) if document.form == Form.DECISION else "",
        **_body(document.blocks, outline),
        "foot": _foot(document),
        "annexes": [_annex(annex, outline) for annex in document.annexes],
    }


class _Outline:
    """How deep a heading stands; a reader that goes from heading to heading skips no level."""

    def __init__(self) -> None:
        self._last = 0

    def depth(self, wanted: int) -> int:
        self._last = min(wanted, self._last + 1)
        return self._last


class _Sheet:
    """The room for text of a page, and the blocks that stand on it."""

    def __init__(self, outline: _Outline, *, landscape: bool = False) -> None:
        width, height = measures.PAGE_SHORT, measures.PAGE_LONG
        if landscape:
            width, height = height, width
        self._outline = outline
        self.width = width - measures.MARGIN_LEFT - measures.MARGIN_RIGHT
        self.height = height - measures.MARGIN_TOP - measures.MARGIN_BOTTOM

    def blocks(self, blocks: Iterable[Block]) -> list[Data]:
        """The content; list items that follow each other are one list."""
        data: list[Data] = []
        for block in blocks:
            if not isinstance(block, ListItem):
                data.append(self._block(block))
            elif data and data[-1]["kind"] == "list":
                data[-1]["items"].append(self._item(block))
            else:
                data.append({"kind": "list", "items": [self._item(block)]})
        return data

    def _block(self, block: Heading | Paragraph | Picture | Table) -> Data:
        if isinstance(block, Heading):
            return self._heading(block)
        if isinstance(block, Paragraph):
            indent = block.indent and block.align != Align.CENTER
            return {"kind": "paragraph", "words": self._words(block.text), "align": block.align, "indent": indent}
        if isinstance(block, Picture):
            caption = words(block.caption, "caption", self.width)
            return {"kind": "picture", "svg": shown_drawing(block.svg), "alt": _alt(block), "caption": caption}
        return table_data(block, self.width, self.height)

    def _heading(self, heading: Heading) -> Data:
        face = parts.HEADING_FACES[heading.level]
        if not heading.stacked:
            line = words(heading.line, face, self.width - measures.FIRST_LINE)
            return {"kind": "heading", "face": face, "words": line, "depth": self._depth(heading, line)}
        title = centred(heading.text, face, self.width)
        label = words(heading.label, "part", self.width)
        return {"kind": "stacked", "label": label, "title": title, "depth": self._depth(heading, title["words"])}

    def _depth(self, heading: Heading, printed: Words) -> int:
        return self._outline.depth(_DEPTHS[heading.level]) if printed else 0

    def _item(self, item: ListItem) -> Words:
        return self._words((Run(f"{item.marker} "), *runs_of(item.text)))

    def _words(self, text: Inline) -> Words:
        return words(text, "body", self.width - measures.FIRST_LINE)


def _alt(picture: Picture) -> str:
    """What is to be seen, for those who do not see it: the title of the drawing."""
    title = search(r"<title>(.*?)</title>", picture.svg, DOTALL)
    return shown(unescape(title[1]) if title else picture.caption, FACES["body"]).strip() or parts.UNTITLED_PICTURE


def _texts(texts: Iterable[str], face_name: str, width: float = TEXT_WIDTH - measures.FIRST_LINE) -> list[Words]:
    """Those that print something."""
    return [data for text in texts if (data := words(text, face_name, width))]


def _properties(document: OfficialDocument) -> Data:
    """What a viewer and an archive show of the file."""
    body, day = FACES["body"], document.date or parts.UNDATED
    return {
        "title": shown(document.heading, body).strip() or parts.UNTITLED,
        "author": shown(document.issuer.name, body).strip(),
        "date": [day.year, day.month, day.day],
        "draft": parts.DRAFT if document.draft else "",
    }


def _head(document: OfficialDocument) -> Data:
    """Ô 1 to 4, and 5b for a letter."""
    subject = f"V/v {document.subject}" if document.form == Form.LETTER and document.subject else ""
    return {
        "superior": centred(document.issuer.superior, "superior", HEAD_LEFT),
        "issuer": centred(document.issuer.name, "issuer", HEAD_LEFT, rule=True),
        "nation": words(parts.NATION, "nation", HEAD_RIGHT),
        "motto": {"words": parts.MOTTO, "rule": parts.motto_length() / MM_PER_POINT},
        "number": words(document.number_line, "number", HEAD_LEFT),
        "letter_subject": centred(subject, "letter-subject", HEAD_LEFT),
        "place_date": words(document.place_date_line, "place-date", HEAD_RIGHT),
    }


def _title(document: OfficialDocument, outline: _Outline) -> Data:
    """Ô 5a; for a decision also the authority line, for a text issued by a decision what it comes with."""
    named = document.form != Form.LETTER
    subject, issued_with = (document.subject, document.issued_with) if named else ("", "")
    kind = words(document.kind_name, "kind", TEXT_WIDTH) if named else ""
    return {
        "kind": kind,
        "depth": outline.depth(1) if kind else 0,
        "subject": centred(subject, "subject", TEXT_WIDTH, rule=not issued_with),
        "issued_with": centred(issued_with, "issued-with", TEXT_WIDTH, rule=True),
        "authority": centred(document.authority if named else "", "authority", TEXT_WIDTH),
    }


def _addressees(addressees: Sequence[str]) -> Data:
    """One addressee stands on the line of "Kính gửi:", several under each other."""
    if len(addressees) == 1:
        line = words(f"{parts.ADDRESSED_TO} {addressees[0]}", "addressee", TEXT_WIDTH)
        return {"addressed": line, "addressees": []}
    width = TEXT_WIDTH - parts.addressee_indent()
    lines = _texts(parts.enumeration(addressees), "addressee-item", width)
    return {"addressed": parts.ADDRESSED_TO if lines else "", "addressees": lines}


def _body(blocks: Sequence[Block], outline: _Outline) -> Data:
    """The content; its end goes to the page of the signature."""
    sheet = _Sheet(outline)
    return {"blocks": sheet.blocks(blocks[:-1]), "end": sheet.blocks(blocks[-1:])}


def _foot(document: OfficialDocument) -> Data:
    """Ô 7 and 9b side by side; two signatures, or a long list of recipients, put the recipients below."""
    left, right = parts.signatures_of(document)
    beside = parts.recipients_stand_beside(document)
    width = FOOT_LEFT - measures.RECIPIENT_MARGIN if beside else TEXT_WIDTH
    return {
        "beside": beside,
        "left": _signature(left, TEXT_WIDTH / 2),
        "right": _signature(right, FOOT_RIGHT if beside else TEXT_WIDTH / 2),
        "sent_to": parts.SENT_TO if document.recipients else "",
        "recipients": _texts(parts.enumeration(document.recipients), "recipient", width),
    }


def _signature(signature: Signature | None, width: float) -> Data | None:
    if not signature:
        return None
    return {
        "titles": _texts(signature.titles, "sign-title", width),
        "office": words(signature.office, "sign-title", width),
        "name": words(signature.name, "sign-name", width),
    }


def _annex(annex: Annex, outline: _Outline) -> Data:
    sheet = _Sheet(outline, landscape=annex.landscape)
    return {
        "landscape": annex.landscape,
        "depth": outline.depth(2),
        "label": words(annex.label, "annex", sheet.width),
        "title": centred(annex.title, "annex-title", sheet.width, rule=not annex.reference),
        "reference": centred(annex.reference, "annex-reference", sheet.width, rule=True),
        "blocks": sheet.blocks(annex.blocks),
    }


@cache
def measures_data() -> Data:
    """The table of measures: lengths in points, faces, and where a line begins and ends round its base line."""
    return {
        "font": measures.FONT_FAMILY,
        "faces": {name: {"size": f.size, "bold": f.bold, "italic": f.italic} for name, f in FACES.items()},
        "edges": {"single": _edges(1), "text": _edges(measures.LINE_SPACING)},
        "lengths": _lengths(),
    }


def _edges(lines: float) -> dict[str, float]:
    """In type sizes: half of what a line has more than ascent and descent stands above, half below."""
    height = measures.SINGLE_LINE * lines
    spare = (height - measures.ASCENT - measures.DESCENT) / 2
    return {"top": measures.ASCENT + spare, "bottom": -measures.DESCENT - spare}


def _lengths() -> dict[str, float]:
    """Points."""
    horizontal = {
        "page_width": measures.PAGE_SHORT,
        "page_height": measures.PAGE_LONG,
        "top": measures.MARGIN_TOP,
        "right": measures.MARGIN_RIGHT,
        "bottom": measures.MARGIN_BOTTOM,
        "left": measures.MARGIN_LEFT,
        "page_number": measures.PAGE_NUMBER_FROM_EDGE,
        "first_line": measures.FIRST_LINE,
        "head_left": HEAD_LEFT,
        "head_right": HEAD_RIGHT,
        "foot_left": FOOT_LEFT,
        "foot_right": FOOT_RIGHT,
        "recipient_margin": measures.RECIPIENT_MARGIN,
        "cell_x": measures.CELL_PADDING_X,
        "address": measures.ADDRESS_INDENT,
        "address_items": parts.addressee_indent(),
    }
    return {name: length / MM_PER_POINT for name, length in horizontal.items()} | {
        "gap": measures.PARAGRAPH_GAP,
        "heading_gap": measures.HEADING_GAP,
        "head_gap": measures.HEAD_GAP,
        "title_gap": measures.TITLE_GAP,
        "table_gap": measures.TABLE_GAP,
        "foot_gap": measures.FOOT_GAP,
        "sign_space": measures.SIGNATURE_SPACE,
        "rule_weight": measures.RULE_WEIGHT,
        "rule_gap": measures.RULE_GAP,
        "cell_border": measures.CELL_BORDER,
        "cell_y": measures.CELL_PADDING_Y,
    }

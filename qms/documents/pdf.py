"""An official document as PDF: tagged (PDF/UA-1), with its own font and nothing from outside.

The style sheet and the fonts are read once per process: a font configuration of its own for each render would cost
time, memory and left-over font folders. Renders of one process follow each other (`_LOCK`), because the shared font
configuration is not documented as safe for threads; the work is bound to one processor core anyhow.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from string import Template
from threading import Lock
from typing import Any
from urllib.response import addinfourl

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from qms.documents import measures, parts
from qms.documents.html import document_html
from qms.documents.measures import FACES, Face
from qms.documents.metrics import font_file
from qms.documents.model import OfficialDocument

_CSS_FILE = Path(__file__).parent / "official.css"
_FACES_OF_FONT = [(bold, italic) for bold in (False, True) for italic in (False, True)]
_LOCK = Lock()


def render_pdf(document: OfficialDocument) -> bytes:
    """The bytes of the PDF; the same document gives the same bytes."""
    with _LOCK, _collector_paused():
        sheet, fonts = _sheet()
        page = HTML(string=document_html(document), url_fetcher=_OwnFontsOnly())
        sheets = [sheet, _draft_sheet()] if document.draft else [sheet]
        return page.write_pdf(
            stylesheets=sheets, font_config=fonts, pdf_variant="pdf/ua-1", finisher=_name_columns_by_scope
        )


def _name_columns_by_scope(_: object, pdf: Any) -> None:
    """Every heading cell heads its column. WeasyPrint's own links from cells to headings miscount below merged ones."""
    for element in pdf.objects:
        kind = element.get("S") if isinstance(element, dict) else None
        if kind == "/TH":
            element["A"]["Scope"] = "/Column"
        elif kind == "/TD":
            element["A"].pop("Headers", None)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Laying out makes many objects and little garbage: the collector's rounds would cost a tenth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class _OwnFontsOnly(URLFetcher):
    """Gives out the four font files; every other address is refused before anything is opened."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> addinfourl:
        if url not in _font_addresses():
            raise ValueError(f"Not a font of the document: {url[:100]}")
        return super().fetch(url, headers)


@cache
def _font_addresses() -> frozenset[str]:
    return frozenset(font_file(bold=bold, italic=italic).as_uri() for bold, italic in _FACES_OF_FONT)


@cache
def _sheet() -> tuple[CSS, FontConfiguration]:
    fonts = FontConfiguration()
    sheet = CSS(string=style_sheet(), font_config=fonts, url_fetcher=_OwnFontsOnly())
    return sheet, fonts


@cache
def _draft_sheet() -> CSS:
    font = _font_declaration(FACES["draft"])
    return CSS(string=f'@page {{ @top-left {{ content: "DỰ THẢO"; {font} }} }}')


def style_sheet() -> str:
    """The CSS with the measures filled in."""
    fonts = "".join(_font_face(bold, italic) for bold, italic in _FACES_OF_FONT)
    faces = "".join(f".{name} {{ {_font_declaration(face)} }}\n" for name, face in FACES.items())
    return fonts + Template(_CSS_FILE.read_text("utf-8")).substitute(_css_values()) + faces


def _font_face(bold: bool, italic: bool) -> str:
    address = font_file(bold=bold, italic=italic).as_uri()
    style = f"font-weight: {'bold' if bold else 'normal'}; font-style: {'italic' if italic else 'normal'}"
    return f"@font-face {{ font-family: Official; src: url('{address}'); {style} }}\n"


def _font_declaration(face: Face) -> str:
    weight = "bold" if face.bold else "normal"
    return f"font-size: {face.size}pt; font-weight: {weight}; font-style: {'italic' if face.italic else 'normal'};"


def _css_values() -> dict[str, float]:
    return {
        "page_short": measures.PAGE_SHORT,
        "page_long": measures.PAGE_LONG,
        "top": measures.MARGIN_TOP,
        "right": measures.MARGIN_RIGHT,
        "bottom": measures.MARGIN_BOTTOM,
        "left": measures.MARGIN_LEFT,
        "page_number": FACES["page-number"].size,
        "single": measures.SINGLE_LINE,
        "line": measures.SINGLE_LINE * measures.LINE_SPACING,
        "gap": measures.PARAGRAPH_GAP,
        "heading_gap": measures.HEADING_GAP,
        "head_gap": measures.HEAD_GAP,
        "title_gap": measures.TITLE_GAP,
        "table_gap": measures.TABLE_GAP,
        "foot_gap": measures.FOOT_GAP,
        "first_line": measures.FIRST_LINE,
        "head_left": measures.HEAD_LEFT,
        "head_right": measures.HEAD_RIGHT,
        "foot_left": measures.FOOT_LEFT,
        "foot_right": measures.FOOT_RIGHT,
        "foot_pad": measures.RECIPIENT_MARGIN,
        "sign_space": measures.SIGNATURE_SPACE,
        "rule_weight": measures.RULE_WEIGHT,
        "rule_gap": measures.RULE_GAP,
        "cell_border": measures.CELL_BORDER,
        "cell_x": measures.CELL_PADDING_X,
        "cell_y": measures.CELL_PADDING_Y,
        "cell": FACES["cell"].size,
        "address": measures.ADDRESS_INDENT,
        "address_items": parts.addressee_indent(),
    }

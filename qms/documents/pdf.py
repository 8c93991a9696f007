"""An official document as PDF: tagged (PDF/UA-1), for archives (PDF/A-2a), with its own font and nothing from outside.

Typst sets the page template `official.typ` with the document as data. It runs in this process without Python's lock,
reads the template and the four font files, and writes nothing. Threads may render at the same time. A process that
forks must not have rendered before: Typst's own threads do not come along.
"""

import json
import os
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path

import typst

from qms.documents import parts
from qms.documents.metrics import FONTS
from qms.documents.model import OfficialDocument
from qms.documents.typesetting import document_data, measures_data

TEMPLATE = Path(__file__).parent / "official.typ"
_STANDARDS = ["a-2a", "ua-1"]


def render_pdf(document: OfficialDocument) -> bytes:
    """The bytes of the PDF; the same document gives the same bytes."""
    stamp = datetime.combine(document.date or parts.UNDATED, time(tzinfo=UTC))
    inputs = {"document": json.dumps(document_data(document)), "measures": _measures()}
    return typst.compile(
        TEMPLATE, font_paths=_fonts(), sys_inputs=inputs, pdf_standards=_STANDARDS, timestamp=stamp,
        package_path=Path(os.devnull), package_cache_path=Path(os.devnull),
    )  # fmt: skip


@cache
def _fonts() -> typst.Fonts:
    """Our four faces and no others."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


@cache
def _measures() -> str:
    return json.dumps(measures_data())

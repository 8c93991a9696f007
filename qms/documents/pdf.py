"""An official document as PDF: tagged (PDF/UA-1), for archives (PDF/A-2a), with its own font and nothing from outside.

Typst sets the page template `official.typ` with the document as data. It runs in this process without Python's lock,
reads the template and the four font files, and writes nothing. Threads may render at the same time.
"""

import json
import os
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from threading import Lock

import typst

from qms.documents import parts
from qms.documents.metrics import FONTS
from qms.documents.model import OfficialDocument
from qms.documents.typesetting import document_data, measures_data

TEMPLATE = Path(__file__).parent / "official.typ"
_STANDARDS = ["a-2a", "ua-1"]
_NOWHERE = Path(os.devnull)


def render_pdf(document: OfficialDocument) -> bytes:
    """The bytes of the PDF; the same document gives the same bytes.

    RuntimeError in a process whose parent had rendered before it forked: Typst's own threads do not come along, and it
    would wait for them for ever.
    """
    if _first_process() != os.getpid():
        raise RuntimeError("A process must not render before it forks.")
    data = json.dumps(document_data(document))
    pdf = typst.compile(
        TEMPLATE,
        font_paths=_fonts(),
        sys_inputs={"document": data, "measures": _measures()},
        pdf_standards=_STANDARDS,
        timestamp=datetime.combine(document.date or parts.UNDATED, time(tzinfo=UTC)),
        package_path=_NOWHERE,
        package_cache_path=_NOWHERE,
    )
    _MEMORY.add(len(data))
    return pdf


@cache
def _first_process() -> int:
    """Who rendered first; a forked process inherits the answer."""
    return os.getpid()


@cache
def _fonts() -> typst.Fonts:
    """Our four faces and no others."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


@cache
def _measures() -> str:
    return json.dumps(measures_data())


class _Memory:
    """Typst remembers what it has set until ten more compilations went by: little for letters, a gigabyte for books.

    After so many characters of descriptions, empty compilations make it forget.
    """

    _KEPT = 10
    _ENOUGH = 1_000_000

    def __init__(self) -> None:
        self._lock = Lock()
        self._size = 0

    def add(self, size: int) -> None:
        with self._lock:
            full = self._size + size > self._ENOUGH
            self._size = 0 if full else self._size + size
        for _ in range(self._KEPT + 1 if full else 0):
            typst.compile(b"", font_paths=_fonts(), format="svg")


_MEMORY = _Memory()

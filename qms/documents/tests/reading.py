"""Measures a finished PDF: where its words and lines stand, in millimetres from the upper left corner of the page."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pypdf import PageObject, PdfReader

from qms.documents.measures import Face
from qms.documents.metrics import MM_PER_POINT, text_width


@dataclass(frozen=True)
class Words:
    """A stretch of one line: its text, left end, base line, type size in points, font."""

    text: str
    x: float
    y: float
    size: float
    font: str

    @property
    def bold(self) -> bool:
        return "Bold" in self.font

    @property
    def italic(self) -> bool:
        return "Italic" in self.font

    @property
    def width(self) -> float:
        """Without the space at the end of a line."""
        return text_width(self.text.rstrip(" "), Face(self.size, (0, 99), "", bold=self.bold, italic=self.italic))

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


@dataclass(frozen=True)
class Line:
    """A drawn horizontal line."""

    x: float
    y: float
    length: float

    @property
    def middle(self) -> float:
        return self.x + self.length / 2


class Page:
    """One page, read once."""

    def __init__(self, page: PageObject) -> None:
        self.width = float(page.mediabox.width) * MM_PER_POINT
        self.height = float(page.mediabox.height) * MM_PER_POINT
        self.words: list[Words] = []
        self.lines: list[Line] = []
        self._path: list[tuple[float, float]] = []
        page.extract_text(visitor_text=self._add_words, visitor_operand_before=self._add_line)

    def _add_words(self, text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        if text.strip() and font:
            x, y = self._point(cm, tm[4], tm[5])
            self.words.append(Words(text.strip("\n").lstrip(" "), x, y, round(size * cm[0], 2), str(font["/BaseFont"])))

    def _add_line(self, operator: bytes, operands: list[Any], cm: list[float], _: list[float]) -> None:
        """A line is a filled path of little height."""
        if operator in (b"m", b"l"):
            self._path = [*(self._path if operator == b"l" else []), self._point(cm, *map(float, operands))]
        elif operator == b"f":
            (left, right), (top, bottom) = (((min(ends), max(ends))) for ends in zip(*self._path, strict=True))
            if bottom - top <= 1:
                self.lines.append(Line(left, bottom, right - left))

    def _point(self, cm: list[float], x: float, y: float) -> tuple[float, float]:
        return (cm[0] * x + cm[4]) * MM_PER_POINT, self.height - (cm[3] * y + cm[5]) * MM_PER_POINT

    def find(self, start: str) -> Words:
        """The first words that begin so."""
        return next(words for words in self.words if words.text.startswith(start))

    def has(self, start: str) -> bool:
        return any(words.text.startswith(start) for words in self.words)

    @property
    def text(self) -> str:
        """All words in reading order, single spaces."""
        return " ".join(" ".join(words.text for words in self.words).split())


def read_pdf(pdf: bytes) -> list[Page]:
    return [Page(page) for page in PdfReader(BytesIO(pdf)).pages]


def elements(node: Any) -> Iterator[Any]:
    """The elements of the structure tree, depth first."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for child in node:
            yield from elements(child)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node
        yield from elements(node.get("/K", []))

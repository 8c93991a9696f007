"""Texts as the page template takes them: clean, with places to break where a word is wider than its line."""

import re
from collections.abc import Iterator
from typing import Any
from unicodedata import category

from qms.documents import parts
from qms.documents.measures import FACES, Face
from qms.documents.metrics import MM_PER_POINT, drawable, text_width
from qms.documents.model import Inline, Run, runs_of

Words = str | list[str | dict[str, Any]]
"""Plain text, or stretches: {"text": …} with "bold", "italic" or "whole" (never broken) where they are so."""

_WHOLE = re.compile(r"\b\d[\d/]{0,20}/[^\W\d_][\w-]{1,30}|\b[^\W\d_]{1,10}/\d[\d/]{0,10}")
"""Never broken at slash or hyphen: "19/2014/QĐ-TTg", "III/2026"."""
_SPACES = re.compile(r" {2,}")
_BREAK = "\u200b"
"""Where the template may break; it is no part of the printed text."""
_NO_GLYPH = "□"
_INVISIBLE = {"Cc", "Cf", "Mn"}
_NOT_PLAIN = re.compile(r"[^\t\n\r\x20-\x7e]")
_WIDEST_GLYPH = 1.2
"""In type sizes."""


def shown(text: str, face: Face) -> str:
    """The text as it is printed: single spaces, and a box for what the font cannot draw."""
    clean = _SPACES.sub(" ", face.shown(text))
    return clean if drawable().issuperset(clean) else "".join(map(_drawn, clean))


def shown_drawing(svg: str) -> str:
    """The markup of a drawing, its words as `shown`."""
    return _NOT_PLAIN.sub(lambda match: _drawn(match[0]), svg)


def _drawn(char: str) -> str:
    if char in drawable():
        return char
    return "" if category(char) in _INVISIBLE else _NO_GLYPH


def words(inline: Inline, face_name: str, width: float) -> Words:
    """A text set in a face in lines of `width` millimetres."""
    face = FACES[face_name]
    stretches = [stretch for run in _trimmed(inline, face) for stretch in _stretches(run, face, width)]
    if not stretches:
        return ""
    return stretches[0] if len(stretches) == 1 and isinstance(stretches[0], str) else stretches


def _trimmed(inline: Inline, face: Face) -> list[Run]:
    """The printed stretches without space at both ends."""
    runs = [Run(shown(run.text, face), run.bold, run.italic) for run in runs_of(inline)]
    if runs:
        runs[0] = Run(runs[0].text.lstrip(" "), runs[0].bold, runs[0].italic)
        runs[-1] = Run(runs[-1].text.rstrip(" "), runs[-1].bold, runs[-1].italic)
    return [run for run in runs if run.text]


def _stretches(run: Run, face: Face, width: float) -> Iterator[str | dict[str, Any]]:
    """The run, cut where something stands whole that fits a line."""
    style = {name: True for name in ("bold", "italic") if getattr(run, name)}
    position = 0
    for match in _WHOLE.finditer(run.text):
        if text_width(match[0], face) <= width:
            yield from _stretch(breakable(run.text[position : match.start()], face, width), style)
            yield from _stretch(match[0], {**style, "whole": True})
            position = match.end()
    yield from _stretch(breakable(run.text[position:], face, width), style)


def _stretch(text: str, style: dict[str, bool]) -> Iterator[str | dict[str, Any]]:
    if text:
        yield {"text": text, **style} if style else text


def breakable(text: str, face: Face, width: float) -> str:
    """The text with places to break inside each word that is wider than a line."""
    surely_fits = width / (_WIDEST_GLYPH * face.size * MM_PER_POINT)
    if len(text) <= surely_fits:
        return text
    pieces = text.split(" ")
    return " ".join(
        _BREAK.join(piece) if len(piece) > surely_fits and text_width(piece, face) > width else piece
        for piece in pieces
    )


def centred(text: str, face_name: str, width: float, *, rule: bool = False) -> dict[str, Any]:
    """A centred text, broken into even lines for a column of `width`; `rule` is the length of the line under it."""
    face = FACES[face_name]
    lines, length = parts.centred_lines(shown(text, face), face_name, width)
    printed = "\n".join(breakable(line, face, width) for line in lines)
    return {"words": printed, "rule": length / MM_PER_POINT if rule else 0}

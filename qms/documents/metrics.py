"""How wide words are in the document's font, for the lines that the decree measures in text (tiêu ngữ, trích yếu)."""

import unicodedata
from functools import cache
from math import ceil
from pathlib import Path

from fontTools.ttLib import TTFont

from qms.documents.measures import Face
from qms.text import fold

FONTS = Path(__file__).parent / "fonts"
MM_PER_POINT = 25.4 / 72
_MISSING = ord("n")
_NEVER_DRAWN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
_PHRASE_OPENERS = {
    "va",
    "cua",
    "theo",
    "tai",
    "ve",
    "trong",
    "nam",
    "cho",
    "voi",
    "tren",
    "de",
    "tu",
    "den",
    "thuoc",
    "khu",
    "tinh",
    "uy",
}
_BOUND_TO_NEXT = {"nam", "so", "thang", "ngay", "quy", "tinh", "va", "cua"}
_PLAIN_BREAK = 0.1
_BAD_BREAK = 0.5


def font_file(*, bold: bool, italic: bool) -> Path:
    """The file of one of the four faces."""
    return FONTS / f"LiberationSerif-{('Bold' * bold + 'Italic' * italic) or 'Regular'}.ttf"


@cache
def _advances(bold: bool, italic: bool) -> dict[int, float]:
    """Width of every character in type sizes."""
    with TTFont(font_file(bold=bold, italic=italic), lazy=True) as font:
        units = font["head"].unitsPerEm
        widths = font["hmtx"].metrics
        return {code: widths[name][0] / units for code, name in font.getBestCmap().items()}


@cache
def drawable() -> frozenset[str]:
    """The characters of a document: those that all four faces have and an archive may hold (ISO 19005-2, 6.2.11.7.3).

    Hebrew is left out, the one script of the font that is written from the right: the typesetter fails on its lines.
    """
    shared = set.intersection(*(set(_advances(bold, italic)) for bold in (False, True) for italic in (False, True)))
    return frozenset(
        char
        for char in map(chr, shared)
        if unicodedata.category(char) not in _NEVER_DRAWN and not unicodedata.name(char, "").startswith("HEBREW")
    )


def text_width(text: str, face: Face) -> float:
    """Millimetres, without kerning, as word processors set it by default."""
    advances = _advances(face.bold, face.italic)
    missing = advances[_MISSING]
    return sum(advances.get(ord(char), missing) for char in face.shown(text)) * face.size * MM_PER_POINT


def count_lines(text: str, face: Face, width: float) -> int:
    """How many lines a running text fills in a column of `width` millimetres, filled line by line."""
    space, lines, used = text_width(" ", face), 1, 0.0
    for word in text.split():
        size = text_width(word, face)
        if used and used + space + size > width:
            lines, used = lines + 1, 0.0
        used += (space if used else 0.0) + size
        lines, used = lines + int(used // width), used % width
    return lines


def break_lines(text: str, face: Face, width: float) -> list[str]:
    """The lines of a centred text: as few as fit `width` (millimetres), of even length, broken where a clerk would.

    A break is good after a comma and before a word that opens a phrase, bad before a figure ("năm | 2026").
    No-break spaces stay; a word longer than the column keeps a line of its own.
    """
    words = [word for word in face.shown(text).split(" ") if word]
    return _best_breaks(words, [text_width(word, face) for word in words], text_width(" ", face), width)


def _best_breaks(words: list[str], sizes: list[float], space: float, width: float) -> list[str]:
    """Dynamic programme over the ends of lines: fewest lines first, then the least cost of unevenness and breaks."""
    best: list[tuple[int, float, int]] = [(0, 0.0, 0)]
    even = _even_width(sizes, space, width)
    breaks = [0.0, *(_break_cost(words, start) for start in range(1, len(words)))]
    for end in range(1, len(words) + 1):
        choices, length = [], -space
        for start in range(end - 1, -1, -1):
            length += space + sizes[start]
            if length > width and end - start > 1:
                break
            lines, cost, _ = best[start]
            choices.append((lines + 1, cost + ((length - even) / width) ** 2 + breaks[start], start))
        best.append(min(choices))
    return _lines_back(words, best)


def _lines_back(words: list[str], best: list[tuple[int, float, int]]) -> list[str]:
    lines, end = [], len(words)
    while end:
        start = best[end][2]
        lines.append(" ".join(words[start:end]))
        end = start
    return lines[::-1]


def _even_width(sizes: list[float], space: float, width: float) -> float:
    """What each line measures when all are alike."""
    total = sum(sizes) + space * len(sizes)
    return total / max(1, ceil(total / width))


def _break_cost(words: list[str], start: int) -> float:
    """How little a reader likes a line to begin with this word."""
    before, word = words[start - 1], words[start]
    if word[0].isdigit() or fold(before) in _BOUND_TO_NEXT:
        return _BAD_BREAK
    opens = fold(word) in _PHRASE_OPENERS or word[0] == "(" or (word[0].isupper() and before[0].islower())
    return 0.0 if opens or before[-1] in ",;:-" else _PLAIN_BREAK

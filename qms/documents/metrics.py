"""How wide words are in the document's font, for the lines that the decree measures in text (tiêu ngữ, trích yếu)."""

from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

from qms.documents.measures import Face

FONTS = Path(__file__).parent / "fonts"
MM_PER_POINT = 25.4 / 72
_MISSING = ord("n")
_STEPS = 24
_SLACK = 0.5


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


def text_width(text: str, face: Face) -> float:
    """Millimetres, without kerning, as word processors set it by default."""
    advances = _advances(face.bold, face.italic)
    missing = advances[_MISSING]
    return sum(advances.get(ord(char), missing) for char in face.shown(text)) * face.size * MM_PER_POINT


def line_widths(text: str, face: Face, width: float) -> list[float]:
    """The lines that the words fill in a column of `width` millimetres; a longer word keeps a line of its own."""
    space = text_width(" ", face)
    lines: list[float] = []
    for word in text.split():
        size = text_width(word, face)
        if lines and lines[-1] + space + size <= width:
            lines[-1] += space + size
        else:
            lines.append(size)
    return lines


def balanced_width(text: str, face: Face, width: float) -> float:
    """The narrowest column with as many lines as `width` needs, so that centred lines come out about equally long."""
    count = len(line_widths(text, face, width))
    if count < 2:
        return width
    low, high = 0.0, width
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if len(line_widths(text, face, middle)) <= count:
            high = middle
        else:
            low = middle
    return min(width, high + _SLACK)


def longest_line(text: str, face: Face, width: float) -> float:
    """Width of the longest line of the text in a column of `width`; 0 without text."""
    return max(line_widths(text, face, width), default=0.0)

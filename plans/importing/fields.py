"""The words of one cell or one labelled line as the fields of a task want them."""

import re
from collections.abc import Iterable, Sequence

from qms.text import one_line

from .blocks import Line

MARK = re.compile(r"^\s*[-–—+•*▪◦➢✓]+\s*")
_DASHED = re.compile(r"^[-–—]\s")


def one_string(lines: Iterable[Line]) -> str:
    """One string; a line feed only before a line that begins with a dash."""
    text = ""
    for line in lines:
        words = line.text
        if words:
            text += ("\n" if text and _DASHED.match(words) else " " if text else "") + words
    return text


def one_title(lines: Iterable[Line]) -> str:
    """All on one line."""
    return one_line(" ".join(line.text for line in lines))


def entries(lines: Iterable[Line]) -> tuple[str, ...]:
    """One entry per line, its mark and its closing semicolon dropped."""
    found = (entry(line.text) for line in lines)
    return tuple(text for text in found if text)


def entry(text: str) -> str:
    """ "- Kế hoạch;" → "Kế hoạch"."""
    return MARK.sub("", text).rstrip("; ").strip()


def ordinal(text: str) -> str:
    """ "1." → "1", "1.1." → "1.1", "a)" stays."""
    return one_line(text).rstrip(". ")


def joined(parts: Sequence[str]) -> str:
    """The parts that say something, with semicolons between."""
    return "; ".join(part for part in parts if part)

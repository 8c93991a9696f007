"""Typed numbers in front of lines: "I.", "1.", "1.1.", "a)", "-"."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from .blocks import Line


class Form(StrEnum):
    """The kind of number: `DECIMAL2` is "1.1", `BRACKET` "1)". The words of a `STEP` ("Bước 1: …") stay in the text."""

    NONE = ""
    PART = "part"
    ROMAN = "roman"
    CAPITAL = "capital"
    DECIMAL = "decimal"
    DECIMAL2 = "decimal2"
    DECIMAL3 = "decimal3"
    BRACKET = "bracket"
    LETTER = "letter"
    STEP = "step"
    DASH = "dash"
    PLUS = "plus"


@dataclass(frozen=True)
class Numbered:
    """A line cut into its number, as printed but without a closing dot, and its text."""

    number: str
    text: str
    form: Form = Form.NONE


_PATTERNS = tuple(
    (form, re.compile(pattern, re.DOTALL))
    for form, pattern in (
        (Form.PART, r"(?P<n>(?:Phần|PHẦN)\s+(?:(?:thứ|THỨ)\s+\w+|[IVX]+|\d+))\s*[.:–-]?\s*(?P<t>.*)"),
        (Form.STEP, r"(?P<n>)(?P<t>(?:Bước|BƯỚC|Giai đoạn|GIAI ĐOẠN|Nhiệm vụ|Đợt)\s+(?:\d+|[IVX]+)\s*[:.].+)"),
        (Form.DECIMAL3, r"(?P<n>\d{1,2}(?:\.\d{1,2}){2,})\s*[.)]?\s+(?P<t>\D.*)"),
        (Form.DECIMAL2, r"(?P<n>\d{1,2}\.\d{1,2})\s*[.)]?\s+(?P<t>\D.*)"),
        (Form.BRACKET, r"(?P<n>\d{1,2}\))\s*(?P<t>\S.*)"),
        (Form.DECIMAL, r"(?P<n>\d{1,2}/?)(?:(?<=\d)\s*\.)?\s+(?P<t>[^\d\s].*)"),
        (Form.DECIMAL, r"(?P<n>\d{1,2})\s*\.\s*(?P<t>[^\W\d_].*)"),
        (Form.DECIMAL, r"(?P<n>\d{1,2}-)\s+(?P<t>[^\W\d_].*)"),
        (Form.ROMAN, r"(?P<n>[IVX]+)\s*(?:[.)/:]|\s?[-–](?=\s))\s*(?P<t>\D.*)"),
        (Form.ROMAN, r"(?P<n>[IVX]+)\s+(?P<t>[^\W\d_a-zà-ỹ]{2}.*)"),
        (Form.CAPITAL, r"(?P<n>[A-HK-UYĐ]\)?)(?:(?<!\))\s*[./])?\s+(?P<t>[^\s].*)"),
        (Form.LETTER, r"(?P<n>[a-zđ]\))\s*(?P<t>\S.*)"),
        (Form.LETTER, r"(?P<n>[a-zđ])\.\s+(?P<t>\S.*)"),
        (Form.DASH, r"(?P<n>[-–—•*▪])\s*(?P<t>\S.*)"),
        (Form.PLUS, r"(?P<n>[+◦])\s*(?P<t>\S.*)"),
    )
)


@lru_cache(maxsize=4000)
def split_number(text: str) -> Numbered:
    """ "4.1. Giai đoạn chuẩn bị" → ("4.1", "Giai đoạn chuẩn bị"); a text without a number is all text."""
    for form, pattern in _PATTERNS:
        match = pattern.fullmatch(text)
        if match and _is_number(form, match["n"], text):
            return Numbered(match["n"].strip(), match["t"].strip(), form)
    return Numbered("", text)


def _is_number(form: Form, number: str, text: str) -> bool:
    """ "1 cuộc họp" and "A Lưới" begin with no number: a figure or capital needs its dot or bracket."""
    if form in {Form.DECIMAL, Form.CAPITAL}:
        behind = text[len(number.rstrip(")/-")) :].lstrip()
        return behind[:1] in {".", ")", "/", "-"}
    return True


def number_of(line: Line) -> Numbered:
    """The number of a line, typed or automatic."""
    return split_number(line.text)


def depth_of(ordinal: str) -> tuple[int, ...]:
    """How deep an ordinal of a table stands, for comparing it with its neighbours: A < I < 1 < 1.1 < a < -."""
    bare = ordinal.strip().rstrip(".)/")
    if re.fullmatch(r"\d+(\.\d+)*", bare):
        return (3, bare.count("."))
    for level, pattern in ((2, r"[IVX]+"), (1, r"[A-ZĐ]"), (4, r"[a-zđ]"), (5, r"[-–+•*]*")):
        if re.fullmatch(pattern, bare):
            return (level, 0)
    return (6, 0)

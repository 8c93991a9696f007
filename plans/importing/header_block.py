"""The head of a document: who issues it, number and symbol, place and date (NĐ 30/2020, Phụ lục I, ô 1–4).

It may stand in a table without borders or in paragraphs with tabs; a draft has blanks for number and day.
"""

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qms.text import fold, one_line

from .blocks import RULE, Line

_MOTTOES = (
    re.compile(r"c[ộo]ng\s+h[òo][aàa]\s+x[ãa]\s+h[ộo]i\s+ch[ủu]\s+ngh[ĩi]a\s+vi[ệe]t\s+nam", re.IGNORECASE),
    re.compile(r"độc\s+lập\s*[-–—]\s*tự\s+do\s*[-–—]\s*hạnh\s+phúc", re.IGNORECASE),
)
_BLANK = r"[\d.…_\s]*"
_NUMBER = re.compile(
    r"\bsố\s*:?\s*(?P<number>[^/:,]{0,30}?)\s*/\s*(?P<symbol>[^\W\d_][\w&.]*(?:\s?[-–/]\s?[\w&.]+)*|[.…_]{2,}|$)",
    re.IGNORECASE,
)
_PLACE = r"(?:(?P<place>[^,;:/\d\t\n]{2,60}?)\s*,\s*)?"
_DATES = (
    re.compile(
        rf"{_PLACE}ngày\b(?P<day>{_BLANK})tháng\b(?P<month>{_BLANK})năm\b(?P<year>{_BLANK})",
        re.IGNORECASE,
    ),
    re.compile(rf"{_PLACE}ngày\s+(?P<day>\d{{1,2}})[/.-](?P<month>\d{{1,2}})[/.-](?P<year>\d{{4}})", re.IGNORECASE),
)
_SKIPPED = re.compile(
    r"(du thao.*|hoa toc.*|thuong khan|khan|mat|toi mat|ban sao|mau( so)? .*|v/v .*|kinh gui.*|\d{1,3}|.*[:@].*)"
)
_STARTS = re.compile(
    r"(so|ban|bo|uy ban|ubnd|hdnd|chi cuc|cuc|tong cuc|van phong|thanh tra|trung tam|phong|truong|benh vien|vien|dai|"
    r"bao|cong an|kho bac|quy|tinh uy|thanh uy|huyen|xa(?! hoi)|phuong|don vi|to cong tac)\b"
)
_GOES_ON = re.compile(r".*(,|-|–|\bva|\bcua)")


@dataclass(frozen=True)
class Head:
    """What the head says; empty strings and None for what it leaves open. `found`: there is a head at all."""

    agency: str = ""
    parent_agency: str = ""
    number: str = ""
    symbol: str = ""
    place: str = ""
    date: datetime.date | None = None
    found: bool = False


def read_head(lines: Iterable[Line]) -> Head:
    """The head from the lines above the title."""
    names: list[tuple[str, bool]] = []
    number = symbol = place = ""
    date = None
    dated = False
    for line in lines:
        for text in _parts(line):
            if match := _NUMBER.search(text):
                number, symbol = _filled(match["number"]), re.sub(r"\s+", "", _filled(match["symbol"]))
                text = f"{text[: match.start()]}\t{text[match.end() :]}"
            if match := next(filter(None, (pattern.search(text) for pattern in _DATES)), None):
                place, date, dated = _place(match["place"]), _date(match), True
                text = f"{text[: match.start()]}\t{text[match.end() :]}"
            names += [(name, line.bold) for name in _names(text)]
    parent, agency = _agencies(names)
    return Head(agency, parent, number, symbol, place, date, bool(agency or symbol or dated))


def _parts(line: Line) -> Iterator[str]:
    """The line without the national motto, cut at typed breaks; tabs stay, for they part two columns."""
    for part in line.raw.split("\n"):
        for motto in _MOTTOES:
            part = motto.sub("\t", part)
        yield part


def _names(text: str) -> list[str]:
    pieces = (one_line(piece) for piece in text.split("\t"))
    return [p for p in pieces if p and not RULE.fullmatch(p) and not _SKIPPED.fullmatch(fold(p))]


def _filled(text: str) -> str:
    """ "180" → "180"; dots and underscores that keep a place free → nothing."""
    return "" if RULE.fullmatch(text) else one_line(text)


def _place(text: str | None) -> str:
    name = one_line(text or "").strip(" -–")
    return "" if RULE.fullmatch(name) else name


def _date(match: re.Match[str]) -> datetime.date | None:
    """The date if day, month and year are all there and make a date."""
    parts = [re.sub(r"\D", "", match[name]) for name in ("year", "month", "day")]
    try:
        return datetime.date(*(int(part) for part in parts))
    except ValueError:
        return None


def _agencies(names: list[tuple[str, bool]]) -> tuple[str, str]:
    """The superior body and the issuing one: the bold lines, else from the last line that begins like an agency."""
    starts = [i for i, (name, _) in enumerate(names) if _STARTS.match(fold(name)) and not _follows(names, i)]
    if not starts:
        return "", ""
    names, starts = names[starts[0] :], [start - starts[0] for start in starts]
    weights = [bold for _, bold in names]
    cut = weights.index(True) if len(set(weights)) == 2 and not weights[0] else starts[-1]
    texts = [name for name, _ in names]
    return one_line(" ".join(texts[:cut])), one_line(" ".join(texts[cut:]))


def _follows(names: list[tuple[str, bool]], index: int) -> bool:
    """Whether a line goes on with the name above it, which ends in a comma or in "và"."""
    return index > 0 and bool(_GOES_ON.fullmatch(fold(names[index - 1][0])))

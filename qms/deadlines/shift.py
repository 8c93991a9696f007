"""Times moved to another year, for a plan that begins as a copy of last year's."""

import re
from calendar import isleap
from collections.abc import Iterator
from dataclasses import dataclass

from qms.deadlines.references import reference_spans
from qms.text import nfc

_NEAR = 1  # a year is moved when it is the old plan's year or a neighbour of it; 2030 in "đến năm 2030" is a policy
_YEAR = r"(?:19|20|21)\d\d"
_COUNTED = r"(?:%|(?:đồng|triệu|hồ\ssơ|lượt|người|phiếu|thủ\stục|TTHC|văn\sbản|trường\shợp|đơn\svị)\b)"
_PIECE = re.compile(
    rf"""(?<!\d)(?<!\d[.,])(?:
        (?P<iso_year>{_YEAR})-(?P<iso_month>\d\d)-(?P<iso_day>\d\d)
      | (?P<day>\d{{1,2}})(?P<middle>\s?[/.\-]\s?|\stháng\s)(?P<month>\d{{1,2}})
        (?:(?P<link>\s?[/.\-]\s?|,?\s(?:của\s)?năm\s)(?P<year>{_YEAR}|(?<=[/.\-])\d\d))?
      | (?P<first>{_YEAR})(?P<dash>\s?[-–—]\s?|\s(?:đến|tới)\s(?:hết\s)?(?:năm\s)?)(?P<last>{_YEAR})
      | (?P<single>{_YEAR})
    )(?!\d|[.,]\d\d\d)(?!\s?{_COUNTED})""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True)
class Change:
    """One time as it stood and as it stands now, at `start` in the moved text; `doubtful`: a person should look."""

    before: str
    after: str
    start: int
    doubtful: bool = False


@dataclass(frozen=True)
class Shift:
    """The moved text (NFC) and what was changed, in reading order; `kept` are years that were left as they stood."""

    text: str
    changes: tuple[Change, ...] = ()
    kept: tuple[str, ...] = ()


def shift_text(text: str, *, from_year: int, to_year: int) -> Shift:
    """The text with the times of `from_year` moved to `to_year`; whole sentences and titles too.

    29/02 becomes 28/02 where the new year is no leap year. Ranges of years move as a whole. Years far from the plan's,
    and the numbers and dates of cited documents and standards, stay.
    """
    text = nfc(text)
    out: list[str] = []
    changes: list[Change] = []
    kept: list[str] = []
    at = grown = 0
    for match in _pieces(text):
        after, doubtful = _moved(match, from_year, to_year)
        out += [text[at : match.start()], after]
        at = match.end()
        if after != match.group():
            changes.append(Change(match.group(), after, match.start() + grown, doubtful))
            grown += len(after) - len(match.group())
        elif _has_year(match):
            kept.append(match.group())
    return Shift("".join([*out, text[at:]]), tuple(changes), tuple(kept))


def _pieces(text: str) -> Iterator[re.Match[str]]:
    """The times of a text outside of its citations."""
    spans = reference_spans(text)
    for match in _PIECE.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in spans):
            yield match


def _has_year(match: re.Match[str]) -> bool:
    return bool(match["iso_year"] or match["year"] or match["first"] or match["single"])


def _moved(match: re.Match[str], from_year: int, to_year: int) -> tuple[str, bool]:
    """The piece in the new year, and whether to look at it."""
    delta = to_year - from_year
    if match["first"]:
        return _moved_range(match, from_year, delta)
    if match["single"]:
        year = int(match["single"])
        return (str(year + delta) if abs(year - from_year) <= _NEAR else match.group()), year != from_year
    return _moved_date(match, from_year, to_year)


def _moved_range(match: re.Match[str], from_year: int, delta: int) -> tuple[str, bool]:
    first, last = int(match["first"]), int(match["last"])
    if not first - _NEAR <= from_year <= last + _NEAR:
        return match.group(), False
    return f"{first + delta}{match['dash']}{last + delta}", last - first > 1


def _moved_date(match: re.Match[str], from_year: int, to_year: int) -> tuple[str, bool]:
    """A date, written with or without its year, in either order."""
    written = match["iso_year"] or match["year"]
    old = from_year if not written else int(written) + (2000 if len(written) == 2 else 0)
    if abs(old - from_year) > _NEAR:
        return match.group(), False
    new = old + to_year - from_year
    day, month = match["iso_day"] or match["day"], match["iso_month"] or match["month"]
    clipped = int(day) == 29 and int(month) == 2 and not isleap(new)
    day = "28" if clipped else day
    if match["iso_year"]:
        return f"{new}-{month}-{day}", clipped
    year = f"{match['link']}{str(new)[-len(written) :]}" if written else ""
    return f"{day}{match['middle']}{month}{year}", clipped

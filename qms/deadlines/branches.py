"""Phrases that depend on a case: "Trường hợp A: … Trường hợp B: …", "nếu có … thì …; nếu không …"."""

import re
from dataclasses import dataclass

from qms.deadlines.reading import Reading

_OPENER = re.compile(
    r"(?:^|(?<=[;.,:] )|(?<= ))(?:(?:trong|doi voi|cac) )*(?P<case>truong (?:hợp|hop)|neu)(?= )"
    r"|(?:^|(?<=[;.] ))(?P<when>khi)(?= )"
)
_DELIMITER = re.compile(r" (?::|thi)(?= )")
_WEAK_DELIMITER = re.compile(r" ,(?= )")


@dataclass(frozen=True)
class Branch:
    """One case as written: all its words, the condition, and what is to be done then."""

    text: str
    condition: str
    body: str


def split_branches(reading: Reading) -> list[Branch]:
    """The cases of a phrase, [] if it has none. Words before the first case are a branch without a condition."""
    cases = _cases(reading.keys)
    if not cases:
        return []
    starts = [opener.start() for opener, _ in cases]
    branches = [
        _branch(reading, opener, delimiter, end)
        for (opener, delimiter), end in zip(cases, [*starts[1:], len(reading.keys)], strict=True)
    ]
    before = reading.words(0, starts[0]) if starts[0] else ""
    return [Branch(before, "", before), *branches] if before else branches


def _cases(keys: str) -> list[tuple[re.Match[str], re.Match[str]]]:
    """Each opening word with the sign that ends its condition; "khi …:" counts only when it comes twice."""
    openers = list(_OPENER.finditer(keys))
    limits = [opener.start() for opener in openers[1:]] + [len(keys)]
    found = []
    for opener, limit in zip(openers, limits, strict=False):
        delimiter = _DELIMITER.search(keys, opener.end(), limit)
        if not delimiter and opener["case"] and len(openers) > 1:
            delimiter = _WEAK_DELIMITER.search(keys, opener.end(), limit)
        if delimiter:
            found.append((opener, delimiter))
    return found if any(opener["case"] for opener, _ in found) or len(found) > 1 else []


def _branch(reading: Reading, opener: re.Match[str], delimiter: re.Match[str], end: int) -> Branch:
    return Branch(
        reading.words(opener.start(), end),
        reading.words(opener.end() + 1, delimiter.start()),
        reading.words(delimiter.end() + 1, end) if delimiter.end() + 1 < end else "",
    )

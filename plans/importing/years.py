"""The year a plan is for."""

import re

from .header_block import Head
from .opening import Opening

_NAMED = re.compile(r"năm\s+(20\d{2})\b", re.IGNORECASE)
_BARE = re.compile(r"(?<![\d:/.])(20\d{2})(?![\d:])")
_LAST_MONTHS = 11
"""A plan dated in November or December is usually for the next year."""


def plan_year(opening: Opening, head: Head, closing: str, file_name: str) -> tuple[int, bool]:
    """The year, 0 where nothing tells it, and whether the trích yếu names it without doubt."""
    named = list(dict.fromkeys(_NAMED.findall(opening.subject)))
    if named:
        return int(named[-1]), len(named) == 1
    for text in (opening.subject, opening.intro, closing):
        found = _NAMED.findall(text) or _BARE.findall(text)
        if found:
            return int(found[-1]), False
    if head.date:
        return head.date.year + (head.date.month >= _LAST_MONTHS), False
    found = re.findall(r"20\d{2}", file_name)
    return (int(found[-1]) if found else 0), False

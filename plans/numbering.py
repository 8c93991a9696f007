"""How rows are counted, and how the count moves on when rows come, go or change places.

Rows of the task tables that share a number (sub-rows of one task) keep sharing it as long as they stand together.
Sections, phases and duties are counted in the style of their numbers: "I, II", "1, 2", "4.1, 4.2", "1:, 2:".
"""

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from enum import StrEnum
from itertools import groupby

from qms.text import roman


class Scheme(StrEnum):
    """Whether the count runs through all tables, begins again in each, or is not a plain count at all."""

    CONTINUOUS = "continuous"
    RESTART = "restart"
    OTHER = "other"


def scheme_of(tables: Sequence[Sequence[str]]) -> Scheme:
    """The scheme that these ordinals follow; where both do, as with one table, the continuous one."""
    written = [list(table) for table in tables]
    marks = [groups_of(table) for table in tables]
    plain = (scheme for scheme in (Scheme.CONTINUOUS, Scheme.RESTART) if counted(marks, scheme) == written)
    return next(plain, Scheme.OTHER)


def groups_of(ordinals: Sequence[str]) -> list[int]:
    """One mark per row: neighbours with the same ordinal have the same mark, a row without ordinal one of its own."""
    marks: list[int] = []
    for index, ordinal in enumerate(ordinals):
        shares = index > 0 and ordinal != "" and ordinal == ordinals[index - 1]
        marks.append(marks[-1] if shares else index)
    return marks


def counted(tables: Sequence[Sequence[Hashable]], scheme: Scheme) -> list[list[str]]:
    """The ordinals of rows that carry these marks. `OTHER` counts as its nearest plain scheme, the continuous one."""
    result: list[list[str]] = []
    last = 0
    for table in tables:
        first = 0 if scheme == Scheme.RESTART else last
        result.append(list(_count(table, first)))
        last = int(result[-1][-1]) if result[-1] else first
    return result


def style_of(numbers: Sequence[str]) -> Callable[[int], str] | None:
    """How these numbers are written if they are a plain count from one, else None."""
    for style in _styles(numbers[0] if numbers else ""):
        if list(numbers) == [style(place) for place in range(1, len(numbers) + 1)]:
            return style
    return None


def _styles(first: str) -> Iterator[Callable[[int], str]]:
    if first == "I":
        yield roman
    if found := re.fullmatch(r"(.*?)1(\D*)", first):
        yield lambda number: f"{found[1]}{number}{found[2]}"


def _count(marks: Sequence[Hashable], last: int) -> Iterator[str]:
    for number, (_, same) in enumerate(groupby(marks), start=last + 1):
        yield from (str(number) for _ in same)

"""What one stretch of a phrase says: a fixed time, a count from an event, another body's date, no end at all.

A `cadence.Cadence` ("hằng quý") is a clause too.
"""

from dataclasses import dataclass
from enum import Enum, auto

from qms.deadlines.cadence import Cadence
from qms.deadlines.model import Offset, TimingKind
from qms.deadlines.terms import Terms


class Lead(Enum):
    """How a fixed time binds: within it, before it (exclusive), by its end (inclusive), from it on, after it."""

    WITHIN = auto()
    BEFORE = auto()
    BY = auto()
    FROM = auto()
    AFTER = auto()


@dataclass(frozen=True)
class Fixed:
    terms: Terms
    lead: Lead
    end: int


@dataclass(frozen=True)
class Relative:
    """Counted from an event or another task; `trigger` is empty where the phrase does not say from what."""

    kind: TimingKind
    end: int
    trigger: str = ""
    offset: Offset | None = None
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class External:
    trigger: str
    end: int
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Continuous:
    end: int


Clause = Fixed | Relative | External | Continuous | Cadence

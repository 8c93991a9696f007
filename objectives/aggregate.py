"""Putting figures together: over the periods of a year, and up the tree from those who serve an objective.

Only what was given is counted. What is not yet due is no zero, what did not arise counts for nothing, what is missing
is said.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from .figures import scale_of
from .goals import Goal
from .terms import Formula, Gathering, Presence


@dataclass(frozen=True)
class Part:
    """One figure to put together. `achieved` is None where nothing can be said yet."""

    presence: Presence
    value: Fraction | None = None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    weight: Fraction = Fraction(1)
    achieved: bool | None = None


@dataclass(frozen=True)
class Total:
    """What came out, and of how many figures. `value` is None where there was nothing to count."""

    value: Fraction | None = None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    given: int = 0
    nothing: int = 0
    missing: int = 0
    not_due: int = 0

    @property
    def presence(self) -> Presence:
        """What there is altogether."""
        if self.value is not None:
            return Presence.GIVEN
        if self.missing:
            return Presence.MISSING
        return Presence.NOT_DUE if self.not_due or not self.nothing else Presence.NOTHING

    @property
    def sentence(self) -> str:
        """ "Tính từ 3 số liệu; 1 chưa đến kỳ; 1 quá hạn chưa có."""
        rest = (
            (self.nothing, "không phát sinh"), (self.not_due, "chưa đến kỳ"), (self.missing, "quá hạn chưa có")
        )  # fmt: skip
        said = [f"Tính từ {self.given} số liệu", *(f"{count} {words}" for count, words in rest if count)]
        return "; ".join(said) + "."


def combine(formula: Formula, parts: Sequence[Part], goal: Goal) -> Total:
    """The figure of an objective from those that serve it. Formula.OWN has none: ValueError."""
    return _total(_FORMULAS[formula], parts, goal)


def gather(parts: Sequence[Part], goal: Goal) -> Total:
    """The figure of the year so far from those of its periods, in their order."""
    return _total(_GATHERINGS[goal.gathering], parts, goal)


_Found = tuple[Fraction | None, Fraction | None, Fraction | None]
_NONE: _Found = (None, None, None)


def _total(how: Callable[[list[Part], Goal], _Found], parts: Sequence[Part], goal: Goal) -> Total:
    counts = Counter(part.presence for part in parts)
    value, numerator, denominator = how([part for part in parts if part.presence == Presence.GIVEN], goal)
    return Total(
        value, numerator, denominator, counts[Presence.GIVEN], counts[Presence.NOTHING], counts[Presence.MISSING],
        counts[Presence.NOT_DUE],
    )  # fmt: skip


def _values(parts: list[Part]) -> list[Fraction]:
    return [part.value for part in parts if part.value is not None]


def _sum(parts: list[Part], goal: Goal) -> _Found:
    values = _values(parts)
    return (sum(values, Fraction(0)), None, None) if values else _NONE


def _mean(parts: list[Part], goal: Goal) -> _Found:
    weighed = [(part.value, part.weight) for part in parts if part.value is not None]
    weight = sum((weight for _, weight in weighed), Fraction(0))
    if not weight:
        return _NONE
    return sum((value * part for value, part in weighed), Fraction(0)) / weight, None, None


def _ratio(parts: list[Part], goal: Goal) -> _Found:
    pairs = [(p.numerator, p.denominator) for p in parts if p.numerator is not None and p.denominator is not None]
    top = sum((numerator for numerator, _ in pairs), Fraction(0))
    bottom = sum((denominator for _, denominator in pairs), Fraction(0))
    return (top / bottom * scale_of(goal.unit), top, bottom) if bottom else _NONE


def _worst(parts: list[Part], goal: Goal) -> _Found:
    given = [(part.value, part.numerator, part.denominator) for part in parts if part.value is not None]
    return max(given, key=lambda found: goal.shortfall(found[0])) if given else _NONE


def _latest(parts: list[Part], goal: Goal) -> _Found:
    last = next((part for part in reversed(parts) if part.value is not None), None)
    return (last.value, last.numerator, last.denominator) if last else _NONE


def _count(parts: list[Part], goal: Goal) -> _Found:
    """How many achieved; in "%" their share of those that can be judged."""
    judged = [part.achieved for part in parts if part.achieved is not None]
    if not judged:
        return _NONE
    top, bottom = Fraction(sum(judged)), Fraction(len(judged))
    scale = scale_of(goal.unit)
    return (top if scale == 1 else top / bottom * scale), top, bottom


def _own(parts: list[Part], goal: Goal) -> _Found:
    raise ValueError("Mục tiêu có số liệu riêng, không tổng hợp từ mục tiêu khác.")


_FORMULAS: dict[Formula, Callable[[list[Part], Goal], _Found]] = {
    Formula.OWN: _own, Formula.SUM: _sum, Formula.WEIGHTED_MEAN: _mean, Formula.RATIO_OF_SUMS: _ratio,
    Formula.WORST: _worst, Formula.COUNT_ACHIEVED: _count,
}  # fmt: skip
_GATHERINGS: dict[Gathering, Callable[[list[Part], Goal], _Found]] = {
    Gathering.LATEST: _latest, Gathering.SUM: _sum, Gathering.MEAN: _mean, Gathering.RATIO_OF_SUMS: _ratio,
    Gathering.WORST: _worst,
}  # fmt: skip

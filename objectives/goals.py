"""A target and the way it points: which figures meet it, and how far the others are from it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from qms.text import short_date

from .figures import figure_text
from .terms import Direction, Gathering


@dataclass(frozen=True)
class Goal:
    """What is to be reached by `due_on`.

    `target` is the bound (for "within" the lower one), `upper` the upper bound of "within"; a milestone has neither.
    """

    direction: Direction
    due_on: date
    target: Decimal | None = None
    upper: Decimal | None = None
    unit: str = ""
    gathering: Gathering = Gathering.LATEST

    @property
    def words(self) -> str:
        """ "ít nhất 95 %", "không quá 2 %", "từ 3 đến 5 ngày", "bằng 100 %", "xong trong ngày 30/09/2026"."""
        if self.direction == Direction.MILESTONE:
            return f"đạt mốc chậm nhất ngày {short_date(self.due_on)}"
        low = figure_text(self._low, self.unit, 6)
        if self.direction == Direction.WITHIN:
            return f"từ {figure_text(self._low, '', 6)} đến {figure_text(self._high, self.unit, 6)}"
        signs = {Direction.AT_LEAST: "ít nhất", Direction.AT_MOST: "không quá", Direction.EQUAL: "bằng"}
        return f"{signs[self.direction]} {low}"

    @property
    def _low(self) -> Fraction:
        if self.target is None:
            raise ValueError("Mục tiêu chưa có chỉ tiêu.")
        return Fraction(self.target)

    @property
    def _high(self) -> Fraction:
        if self.upper is None:
            raise ValueError("Mục tiêu chưa có cận trên.")
        return Fraction(self.upper)

    def shortfall(self, value: Fraction) -> Fraction:
        """How far a figure is on the wrong side of the target; 0 or below when it is met."""
        if self.direction == Direction.AT_LEAST:
            return self._low - value
        if self.direction == Direction.AT_MOST:
            return value - self._low
        if self.direction == Direction.WITHIN:
            return max(self._low - value, value - self._high)
        return abs(value - self._low)

    def meets(self, value: Fraction) -> bool:
        """Whether that figure is as good as the target asks."""
        return self.shortfall(value) <= 0

    def on_pace(self, value: Fraction, part: Fraction) -> bool:
        """Whether a sum is where it should be after that part of the year (0 to 1), nobody hurrying.

        What may not be passed is at risk only when more than half of it is used up, faster than the year goes.
        """
        enough = self.direction == Direction.AT_MOST or value >= self._low * part
        ceiling = self.ceiling
        if ceiling is None or self.direction == Direction.EQUAL:
            return enough and (ceiling is None or value <= ceiling)
        return enough and value <= max(ceiling * part, ceiling / 2)

    @property
    def ceiling(self) -> Fraction | None:
        """The figure that may not be passed, if the direction has one."""
        if self.direction == Direction.WITHIN:
            return self._high
        return self._low if self.direction in (Direction.AT_MOST, Direction.EQUAL) else None

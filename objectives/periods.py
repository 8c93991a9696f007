"""The periods of a year: months, quarters, half-years, the year; their days and their names."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from .terms import PeriodKind

_MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.HALF_YEAR: 6, PeriodKind.YEAR: 12}
_QUARTERS = ("I", "II", "III", "IV")


@dataclass(frozen=True, order=True)
class Period:
    """One period of a calendar year. `index` counts from 1. Raises ValueError beyond the year."""

    year: int
    kind: PeriodKind
    index: int

    def __post_init__(self) -> None:
        if not 1 <= self.index <= count_of(self.kind):
            raise ValueError(f"Một năm không có kỳ thứ {self.index} ({self.kind.label}).")

    @property
    def start(self) -> date:
        """The first day."""
        return date(self.year, (self.index - 1) * _MONTHS[self.kind] + 1, 1)

    @property
    def end(self) -> date:
        """The last day: 28 or 29 February, 30 or 31 of the other months."""
        month = self.index * _MONTHS[self.kind]
        return date(self.year, month, monthrange(self.year, month)[1])

    @property
    def label(self) -> str:
        """ "Tháng 3/2026", "Quý I/2026", "6 tháng đầu năm 2026", "Năm 2026"."""
        if self.kind == PeriodKind.MONTH:
            return f"Tháng {self.index}/{self.year}"
        if self.kind == PeriodKind.QUARTER:
            return f"Quý {_QUARTERS[self.index - 1]}/{self.year}"
        if self.kind == PeriodKind.HALF_YEAR:
            return f"6 tháng {'đầu' if self.index == 1 else 'cuối'} năm {self.year}"
        return f"Năm {self.year}"

    @property
    def inline(self) -> str:
        """The name within a sentence: "quý I/2026"."""
        return self.label[0].lower() + self.label[1:]

    @property
    def short(self) -> str:
        """For a narrow heading: "T3", "Q1", "6T1", "Năm"."""
        signs = {PeriodKind.MONTH: "T", PeriodKind.QUARTER: "Q", PeriodKind.HALF_YEAR: "6T"}
        return f"{signs[self.kind]}{self.index}" if self.kind in signs else "Năm"

    def covers(self, other: "Period") -> bool:
        """Whether the whole of the other period lies in this one."""
        return self.start <= other.start and other.end <= self.end


def count_of(kind: PeriodKind) -> int:
    """How many periods of that kind a year has."""
    return 12 // _MONTHS[kind]


def periods_of(kind: PeriodKind, year: int) -> list[Period]:
    """All periods of a year, in order; together they are the year, without a gap."""
    return [Period(year, kind, index) for index in range(1, count_of(kind) + 1)]


def period_on(kind: PeriodKind, day: date) -> Period:
    """The period in which a day lies."""
    return Period(day.year, kind, (day.month - 1) // _MONTHS[kind] + 1)

"""The periods of a year: named, whole, without gaps; leap years and month ends."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objectives.periods import Period, count_of, period_on, periods_of
from objectives.terms import PeriodKind

YEARS = st.integers(2000, 2100)
KINDS = st.sampled_from(PeriodKind)


@given(KINDS, YEARS)
def test_the_periods_of_a_year_are_the_year(kind: PeriodKind, year: int) -> None:
    periods = periods_of(kind, year)
    days = [period.start + timedelta(days=n) for period in periods for n in range((period.end - period.start).days + 1)]
    assert days == [date(year, 1, 1) + timedelta(days=n) for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]


@given(KINDS, st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_a_day_lies_in_exactly_its_period(kind: PeriodKind, day: date) -> None:
    lying = [period for period in periods_of(kind, day.year) if period.start <= day <= period.end]
    assert lying == [period_on(kind, day)]


@pytest.mark.parametrize(("year", "last"), [(2023, 28), (2024, 29), (2000, 29), (2100, 28)])
def test_february_ends_on_its_last_day(year: int, last: int) -> None:
    assert Period(year, PeriodKind.MONTH, 2).end == date(year, 2, last)


def test_months_end_on_30_or_31() -> None:
    assert [period.end.day for period in periods_of(PeriodKind.MONTH, 2026)] == [
        31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31,
    ]  # fmt: skip


@pytest.mark.parametrize(("kind", "count"), list(zip(PeriodKind, (12, 4, 2, 1), strict=True)))
def test_half_yearly_and_yearly_periods_exist_too(kind: PeriodKind, count: int) -> None:
    assert (count_of(kind), len(periods_of(kind, 2026))) == (count, count)


@pytest.mark.parametrize(
    ("kind", "index", "label", "short", "start", "end"),
    [
        (PeriodKind.MONTH, 3, "Tháng 3/2026", "T3", date(2026, 3, 1), date(2026, 3, 31)),
        (PeriodKind.QUARTER, 4, "Quý IV/2026", "Q4", date(2026, 10, 1), date(2026, 12, 31)),
        (PeriodKind.HALF_YEAR, 1, "6 tháng đầu năm 2026", "6T1", date(2026, 1, 1), date(2026, 6, 30)),
        (PeriodKind.HALF_YEAR, 2, "6 tháng cuối năm 2026", "6T2", date(2026, 7, 1), date(2026, 12, 31)),
        (PeriodKind.YEAR, 1, "Năm 2026", "Năm", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_period_has_its_names_and_days(
    kind: PeriodKind, index: int, label: str, short: str, start: date, end: date
) -> None:
    period = Period(2026, kind, index)
    assert (period.label, period.short, period.start, period.end) == (label, short, start, end)


@given(YEARS, KINDS, KINDS)
def test_smaller_periods_lie_whole_in_one_larger(year: int, small: PeriodKind, large: PeriodKind) -> None:
    if count_of(small) < count_of(large):
        small, large = large, small
    for period in periods_of(small, year):
        assert [outer for outer in periods_of(large, year) if outer.covers(period)] == [period_on(large, period.start)]


def test_there_is_no_thirteenth_month() -> None:
    with pytest.raises(ValueError, match="13"):
        Period(2026, PeriodKind.MONTH, 13)

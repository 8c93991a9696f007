"""The ladder alone: which rung is reached when."""

from datetime import date, timedelta

import pytest

from qms.deadlines import WorkingCalendar
from qms.duties.ladder import Audience, Ladder

CALENDAR = WorkingCalendar()
DUE = date(2026, 4, 16)  # a Thursday


def told(day: date, ladder: Ladder | None = None) -> list[str]:
    return [rung.name for rung in (ladder or Ladder()).reached(DUE, day, CALENDAR.add_working_days)]


@pytest.mark.parametrize(
    ("day", "names"),
    [
        (date(2026, 4, 6), []),
        (date(2026, 4, 7), ["before-7"]),
        (date(2026, 4, 10), ["before-7"]),
        (date(2026, 4, 13), ["before-3"]),
        (date(2026, 4, 15), ["before-1"]),
        (date(2026, 4, 16), ["due"]),
        (date(2026, 4, 17), ["late"]),
        (date(2026, 4, 20), ["late", "late-head"]),
        (date(2026, 4, 23), ["late", "late-head", "late-secretary"]),
        (date(2026, 5, 4), ["late", "late-head", "late-secretary"]),
        (date(2026, 5, 5), ["late", "late-head", "late-secretary", "late-leadership"]),
    ],
)
def test_each_day_has_its_rungs(day: date, names: list[str]) -> None:
    assert told(day) == names


def test_tet_does_not_count() -> None:
    ladder, due = Ladder(), date(2026, 2, 24)
    rungs = ladder.reached(due, date(2026, 2, 13), CALENDAR.add_working_days)  # the last working day before Tết
    assert [rung.name for rung in rungs] == ["before-3"]


def test_an_agency_may_have_other_rungs() -> None:
    ladder = Ladder(before=(5,), head_after=0, secretary_after=0, leadership_after=1)
    assert [told(DUE + timedelta(days=d), ladder) for d in (-7, -6, 1)] == [
        ["before-5"], ["before-5"], ["late", "late-head", "late-secretary", "late-leadership"],
    ]  # fmt: skip


def test_nobody_above_the_doer_hears_of_a_duty_in_time() -> None:
    rungs = Ladder(head_after=0, secretary_after=0, leadership_after=0).reached(DUE, DUE, CALENDAR.add_working_days)
    assert [rung.audience for rung in rungs] == [Audience.DOER]

"""The agency's working calendar, and what moves when a row of it changes.

Upper rooms that keep deadlines register a function in `AppConfig.ready()`:

    on_calendar_change(plans_moved)   # (agency, before, after) -> list[MovedDeadline]
    after_calendar_change(move_plans)   # (agency, before, after, at): carries out exactly that, in the transaction
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from qms.deadlines import DecreedDay as Decree
from qms.deadlines import WorkingCalendar

from .models import Agency, DecreedDay


@dataclass(frozen=True)
class MovedDeadline:
    """A deadline that falls on another day under the new calendar."""

    label: str
    old_day: date
    new_day: date
    url: str = ""


Listener = Callable[[Agency, WorkingCalendar, WorkingCalendar], list[MovedDeadline]]
Mover = Callable[[Agency, WorkingCalendar, WorkingCalendar, datetime], None]
_listeners: list[Listener] = []
_movers: list[Mover] = []


def on_calendar_change(listener: Listener) -> Listener:
    """Ask that function, from now on, which of its deadlines move when a calendar changes."""
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


def after_calendar_change(mover: Mover) -> Mover:
    """Let that function, from now on, move its deadlines when a calendar has changed."""
    if mover not in _movers:
        _movers.append(mover)
    return mover


@contextmanager
def deadlines_following(agency: Agency, *, at: datetime) -> Iterator[None]:
    """Around a write of the calendar, inside its transaction: afterwards every room moves its deadlines."""
    before = calendar_of(agency)
    yield
    after = calendar_of(agency)
    for mover in _movers:
        mover(agency, before, after, at)


def forget_listener(listener: Listener) -> None:
    """Ask it no longer."""
    _listeners.remove(listener)


def calendar_of(agency: Agency) -> WorkingCalendar:
    """The calendar that the agency's deadlines are counted with. Two queries."""
    return _calendar(agency, agency.decreed_days.all())


def calendar_with(
    agency: Agency, *, put: Sequence[DecreedDay] = (), drop: Sequence[DecreedDay] = ()
) -> WorkingCalendar:
    """The calendar as it would be with those rows written and those taken out; nothing is saved."""
    touched = {row.pk for row in (*put, *drop)}
    standing = [row for row in agency.decreed_days.all() if row.pk not in touched]
    return _calendar(agency, [*standing, *put])


def _calendar(agency: Agency, rows: Iterable[DecreedDay]) -> WorkingCalendar:
    overrides = {row.day: Decree(row.day, row.is_off, row.name, row.source) for row in rows}
    return WorkingCalendar(overrides, confirmed_years=agency.confirmed_years.values_list("year", flat=True))


def moved_deadlines(agency: Agency, before: WorkingCalendar, after: WorkingCalendar) -> list[MovedDeadline]:
    """Every deadline of every room that moves, the earliest first."""
    moved = [row for listener in _listeners for row in listener(agency, before, after)]
    return sorted(moved, key=lambda row: (row.old_day, row.label))

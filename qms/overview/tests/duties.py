"""Duties for the tests: opened, answered and extended through the doors that people use."""

from datetime import date
from itertools import count
from typing import Any

from qms.duties.actions import ask_extension, decide_extension, report, return_report
from qms.duties.enums import DutyKind, DutyState
from qms.duties.models import Duty, Extension
from qms.duties.opening import Wanted, open_duties, withdraw_duties
from qms.organisation.models import User
from qms.organisation.tests.cast import House, moment

_keys = count(1)


def owe(
    house: House, unit: str, due: date | None, title: str = "Việc", *, year: int = 0, waits_for: str = "", **more: Any
) -> Duty:
    """One duty of that unit; its year is that of its day unless given."""
    wanted = Wanted(
        key=str(next(_keys)), kind=more.pop("kind", DutyKind.PLAN_TASK), title=title, unit=house.units[unit],
        due_on=due, waits_for=waits_for, **more,
    )  # fmt: skip
    year = year or due.year
    (duty,) = open_duties(house.agency, agency=house.agency, year=year, wanted=[wanted], at=moment(date(year, 1, 2)))
    return duty


def answer(duty: Duty, by: User, on: date, state: DutyState = DutyState.DONE, text: str = "Đã làm.") -> Duty:
    """A report of that day."""
    fresh = Duty.objects.get(pk=duty.pk)
    report(fresh, state=state, percent=50, text=text, revision=fresh.revision, actor=by, at=moment(on))
    return Duty.objects.get(pk=duty.pk)


def ask(duty: Duty, by: User, on: date, until: date, reason: str = "Chờ số liệu.") -> Extension:
    """A request for more time."""
    return ask_extension(duty, new_due_on=until, reason=reason, actor=by, at=moment(on))


def extend(duty: Duty, by: User, decider: User, on: date, until: date) -> Duty:
    """More time, asked for and granted."""
    decide_extension(ask(duty, by, on, until), grant=True, answer="", actor=decider, at=moment(on))
    return Duty.objects.get(pk=duty.pk)


def give_back(duty: Duty, by: User, on: date, reason: str = "Thiếu số liệu.") -> Duty:
    """An answer returned."""
    return return_report(duty, reason=reason, actor=by, at=moment(on))


def withdraw(duty: Duty, on: date) -> None:
    """Taken back by its source."""
    withdraw_duties(duty.source, keys=[duty.key], at=moment(on))

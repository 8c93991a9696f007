"""The ladder of reminders, pure: which step each audience has reached for a due day.

Before the day: 7, 3 and 1 working days; then the day itself; then late: the person at once, the unit's head, the
secretary and the leadership after so many working days. Only the latest step of an audience counts, so a run after days
of silence says once what several missed runs would have said.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

DEFAULT_BEFORE = (7, 3, 1)
DEFAULT_AFTER = {"head": 2, "secretary": 5, "leadership": 10}
AddWorkingDays = Callable[[date, int], date]


class Audience(StrEnum):
    """Who is told, from the doer upwards."""

    DOER = "doer"
    HEAD = "head"
    SECRETARY = "secretary"
    LEADERSHIP = "leadership"


@dataclass(frozen=True)
class Rung:
    """One step that has been reached. `name` is part of the unique key of the message."""

    audience: Audience
    name: str


@dataclass(frozen=True)
class Ladder:
    """Working days before the due day on which the doer is reminded, and after it until each audience is told."""

    before: tuple[int, ...] = DEFAULT_BEFORE
    head_after: int = DEFAULT_AFTER["head"]
    secretary_after: int = DEFAULT_AFTER["secretary"]
    leadership_after: int = DEFAULT_AFTER["leadership"]

    @property
    def earliest(self) -> int:
        """How many working days before the due day the first reminder may go."""
        return max(self.before, default=0)

    def reached(self, due_on: date, day: date, add: AddWorkingDays) -> list[Rung]:
        """The latest rung of every audience on that day, the doer first; nothing before the first reminder."""
        rungs = [self._doer(due_on, day, add), *self._upper(due_on, day, add)]
        return [rung for rung in rungs if rung is not None]

    def _doer(self, due_on: date, day: date, add: AddWorkingDays) -> Rung | None:
        if day > due_on:
            return Rung(Audience.DOER, "late")
        if day == due_on:
            return Rung(Audience.DOER, "due")
        reached = [n for n in self.before if day >= add(due_on, -n)]
        return Rung(Audience.DOER, f"before-{min(reached)}") if reached else None

    def _upper(self, due_on: date, day: date, add: AddWorkingDays) -> list[Rung]:
        waits = (
            (Audience.HEAD, self.head_after),
            (Audience.SECRETARY, self.secretary_after),
            (Audience.LEADERSHIP, self.leadership_after),
        )
        return [Rung(who, f"late-{who}") for who, wait in waits if day > due_on and day >= add(due_on, wait)]

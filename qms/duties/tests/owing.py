"""Duties for tests: owed by units of the cast, in whatever state the test needs."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from typing import Any

from qms.duties import actions
from qms.duties.enums import DutyKind, DutyState
from qms.duties.models import Duty, Extension, Report
from qms.duties.opening import Wanted, open_duties
from qms.organisation.tests.cast import NOW, TODAY, House


def in_days(days: int) -> date:
    """So many days from today."""
    return TODAY + timedelta(days=days)


@dataclass
class Owing:
    """Makes duties of one department. The division `kh` has the head `truong` and the officer `lan`."""

    house: House
    numbers: Any = field(default_factory=count)

    def duty(self, unit: str = "kh", *, due: date | None = None, dormant: bool = False, **more: Any) -> Duty:
        """One that is owed, due in 30 days; `more` are fields of `Wanted`."""
        number = next(self.numbers)
        days = {"waits_for": "có văn bản mới"} if dormant else {"due_on": due or in_days(30)}
        values: dict[str, Any] = {
            "title": f"Rà soát quy trình {number}",
            "kind": DutyKind.PLAN_TASK,
            "explanation": "Trong 30 ngày.",
            **days,
            **more,
        }
        wanted = Wanted(key=str(number), unit=self.house.unit(unit), **values)
        agency = self.house.agency
        return open_duties(agency, agency=agency, year=TODAY.year, wanted=[wanted], at=NOW)[0]

    def report(self, duty: Duty, who: str = "truong", state: DutyState = DutyState.DONE, **more: Any) -> Report:
        """A report by that person on the duty as it stands now."""
        duty.refresh_from_db()
        values: dict[str, Any] = {"percent": 100 if state == DutyState.DONE else 0, "text": "Đã gửi.", "at": NOW}
        return actions.report(
            duty, **{**values, **more}, state=state, revision=duty.revision, actor=self.house[who]
        )  # fmt: skip

    def handed(self, duty: Duty, to: str, who: str = "truong") -> Duty:
        """The duty, handed to that person."""
        return actions.hand_over(duty, person=self.house[to], actor=self.house[who], at=NOW)

    def asked(self, duty: Duty, who: str = "truong", days: int = 60) -> Extension:
        """A request for time until so many days from today."""
        values = {"new_due_on": in_days(days), "reason": "Chờ ý kiến của sở ngành."}
        return actions.ask_extension(duty, **values, actor=self.house[who], at=NOW)

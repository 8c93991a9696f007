"""A department with duties on given days, for the tests of reminders."""

from datetime import date
from itertools import count
from typing import Any

from django.contrib.contenttypes.models import ContentType

from qms.duties.enums import DutyKind, DutyState
from qms.duties.models import Duty
from qms.organisation.models import Agency
from qms.organisation.tests.cast import House, moment

MONDAY = date(2026, 4, 6)
"""An ordinary Monday; the week after has no days off but its weekend."""
_numbers = count(1)


def owe(house: House, due_on: date | None, *, unit: str = "kh", title: str = "Rà soát mục tiêu", **fields: Any) -> Duty:
    """A duty of that unit, opened at the beginning of the year."""
    opened = moment(date(2026, 1, 5))
    defaults = {
        "kind": DutyKind.PLAN_TASK, "year": 2026, "state": DutyState.OPEN, "original_due_on": due_on,
        "opened_at": opened, "changed_at": opened, "context": "Kế hoạch 05/KH-SKHCN",
    }  # fmt: skip
    return Duty.objects.create(
        agency=house.agency, content_type=ContentType.objects.get_for_model(Agency), object_id=house.agency.pk,
        key=str(next(_numbers)), title=title, unit=house.units[unit], due_on=due_on, **(defaults | fields),
    )  # fmt: skip


def finish(duty: Duty, on: date) -> None:
    """The duty as it stands after it was answered."""
    duty.state, duty.percent, duty.closed_on = DutyState.DONE, 100, on
    duty.save()

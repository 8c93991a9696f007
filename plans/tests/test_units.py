"""Which day's units a plan names: one rule for drafts, imports, carried plans and amendments."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from plans.actions import amend_plan
from plans.editing import edit_task, fingerprints
from plans.enums import PlanState
from plans.models import Plan, TaskUnit
from plans.units import unit_day
from qms.organisation.models import FormerUnitName, Unit

from .journey import YEAR, Department


def at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 9, 0, tzinfo=timezone.get_default_timezone())


@pytest.mark.parametrize(
    ("issued_on", "now", "expected"),
    [
        (date(2026, 1, 12), at(2026, 6, 1), date(2026, 1, 12)),  # issued: the day of issue
        (date(2025, 12, 29), at(2026, 6, 1), date(2026, 1, 1)),  # before its year began
        (None, at(2026, 6, 1), date(2026, 6, 1)),  # a draft: today
        (None, at(2025, 12, 1), date(2026, 1, 1)),
        (None, at(2027, 3, 1), date(2026, 12, 31)),
    ],
)
def test_units_are_those_of_the_day_of_issue_or_of_today_within_the_year(
    issued_on: date | None, now: datetime, expected: date
) -> None:
    assert unit_day(2026, issued_on=issued_on, at=now) == expected


def two_units_of_one_name(place: Department) -> tuple[Unit, Unit]:
    """The office until yesterday, and another body that bears its name from today on."""
    old, today = place.house.unit("vp"), timezone.localdate()
    FormerUnitName.objects.create(unit=old, name="Phòng Một cửa", used_until=today - timezone.timedelta(days=1))
    new = Unit.objects.create(agency=place.agency, kind=old.kind, name="Phòng Một cửa", valid_from=today)
    return old, new


def led_by(plan: Plan) -> set[Unit]:
    return {link.unit for link in TaskUnit.objects.filter(task__plan=plan, part="lead").select_related("unit")}


def test_an_amendment_names_the_units_that_its_editor_would_name(place: Department) -> None:
    issued = place.plan_in(PlanState.ISSUED)
    _, new = two_units_of_one_name(place)
    issued.tasks.update(lead_text="Phòng Một cửa")
    amended = amend_plan(issued, reason="Đổi.", actor=place["thuky"], at=timezone.now())
    assert led_by(amended) == {new}
    task = amended.tasks.first()
    seen = fingerprints(task, ["support_text"])
    edit_task(task, changes={"support_text": "Văn phòng"}, seen=seen, actor=place["thuky"], at=timezone.now())
    assert led_by(amended) == {new}


def test_an_issued_plan_binds_the_units_of_its_day_of_issue(place: Department) -> None:
    plan = place.draft()
    plan.tasks.update(lead_text="Phòng Một cửa")
    plan = place.plan_in(PlanState.NUMBERING, plan)
    _, new = two_units_of_one_name(place)
    assert led_by(place.plan_in(PlanState.ISSUED, plan)) == {new}
    assert plan.year == YEAR

"""What makes a year look alive."""

from datetime import date

from qms.duties.enums import DutyState
from qms.duties.models import Duty, Extension, Occurrence, Report


def assert_alive(day: date) -> None:
    """Something is done, late, under way and waiting."""
    duties = Duty.objects.filter(year=2026)
    states = set(duties.values_list("state", flat=True))
    assert {DutyState.DONE, DutyState.IN_PROGRESS, DutyState.OPEN, DutyState.DORMANT} <= states
    assert 3 <= duties.late(day).count() <= 12
    assert Report.objects.filter(at__date__gt=day).count() == 0
    returned = Report.objects.exclude(returned_at=None)
    assert returned.exclude(duty__content_type__model="reportround").count() == 1
    assert sorted(Extension.objects.values_list("state", flat=True)) == ["asked", "granted"]
    assert Occurrence.objects.filter(agency__plans__year=2026).exists()

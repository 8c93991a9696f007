"""The fictional year looks alive on whatever day it is loaded."""

from datetime import date

import pytest

from plans.documents import plan_document
from qms.documents.review import review_layout
from qms.duties.enums import DutyState
from qms.duties.models import Duty, Evidence, Extension, Occurrence, Report
from qms.overview.fictional.load import load
from qms.overview.fictional.plan import plan_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("day", [date(2026, 3, 8), date(2026, 11, 22)])
def test_something_is_done_late_under_way_and_waiting(day: date) -> None:
    load(today=day)
    duties = Duty.objects.filter(year=2026)
    states = set(duties.values_list("state", flat=True))
    assert {DutyState.DONE, DutyState.IN_PROGRESS, DutyState.OPEN, DutyState.DORMANT} <= states
    assert 3 <= duties.late(day).count() <= 12
    assert Report.objects.filter(at__date__gt=day).count() == 0
    returned = Report.objects.exclude(returned_at=None)
    assert returned.exclude(duty__content_type__model="reportround").count() == 1
    assert sorted(Extension.objects.values_list("state", flat=True)) == ["asked", "granted"]
    assert Occurrence.objects.filter(agency__plans__year=2026).exists()


def test_the_year_is_loaded_once_with_its_files_and_last_year_is_closed() -> None:
    day = date(2026, 9, 10)
    load(today=day)
    before = (Duty.objects.count(), Report.objects.count(), Evidence.objects.count())
    load(today=day)
    assert (Duty.objects.count(), Report.objects.count(), Evidence.objects.count()) == before
    kinds = set(Evidence.objects.values_list("file__media_type", flat=True))
    assert kinds == {"application/pdf", "text/plain"}
    assert not Duty.objects.filter(year=2025).owed().exists()


def test_the_draft_of_next_year_has_nothing_to_mend_in_its_layout() -> None:
    assert review_layout(plan_document(plan_of(2027), draft=True)).remarks == ()

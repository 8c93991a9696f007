"""The fictional register of context is a year old: judged, acted on, looked at again, some of it with effect."""

from datetime import date

import pytest

from objectives.context.models import Issue, Party, Risk, RiskAction
from qms.duties.models import Duty
from qms.overview.fictional.load import load

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)


def test_the_register_has_a_before_an_after_and_nothing_forgotten() -> None:
    agency = load(today=DAY)
    kept = {model: model.objects.filter(agency=agency) for model in (Issue, Party, Risk)}
    assert {model.__name__: rows.count() for model, rows in kept.items()} == {"Issue": 5, "Party": 5, "Risk": 8}
    assert [rows.overdue(DAY).count() for rows in kept.values()] == [0, 0, 0]
    assert [rows.filter(climate=True).count() for rows in kept.values()] == [1, 1, 2]
    assert kept[Issue].exclude(retired_on=None).count() == 1
    scores = {risk.text: [a.score for a in risk.assessments.all()] for risk in kept[Risk]}
    assert scores["Trả kết quả hồ sơ đất đai trễ hẹn vào tháng cao điểm"] == [16, 16, 8]
    assert sorted(RiskAction.objects.values_list("effective", flat=True), key=str) == [False, None, None, *[True] * 4]
    duties = Duty.objects.filter(content_type__app_label="context")
    assert (duties.late(DAY).count(), duties.filter(year=2025).owed().count()) == (0, 0)


def test_before_this_years_look_it_is_owed() -> None:
    load(today=date(2026, 2, 20))
    owed = Duty.objects.filter(content_type__app_label="context", due_on=date(2026, 2, 24)).owed()
    assert (owed.count(), Risk.objects.exclude(assessments=None).count()) == (16, 6)

"""What an issued set makes its units owe."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from objectives.duties import open_set
from objectives.models import Figure
from objectives.terms import Direction, Formula, Measure, PeriodKind
from qms.duties.actions import report, return_report
from qms.duties.enums import DutyKind, DutyState
from qms.duties.models import Duty

from .year import FEBRUARY, YEAR, Year, figure, on


def owed(kind: DutyKind = DutyKind.FIGURE) -> list[tuple[str, date | None]]:
    return list(Duty.objects.filter(kind=kind).order_by("pk").values_list("period", "due_on"))


def test_every_quarter_owes_a_figure_five_days_later(place: Year) -> None:
    place.open()
    place.issued()
    assert owed() == [
        ("Quý I/2026", date(2026, 4, 6)),  # 5 April is a Sunday
        ("Quý II/2026", date(2026, 7, 6)),
        ("Quý III/2026", date(2026, 10, 5)),
        ("Quý IV/2026", date(2027, 1, 5)),
    ]


def test_a_period_before_the_issue_is_due_after_it(place: Year) -> None:
    place.issued(period=PeriodKind.MONTH.value)
    assert owed()[:3] == [
        ("Tháng 1/2026", date(2026, 2, 23)),  # 15 February lies in the Tết holidays
        ("Tháng 2/2026", date(2026, 3, 5)),
        ("Tháng 3/2026", date(2026, 4, 6)),
    ]


@pytest.mark.parametrize(
    ("kind", "days"),
    [
        (PeriodKind.HALF_YEAR, [date(2026, 7, 6), date(2027, 1, 5)]),
        (PeriodKind.YEAR, [date(2027, 1, 5)]),
    ],
)
def test_half_yearly_and_yearly_figures_are_owed(place: Year, kind: PeriodKind, days: list[date]) -> None:
    place.issued(period=kind.value)
    assert [due for _, due in owed()] == days


def test_periods_after_the_objectives_day_are_not_asked_for(place: Year) -> None:
    place.issued(due_on=date(YEAR, 6, 30))
    assert [period for period, _ in owed()] == ["Quý I/2026", "Quý II/2026"]


def test_a_milestone_is_asked_for_once(place: Year) -> None:
    milestone = {"direction": Direction.MILESTONE.value, "measure": Measure.MILESTONE.value, "target": None}
    place.issued(**milestone, due_on=date(YEAR, 9, 30), unit_of_measure="")
    assert owed() == [("Năm 2026", date(2026, 10, 5))]


def test_a_computed_objective_owes_no_figure(place: Year) -> None:
    place.issued(formula=Formula.SUM.value)
    assert (owed(), Figure.objects.count()) == ([], 0)


def test_steps_become_duties_of_those_who_do_them(place: Year) -> None:
    objectives = place.draft()
    steps = [
        {"text": "Tập huấn cho công chức Một cửa", "timing_text": "Quý II/2026"},
        {"text": "Rà soát hồ sơ sắp đến hạn", "timing_text": "Thường xuyên", "unit": place.unit("tc")},
        {"text": "Sửa quy trình", "timing_text": "Khi có văn bản mới"},
    ]
    place.objective(objectives, steps=steps)
    place.in_force(objectives)
    rows = Duty.objects.filter(kind=DutyKind.STEP).order_by("pk").values_list("title", "unit__name", "state", "due_on")
    assert list(rows)[:2] == [
        ("Tập huấn cho công chức Một cửa", "Phòng Kế hoạch - Tài chính", "open", date(2026, 6, 30)),
        ("Rà soát hồ sơ sắp đến hạn", "Phòng Tổ chức cán bộ", "open", date(2026, 3, 31)),
    ]
    assert (len(rows), rows[5][2:]) == (6, ("dormant", None))


def test_opening_again_changes_nothing(place: Year) -> None:
    objective = place.issued()
    before = list(Duty.objects.values_list("pk", "key"))
    assert open_set(objective.objective_set, at=FEBRUARY) == []
    assert (list(Duty.objects.values_list("pk", "key")), Figure.objects.count()) == (before, 4)


def test_a_figure_duty_is_not_done_without_the_figure(place: Year) -> None:
    place.issued()
    duty = Duty.objects.filter(kind=DutyKind.FIGURE).first()
    with pytest.raises(ValidationError, match="Nhập số liệu"):
        report(
            duty, state=DutyState.DONE, percent=100, text="Xong", revision=duty.revision, actor=place["lan"],
            at=on(date(YEAR, 4, 2)),
        )  # fmt: skip
    assert Duty.objects.get(pk=duty.pk).state == DutyState.OPEN


def test_not_applicable_means_that_nothing_arose(place: Year) -> None:
    objective = place.issued()
    duty = Duty.objects.filter(kind=DutyKind.FIGURE).first()
    report(
        duty, state=DutyState.NOT_APPLICABLE, percent=0, text="Quý I không có hồ sơ", revision=duty.revision,
        actor=place["lan"], at=on(date(YEAR, 4, 2)),
    )  # fmt: skip
    first = figure(objective, 1)
    assert (first.nothing_arose, first.note, first.versions.count()) == (True, "Quý I không có hồ sơ", 1)
    return_report(duty, reason="Có 3 hồ sơ", actor=place["thuky"], at=on(date(YEAR, 4, 20)))
    assert figure(objective, 1).is_locked(date(YEAR, 5, 1)) is False

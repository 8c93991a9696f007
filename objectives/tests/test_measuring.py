"""Figures: entered, corrected, locked, amended; a miss is explained."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from objectives.board import family
from objectives.measuring import Given, enter_figure, record_miss
from objectives.models import Figure, MissCause, Objective
from objectives.terms import Direction, Gathering, Measure, Standing
from qms.duties.actions import Proof
from qms.duties.enums import DutyState
from qms.duties.models import Duty
from qms.workflow.revisions import Overtaken

from .year import YEAR, Year, figure, on

APRIL = on(date(YEAR, 4, 3))
LOCKED = on(date(YEAR, 4, 20))


def enter(place: Year, objective: Objective, value: str | None, index: int = 1, **more: Any) -> Figure:
    """As the staff of the planning division, in time."""
    row = figure(objective, index)
    given = more.pop("given", None) or Given(
        value=None if value is None else Decimal(value), **{k: more.pop(k) for k in ("cause",) if k in more}
    )
    who, at = more.pop("who", "lan"), more.pop("at", APRIL)
    return enter_figure(row, given=given, revision=more.pop("revision", row.revision), actor=place[who], at=at, **more)


def first_duty() -> Duty:
    return Duty.objects.order_by("pk").first()


def test_entering_a_figure_closes_its_duty(place: Year) -> None:
    objective = place.issued()
    enter(place, objective, "97.25")
    duty = first_duty()
    assert (duty.state, duty.reports.get().text) == (DutyState.DONE, "97,25\u00a0%")
    assert figure(objective, 1).value == Decimal("97.25")


def test_evidence_hangs_on_the_report_of_the_duty(place: Year) -> None:
    objective = place.issued(evidence_required=True)
    with pytest.raises(ValidationError, match="minh chứng"):
        enter(place, objective, "97")
    enter(place, objective, "97", proofs=[Proof(date(YEAR, 4, 1), link="https://motcua.songgiang.example/bc")])
    assert first_duty().reports.get().evidence.get().link == "https://motcua.songgiang.example/bc"


def test_until_the_due_day_a_figure_is_corrected_without_a_reason(place: Year) -> None:
    objective = place.issued()
    enter(place, objective, "79", cause="Nhập sai")
    enter(place, objective, "97")
    row = figure(objective, 1)
    assert (row.value, row.amended, row.versions.count()) == (Decimal(97), False, 2)
    assert MissCause.objects.count() == 0


def test_a_closed_period_is_amended_only_with_a_reason_and_both_figures_stay(place: Year) -> None:
    objective = place.issued()
    enter(place, objective, "97")
    with pytest.raises(ValidationError, match="lý do đính chính"):
        enter(place, objective, "96", at=LOCKED)
    enter(place, objective, "96", at=LOCKED, reason="Đếm trùng hai hồ sơ")
    row = figure(objective, 1)
    assert (row.value, row.amended) == (Decimal(96), True)
    assert [(v.value, v.is_amendment, v.reason) for v in row.versions.all()] == [
        (Decimal(97), False, ""),
        (Decimal(96), True, "Đếm trùng hai hồ sơ"),
    ]


def test_a_figure_entered_late_may_be_corrected_the_same_day(place: Year) -> None:
    objective = place.issued()
    enter(place, objective, "97", at=LOCKED)
    enter(place, objective, "98", at=LOCKED)
    assert figure(objective, 1).is_locked(date(YEAR, 4, 20)) is False
    assert figure(objective, 1).is_locked(date(YEAR, 4, 21)) is True


def test_a_miss_asks_for_its_cause(place: Year) -> None:
    objective = place.issued()
    with pytest.raises(ValidationError) as refused:
        enter(place, objective, "80")
    assert refused.value.message_dict == {
        "cause": ["Quý I/2026: 80\u00a0%, không đạt chỉ tiêu ít nhất 95\u00a0%. Ghi nguyên nhân."]
    }
    assert (figure(objective, 1).is_entered, first_duty().state) == (False, DutyState.OPEN)


def test_the_cause_of_a_miss_holds_what_a_nonconformity_takes_over(place: Year) -> None:
    objective = place.issued()
    given = Given(
        value=Decimal(80), cause="Thiếu người tháng 2", correction="Làm thêm giờ", action="Bố trí người thay thế"
    )
    enter(place, objective, None, given=given)
    miss = MissCause.objects.get()
    assert (miss.objective, miss.figure_id, miss.found_on) == (objective, figure(objective, 1).pk, date(YEAR, 4, 3))
    assert miss.finding == f"{objective.statement}. Quý I/2026: 80\u00a0%, không đạt chỉ tiêu ít nhất 95\u00a0%."
    assert (miss.cause, miss.correction, miss.action) == (
        "Thiếu người tháng 2",
        "Làm thêm giờ",
        "Bố trí người thay thế",
    )


def test_a_share_is_kept_as_it_was_counted(place: Year) -> None:
    objective = place.issued(measure=Measure.RATIO.value, gathering=Gathering.RATIO_OF_SUMS.value, target=Decimal(90))
    enter(place, objective, None, given=Given(numerator=Decimal(12), denominator=Decimal(13)))
    row = figure(objective, 1)
    assert (row.numerator, row.denominator, row.value) == (12, 13, None)
    assert first_duty().reports.get().text == "92,31\u00a0% (12/13)"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (Given(), "figure"),
        (Given(value=Decimal(5)), "figure"),
        (Given(numerator=Decimal(1)), "figure"),
        (Given(numerator=Decimal(1), denominator=Decimal(0)), "figure"),
    ],
)
def test_a_share_needs_both_its_sides(place: Year, given: Given, field: str) -> None:
    objective = place.issued(measure=Measure.RATIO.value, gathering=Gathering.RATIO_OF_SUMS.value)
    with pytest.raises(ValidationError) as refused:
        enter(place, objective, None, given=given)
    assert list(refused.value.message_dict) == [field]


def test_nothing_arose_is_an_answer(place: Year) -> None:
    objective = place.issued()
    enter(place, objective, None, given=Given(nothing_arose=True))
    assert (first_duty().state, first_duty().reports.get().text) == (DutyState.DONE, "Không phát sinh")


def test_a_milestone_reached_late_is_a_miss(place: Year) -> None:
    milestone = {"direction": Direction.MILESTONE.value, "measure": Measure.MILESTONE.value, "target": None}
    objective = place.issued(**milestone, due_on=date(YEAR, 3, 31), unit_of_measure="")
    given = Given(reached_on=date(YEAR, 4, 1))
    with pytest.raises(ValidationError, match="sau hạn 31/03/2026"):
        enter(place, objective, None, given=given)
    with pytest.raises(ValidationError, match="sau hôm nay"):
        enter(place, objective, None, given=Given(reached_on=date(YEAR, 4, 4)))
    enter(place, objective, None, given=Given(reached_on=date(YEAR, 3, 31)))
    assert family(objective, APRIL.date())[objective.pk].verdict.standing == Standing.ACHIEVED


def test_a_milestone_that_passed_is_explained_without_a_figure(place: Year) -> None:
    milestone = {"direction": Direction.MILESTONE.value, "measure": Measure.MILESTONE.value, "target": None}
    objective = place.issued(**milestone, due_on=date(YEAR, 3, 31), unit_of_measure="")
    words = {"correction": "", "action": "", "actor": place["truong"]}
    with pytest.raises(ValidationError, match="không ở tình trạng"):
        record_miss(objective, cause="Chậm", at=on(date(YEAR, 3, 31)), **words)
    record_miss(objective, cause="Chờ ý kiến Sở Nội vụ", at=APRIL, **words)
    assert MissCause.objects.get().finding.endswith("Quá hạn 31/03/2026 mà chưa ghi nhận đạt mốc.")


@pytest.mark.parametrize("who", ["nam", "thuky", "giamdoc", "vanthu"])
def test_others_enter_no_figure(place: Year, who: str) -> None:
    objective = place.issued()
    with pytest.raises(PermissionDenied):
        enter(place, objective, "97", who=who)


def test_a_figure_is_not_entered_before_its_period(place: Year) -> None:
    objective = place.issued()
    with pytest.raises(PermissionDenied, match="01/04/2026"):
        enter(place, objective, "97", index=2, at=on(date(YEAR, 3, 31)))


def test_whoever_saw_an_older_figure_writes_over_nothing(place: Year) -> None:
    objective = place.issued()
    enter(place, objective, "97")
    with pytest.raises(Overtaken):
        enter(place, objective, "99", revision=1)
    assert figure(objective, 1).value == Decimal(97)

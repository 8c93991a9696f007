"""Writes of the register: who may, what is owed afterwards, what is refused."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from objectives.context import actions
from objectives.context.duties import duties_of
from objectives.context.levels import Scale
from objectives.context.models import Assessment, Issue, Party, Risk, RiskAction
from qms.duties.actions import report
from qms.duties.enums import DutyState
from qms.duties.models import Duty
from qms.organisation.tests.cast import NOW, TODAY, House
from qms.workflow.revisions import Overtaken

from .conftest import RISK

LATER = NOW + timedelta(days=400)


def judged(house: House, risk: Risk, likelihood: int = 3, effect: int = 4, who: str = "truong") -> Assessment:
    return actions.assess(risk, likelihood=likelihood, effect=effect, note="", actor=house[who], at=NOW)


def promised(house: House, risk: Risk, timing: str = "Tháng 12 hằng năm") -> RiskAction:
    return actions.add_action(
        risk, text="Nhắc hạn từng hồ sơ", unit=house.unit("kh"), person=None, timing_text=timing,
        actor=house["truong"], at=NOW,
    )  # fmt: skip


def finish(house: House, duty: Duty, who: str = "lan") -> None:
    report(duty, state=DutyState.DONE, percent=100, text="Đã làm.", revision=duty.revision, actor=house[who], at=NOW)


@pytest.mark.parametrize(("who", "may"), [("truong", True), ("lan", True), ("thuky", True), ("truong2", False),
                                          ("giamdoc", False), ("quantri", False), ("tuvan", False)])  # fmt: skip
def test_a_unit_keeps_its_own_rows_and_the_secretary_all(house: House, who: str, may: bool) -> None:
    if may:
        assert actions.add_row(Risk, unit=house.unit("kh"), fields=RISK, actor=house[who], at=NOW).pk
    else:
        with pytest.raises(PermissionDenied):
            actions.add_row(Risk, unit=house.unit("kh"), fields=RISK, actor=house[who], at=NOW)


def test_what_is_new_is_looked_at_again_within_a_year(house: House, risk: Risk) -> None:
    duty = duties_of(risk).get()
    assert (duty.due_on, duty.unit, duty.state) == (risk.review_by, risk.unit, DutyState.OPEN)


def test_judging_gives_the_score_its_level(house: House, risk: Risk) -> None:
    judged(house, risk)
    risk.refresh_from_db()
    assert (risk.score, risk.level, str(risk.assessments.get())) == (12, "cao", "3 × 4 = 12, cao")


def test_judging_again_takes_the_look_that_was_owed(house: House, risk: Risk) -> None:
    actions.assess(risk, likelihood=2, effect=2, note="", actor=house["truong"], at=LATER)
    states = list(duties_of(risk).values_list("state", "due_on"))
    risk.refresh_from_db()
    assert [state for state, _ in states] == [DutyState.DONE, DutyState.OPEN]
    assert states[1][1] == risk.review_by > TODAY + timedelta(days=700)


def test_the_secretary_who_judges_withdraws_the_look_of_the_unit(house: House, risk: Risk) -> None:
    actions.assess(risk, likelihood=2, effect=2, note="", actor=house["thuky"], at=LATER)
    assert [duty.state for duty in duties_of(risk)] == [DutyState.WITHDRAWN, DutyState.OPEN]


def test_the_look_is_not_reported_without_looking(house: House, risk: Risk) -> None:
    with pytest.raises(ValidationError, match="đánh giá lại"):
        finish(house, duties_of(risk).get(), "truong")
    assert duties_of(risk).get().state == DutyState.OPEN


@pytest.mark.parametrize("model", [Issue, Party])
def test_an_issue_or_party_that_still_holds_is_ticked_off(house: House, model: type) -> None:
    fields = {"side": "internal", "text": "Thiếu người", "effect": "Chậm"}
    if model is Party:
        fields = {"name": "Người dân", "needs": "Đúng hạn"}
    row = actions.add_row(model, unit=house.unit("kh"), fields=fields, actor=house["lan"], at=NOW)
    actions.review_row(row, actor=house["lan"], at=LATER)
    assert [duty.state for duty in duties_of(row)] == [DutyState.DONE, DutyState.OPEN]


def test_what_no_longer_holds_owes_nothing_and_is_not_changed(house: House, risk: Risk) -> None:
    retired = actions.retire_row(risk, reason="Đã bỏ thủ tục này", actor=house["truong"], at=NOW)
    assert not duties_of(retired).filter(state__in=[DutyState.OPEN, DutyState.DORMANT]).exists()
    with pytest.raises(PermissionDenied, match="thôi theo dõi"):
        judged(house, risk)


def test_leaving_off_says_why(house: House, risk: Risk) -> None:
    with pytest.raises(ValidationError, match="Ghi lý do"):
        actions.retire_row(risk, reason="  ", actor=house["truong"], at=NOW)


@pytest.mark.parametrize(("likelihood", "effect", "field"), [(0, 3, "likelihood"), (3, 6, "effect")])
def test_marks_outside_the_scale_are_refused(
    house: House, risk: Risk, likelihood: int, effect: int, field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        judged(house, risk, likelihood, effect)
    assert list(refused.value.message_dict) == [field]
    assert not Assessment.objects.exists()


def test_an_action_is_a_duty_of_its_unit(house: House, risk: Risk) -> None:
    duty = duties_of(promised(house, risk)).get()
    assert (duty.title, duty.unit, duty.due_on.month) == ("Nhắc hạn từng hồ sơ", risk.unit, 12)


def test_a_time_that_nobody_understands_is_asked_for_again(house: House, risk: Risk) -> None:
    with pytest.raises(ValidationError, match="Chưa hiểu thời gian này"):
        promised(house, risk, "tùy tình hình")
    assert not RiskAction.objects.exists()


def test_who_carried_an_action_out_does_not_say_whether_it_worked(house: House, risk: Risk) -> None:
    action = promised(house, risk)
    finish(house, duties_of(action).get(), "lan")
    with pytest.raises(PermissionDenied, match="không tự đánh giá"):
        actions.judge_action(action, effective=True, verdict="", actor=house["lan"], at=NOW)
    assert actions.judge_action(action, effective=True, verdict="", actor=house["truong"], at=NOW).effective is True


def test_nobody_judges_an_action_before_it_is_done(house: House, risk: Risk) -> None:
    with pytest.raises(PermissionDenied, match="đã xong"):
        actions.judge_action(promised(house, risk), effective=True, verdict="", actor=house["truong"], at=NOW)


def test_an_action_that_failed_says_why(house: House, risk: Risk) -> None:
    action = promised(house, risk)
    finish(house, duties_of(action).get(), "lan")
    with pytest.raises(ValidationError, match="vì sao"):
        actions.judge_action(action, effective=False, verdict=" ", actor=house["truong"], at=NOW)


def test_who_saves_second_is_told(house: House, risk: Risk) -> None:
    fields = {"text": "Hồ sơ trả rất trễ"}
    actions.change_row(risk, fields=fields, revision=1, actor=house["truong"], at=NOW)
    with pytest.raises(Overtaken, match="vừa được người khác sửa"):
        actions.change_row(risk, fields={"text": "khác"}, revision=1, actor=house["lan"], at=NOW)
    assert Risk.objects.get().text == "Hồ sơ trả rất trễ"


def test_a_new_scale_leaves_what_was_judged_as_it_was(house: House, risk: Risk) -> None:
    judged(house, risk, 3, 3)
    scale = Scale(3, ((4, "nhẹ"), (9, "nặng")), 5, ("a", "b", "c"), ("x", "y", "z"))
    actions.set_scale(agency=house.agency, scale=scale, actor=house["thuky"], at=NOW)
    again = judged(house, risk, 3, 3)
    assert [one.level for one in risk.assessments.all()] == ["cao", "nặng"]
    assert again.tone == "late"


def test_only_the_secretary_sets_the_scale(house: House) -> None:
    with pytest.raises(PermissionDenied):
        actions.set_scale(agency=house.agency, scale=Scale(), actor=house["truong"], at=NOW)

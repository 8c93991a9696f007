"""Writes of surveys: who may, what is refused, what stays."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from objectives.periods import Period
from objectives.satisfaction import actions
from objectives.satisfaction.models import Answers, Channel, Comment, Survey
from objectives.satisfaction.scheme import Scheme, Share
from objectives.terms import PeriodKind
from qms.organisation.tests.cast import NOW, TODAY, House
from qms.workflow.revisions import Overtaken

from .conftest import FIRST, LAST_QUARTER, QUARTER, asked, given


@pytest.mark.parametrize(
    ("who", "unit", "may"),
    [("truong", "kh", True), ("lan", "kh", True), ("thuky", "kh", True), ("thuky", None, True), ("truong", None, False),
     ("truong2", "kh", False), ("giamdoc", "kh", False), ("quantri", "kh", False), ("tuvan", "kh", False)],
)  # fmt: skip
def test_a_unit_enters_its_own_surveys_and_the_secretary_all(
    house: House, who: str, unit: str | None, may: bool
) -> None:
    if may:
        assert asked(house, who=who, unit=unit).pk
    else:
        with pytest.raises(PermissionDenied):
            asked(house, who=who, unit=unit)
        assert not Survey.objects.exists()


def test_answers_are_kept_by_mark_with_their_share(survey: Survey) -> None:
    row = survey.answers.get(criterion=FIRST)
    assert (row.counts, row.share, str(row)) == ([1, 2, 6, 91, 100], Share(191, 200), f"{FIRST}: 95,5\u00a0% (191/200)")


def test_more_received_than_sent_writes_nothing(house: House) -> None:
    with pytest.raises(ValidationError) as refused:
        asked(house, sent=10)
    assert list(refused.value.message_dict) == ["received"]
    assert not Survey.objects.exists()


@pytest.mark.parametrize("period", [QUARTER, Period(QUARTER.year, PeriodKind.YEAR, 1)], ids=["same", "wider"])
def test_nobody_is_counted_twice(house: House, survey: Survey, period: Period) -> None:
    with pytest.raises(ValidationError, match="Đã có khảo sát cùng đơn vị và hình thức"):
        asked(house, period=period)
    assert asked(house, period=period, channel=Channel.ONLINE).pk


def test_a_period_that_has_not_begun_has_no_survey(house: House) -> None:
    coming = Period(TODAY.year + 1, PeriodKind.YEAR, 1)
    with pytest.raises(ValidationError, match="chưa bắt đầu"):
        asked(house, period=coming)


def test_changing_replaces_the_numbers_and_adds_comments(house: House, survey: Survey) -> None:
    fresh = given(received=240, sent=240, comments=("Nên có ghế chờ", "  "))
    actions.change_survey(survey, given=fresh, revision=1, actor=house["truong"], at=NOW)
    survey.refresh_from_db()
    assert (survey.received, survey.revision, Answers.objects.count()) == (240, 2, 2)
    assert list(survey.comments.values_list("text", "search")) == [("Nên có ghế chờ", "nen co ghe cho")]


def test_who_saves_second_is_told(house: House, survey: Survey) -> None:
    actions.change_survey(survey, given=given(), revision=1, actor=house["truong"], at=NOW)
    with pytest.raises(Overtaken, match="vừa được người khác sửa"):
        actions.change_survey(survey, given=given(received=201), revision=1, actor=house["lan"], at=NOW)


def test_what_was_wrong_is_withdrawn_with_a_reason_and_makes_room(house: House, survey: Survey) -> None:
    with pytest.raises(ValidationError, match="Ghi lý do"):
        actions.withdraw_survey(survey, reason=" ", actor=house["truong"], at=NOW)
    actions.withdraw_survey(survey, reason="Nhập nhầm kỳ", actor=house["truong"], at=NOW)
    assert asked(house).pk != survey.pk
    with pytest.raises(PermissionDenied, match="đã bỏ"):
        actions.change_survey(survey, given=given(), revision=2, actor=house["truong"], at=NOW)


def test_surveys_keep_the_rule_they_were_made_under(house: House, survey: Survey) -> None:
    actions.set_scheme(agency=house.agency, scheme=replace(Scheme(), good_from=5), actor=house["thuky"], at=NOW)
    later = asked(house, period=LAST_QUARTER)
    actions.change_survey(survey, given=given(), revision=1, actor=house["truong"], at=NOW)
    shares = [row.answers.get(criterion=FIRST).share for row in (survey, later)]
    assert shares == [Share(191, 200), Share(100, 200)]


def test_counts_of_another_scale_are_refused(house: House) -> None:
    scheme = Scheme(("Thủ tục",), ("Kém", "Được", "Tốt"), 3)
    actions.set_scheme(agency=house.agency, scheme=scheme, actor=house["thuky"], at=NOW)
    with pytest.raises(ValidationError, match="Thang khảo sát vừa đổi"):
        asked(house)
    assert not Survey.objects.exists()


def test_only_the_secretary_sets_criteria_and_scale(house: House) -> None:
    with pytest.raises(PermissionDenied):
        actions.set_scheme(agency=house.agency, scheme=Scheme(), actor=house["truong"], at=NOW)


def test_what_was_done_about_a_comment_is_kept_with_its_author(house: House) -> None:
    comment = asked(house, comments=("Chờ lâu",)).comments.get()
    with pytest.raises(PermissionDenied):
        actions.handle_comment(comment, handling="x", actor=house["truong2"], at=NOW)
    actions.handle_comment(comment, handling="Thêm một quầy", actor=house["lan"], at=NOW + timedelta(hours=1))
    kept = Comment.objects.get()
    assert (kept.handling, kept.handled_name, kept.search) == ("Thêm một quầy", "Phan Thị Lan", "cho lau them mot quay")

"""An export from upload to surveys: five thousand rows, all or nothing, once."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from objectives.satisfaction.importing import saving
from objectives.satisfaction.models import Channel, Comment, ImportState, Survey, SurveyImport
from objectives.satisfaction.scheme import Scheme
from objectives.satisfaction.tasks import launch
from qms.organisation.tests.cast import NOW, House

from .conftest import QUARTER, asked
from .exports import responses, xlsx


def sent_by(house: House, rows: list[list[Any]], who: str = "thuky", **more: Any) -> SurveyImport:
    options = {"unit": None, "period": QUARTER, "channel": Channel.PAPER} | more
    return saving.receive(xlsx(rows), name="phieu.xlsx", agency=house.agency, actor=house[who], at=NOW, **options)


def saved(sent: SurveyImport) -> SurveyImport:
    saving.ask_to_save(sent, at=timezone.now())
    launch(sent.pk)
    return SurveyImport.objects.get(pk=sent.pk)


def test_five_thousand_rows_become_three_surveys(house: House) -> None:
    sent = saved(sent_by(house, responses(5000)))
    assert (sent.state, sent.done, sent.total, sent.rows) == (ImportState.DONE, 5000, 5000, [])
    assert sorted(Survey.objects.values_list("received", flat=True)) == [1666, 1667, 1667]
    assert [row.answers.count() for row in Survey.objects.all()] == [5, 5, 5]
    assert Comment.objects.count() == 5000 // 7
    assert set(Survey.objects.values_list("source", flat=True)) == {sent.pk}


def test_one_bad_row_of_five_thousand_saves_nothing_and_is_named(house: House) -> None:
    rows = responses(5000)
    rows[4321][4] = 9
    sent = sent_by(house, rows)
    problems = saving.check(sent, scheme=Scheme()).problems
    assert [(p.line, p.column, p.value) for p in problems] == [(4323, 4, "9")]
    sent = saved(sent)
    assert (sent.state, sent.problem) == (ImportState.FAILED, "Tệp có 1 chỗ phải sửa.")
    assert len(sent.rows) == 5000
    assert not Survey.objects.exists()


def test_progress_is_told_every_five_hundred_rows(house: House) -> None:
    told: list[int] = []
    saving.check(sent_by(house, responses(1700)), scheme=Scheme(), tell=told.append)
    assert told == [500, 1000, 1500]


def test_a_task_that_is_repeated_saves_once(house: House) -> None:
    sent = saved(sent_by(house, responses(30)))
    for _ in range(3):
        saving.run(sent.pk)
    assert (Survey.objects.count(), SurveyImport.objects.get().state) == (3, ImportState.DONE)


def test_a_task_that_was_killed_is_taken_up_again(house: House) -> None:
    sent = sent_by(house, responses(30))
    long_ago = timezone.now() - timedelta(minutes=5)
    SurveyImport.objects.update(state=ImportState.RUNNING, done=15, moved_at=long_ago)
    sent.refresh_from_db()
    assert saving.is_silent(sent, timezone.now())
    assert saved(sent).state == ImportState.DONE
    assert Survey.objects.count() == 3


def test_what_is_being_saved_is_not_asked_for_twice(house: House) -> None:
    sent = sent_by(house, responses(3))
    saving.ask_to_save(sent, at=timezone.now())
    with pytest.raises(ValidationError, match="đang được lưu"):
        saving.ask_to_save(sent, at=timezone.now())
    with pytest.raises(ValidationError, match="đang được lưu"):
        saving.remap(sent, roles=[], replaces=False, at=NOW)


def test_a_survey_entered_meanwhile_stops_the_whole_file(house: House) -> None:
    sent = sent_by(house, responses(30))
    asked(house)
    sent = saved(sent)
    assert (sent.state, Survey.objects.count()) == (ImportState.FAILED, 1)


def test_a_file_may_replace_the_surveys_of_its_period(house: House) -> None:
    old = asked(house)
    sent = sent_by(house, responses(30))
    saving.remap(sent, roles=sent.roles, replaces=True, at=NOW)
    assert saved(sent).state == ImportState.DONE
    old.refresh_from_db()
    assert old.withdrawn_reason == "Thay bằng tệp phieu.xlsx"
    assert Survey.objects.standing().count() == 3


def test_rows_of_units_of_others_are_refused_one_by_one(house: House) -> None:
    sent = sent_by(house, responses(6), who="truong")
    lines = {problem.line for problem in saving.check(sent, scheme=Scheme()).problems}
    assert lines == {2, 3, 5, 6}  # only every third row is of the sender's own division
    assert saved(sent).state == ImportState.FAILED


def test_units_are_known_by_their_other_names(house: House) -> None:
    rows = responses(3)
    rows[0][1] = "Phòng Tổ chức cán bộ Sở"
    assert saving.check(sent_by(house, rows), scheme=Scheme()).problems == []


def test_who_enters_no_surveys_sends_no_files(house: House) -> None:
    with pytest.raises(PermissionDenied):
        sent_by(house, responses(3), who="quantri")
    assert not SurveyImport.objects.exists()


def test_columns_follow_what_a_person_says(house: House) -> None:
    sent = sent_by(house, responses(3))
    roles = ["", *sent.roles[1:]]
    roles[4], roles[8] = "", "no-such-role"
    sent = saving.remap(sent, roles=roles, replaces=False, at=NOW)
    assert (sent.roles[4], sent.roles[8]) == ("", "")
    drafts = saving.check(sent, scheme=Scheme()).drafts.values()
    assert [len(draft.answers(Scheme())) for draft in drafts] == [4, 4, 4]


def test_files_nobody_came_back_to_are_forgotten(house: House) -> None:
    sent_by(house, responses(3))
    SurveyImport.objects.update(at=NOW - timedelta(days=31))
    fresh = sent_by(house, responses(4))
    assert list(SurveyImport.objects.all()) == [fresh]

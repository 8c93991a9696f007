"""Questions whose SQL is kept: the answer never is."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from qms.questions import Question

pytestmark = pytest.mark.django_db


def names(**asked: object) -> Callable[[], QuerySet]:
    return lambda: Group.objects.filter(**asked).order_by("name").values_list("name")


def refused() -> QuerySet:
    raise AssertionError("put together a second time")


def test_the_answer_is_read_anew_each_time() -> None:
    question = Question()
    assert question.rows("all", names()) == []
    Group.objects.create(name="thư ký")
    assert question.rows("all", names()) == [("thư ký",)]


def test_the_words_are_put_together_once_for_each_key() -> None:
    question = Question()
    question.rows("all", names())
    assert question.rows("all", refused) == []


def test_another_key_is_another_question() -> None:
    Group.objects.create(name="văn thư")
    question = Question()
    found = [question.rows(name, names(name=name)) for name in ("văn thư", "100 %")]
    assert found == [[("văn thư",)], []]


def test_a_question_that_nothing_can_answer_is_not_asked() -> None:
    question = Question()
    with CaptureQueriesContext(connection) as queries:
        assert [question.rows("none", names(pk__in=[])) for _ in range(2)] == [[], []]
    assert len(queries) == 0


def test_what_is_too_much_is_forgotten() -> None:
    question = Question(size=2)
    for key in ("one", "two", "three"):
        question.rows(key, names())
    with pytest.raises(AssertionError, match="a second time"):
        question.rows("one", refused)

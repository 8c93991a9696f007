"""Questions whose SQL is kept: the answer never is."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.db.models import QuerySet
from django.db.models.functions import Length
from django.test.utils import CaptureQueriesContext

from qms.organisation.models import Agency, User
from qms.questions import Given, Question

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


def test_objects_are_those_of_the_queryset() -> None:
    agency = Agency.objects.create(code="so", name="Sở Thử nghiệm")
    for name in ("An", "Bình"):
        User.objects.create(username=name, full_name=name, agency=agency)
    people = User.objects.select_related("agency").defer("search").annotate(size=Length("full_name")).order_by("pk")
    asked = Question().objects("all", lambda: people)
    with CaptureQueriesContext(connection) as queries:
        found = [(user, user.agency.name, user.size, user.date_joined, user.get_deferred_fields()) for user in asked]
    assert len(queries) == 0
    assert found == [(user, "Sở Thử nghiệm", user.size, user.date_joined, {"search"}) for user in people]


def test_what_is_given_is_filled_in_each_time() -> None:
    groups = [Group.objects.create(name=name) for name in ("một", "hai")]
    question = Question()
    named = Group.objects.filter(pk=Given("group"))
    assert [question.objects("", lambda: named, group=group.pk) for group in groups] == [[group] for group in groups]


def test_values_are_converted_as_by_the_queryset() -> None:
    agency = Agency.objects.create(code="so", name="Sở Thử nghiệm")
    User.objects.create(username="an", agency=agency)
    people = User.objects.values_list("date_joined", "is_active", "roles_synced_on")
    assert Question().rows("all", lambda: people) == list(people)

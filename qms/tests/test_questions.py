"""Questions whose SQL is kept: the answer never is."""

import gc
from collections.abc import Callable
from datetime import date
from types import FunctionType, ModuleType

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject, Length, TruncDay
from django.db.models.sql import Query
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from qms.organisation.models import Agency, PositionHolding, User
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


@pytest.mark.parametrize("number", [2**63, -(2**63) - 1, 10**25])
def test_a_number_that_no_column_holds_finds_nothing(number: int) -> None:
    named = Group.objects.filter(pk=Given("group"))
    assert Question().objects("", lambda: named, group=number) == []
    assert Question().rows("", lambda: named.values_list("pk"), group=number) == []


@pytest.mark.django_db(transaction=True)
def test_rows_are_locked_in_a_transaction_only() -> None:
    question = Question()
    with transaction.atomic():
        assert question.objects("", Group.objects.select_for_update) == []
    with pytest.raises(TransactionManagementError):
        question.objects("", Group.objects.select_for_update)


def test_what_is_kept_of_a_question_is_small() -> None:
    titles = PositionHolding.objects.in_force(date(2026, 1, 1)).filter(user=OuterRef("pk")).values("position__title")
    question, people = Question(), User.objects.annotate(title=Subquery(titles[:1]))
    question.objects("", lambda: people)
    assert not [held for held in _reachable(question) if isinstance(held, Query)]


def _reachable(thing: object) -> list[object]:
    """All that it holds, classes and functions aside."""
    found, ahead = {id(thing): thing}, [thing]
    while ahead:
        held = [new for new in gc.get_referents(ahead.pop()) if not isinstance(new, (type, FunctionType, ModuleType))]
        ahead += [new for new in held if id(new) not in found]
        found |= {id(new): new for new in held}
    return list(found.values())


def test_values_are_converted_as_by_the_queryset() -> None:
    agency = Agency.objects.create(code="so", name="Sở Thử nghiệm")
    User.objects.create(username="an", agency=agency)
    people = User.objects.values_list("date_joined", "is_active", "roles_synced_on")
    assert Question().rows("all", lambda: people) == list(people)


def test_what_is_worked_out_is_converted_as_by_the_queryset() -> None:
    agency = Agency.objects.create(code="so", name="Sở Thử nghiệm")
    User.objects.create(username="an", agency=agency)
    same = User.objects.filter(pk=OuterRef("pk"))
    people = User.objects.values_list(
        Subquery(same.values("date_joined")), Exists(same), TruncDay("date_joined"), JSONObject(name="username")
    )
    assert Question().rows("all", lambda: people) == list(people)

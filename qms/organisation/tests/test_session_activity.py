"""The list of sessions knows when each was last used, without a write on every page."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from qms.organisation.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(client: Client) -> Client:
    user = User.objects.create(username="mai", full_name="Trần Thị Mai", roles_synced_on=timezone.localdate())
    client.force_login(user)
    return client


def last_seen() -> list:
    return list(UserSession.objects.values_list("user__username", "last_seen_at"))


def test_the_first_page_puts_the_session_into_the_list(visitor: Client) -> None:
    visitor.get("/healthz")
    assert [name for name, _ in last_seen()] == ["mai"]


def test_the_next_pages_write_nothing(visitor: Client) -> None:
    visitor.get("/healthz")
    seen = last_seen()
    visitor.get("/healthz")
    assert last_seen() == seen


def test_after_a_while_the_session_is_seen_again(visitor: Client) -> None:
    visitor.get("/healthz")
    long_ago = timezone.now() - timedelta(hours=1)
    UserSession.objects.update(last_seen_at=long_ago)
    cache.clear()
    visitor.get("/healthz")
    assert [seen > long_ago for _, seen in last_seen()] == [True]


def test_a_page_costs_no_more_than_session_person_and_answer(
    visitor: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    visitor.get("/healthz")
    with django_assert_num_queries(3):  # session, person, the health question
        visitor.get("/healthz")


def test_a_stranger_leaves_no_trace(client: Client) -> None:
    client.get("/healthz")
    assert last_seen() == []

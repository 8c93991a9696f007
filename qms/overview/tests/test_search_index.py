"""Trigram indexes: there on PostgreSQL, missed by nobody elsewhere."""

import pytest
from django.db import connection

from qms.overview.search_index import INDEXED, make_indexes

pytestmark = pytest.mark.django_db


def indexes() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes WHERE indexdef LIKE '%%gin_trgm_ops%%'")
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.postgres
def test_updating_the_database_made_the_indexes() -> None:
    assert indexes() == {"duties_duty_search_trigram", "plans_task_search_trigram"}


@pytest.mark.postgres
def test_making_them_again_changes_nothing() -> None:
    assert (make_indexes(), len(indexes())) == (True, len(INDEXED))


@pytest.mark.postgres
def test_a_server_that_refuses_is_left_as_it_is(caplog: pytest.LogCaptureFixture) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP EXTENSION pg_trgm CASCADE")
        cursor.execute("CREATE ROLE search_guest; SET LOCAL ROLE search_guest")
        made = make_indexes()
        cursor.execute("RESET ROLE")
    assert (made, indexes(), "pg_trgm" in caplog.text) == (False, set(), True)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the embedded database")
def test_the_embedded_database_does_without() -> None:
    assert make_indexes() is False

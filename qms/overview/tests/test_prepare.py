"""`manage.py prepare` before every start."""

import pytest
from django.core.management import call_command
from django.db import connection

from qms.organisation.models import User
from qms.overview.fictional.organisation import PEOPLE

pytestmark = pytest.mark.django_db


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the embedded database")
def test_an_embedded_database_that_nobody_uses_gets_the_fictional_year() -> None:
    call_command("prepare")
    assert User.objects.count() == len(PEOPLE)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the embedded database")
def test_a_database_in_use_gets_nobody_else() -> None:
    User.objects.create(username="mai", full_name="Trần Thị Mai")
    call_command("prepare")
    assert User.objects.get().username == "mai"


@pytest.mark.postgres
def test_a_server_database_gets_no_account_unasked() -> None:
    call_command("prepare")
    assert not User.objects.exists()

"""The administrator's first account, made on the command line."""

import pytest
from django.core.management import call_command

from qms.organisation.models import User

pytestmark = pytest.mark.django_db


def test_an_administrator_is_made_on_the_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "mot-mat-khau-du-dai-2026")
    call_command("createsuperuser", "--noinput", "--username", "it", "--full_name", "Nguyễn Văn Tin")
    user = User.objects.get(username="it")
    assert (user.is_superuser, user.is_staff, user.full_name) == (True, True, "Nguyễn Văn Tin")

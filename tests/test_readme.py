"""What the README promises a newcomer."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands
from django.test import Client
from django.urls import reverse

from qms.organisation.models import User
from qms.overview.fictional.load import load
from tests.tracked import name, tracked

README = (settings.BASE_DIR / "README.md").read_text(encoding="utf-8")
ACCOUNTS = re.findall(r"^\| `(\w+)` \| ([^,|]+)[,|]", README, re.M)
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")


@pytest.fixture
def fictional_year(db: None) -> None:
    load(today=date(2026, 11, 20))


@pytest.mark.usefixtures("fictional_year")
def test_every_account_is_there_and_bears_the_name() -> None:
    people = dict(User.objects.values_list("username", "full_name"))
    assert ACCOUNTS
    assert {username: people.get(username) for username, _ in ACCOUNTS} == {u: n.strip() for u, n in ACCOUNTS}


@pytest.mark.usefixtures("fictional_year")
def test_an_account_signs_in_with_the_password_given(client: Client) -> None:
    (password,) = re.findall(r"Mật khẩu chung: `([^`]+)`", README)
    response = client.post(reverse("account_login"), {"login": ACCOUNTS[0][0], "password": password})
    assert (response.status_code, response["Location"]) == (302, reverse("home"))


def test_every_command_exists() -> None:
    named = set(re.findall(r"manage\.py (\w+)", README))
    assert named - set(get_commands()) == set()


@pytest.mark.parametrize("path", tracked(".md"), ids=name)
def test_a_link_between_documents_leads_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [link for link in LINK.findall(text) if not (path.parent / link).exists()] == []

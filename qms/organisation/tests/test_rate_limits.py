"""Guessing is slowed down by name and by address; behind a proxy the address is the one the proxy saw."""

import pytest
from django.test import Client
from django.urls import reverse

from qms.organisation.models import User

from .cast import House

PASSWORD = "mùa lúa vàng sông Giang"


@pytest.fixture
def person(house: House) -> User:
    user = house["lan"]
    user.set_password(PASSWORD)
    user.save()
    return user


def attempt(name: str, password: str, address: str = "10.0.0.1", forwarded: str = "") -> Client:
    client = Client(REMOTE_ADDR=address, headers={"x-forwarded-for": forwarded} if forwarded else {})
    client.post(reverse("account_login"), {"login": name, "password": password})
    return client


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_right_password_opens(person: User) -> None:
    assert is_in(attempt("lan", PASSWORD)) is True


def test_after_five_wrong_ones_the_right_one_waits(person: User) -> None:
    for _ in range(5):
        attempt("lan", "sai")
    assert is_in(attempt("lan", PASSWORD)) is False


def test_four_wrong_ones_are_forgiven(person: User) -> None:
    for _ in range(4):
        attempt("lan", "sai")
    assert is_in(attempt("lan", PASSWORD)) is True


def test_guessing_one_name_from_many_places_is_stopped_too(person: User) -> None:
    for n in range(5):
        attempt("lan", "sai", address=f"10.0.0.{n + 2}")
    assert is_in(attempt("lan", PASSWORD, address="10.0.0.99")) is False


def test_guessing_many_names_from_one_place_is_stopped_too(person: User) -> None:
    for n in range(10):
        attempt(f"ten{n}", "sai", address="10.0.1.1")
    assert is_in(attempt("lan", PASSWORD, address="10.0.1.1")) is False


def test_one_place_does_not_stop_another(person: User) -> None:
    for n in range(10):
        attempt(f"ten{n}", "sai", address="10.0.1.1")
    assert is_in(attempt("lan", PASSWORD, address="10.0.1.2")) is True


def test_behind_a_proxy_the_places_are_told_apart(person: User, settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for n in range(10):
        attempt(f"ten{n}", "sai", forwarded="10.0.2.1")
    opened = [is_in(attempt("lan", PASSWORD, forwarded=place)) for place in ("10.0.2.1", "10.0.2.2")]
    assert opened == [False, True]


def test_a_forged_address_does_not_help(person: User, settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for n in range(10):
        attempt(f"ten{n}", "sai", forwarded=f"192.0.2.{n}, 10.0.2.1")
    assert is_in(attempt("lan", PASSWORD, forwarded="192.0.2.99, 10.0.2.1")) is False


def test_without_a_proxy_the_header_is_ignored(person: User) -> None:
    for n in range(10):
        attempt(f"ten{n}", "sai", forwarded=f"192.0.2.{n}")
    assert is_in(attempt("lan", PASSWORD, forwarded="192.0.2.99")) is False


def test_mails_for_a_new_password_are_limited(person: User, mailoutbox: list) -> None:
    for _ in range(8):
        Client().post(reverse("account_reset_password"), {"email": person.email})
    assert len(mailoutbox) == 5

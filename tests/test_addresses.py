"""Nobody sees anything without signing in; what is open is listed here by name."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import resolve, reverse

from tests.addresses import Address, addresses

# Asked by people who have not signed in yet, or by machines. Every entry is a decision.
OPEN = {
    "healthz",
    "feeds:calendar",  # asked by calendar programs; its secret address is the key
    "account_login",
    "account_logout",
    "account_signup",  # closed by the adapter: accounts are made by those who manage the organisation
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "duties:answer",  # the link of a reminder: the view itself asks for signing in, unless the agency opens its links
    "duties:answered",  # "thank you" after it, the same for everybody
    "mfa_authenticate",  # the second step of signing in
    "openid_connect_login",
    "openid_connect_callback",
    "socialaccount_login_cancelled",
    "socialaccount_signup",
}
CLOSED = [address for address in addresses() if address.name not in OPEN]


def test_only_the_listed_addresses_are_open() -> None:
    opened = {address.name for address in addresses() if not getattr(address.view, "login_required", True)}
    assert opened == OPEN


@pytest.mark.parametrize("address", addresses(), ids=lambda address: address.name)
def test_an_example_leads_to_its_own_view(address: Address) -> None:
    assert resolve(address.path).func is address.view


@pytest.mark.django_db
@pytest.mark.parametrize("address", CLOSED, ids=lambda address: address.name)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_sent_to_the_sign_in_page(client: Client, address: Address, method: str) -> None:
    response = getattr(client, method)(address.path)
    assert (response.status_code, response["Location"].split("?")[0]) == (302, reverse(settings.LOGIN_URL))


@pytest.mark.parametrize("address", [a for a in addresses() if a.is_own], ids=lambda address: address.name)
def test_an_address_is_written_in_small_letters_without_marks(address: Address) -> None:
    assert address.path == address.path.lower()
    assert address.path.isascii()


@pytest.mark.parametrize("address", [a for a in addresses() if a.is_own], ids=lambda address: address.name)
def test_an_address_has_a_name(address: Address) -> None:
    assert reverse(address.name, kwargs=resolve(address.path).kwargs) == address.path

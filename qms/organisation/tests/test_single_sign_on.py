"""The province's single sign-on, against a real provider: it opens accounts that exist and never makes one."""

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.conf import settings as project
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from qms.organisation.models import User

from .cast import House
from .identity import CLIENT_ID, CLIENT_SECRET, IdentityProvider, serving


@pytest.fixture(scope="module")
def running() -> Iterator[IdentityProvider]:
    with serving() as server:
        yield server


@pytest.fixture
def provider(running: IdentityProvider, settings: Any) -> IdentityProvider:
    """The provider as the environment would name it."""
    running.person = {"sub": "900", "email": "lan@songgiang.example", "email_verified": True, "name": "Phan Thị Lan"}
    app = {
        "provider_id": "sso", "name": "Một lần", "client_id": CLIENT_ID, "secret": CLIENT_SECRET,
        "settings": {"server_url": running.url},
    }  # fmt: skip
    options = {**project.SOCIALACCOUNT_PROVIDERS["openid_connect"], "APPS": [app]}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": options}
    return running


def sign_in(client: Client) -> HttpResponse:
    """What a browser does: to the provider, back with a code, and in."""
    start = client.post(reverse("openid_connect_login", args=["sso"]))
    back = requests.get(start["Location"], allow_redirects=False, timeout=5).headers["Location"]
    parts = urlsplit(back)
    return client.get(parts.path, {key: values[0] for key, values in parse_qs(parts.query).items()})


def who(client: Client) -> str:
    pk = client.session.get("_auth_user_id")
    return User.objects.get(pk=pk).username if pk else ""


def test_a_known_address_opens_its_account(house: House, provider: IdentityProvider, client: Client) -> None:
    response = sign_in(client)
    assert (response.status_code, response["Location"], who(client)) == (302, reverse("home"), "lan")


def test_the_address_is_compared_without_regard_to_case(
    house: House, provider: IdentityProvider, client: Client
) -> None:
    provider.person["email"] = "LAN@SongGiang.example"
    sign_in(client)
    assert who(client) == "lan"


def test_the_second_time_the_identity_itself_is_known(house: House, provider: IdentityProvider, client: Client) -> None:
    sign_in(client)
    client.logout()
    provider.person["email"] = "khac@songgiang.example"
    sign_in(client)
    assert (who(client), SocialAccount.objects.count()) == ("lan", 1)


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "la@noikhac.example"},
        {"email_verified": False},
        {"email": ""},
    ],
)
def test_others_find_the_door_closed(
    house: House, provider: IdentityProvider, client: Client, claims: dict[str, Any]
) -> None:
    provider.person |= claims
    people = User.objects.count()
    sign_in(client)
    assert (who(client), User.objects.count()) == ("", people)


def test_a_trusted_provider_need_not_say_that_an_address_is_verified(
    house: House, provider: IdentityProvider, settings: Any, client: Client
) -> None:
    provider.person["email_verified"] = False
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["verified_email"] = True
    sign_in(client)
    assert who(client) == "lan"


def test_a_closed_account_stays_closed(house: House, provider: IdentityProvider, client: Client) -> None:
    User.objects.filter(username="lan").update(is_active=False)
    sign_in(client)
    assert who(client) == ""


def test_an_account_closed_later_stays_closed_to_a_known_identity(
    house: House, provider: IdentityProvider, client: Client
) -> None:
    sign_in(client)
    client.logout()
    User.objects.filter(username="lan").update(is_active=False)
    sign_in(client)
    assert who(client) == ""


def test_a_stolen_answer_is_of_no_use_elsewhere(house: House, provider: IdentityProvider, client: Client) -> None:
    start = client.post(reverse("openid_connect_login", args=["sso"]))
    back = urlsplit(requests.get(start["Location"], allow_redirects=False, timeout=5).headers["Location"])
    other = Client()
    other.get(back.path, {key: values[0] for key, values in parse_qs(back.query).items()})
    assert who(other) == ""


def test_leaving_needs_a_press_not_a_link(house: House, provider: IdentityProvider, client: Client) -> None:
    response = client.get(reverse("openid_connect_login", args=["sso"]))
    assert (response.status_code, who(client)) == (200, "")


def test_another_provider_is_unknown(house: House, provider: IdentityProvider, client: Client) -> None:
    assert client.post(reverse("openid_connect_login", args=["la"])).status_code == 404


def test_the_sign_in_page_offers_it(house: House, provider: IdentityProvider, client: Client) -> None:
    assert reverse("openid_connect_login", args=["sso"]) in client.get(reverse("account_login")).content.decode()


def test_without_a_provider_the_page_offers_none(house: House, client: Client) -> None:
    assert "mot-lan" not in client.get(reverse("account_login")).content.decode()


PRINT = """
import json
from qms import settings
form_action = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"]
print(json.dumps([settings.SOCIALACCOUNT_PROVIDERS["openid_connect"], form_action]))
"""


def from_environment(tmp_path: Any, **names: str) -> Any:
    environment = {**os.environ, "DEBUG": "1", "QMS_DATA_DIR": str(tmp_path), **names}
    command = [sys.executable, "-c", PRINT]
    done = subprocess.run(command, cwd=project.BASE_DIR, env=environment, capture_output=True, text=True, check=True)
    return done.stdout


def test_the_provider_is_named_by_the_environment(tmp_path: Any) -> None:
    output = from_environment(
        tmp_path, OIDC_SERVER_URL="https://sso.example/realms/tinh", OIDC_CLIENT_ID="qms", OIDC_CLIENT_SECRET="x"
    )
    assert '"client_id": "qms"' in output
    assert '"server_url": "https://sso.example/realms/tinh"' in output
    assert '"https://sso.example"' in output


def test_without_the_environment_there_is_none(tmp_path: Any) -> None:
    assert '"APPS": []' in from_environment(tmp_path, OIDC_SERVER_URL="")

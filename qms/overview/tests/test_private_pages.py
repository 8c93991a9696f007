"""What the way between server and browser does: nothing kept, text made small, nobody left on a blank page."""

import gzip

import pytest
from django.test import Client
from django.urls import reverse

from qms.organisation.models import User

pytestmark = pytest.mark.django_db
SMALL = {"HTTP_ACCEPT_ENCODING": "gzip"}


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(User.objects.create(username="mai", full_name="Trần Thị Mai"))
    return client


@pytest.mark.parametrize("address", ["/", "/ke-hoach/", "/ke-hoach/?xuat=xlsx"])
def test_no_page_of_somebody_signed_in_is_kept_by_the_browser_or_a_proxy(reader: Client, address: str) -> None:
    assert set(reader.get(address)["Cache-Control"].split(", ")) == {"private", "no-store"}


def test_text_is_sent_compressed(reader: Client) -> None:
    response = reader.get("/", **SMALL)
    assert response["Content-Encoding"] == "gzip"
    assert "</html>" in gzip.decompress(response.content).decode()


def test_a_file_that_is_compressed_already_is_sent_as_it_is(reader: Client) -> None:
    response = reader.get("/ke-hoach/?xuat=xlsx", **SMALL)
    assert (response.content[:2], response.has_header("Content-Encoding")) == (b"PK", False)


def test_a_form_sent_after_the_session_ended_leads_back_to_its_page(client: Client) -> None:
    shown = "http://testserver/ke-hoach/2026/5/?xem=y-kien"
    response = client.post(reverse("plans:comment", args=[5]), HTTP_REFERER=shown)
    assert response["Location"] == f"{reverse('account_login')}?next=/ke-hoach/2026/5/%3Fxem%3Dy-kien"


@pytest.mark.parametrize("referer", ["", "https://la.example/ke-hoach/", "http://[loi"])
def test_without_a_page_of_ours_it_leads_to_the_first_one(client: Client, referer: str) -> None:
    response = client.post(reverse("plans:comment", args=[5]), HTTP_REFERER=referer)
    assert response["Location"] == f"{reverse('account_login')}?next=/"


def test_a_page_that_was_only_looked_at_is_opened_after_signing_in(client: Client) -> None:
    assert client.get("/ke-hoach/?nam=2026")["Location"] == f"{reverse('account_login')}?next=/ke-hoach/%3Fnam%3D2026"


def test_the_address_of_a_form_opened_by_hand_says_what_to_do(reader: Client) -> None:
    response = reader.get(reverse("plans:comment", args=[5]))
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "Địa chỉ này chỉ nhận biểu mẫu" in response.content.decode()

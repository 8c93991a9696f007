"""Two gigabytes are refused before they are sent; what nginx lets through, this program explains."""

import re
from socket import create_connection
from typing import Any

import pytest
from django.conf import settings as project
from django.test import Client
from django.urls import reverse

TWO_GIGABYTES = 2 * 1024**3
SENTENCE = "Mỗi tệp tối đa 25 MB, các tệp gửi một lần cộng lại tối đa 100 MB. Chưa có gì được ghi."


def test_two_gigabytes_are_refused_before_they_are_sent(live_server: Any) -> None:
    host, port = live_server.url.removeprefix("http://").split(":")
    head = (
        f"POST {reverse('account_login')} HTTP/1.1\r\nHost: {host}\r\nContent-Length: {TWO_GIGABYTES}\r\n"
        "Content-Type: multipart/form-data; boundary=x\r\n\r\n"
    )
    with create_connection((host, int(port)), timeout=20) as line:
        line.sendall(head.encode() + b"--x\r\n")
        assert line.recv(12) == b"HTTP/1.1 413"


@pytest.mark.django_db
def test_the_page_says_what_the_limits_are(client: Client) -> None:
    response = client.post(reverse("account_login"), CONTENT_LENGTH=str(TWO_GIGABYTES))
    assert response.status_code == 413
    assert SENTENCE in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("referer", "back"), [("http://testserver/viec/", "http://testserver/viec/"), ("//x.y/", "/")])
def test_the_page_leads_back_to_the_form(client: Client, referer: str, back: str) -> None:
    headers = {"referer": referer}
    response = client.post(reverse("account_login"), CONTENT_LENGTH=str(TWO_GIGABYTES), headers=headers)
    assert f'href="{back}">Quay lại' in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("length", ["-1", "1e3", "²"])
def test_a_length_that_is_no_number_is_refused(client: Client, length: str) -> None:
    assert client.post(reverse("account_login"), CONTENT_LENGTH=length).status_code == 413


@pytest.mark.django_db
def test_what_is_just_within_the_limit_passes(client: Client, settings) -> None:
    settings.REQUEST_MAX_BYTES = 100
    body = {"data": "a" * 100, "content_type": "text/plain"}
    assert client.post(reverse("account_login"), **body).status_code == 200
    assert client.post(reverse("account_login"), **body | {"data": "a" * 101}).status_code == 413


def test_nginx_lets_a_little_more_through_than_the_program() -> None:
    nginx = (project.BASE_DIR / "deploy/nginx.conf").read_text(encoding="utf-8")
    allowed = int(re.search(r"client_max_body_size (\d+)m;", nginx)[1]) * 1024**2
    assert project.EVIDENCE_MAX_BYTES < project.REQUEST_MAX_BYTES < allowed <= project.REQUEST_MAX_BYTES * 1.25

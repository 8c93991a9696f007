"""GET /healthz answers for the whole installation."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client

# Asks a process of its own, whose database nobody serves.
ASK = """
import django
django.setup()
from django.test import Client
response = Client(SERVER_NAME="127.0.0.1").get("/healthz")
print(response.status_code, response.json()["database"])
"""


@pytest.mark.django_db
def test_it_is_well_without_signing_in(client: Client, settings) -> None:
    settings.REDIS_URL = ""
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (
        200,
        {"status": "ok", "database": "ok", "broker": "not configured"},
    )


@pytest.mark.django_db
def test_it_is_never_cached(client: Client) -> None:
    assert "no-store" in client.get("/healthz")["Cache-Control"]


@pytest.mark.django_db
def test_a_broker_that_does_not_answer_is_said(client: Client, settings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (503, {"status": "error", "database": "ok", "broker": "error"})


@pytest.mark.django_db
@pytest.mark.skipif(not settings.REDIS_URL, reason="no broker configured")
def test_a_broker_that_answers_is_said(client: Client) -> None:
    assert client.get("/healthz").json()["broker"] == "ok"


def test_a_database_that_does_not_answer_is_said() -> None:
    nobody = {"DATABASE_URL": "postgres://qms:qms@127.0.0.1:1/qms", "DJANGO_SETTINGS_MODULE": "qms.settings"}
    environment = {**os.environ, **nobody, "DEBUG": "1", "REDIS_URL": ""}
    asked = subprocess.run(
        [sys.executable, "-c", ASK], cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=True
    )
    assert asked.stdout.splitlines()[-1] == "503 error"


@pytest.mark.django_db
def test_it_only_reads(client: Client) -> None:
    assert client.post("/healthz").status_code == 405

"""Who may read evidence, and how it is sent."""

from urllib.parse import unquote

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from qms.duties.models import Occurrence
from qms.files.actions import store_file
from qms.files.models import StoredFile
from qms.organisation.models import User
from qms.organisation.tests.cast import NOW, TODAY, House

from .evidence import PDF, duty_of, evidence_of, picture


def ask(client: Client, user: User, file: StoredFile, page: str = "download", **headers: str):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    response = client.get(reverse(f"files:{page}", args=[file.pk]), headers=headers)
    response.body = response.getvalue()
    return response


@pytest.mark.parametrize("reader", ["truong", "lan", "thuky", "giamdoc"])
def test_whoever_sees_the_duty_reads_its_evidence(client: Client, house: House, reader: str) -> None:
    assert ask(client, house[reader], evidence_of(house)).body == PDF


@pytest.mark.parametrize("stranger", ["truong2", "nam", "quantri"])
def test_whoever_does_not_see_the_duty_finds_no_such_file(client: Client, house: House, stranger: str) -> None:
    assert ask(client, house[stranger], evidence_of(house)).status_code == 404


def test_the_neighbour_finds_no_such_file(client: Client, house: House, neighbour: House) -> None:
    assert ask(client, neighbour["giamdoc"], evidence_of(house)).status_code == 404


def test_the_preview_is_guarded_as_the_download_is(client: Client, house: House) -> None:
    assert ask(client, house["truong2"], evidence_of(house), "preview").status_code == 404


def test_a_file_that_hangs_on_nothing_is_read_by_nobody(client: Client, house: House) -> None:
    file = store_file(SimpleUploadedFile("a.pdf", PDF), agency=house.agency, actor=house["truong"], at=NOW)
    assert ask(client, house["truong"], file).status_code == 404


def test_the_document_of_an_event_is_read_by_the_agency_alone(client: Client, house: House, neighbour: House) -> None:
    file = store_file(SimpleUploadedFile("a.pdf", PDF), agency=house.agency, actor=house["thuky"], at=NOW)
    Occurrence.objects.create(
        agency=house.agency, source=duty_of(house), day=TODAY, what="Nhận văn bản", file=file,
        actor=house["thuky"], at=NOW,
    )  # fmt: skip
    assert ask(client, house["nam"], file).status_code == 200
    assert ask(client, neighbour["nam"], file).status_code == 404


def test_the_name_with_its_marks_is_kept(client: Client, house: House) -> None:
    sent = ask(client, house["truong"], evidence_of(house, name="Báo cáo quý I.pdf"))["Content-Disposition"]
    assert unquote(sent) == "attachment; filename*=utf-8''Báo cáo quý I.pdf"


def test_a_pdf_is_previewed_in_place(client: Client, house: House) -> None:
    response = ask(client, house["truong"], evidence_of(house), "preview")
    assert response["Content-Disposition"].split(";")[0] == "inline"
    assert response["Content-Type"] == "application/pdf"


def test_a_picture_is_previewed_in_a_sandbox(client: Client, house: House) -> None:
    response = ask(client, house["truong"], evidence_of(house, picture(), "ảnh.png"), "preview")
    policy = "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
    assert response["Content-Security-Policy"] == policy
    assert response["X-Content-Type-Options"] == "nosniff"


def test_what_browsers_do_not_show_has_no_preview(client: Client, house: House) -> None:
    file = evidence_of(house, "Kết quả: đạt\n".encode(), "kết quả.txt")
    assert ask(client, house["truong"], file, "preview").status_code == 404


def test_no_proxy_and_no_browser_keeps_it(client: Client, house: House) -> None:
    assert ask(client, house["truong"], evidence_of(house))["Cache-Control"] == "private, no-store"


def test_an_unchanged_file_is_not_sent_again(client: Client, house: House) -> None:
    file = evidence_of(house)
    assert ask(client, house["truong"], file, if_none_match=f'"{file.sha256}"').status_code == 304
    assert ask(client, house["truong2"], file, if_none_match=f'"{file.sha256}"').status_code == 404


def test_a_file_that_the_store_has_lost_is_not_found(client: Client, house: House) -> None:
    file = evidence_of(house)
    default_storage.delete(file.file.name)
    assert ask(client, house["truong"], file).status_code == 404


def test_evidence_of_many_duties_costs_no_more_queries(client: Client, house: House) -> None:
    file = evidence_of(house)
    ask(client, house["lan"], file)
    with CaptureQueriesContext(connection) as one:
        ask(client, house["lan"], file)
    for key in "abc":
        evidence_of(house, duty=duty_of(house, key=key))
    with CaptureQueriesContext(connection) as more:
        ask(client, house["lan"], file)
    assert len(more) == len(one) <= 12

"""Evidence travels with the backup: the row, the bytes, the name."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from qms.files.actions import store_file
from qms.files.models import StoredFile
from qms.organisation.models import Agency, User
from qms.overview.backup import back_up, restore

from .conftest import NOON

pytestmark = pytest.mark.django_db
TEXT = "Kết quả: đạt 95,5 %\n".encode()


@pytest.fixture
def evidence(installation: Agency) -> StoredFile:
    """A file of the installation."""
    upload = SimpleUploadedFile("Kết quả quý I.txt", TEXT)
    return store_file(upload, agency=installation, actor=User.objects.get(), at=NOON)


def test_evidence_is_restored_byte_for_byte(
    evidence: StoredFile, sqlite_copy: str, tmp_path: Path, settings: Any
) -> None:
    back_up(tmp_path / "sao-luu.zip", at=NOON)
    settings.MEDIA_ROOT = tmp_path / "new"
    restore(tmp_path / "sao-luu.zip", using=sqlite_copy)
    restored = StoredFile.objects.using(sqlite_copy).get()
    with restored.file.open() as file:
        assert file.read() == TEXT
    assert (restored.original_name, restored.sha256) == (evidence.original_name, evidence.sha256)


def test_the_files_of_another_storage_are_backed_up_too(
    installation: Agency, sqlite_copy: str, tmp_path: Path, settings: Any
) -> None:
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": memory}
    store_file(SimpleUploadedFile("a.txt", TEXT), agency=installation, actor=User.objects.get(), at=NOON)
    manifest = back_up(tmp_path / "sao-luu.zip", at=NOON)
    settings.MEDIA_ROOT = tmp_path / "new"  # there the installation of the fixture keeps its documents
    restore(tmp_path / "sao-luu.zip", using=sqlite_copy)
    stored = StoredFile.objects.using(sqlite_copy).get()
    assert [file.path for file in manifest.files] == [f"files/{stored.file.name}"]
    assert (Path(settings.MEDIA_ROOT) / stored.file.name).read_bytes() == TEXT

"""What was backed up is what is restored, on the other database too: rows, files, evidence byte for byte."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connections
from django.test import override_settings

from qms.files.actions import store_file
from qms.files.models import StoredFile
from qms.organisation.models import User
from qms.overview.archive import ArchiveError, new_archive
from qms.overview.backup import back_up, restore
from qms.overview.snapshot import applied_migrations, dump, kept_models, steady_view

from .conftest import NOON, found_installation, rewrite, sqlite_database

pytestmark = pytest.mark.django_db
MEMORY = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
NAME = "Kết quả quý I.txt"
TEXT = "Kết quả: đạt 95,5 %\n".encode()


def all_rows(using: str) -> dict[str, list[Any]]:
    return {model._meta.label: list(dump(model, using)) for model in kept_models()}


def all_files(folder: Path | None = None) -> dict[str, bytes]:
    root = folder or Path(project.MEDIA_ROOT)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@dataclass(frozen=True)
class Machine:
    """Where an installation keeps its rows and its files."""

    folder: Path

    @property
    def files(self) -> Path:
        return self.folder / "files"

    @property
    def database(self) -> Path:
        return self.folder / "qms.db"

    @property
    def archive(self) -> Path:
        return self.folder / "sao-luu.zip"


@pytest.fixture(scope="module")
def old(module_db: None, tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """An installation with one piece of evidence and its backup; the database is that of the tests."""
    machine = Machine(tmp_path_factory.mktemp("old"))
    with override_settings(MEDIA_ROOT=machine.files):
        agency = found_installation()
        store_file(SimpleUploadedFile(NAME, TEXT), agency=agency, actor=User.objects.get(), at=NOON)
        back_up(machine.archive, at=NOON)
    return machine


@pytest.fixture(scope="module")
def new(old: Machine, tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """What the backup was restored into: once for all tests, as it takes seconds."""
    machine = Machine(tmp_path_factory.mktemp("new"))
    with override_settings(MEDIA_ROOT=machine.files), sqlite_database(machine.database) as alias:
        restore(old.archive, using=alias)
    return machine


@pytest.fixture(scope="module")
def replaced(old: Machine, new: Machine, tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """The new machine after some use, then asked to be what another backup holds: one of the same rows, but by an
    earlier version, of an installation that keeps its files in another storage."""
    machine = Machine(tmp_path_factory.mktemp("replaced"))
    shutil.copytree(new.folder, machine.folder, dirs_exist_ok=True)
    (machine.files / "documents" / "thừa.pdf").write_bytes(b"x")
    with override_settings(MEDIA_ROOT=machine.files, STORAGES={**project.STORAGES, "default": MEMORY}):
        for name, content in all_files(old.files).items():
            default_storage.save(name, ContentFile(content))
        back_up(machine.archive, at=NOON)
    with override_settings(MEDIA_ROOT=machine.files), sqlite_database(machine.database) as alias:
        Group.objects.using(alias).create(name="thêm sau")
        restore(rewrite(machine.archive, manifest=forget_last), using=alias, replace=True)
    return machine


def forget_last(manifest: dict[str, Any]) -> None:
    manifest["migrations"] = [m for m in manifest["migrations"] if m != ["mfa", "0003_authenticator_type_uniq"]]


@pytest.fixture
def archive(old: Machine, tmp_path: Path, db: None) -> Path:
    """The backup, on the machine where it was made."""
    shutil.copytree(old.files, project.MEDIA_ROOT)
    return Path(shutil.copy(old.archive, tmp_path))


@pytest.fixture
def restored(new: Machine, tmp_path: Path, elsewhere: Callable[[str], Path]) -> Iterator[str]:
    """The alias of a new database; the project has moved to its machine."""
    shutil.copytree(new.files, elsewhere("new"))
    with sqlite_database(Path(shutil.copy(new.database, tmp_path / "copy.db"))) as alias:
        yield alias


@pytest.fixture
def elsewhere(settings: Any, tmp_path: Path) -> Callable[[str], Path]:
    """Moves the project to a folder for files that is still empty, as on a new machine."""

    def move(name: str) -> Path:
        settings.MEDIA_ROOT = tmp_path / name
        return settings.MEDIA_ROOT

    return move


def test_every_row_and_file_is_restored_as_it_was(restored: str, old: Machine) -> None:
    assert (all_rows(restored), all_files()) == (all_rows("default"), all_files(old.files))


@pytest.mark.postgres
def test_rows_travel_from_sqlite_to_postgresql(
    restored: str, postgres_copy: str, elsewhere: Any, tmp_path: Path
) -> None:
    back_up(tmp_path / "second.zip", at=NOON, using=restored)
    elsewhere("two")
    restore(tmp_path / "second.zip", using=postgres_copy)
    restore(tmp_path / "second.zip", using=postgres_copy, replace=True)
    assert all_rows(postgres_copy) == all_rows("default")
    assert Group.objects.using(postgres_copy).create(name="mới").pk > max(Group.objects.values_list("pk", flat=True))


def test_life_goes_on_after_a_restore(restored: str) -> None:
    assert User.objects.using(restored).get(username="thu.ky").check_password("mat-khau-thu")
    assert Group.objects.using(restored).create(name="mới").pk > max(Group.objects.values_list("pk", flat=True))


def test_nobody_is_signed_in_after_a_restore(restored: str) -> None:
    assert Session.objects.exists()
    assert not Session.objects.using(restored).exists()


def test_an_installation_in_use_is_not_overwritten_unasked(archive: Path) -> None:
    before = all_rows("default"), all_files()
    with pytest.raises(ArchiveError, match="--replace"):
        restore(archive)
    assert (all_rows("default"), all_files()) == before


def test_asked_to_it_replaces_rows_and_files_those_of_another_storage_too(replaced: Machine, old: Machine) -> None:
    with sqlite_database(replaced.database) as alias:
        assert (all_rows(alias), all_files(replaced.files)) == (all_rows("default"), all_files(old.files))


def test_an_archive_of_an_earlier_version_is_brought_up_to_date(replaced: Machine) -> None:
    with sqlite_database(replaced.database) as alias:
        assert applied_migrations(alias) == applied_migrations("default")


def test_a_restore_that_fails_late_changes_nothing(old: Machine, restored: str) -> None:
    before = all_rows(restored), all_files()
    orphan = rewrite(old.archive, rows={"organisation.Unit": lambda rows: [[*rows[0][:1], 999, *rows[0][2:]]]})
    with pytest.raises(ArchiveError, match="không nhất quán"):
        restore(orphan, using=restored, replace=True)
    assert (all_rows(restored), all_files()) == before


def test_a_backup_sees_one_moment_and_keeps_nobody_waiting(restored: str) -> None:
    groups = Group.objects.using(restored)
    with steady_view(restored):
        before = groups.count()
        with sqlite3.connect(connections[restored].settings_dict["NAME"], timeout=0) as other:
            other.execute("INSERT INTO auth_group (name) VALUES ('trong lúc sao lưu')")
        other.close()
        assert groups.count() == before
    assert groups.count() == before + 1


def test_an_unfinished_archive_is_never_seen(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="mất điện"), new_archive(tmp_path / "sao-luu.zip"):
        raise RuntimeError("mất điện")
    assert list(tmp_path.iterdir()) == []


def test_only_its_owner_may_read_an_archive(old: Machine) -> None:
    assert old.archive.stat().st_mode & 0o777 == 0o600


def test_the_commands_say_what_they_did(archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("backup", str(tmp_path / "a.zip"))
    assert "và 3 tệp vào" in capsys.readouterr().out
    with pytest.raises(CommandError, match="--replace"):
        call_command("restore", str(tmp_path / "a.zip"))


def test_a_folder_that_is_not_there_is_one_sentence(old: Machine, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Không ghi được"):
        call_command("backup", str(tmp_path / "none" / "a.zip"))


def test_evidence_is_restored_byte_for_byte(restored: str) -> None:
    (known, found) = (StoredFile.objects.using(alias).get() for alias in ("default", restored))
    with found.file.open() as file:
        assert file.read() == TEXT
    assert (found.original_name, found.sha256) == (NAME, known.sha256)

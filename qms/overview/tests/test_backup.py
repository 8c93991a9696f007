"""What was backed up is what is restored, on the other database too."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connections

from qms.organisation.models import User
from qms.overview.archive import ArchiveError, new_archive
from qms.overview.backup import back_up, restore
from qms.overview.snapshot import applied_migrations, dump, kept_models, steady_view

from .conftest import NOON

pytestmark = pytest.mark.django_db


def all_rows(using: str) -> dict[str, list[Any]]:
    return {model._meta.label: list(dump(model, using)) for model in kept_models()}


def all_files() -> dict[str, bytes]:
    root = Path(settings.MEDIA_ROOT)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture
def archive(installation: Any, tmp_path: Path) -> Path:
    target = tmp_path / "sao-luu.zip"
    back_up(target, at=NOON)
    return target


@pytest.fixture
def elsewhere(settings: Any, tmp_path: Path) -> Callable[[str], Path]:
    """Moves the project to a folder for files that is still empty, as on a new machine."""

    def move(name: str) -> Path:
        settings.MEDIA_ROOT = tmp_path / name
        return settings.MEDIA_ROOT

    return move


def test_every_row_and_file_is_restored_as_it_was(archive: Path, sqlite_copy: str, elsewhere: Any) -> None:
    rows, files = all_rows("default"), all_files()
    elsewhere("new")
    restore(archive, using=sqlite_copy)
    assert (all_rows(sqlite_copy), all_files()) == (rows, files)


@pytest.mark.postgres
def test_rows_travel_from_sqlite_to_postgresql(
    archive: Path, sqlite_copy: str, postgres_copy: str, elsewhere: Any, tmp_path: Path
) -> None:
    elsewhere("one")
    restore(archive, using=sqlite_copy)
    back_up(tmp_path / "second.zip", at=NOON, using=sqlite_copy)
    elsewhere("two")
    restore(tmp_path / "second.zip", using=postgres_copy)
    restore(tmp_path / "second.zip", using=postgres_copy, replace=True)
    assert all_rows(postgres_copy) == all_rows("default")
    assert Group.objects.using(postgres_copy).create(name="mới").pk > max(Group.objects.values_list("pk", flat=True))


def test_life_goes_on_after_a_restore(archive: Path, sqlite_copy: str, elsewhere: Any) -> None:
    elsewhere("new")
    restore(archive, using=sqlite_copy)
    assert User.objects.using(sqlite_copy).get(username="thu.ky").check_password("mat-khau-thu")
    assert Group.objects.using(sqlite_copy).create(name="mới").pk > max(Group.objects.values_list("pk", flat=True))


def test_nobody_is_signed_in_after_a_restore(archive: Path, sqlite_copy: str, elsewhere: Any) -> None:
    elsewhere("new")
    restore(archive, using=sqlite_copy)
    assert Session.objects.exists()
    assert not Session.objects.using(sqlite_copy).exists()


def test_an_archive_of_an_earlier_version_is_brought_up_to_date(
    archive: Path, sqlite_copy: str, elsewhere: Any, rewritten: Any
) -> None:
    def forget_last(manifest: dict[str, Any]) -> None:
        manifest["migrations"] = [m for m in manifest["migrations"] if m != ["mfa", "0003_authenticator_type_uniq"]]

    elsewhere("new")
    restore(rewritten(archive, manifest=forget_last), using=sqlite_copy)
    assert applied_migrations(sqlite_copy) == applied_migrations("default")


def test_an_installation_in_use_is_not_overwritten_unasked(archive: Path) -> None:
    before = all_rows("default"), all_files()
    with pytest.raises(ArchiveError, match="--replace"):
        restore(archive)
    assert (all_rows("default"), all_files()) == before


def test_asked_to_it_replaces_rows_and_files(archive: Path, sqlite_copy: str, elsewhere: Any) -> None:
    rows, files = all_rows("default"), all_files()
    folder = elsewhere("new")
    restore(archive, using=sqlite_copy)
    Group.objects.using(sqlite_copy).create(name="thêm sau")
    (folder / "documents" / "thừa.pdf").write_bytes(b"x")
    restore(archive, using=sqlite_copy, replace=True)
    assert (all_rows(sqlite_copy), all_files()) == (rows, files)


def test_a_restore_that_fails_late_changes_nothing(
    archive: Path, sqlite_copy: str, elsewhere: Any, rewritten: Any
) -> None:
    elsewhere("new")
    restore(archive, using=sqlite_copy)
    before = all_rows(sqlite_copy), all_files()
    orphan = rewritten(archive, rows={"organisation.Unit": lambda rows: [[*rows[0][:1], 999, *rows[0][2:]]]})
    with pytest.raises(ArchiveError, match="không nhất quán"):
        restore(orphan, using=sqlite_copy, replace=True)
    assert (all_rows(sqlite_copy), all_files()) == before


def test_a_backup_sees_one_moment_and_keeps_nobody_waiting(archive: Path, sqlite_copy: str, elsewhere: Any) -> None:
    elsewhere("new")
    restore(archive, using=sqlite_copy)
    groups = Group.objects.using(sqlite_copy)
    with steady_view(sqlite_copy):
        before = groups.count()
        with sqlite3.connect(connections[sqlite_copy].settings_dict["NAME"], timeout=0) as other:
            other.execute("INSERT INTO auth_group (name) VALUES ('trong lúc sao lưu')")
        other.close()
        assert groups.count() == before
    assert groups.count() == before + 1


def test_an_unfinished_archive_is_never_seen(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="mất điện"), new_archive(tmp_path / "sao-luu.zip"):
        raise RuntimeError("mất điện")
    assert list(tmp_path.iterdir()) == []


def test_only_its_owner_may_read_an_archive(archive: Path) -> None:
    assert archive.stat().st_mode & 0o777 == 0o600


def test_the_commands_say_what_they_did(
    installation: Any, sqlite_copy: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("backup", str(tmp_path / "a.zip"))
    assert "và 2 tệp vào" in capsys.readouterr().out
    with pytest.raises(CommandError, match="--replace"):
        call_command("restore", str(tmp_path / "a.zip"))


def test_a_folder_that_is_not_there_is_one_sentence(installation: Any, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Không ghi được"):
        call_command("backup", str(tmp_path / "none" / "a.zip"))

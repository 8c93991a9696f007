"""Backing up and restoring a whole installation: its rows and its private files."""

import shutil
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import DEFAULT_DB_ALIAS, Error, IntegrityError, connections

from qms.files.storage import stored_names
from qms.overview.archive import (
    ArchiveError,
    Manifest,
    new_archive,
    read_rows,
    unpack,
    verified_archive,
)
from qms.overview.snapshot import applied_migrations, dump, kept_fields, kept_models, load, rebuilt, steady_view

# Folders of a restore under way, inside the files' own folder because that may be a disk of its own.
STAGED, REPLACED = ".restoring", ".replaced"


def back_up(target: Path, *, at: datetime, using: str = DEFAULT_DB_ALIAS) -> Manifest:
    """Writes everything into one new archive at `target` (replaced when complete). Others may go on working meanwhile.

    Rows first, files after them: every file that a row names was there before the row.
    """
    with new_archive(target) as writer:
        with steady_view(using):
            migrations = applied_migrations(using)
            for model in kept_models():
                names = [field.name for field in kept_fields(model)]
                writer.add_table(model._meta.label, names, dump(model, using))
        for name, opened in stored_files():
            writer.add_file(opened, name)
        return writer.close(created=at.isoformat(), migrations=migrations)


def stored_files() -> Iterator[tuple[str, Callable[[], Any]]]:
    """Name and way in of every file, wherever the installation keeps them."""
    if isinstance(default_storage, FileSystemStorage):
        root = Path(settings.MEDIA_ROOT)
        yield from ((path.relative_to(root).as_posix(), partial(path.open, "rb")) for path in private_files(root))
    else:
        yield from ((name, partial(default_storage.open, name, "rb")) for name in stored_names(""))


def private_files(root: Path) -> Iterator[Path]:
    """Regular files below the folder, in a stable order."""
    hidden = {root / STAGED, root / REPLACED}
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_symlink() and hidden.isdisjoint(path.parents):
            yield path


def restore(source: Path, *, replace: bool = False, using: str = DEFAULT_DB_ALIAS) -> Manifest:
    """Makes this installation what the archive holds, then brings it to the installed version.

    Files always go into MEDIA_ROOT: where a bucket is used, they are copied there afterwards (deploy/README.md).
    Raises ArchiveError, having changed nothing, when the archive is not sound, comes from a newer version, or the
    installation is in use and `replace` is not given. Any failure later leaves rows and files as they were.
    """
    root = Path(settings.MEDIA_ROOT)
    with verified_archive(source) as (archive, manifest):
        if not replace and (has_people(using) or has_files(root)):
            raise ArchiveError("Nơi khôi phục đang có dữ liệu. Nếu đúng là muốn thay toàn bộ, hãy thêm --replace.")
        check_space(root, sum(file.size for file in manifest.files))
        swap = FileSwap(root)
        try:
            swap.stage(archive, manifest)
            with rebuilt(using, manifest.migrations) as registry:
                load_tables(archive, manifest, registry, using)
                swap.apply()
        except IntegrityError as error:
            swap.undo()
            raise ArchiveError(f"Dữ liệu trong bản sao lưu không nhất quán: {error}") from error
        except BaseException:
            swap.undo()
            raise
        swap.discard()
        return manifest


def load_tables(archive: zipfile.ZipFile, manifest: Manifest, registry: Any, using: str) -> None:
    """All rows of the archive, in any order: references are checked at the end."""
    models = {model._meta.label: model for model in kept_models(registry)}
    for table in manifest.tables:
        try:
            load(models[table.model], table.fields, read_rows(archive, table), using)
        except (KeyError, TypeError, ValueError, FieldDoesNotExist, ValidationError) as error:
            raise ArchiveError(f"Bảng {table.model} trong bản sao lưu không đúng cấu trúc.") from error


def has_people(using: str) -> bool:
    """Whether anybody has an account: an installation without people is not in use."""
    model = get_user_model()
    try:
        with connections[using].cursor() as cursor:
            tables = connections[using].introspection.table_names(cursor)
        return model._meta.db_table in tables and model._base_manager.using(using).exists()
    except Error as error:
        raise ArchiveError(f"Không mở được cơ sở dữ liệu: {error}") from error


def has_files(root: Path) -> bool:
    """Whether there is any private file."""
    return next(private_files(root), None) is not None


def check_space(root: Path, needed: int) -> None:
    """`needed` in bytes; the old files stay until the new ones are in place."""
    root.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(root).free
    if needed > free:
        raise ArchiveError(f"Ổ đĩa còn {free // 2**20} MB, cần {needed // 2**20} MB để khôi phục các tệp.")


class FileSwap:
    """Puts unpacked files in the place of the present ones, and back again after an error."""

    def __init__(self, root: Path) -> None:
        self.root, self.staged, self.replaced = root, root / STAGED, root / REPLACED
        self.emptied = False

    def stage(self, archive: zipfile.ZipFile, manifest: Manifest) -> None:
        """Unpacks beside the present files."""
        if self.replaced.exists():
            raise ArchiveError(
                f"Lần khôi phục trước bị ngắt, {self.replaced} còn giữ các tệp cũ."
                " Hãy kiểm tra, chuyển thư mục đó đi rồi chạy lại."
            )
        shutil.rmtree(self.staged, ignore_errors=True)
        self.staged.mkdir()
        for file in manifest.files:
            unpack(archive, file, self.staged)

    def apply(self) -> None:
        """Renames only, so that it takes no time."""
        self.replaced.mkdir()
        self._move_all(self.root, self.replaced)
        self.emptied = True
        self._move_all(self.staged, self.root)

    def undo(self) -> None:
        """The files are as before `stage`, however far we came."""
        if self.emptied:
            self._move_all(self.root, self.staged)
        if self.replaced.is_dir():
            self._move_all(self.replaced, self.root)
            self.replaced.rmdir()
        shutil.rmtree(self.staged, ignore_errors=True)

    def discard(self) -> None:
        """Removes the old files, which nothing names any more."""
        self.staged.rmdir()
        shutil.rmtree(self.replaced)

    def _move_all(self, source: Path, target: Path) -> None:
        for path in list(source.iterdir()):
            if path not in (self.staged, self.replaced):
                path.rename(target / path.name)

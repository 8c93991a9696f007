"""The backup archive: one zip with `manifest.json`, one file of JSON lines per table, and the private files.

The manifest names every other member with its size and sha256, and the migrations that the tables have. Rows are
written as the models see them, so an archive made on SQLite is restored on PostgreSQL and the other way round.
"""

import hashlib
import json
import os
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

FORMAT = 1
MANIFEST = "manifest.json"
CHUNK = 1 << 20  # bytes
# What Python's zipfile raises on a damaged, encrypted or foreign archive.
BAD_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)


class ArchiveError(Exception):
    """The archive cannot be used; the message is one Vietnamese sentence for the person at the keyboard."""


@dataclass(frozen=True)
class Member:
    """A file of the archive. `size` in bytes."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Table(Member):
    """The rows of one model ("plans.Task"): JSON lists in the order of `fields`, one per line."""

    model: str
    fields: list[str]
    rows: int


@dataclass(frozen=True)
class Manifest:
    """What the archive holds. `created` is an ISO date and time, `migrations` are (app, name) in no special order."""

    created: str
    migrations: list[tuple[str, str]]
    tables: list[Table]
    files: list[Member]

    @property
    def members(self) -> list[Member]:
        """Everything but the manifest itself."""
        return [*self.tables, *self.files]


class Writer:
    """Adds members to a zip and remembers what it added."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.tables: list[Table] = []
        self.files: list[Member] = []

    def add_table(self, model: str, fields: list[str], rows: Iterable[list[Any]]) -> None:
        """One line per row."""
        lines = Counted(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)
        member = self._add(f"database/{model}.jsonl", lines)
        self.tables.append(Table(**asdict(member), model=model, fields=fields, rows=lines.count))

    def add_file(self, opened: Callable[[], Any], relative: str) -> None:
        """`opened()` gives the binary stream. A file that is removed while we work is left out: only what no row needs

        any more is ever removed.
        """
        try:
            with opened() as stream:
                self.files.append(self._add(f"files/{relative}", chunks(stream)))
        except FileNotFoundError:
            return

    def close(self, *, created: str, migrations: list[tuple[str, str]]) -> Manifest:
        """Writes the manifest, last, when all sums are known."""
        manifest = Manifest(created, migrations, self.tables, self.files)
        self.archive.writestr(
            MANIFEST, json.dumps({"format": FORMAT, **asdict(manifest)}, ensure_ascii=False, indent=1)
        )
        return manifest

    def _add(self, path: str, content: Iterable[bytes]) -> Member:
        digest, size = hashlib.sha256(), 0
        with self.archive.open(path, "w", force_zip64=True) as out:
            for chunk in content:
                out.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        return Member(path, size, digest.hexdigest())


class Counted:
    """An iterable that knows how many items it gave."""

    def __init__(self, items: Iterable[bytes]) -> None:
        self.items, self.count = items, 0

    def __iter__(self) -> Iterator[bytes]:
        for item in self.items:
            self.count += 1
            yield item


def chunks(stream: Any) -> Iterator[bytes]:
    """The rest of a binary stream in pieces of at most CHUNK bytes."""
    while piece := stream.read(CHUNK):
        yield piece


@contextmanager
def new_archive(target: Path) -> Iterator[Writer]:
    """A writer for `target`, which appears when complete. It holds password hashes: only its owner may read it."""
    part = target.with_name(f".{target.name}.part")
    try:
        with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as stream:
            with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
                yield Writer(archive)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def verified_archive(source: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """The opened archive and its manifest, after every name, size and sha256 was found right; else ArchiveError."""
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = read_manifest(archive)
            check_names(archive, manifest)
            for member in manifest.members:
                check_sum(archive, member)
            yield archive, manifest
    except FileNotFoundError as error:
        raise ArchiveError(f"Không có tệp {source}.") from error
    except BAD_ZIP as error:
        raise ArchiveError(f"{source} không phải là bản sao lưu hoặc đã hỏng ({error}).") from error


def read_manifest(archive: zipfile.ZipFile) -> Manifest:
    """The manifest in its own words; ArchiveError where it is missing, malformed or of a newer format."""
    try:
        content = json.loads(archive.read(MANIFEST))
        if content.pop("format") != FORMAT:
            raise ArchiveError("Bản sao lưu có định dạng của một phiên bản khác. Hãy nâng cấp phần mềm rồi khôi phục.")
        return Manifest(
            created=str(content["created"]),
            migrations=[(str(app), str(name)) for app, name in content["migrations"]],
            tables=[Table(**table) for table in content["tables"]],
            files=[Member(**file) for file in content["files"]],
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ArchiveError("Bản sao lưu không có bảng kê hợp lệ.") from error


def check_names(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """The archive holds exactly what the manifest lists, and no name leads out of the folder it is unpacked into."""
    listed = sorted([MANIFEST, *(member.path for member in manifest.members)])
    if sorted(archive.namelist()) != listed:
        raise ArchiveError("Bản sao lưu thừa hoặc thiếu tệp so với bảng kê.")
    unsafe = [member.path for member in manifest.members if not is_safe(member.path)]
    misplaced = [file.path for file in manifest.files if not file.path.startswith("files/")]
    if unsafe or misplaced:
        raise ArchiveError(f"Bản sao lưu có tên tệp không hợp lệ: {(unsafe + misplaced)[0]!r}.")


def is_safe(path: str) -> bool:
    """A relative path in its plainest form, below the folder it is read against on any system."""
    pure = PurePosixPath(path)
    plain = path == pure.as_posix() and not pure.is_absolute() and ".." not in pure.parts
    return plain and not set(path) & set("\\:\0")


def check_sum(archive: zipfile.ZipFile, member: Member) -> None:
    """Reads the member to its end."""
    digest = hashlib.sha256()
    with archive.open(member.path) as stream:
        for chunk in chunks(stream):
            digest.update(chunk)
    if archive.getinfo(member.path).file_size != member.size or digest.hexdigest() != member.sha256:
        raise ArchiveError(f"Nội dung của {member.path} trong bản sao lưu không khớp mã sha256.")


def read_rows(archive: zipfile.ZipFile, table: Table) -> Iterator[list[Any]]:
    """The rows of one table, one at a time."""
    with archive.open(table.path) as stream:
        for line in stream:
            yield json.loads(line)


def unpack(archive: zipfile.ZipFile, member: Member, folder: Path) -> None:
    """Writes a member listed under files/ below the folder, where it may not exist yet."""
    target = folder / PurePosixPath(member.path).relative_to("files")
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(member.path) as source, target.open("xb") as out:
        shutil.copyfileobj(source, out, CHUNK)

"""The departments of these tests; a small installation, and second databases to restore it into."""

import hashlib
import json
import uuid
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.db import connection, connections

from plans.tests.journey import Department, department
from qms.documents.models import FrozenDocument
from qms.organisation.enums import UnitKind
from qms.organisation.models import Agency, Unit, User
from qms.organisation.tests.cast import House, found_house
from tests.founding import once_a_file

NOON = datetime(2026, 3, 2, 5, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture(scope="module")
def founded_house(module_db: None) -> House:
    """Founded once for all tests of a file."""
    return found_house().read_roles()


@pytest.fixture
def house(founded_house: House, db: None) -> House:
    """A department."""
    return deepcopy(founded_house)


founded = once_a_file(department)


@pytest.fixture
def place(founded: Department, db: None) -> Department:
    """A department that makes plans."""
    return deepcopy(founded)


def found_installation() -> Agency:
    """Rows of every sort: text with marks, dates to the microsecond, references to self and to any model, files."""
    agency = Agency.objects.create(code="so", name="Sở Thử nghiệm", abbreviation="STN", place="Sông Giang")
    password = make_password("mat-khau-thu")
    person = User.objects.create(username="thu.ky", password=password, full_name="Đặng Thị Ước", agency=agency)
    person.groups.add(Group.objects.create(name="Thư ký"))
    child = Unit.objects.create(agency=agency, name="Tổ ISO", kind=UnitKind.values[0], valid_from=date(2026, 1, 1))
    child.parent = Unit.objects.create(agency=agency, name="Văn phòng Sở", kind=UnitKind.values[0])
    child.save()  # a row whose reference points to a later one
    Session.objects.create(session_key="k" * 32, session_data="", expire_date=NOON)
    freeze(agency)
    return agency


def freeze(agency: Agency) -> None:
    """A document with its two files."""
    document = FrozenDocument(
        agency=agency,
        content_type=ContentType.objects.get_for_model(Agency),
        object_id=agency.pk,
        file_name="KH-01",
        at=NOON,
        pdf_size=4,
        docx_size=4,
    )
    document.pdf.save("kế hoạch.pdf", ContentFile(b"%PDF"), save=False)
    document.docx.save("ke-hoach.docx", ContentFile(b"PK\3\4"), save=False)
    document.save()


@contextmanager
def sqlite_database(path: Path) -> Iterator[str]:
    """The alias of the SQLite database in that file."""
    options = {"transaction_mode": "IMMEDIATE", "timeout": 5, "init_command": "PRAGMA journal_mode=WAL;"}
    with second_database("copy", ENGINE="django.db.backends.sqlite3", NAME=path, OPTIONS=options) as alias:
        yield alias


@pytest.fixture
def postgres_copy(db: None) -> Iterator[str]:
    """The alias of an empty PostgreSQL database beside that of the tests."""
    name = f"copy_{uuid.uuid4().hex}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    with second_database("copy_pg", NAME=name) as alias:
        yield alias
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name}")


@contextmanager
def second_database(alias: str, **values: Any) -> Iterator[str]:
    """Makes the alias known to Django."""
    connections.databases[alias] = {**connections.databases["default"], **values}
    connections[alias].connect()  # by hand, as Django's tests keep to the databases of the settings
    yield alias
    connections[alias].close()
    del connections[alias]
    del connections.databases[alias]


@pytest.fixture
def rewritten() -> Callable[..., Path]:
    """`rewritten(archive, …)`: a copy of an archive with something changed; see `rewrite`."""
    return rewrite


def rewrite(
    source: Path,
    *,
    contents: dict[str, bytes] | None = None,
    rows: dict[str, Callable[[list[Any]], list[Any]]] | None = None,
    manifest: Callable[[dict[str, Any]], object] | None = None,
    renamed: dict[str, str] | None = None,
    left_out: frozenset[str] = frozenset(),
) -> Path:
    """`contents` changes members behind the manifest's back; `rows`, `manifest` and `renamed` keep the sums right."""
    with zipfile.ZipFile(source) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    listing = json.loads(members["manifest.json"])
    for model, change in (rows or {}).items():
        path = f"database/{model}.jsonl"
        members[path] = json_lines(change([json.loads(line) for line in members[path].splitlines()]))
    for old, new in (renamed or {}).items():
        members[new] = members.pop(old)
    relist(listing, members, renamed or {})
    if manifest:
        manifest(listing)
    members = {**members, "manifest.json": json.dumps(listing).encode(), **(contents or {})}
    target = source.with_name(f"changed-{source.name}")
    with zipfile.ZipFile(target, "w") as archive:
        for name in members.keys() - left_out:
            archive.writestr(name, members[name])
    return target


def json_lines(rows: list[Any]) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def relist(listing: dict[str, Any], members: dict[str, bytes], renamed: dict[str, str]) -> None:
    """Names, sizes and sums as the members have them now."""
    for entry in [*listing["tables"], *listing["files"]]:
        path = renamed.get(entry["path"], entry["path"])
        entry.update(path=path, size=len(members[path]), sha256=hashlib.sha256(members[path]).hexdigest())

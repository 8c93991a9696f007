"""A file is kept under a name of our own, once its row is; what failed leaves nothing behind."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as project
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from qms.files.actions import LONGEST_NAME, clean_name, store_file, sweep_orphans
from qms.files.models import StoredFile
from qms.files.together import files_and_rows
from qms.organisation.tests.cast import NOW, House, found_house

TEXT = "Kết quả: đạt\n".encode()


@pytest.fixture
def house(db: None) -> House:
    return found_house()


def keep(house: House, name: str = "kết quả.txt", content: bytes = TEXT) -> StoredFile:
    return store_file(SimpleUploadedFile(name, content), agency=house.agency, actor=house["truong"], at=NOW)


def on_disk() -> list[Path]:
    return [path for path in Path(project.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_its_name_on_disk_says_nothing(house: House) -> None:
    stored = keep(house)
    assert Path(stored.file.name).parent.parent == Path("evidence")
    assert Path(stored.file.name).name.isalnum()
    assert stored.original_name == "kết quả.txt"


def test_its_hash_and_size_are_those_of_the_content(house: House) -> None:
    stored = keep(house)
    with stored.file.open() as file:
        assert file.read() == TEXT
    assert (stored.sha256, stored.size) == (hashlib.sha256(TEXT).hexdigest(), len(TEXT))


def test_a_name_is_kept_in_composed_letters() -> None:
    assert clean_name("Ba\u0301o ca\u0301o\u00a0 quý I.pdf") == "Báo cáo quý I.pdf"


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd.pdf", "..\\a.pdf", "C:\\a.pdf", "C:a.pdf", "a/b.pdf", "a\0.pdf", "a\u202efdp.exe", "..", ".",
     "a\n.pdf", "a\u200e.pdf", "  ", ""],
)  # fmt: skip
def test_what_is_no_plain_name_is_refused(name: str) -> None:
    with pytest.raises(ValidationError, match=r"[tT]ên"):
        clean_name(name)


def test_an_over_long_name_is_refused() -> None:
    assert len(clean_name("ă" * (LONGEST_NAME - 4) + ".pdf")) == LONGEST_NAME
    with pytest.raises(ValidationError, match="dài quá 200 ký tự"):
        clean_name("ă" * (LONGEST_NAME - 3) + ".pdf")


def test_a_large_file_is_refused(house: House, settings) -> None:
    settings.EVIDENCE_MAX_BYTES = 1024**2
    with pytest.raises(ValidationError, match=r"kết quả\.txt: Tệp lớn hơn 1 MB"):
        keep(house, content=b"a" * (1024**2 + 1))
    assert on_disk() == []


def test_a_refusal_names_the_file_and_keeps_nothing(house: House) -> None:
    with pytest.raises(ValidationError, match=r"kết quả\.txt: Không nhận chương trình"):
        keep(house, content=b"MZ\x90")
    assert (on_disk(), StoredFile.objects.count()) == ([], 0)


def test_a_file_whose_row_cannot_be_saved_is_taken_back(house: House) -> None:
    house.agency.pk = None
    with pytest.raises(ValueError, match="unsaved related object"):
        keep(house)
    assert on_disk() == []


class Failure(Exception):
    """What goes wrong in these tests."""


def fail() -> None:
    raise Failure


@files_and_rows()
def keep_and(house: House, then: Callable[[], object]) -> None:
    """One file, and something else in the same transaction."""
    keep(house)
    then()


@pytest.mark.django_db(transaction=True)
def test_a_file_of_a_failed_transaction_is_taken_back(house: House) -> None:
    with pytest.raises(IntegrityError):
        keep_and(house, lambda: StoredFile.objects.update(size=0))
    assert (on_disk(), StoredFile.objects.count()) == ([], 0)


def test_the_failure_of_a_part_takes_back_its_own_files_only(house: House) -> None:
    def part() -> None:
        with pytest.raises(Failure):
            keep_and(house, fail)

    keep_and(house, part)
    kept = StoredFile.objects.get().file.name
    assert [str(path.relative_to(project.MEDIA_ROOT)) for path in on_disk()] == [kept]


@pytest.mark.django_db(transaction=True)
def test_the_failure_of_the_whole_takes_back_those_of_its_parts(house: House) -> None:
    with files_and_rows():
        keep_and(house, lambda: None)
    with pytest.raises(Failure), files_and_rows():
        keep_and(house, lambda: keep_and(house, fail))
    assert len(on_disk()) == StoredFile.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_failure_after_the_commit_keeps_the_file(house: House) -> None:
    with pytest.raises(Failure):
        keep_and(house, lambda: transaction.on_commit(fail))
    assert len(on_disk()) == StoredFile.objects.count() == 1


def test_what_a_killed_process_left_is_swept_when_it_is_a_day_old(house: House) -> None:
    stored = keep(house)
    left = default_storage.save("evidence/ab/left", ContentFile(b"x"))
    tomorrow = timezone.now() + timedelta(days=1, minutes=1)
    assert (sweep_orphans(at=timezone.now()), sweep_orphans(at=tomorrow)) == (0, 1)
    assert default_storage.exists(stored.file.name)
    assert not default_storage.exists(left)


def test_an_empty_storage_is_swept_too(db: None) -> None:
    assert sweep_orphans(at=timezone.now()) == 0

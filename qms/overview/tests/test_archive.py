"""A backup that is not sound is refused before anything is touched."""

import zipfile
from pathlib import Path
from typing import Any

import pytest

from qms.overview.archive import ArchiveError, is_safe, new_archive, unpack, verified_archive

CREATED = "2026-03-02T12:00:00+07:00"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive with one table and one file."""
    (tmp_path / "plan.pdf").write_bytes(b"%PDF-1.7")
    with new_archive(tmp_path / "sao-luu.zip") as writer:
        writer.add_table("auth.Group", ["id", "name"], [[1, "Thư ký"], [2, "Văn thư"]])
        writer.add_file(lambda: (tmp_path / "plan.pdf").open("rb"), "documents/2026/plan.pdf")
        writer.close(created=CREATED, migrations=[("auth", "0001_initial")])
    return tmp_path / "sao-luu.zip"


def refused(path: Path) -> str:
    with pytest.raises(ArchiveError) as caught, verified_archive(path):
        pass
    return str(caught.value)


def test_a_sound_archive_says_what_it_holds(archive: Path) -> None:
    with verified_archive(archive) as (_, manifest):
        assert manifest.migrations == [("auth", "0001_initial")]
        assert [(table.model, table.fields, table.rows) for table in manifest.tables] == [
            ("auth.Group", ["id", "name"], 2)
        ]
        assert [file.path for file in manifest.files] == ["files/documents/2026/plan.pdf"]


def test_a_changed_file_is_found(archive: Path, rewritten: Any) -> None:
    changed = rewritten(archive, contents={"files/documents/2026/plan.pdf": b"%PDF-1.8"})
    assert "không khớp mã sha256" in refused(changed)


def test_a_changed_row_is_found(archive: Path, rewritten: Any) -> None:
    changed = rewritten(archive, contents={"database/auth.Group.jsonl": b'[1, "Khach"]\n'})
    assert "không khớp mã sha256" in refused(changed)


def test_a_file_that_is_not_listed_is_found(archive: Path) -> None:
    with zipfile.ZipFile(archive, "a") as extended:
        extended.writestr("files/documents/them.pdf", b"x")
    assert "thừa hoặc thiếu tệp" in refused(archive)


def test_a_listed_file_that_is_missing_is_found(archive: Path, rewritten: Any) -> None:
    assert "thừa hoặc thiếu tệp" in refused(rewritten(archive, left_out={"files/documents/2026/plan.pdf"}))


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"format": 1}', b"\xff\xfe", b'{"format": 1, "created": 1}'])
def test_a_manifest_that_makes_no_sense_is_refused(archive: Path, rewritten: Any, content: bytes) -> None:
    assert "bảng kê" in refused(rewritten(archive, contents={"manifest.json": content}))


def test_another_format_is_refused(archive: Path, rewritten: Any) -> None:
    newer = rewritten(archive, manifest=lambda manifest: manifest.update(format=2))
    assert "phiên bản khác" in refused(newer)


def test_a_truncated_archive_is_refused(archive: Path) -> None:
    archive.write_bytes(archive.read_bytes()[:-100])
    assert "không phải là bản sao lưu hoặc đã hỏng" in refused(archive)


def test_an_archive_damaged_in_the_middle_is_refused(archive: Path) -> None:
    content = bytearray(archive.read_bytes())
    content[80:84] = b"\xff\xff\xff\xff"  # inside the packed rows
    archive.write_bytes(content)
    assert "không phải là bản sao lưu hoặc đã hỏng" in refused(archive)


def test_a_missing_archive_is_one_sentence(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.zip").startswith("Không có tệp")


@pytest.mark.parametrize(
    "path",
    [
        "files/../../etc/cron.d/x",
        "/etc/cron.d/x",
        "files//etc/x",
        "files/./x",
        "files\\..\\x",
        "C:/x",
        "files/x\0y",
        "..",
    ],
)
def test_a_path_that_leads_elsewhere_is_not_safe(path: str) -> None:
    assert not is_safe(path)


def test_a_path_with_vietnamese_letters_is_safe() -> None:
    assert is_safe("files/documents/2026/kế hoạch số 01.pdf")


@pytest.mark.parametrize("path", ["files/../../outside.pdf", "database/outside.pdf"])
def test_a_file_listed_outside_its_folder_is_refused(archive: Path, rewritten: Any, path: str) -> None:
    moved = rewritten(archive, renamed={"files/documents/2026/plan.pdf": path})
    assert "tên tệp không hợp lệ" in refused(moved)


def test_unpacking_never_overwrites(archive: Path, tmp_path: Path) -> None:
    with verified_archive(archive) as (content, manifest):
        unpack(content, manifest.files[0], tmp_path / "new")
        with pytest.raises(FileExistsError):
            unpack(content, manifest.files[0], tmp_path / "new")
    assert (tmp_path / "new/documents/2026/plan.pdf").read_bytes() == b"%PDF-1.7"

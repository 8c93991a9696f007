"""`manage.py parse_timing` as a program: its own process, bytes in and out."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

Run = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs the command on bytes with neither a database nor a broker within reach."""
    nowhere = {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none", "REDIS_URL": "redis://127.0.0.1:1/0"}
    env = os.environ | nowhere | {"DEBUG": "1", "QMS_DATA_DIR": str(tmp_path), "LC_ALL": "C"}

    def _run(data: bytes, *options: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "manage.py", "parse_timing", "--year", "2026", *options]
        return subprocess.run(command, input=data, capture_output=True, cwd=settings.BASE_DIR, env=env, check=False)

    return _run


def test_each_line_gives_one_json_object_blank_lines_too(run: Run) -> None:
    done = run("Tháng 4\n\nThường xuyên\r\nChưa\u2028rõ".encode(), "--json")
    objects = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert [(o["text"], o["kind"]) for o in objects] == [
        ("Tháng 4", "window"),
        ("", "unknown"),
        ("Thường xuyên", "continuous"),
        ("Chưa\u2028rõ", "unknown"),
    ]
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Thường xuyên" in done.stdout.decode()  # the letters as they are


def test_without_json_a_line_reads_as_a_sentence(run: Run) -> None:
    done = run("Trước ngày 07/5/2026\n".encode())
    assert done.stdout.decode() == (
        "Trước ngày 07/5/2026 → Thời hạn cố định: Trước ngày 07/05/2026 nên ngày cuối là thứ Tư 06/05/2026.\n"
    )


def test_bytes_that_are_not_utf8_give_one_clear_line(run: Run) -> None:
    done = run("Tháng 4\nQuý ".encode() + b"\xff\xfe\n", "--json")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode() == (
        "Dữ liệu vào không phải văn bản UTF-8 (dòng 2); hãy lưu tệp bằng bảng mã UTF-8 rồi thử lại.\n"
    )


def test_no_input_gives_no_output(run: Run) -> None:
    done = run(b"", "--json")
    assert (done.returncode, done.stdout) == (0, b"")

"""Reading in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from plans.importing import NotAPlan, isolated, read_plan, read_plan_safely, safety

from .typed import FIRST, HEADING, Typed


@pytest.fixture
def file(tmp_path: Path) -> Path:
    typed = Typed().start()
    typed.table([HEADING, FIRST])
    return typed.end().save(tmp_path / "ke-hoach.docx")


def test_the_same_plan_comes_out(file: Path) -> None:
    assert read_plan_safely(file) == read_plan(file)


def test_the_same_sentence_comes_out(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"PK\x03\x04")
    with pytest.raises(NotAPlan) as caught:
        read_plan_safely(path)
    assert str(caught.value) == safety.BROKEN


def test_the_name_of_the_upload_counts(file: Path) -> None:
    bare = file.rename(file.with_suffix(".tmp"))
    assert read_plan_safely(bare, name="--help\0.docx") == read_plan(bare, name="--help.docx")


def test_a_reader_that_breaks_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    assert isolated._sentence(-9, "killed") == isolated.TOO_HARD
    assert [record.getMessage() for record in caplog.records] == ["Reading an uploaded plan ended with -9: killed"]


def test_a_reader_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    pipe = tmp_path / "ke-hoach.docx"
    pipe.write_bytes(b"x")
    with pytest.raises(NotAPlan) as caught:
        read_plan_safely(pipe, seconds=0)
    assert str(caught.value) == isolated.TOO_HARD


def test_the_process_may_not_fill_the_memory() -> None:
    program = (
        "from plans.importing import __main__ as reader\n"
        "reader._limit()\n"
        "try:\n    bytearray(2 * reader.MEMORY_LIMIT)\n"
        "except MemoryError:\n    print('bounded')"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=isolated.ROOT, check=True,
        env={"PATH": os.defpath},
    )  # fmt: skip
    assert done.stdout == "bounded\n"


def test_the_command_prints_the_stored_form(file: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "plans.importing", str(file)], capture_output=True, cwd=isolated.ROOT, check=True,
        env={"PATH": os.defpath, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert json.loads(done.stdout) == json.loads(json.dumps(read_plan(file).to_storage()))

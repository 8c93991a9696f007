"""Reading in a process of its own: a hostile file can only hurt that process, and only for a while."""

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

from .result import ImportedPlan, NotAPlan

log = logging.getLogger(__name__)
ROOT = Path(__file__).resolve().parents[2]
TIME_LIMIT = 20
"""Seconds on the clock, and of processor time."""
MEMORY_LIMIT = 1024 * 2**20
NOT_A_PLAN = 3
"""Exit code for a file that is no plan; its one sentence is then on standard error."""
TOO_HARD = "Tệp quá lớn hoặc quá phức tạp, không đọc được trong thời gian cho phép."


def read_plan_safely(path: Path, *, name: str = "", seconds: int = TIME_LIMIT) -> ImportedPlan:
    """`read_plan` in a process with bounded time and memory. Raises NotAPlan with the same sentences."""
    sent_as = (name or path.name).replace("\0", "").encode("utf-8", "replace").decode()
    command = [sys.executable, "-m", __package__, f"--name={sent_as}", str(path.resolve())]
    environment = {"PATH": os.defpath, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(  # noqa: S603 - no shell, a fixed program
            command,
            capture_output=True,
            timeout=seconds,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise NotAPlan(TOO_HARD) from error
    if done.returncode != 0:
        raise NotAPlan(_sentence(done.returncode, done.stderr.decode("utf-8", "replace").strip()))
    return ImportedPlan.from_storage(json.loads(done.stdout))


def _sentence(code: int, complaint: str) -> str:
    """What the process said of the file; where it was stopped or broke, why goes to the log."""
    if code == NOT_A_PLAN and complaint:
        return complaint.splitlines()[-1]
    log.error("Reading an uploaded plan ended with %s: %s", code, complaint[-2000:])
    return TOO_HARD

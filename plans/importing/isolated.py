"""Reading in a process of its own: a hostile file can only hurt that process, and only for a while."""

import json
import os
import subprocess
import sys
from pathlib import Path

from .result import ImportedPlan, NotAPlan

ROOT = Path(__file__).resolve().parents[2]
TIME_LIMIT = 20
"""Seconds on the clock, and of processor time."""
MEMORY_LIMIT = 1024 * 2**20
NOT_A_PLAN = 2
"""Exit code for a file that is no plan; its one sentence is then on standard error."""
TOO_HARD = "Tệp quá lớn hoặc quá phức tạp, không đọc được trong thời gian cho phép."


def read_plan_safely(path: Path, *, name: str = "", seconds: int = TIME_LIMIT) -> ImportedPlan:
    """`read_plan` in a process with bounded time and memory. Raises NotAPlan with the same sentences."""
    command = [sys.executable, "-m", __package__, str(path.resolve()), "--name", name or path.name]
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
    if done.returncode == NOT_A_PLAN:
        raise NotAPlan(done.stderr.decode("utf-8", "replace").strip())
    if done.returncode != 0:
        raise NotAPlan(TOO_HARD)
    return ImportedPlan.from_storage(json.loads(done.stdout))

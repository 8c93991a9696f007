"""Real Celery processes on the test's own database and broker, and the mail server they use."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connection


def environment(data: Path, *, smtp_port: int, **further: str) -> dict[str, str]:
    """What a worker of this test reads: the test's database, its Redis, its mail server, no patience."""
    return {
        **os.environ,
        "DATABASE_URL": database_url(),
        "REDIS_URL": settings.CACHES["default"]["LOCATION"],
        "EMAIL_URL": f"smtp://127.0.0.1:{smtp_port}",
        "QMS_DATA_DIR": str(data),
        "QMS_REMINDER_LEASE": "1",
        "QMS_REMINDER_INTERVAL": "1",
        "SECRET_KEY": settings.SECRET_KEY,
        "PYTHONWARNINGS": "ignore",
        **further,
    }


def database_url() -> str:
    """The test database, as a worker names it."""
    known = connection.settings_dict
    if known["HOST"].startswith("/"):  # a socket
        return f"postgres://{known['USER']}@/{known['HOST']}/{known['NAME']}"
    return f"postgres://{known['USER']}:{known['PASSWORD']}@{known['HOST']}:{known['PORT']}/{known['NAME']}"


def broker_url(redis_url: str) -> str:
    """The same Redis as Celery names it."""
    return redis_url.replace("unix://", "redis+socket://").replace("?db=", "?virtual_host=")


def start(env: dict[str, str], *arguments: str) -> subprocess.Popen:
    """A Celery process in a group of its own, so that it can be killed with all its children."""
    command = [sys.executable, "-m", "celery", "-A", "qms", *arguments]
    log = Path(env["QMS_DATA_DIR"]) / "celery.log"
    with log.open("ab") as out:
        return subprocess.Popen(command, cwd=settings.BASE_DIR, env=env, stdout=out, stderr=out, start_new_session=True)


def kill(process: subprocess.Popen) -> None:
    """As a power cut does: no word, no clean-up, with all its children."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_until(reached: Callable[[], bool], seconds: float = 30) -> bool:
    """Whether it came to pass in that time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if reached():
            return True
        time.sleep(0.02)
    return reached()

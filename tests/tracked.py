"""The files of the project, without what was taken in from others."""

import subprocess
from functools import cache
from pathlib import Path

from django.conf import settings

TAKEN_IN = ("tests/vendor/", "static/vendor/", "static/fonts/")


@cache
def tracked(*suffixes: str) -> list[Path]:
    """Our own files as git knows them (new ones too), with one of the suffixes; all text files where none is given."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True).stdout
    own = [line for line in listed.splitlines() if not line.startswith(TAKEN_IN)]
    paths = [settings.BASE_DIR / line for line in own if not suffixes or line.endswith(suffixes)]
    return [path for path in paths if path.is_file()]


def name(path: Path) -> str:
    """The path inside the project, for messages and test names."""
    return path.relative_to(settings.BASE_DIR).as_posix()

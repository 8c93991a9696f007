"""The files of the project, without what was taken in from others and what machines make."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings

TAKEN_IN = {"tests/vendor", "static/vendor"}
MADE = {".git", ".venv", "var", "staticfiles", "node_modules", "test-results", "__pycache__"}


@cache
def tracked(*suffixes: str) -> list[Path]:
    """Our own files with one of the suffixes, in a stable order."""
    return sorted(path for path in walk(settings.BASE_DIR) if path.name.endswith(suffixes))


def walk(folder: Path) -> Iterator[Path]:
    """Files below the folder; tools hide their caches behind a dot."""
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            if path.name not in MADE and not path.name.endswith("_cache") and name(path) not in TAKEN_IN:
                yield from walk(path)
        elif path.is_file():
            yield path


def name(path: Path) -> str:
    """The path inside the project, for messages and test names."""
    return path.relative_to(settings.BASE_DIR).as_posix()

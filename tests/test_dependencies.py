"""What we depend on is chosen, pinned and the same on every machine."""

import re
from importlib.metadata import version

import pytest
from django.conf import settings

FILES = ["requirements.txt", "requirements-dev.txt"]
PIN = re.compile(r"(?P<name>[A-Za-z0-9._-]+)(\[[a-z,]+\])?==(?P<version>\S+)\s+# (?P<reason>.{10,})")


def requirements() -> list[str]:
    lines = [line for file in FILES for line in (settings.BASE_DIR / file).read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if line and not line.startswith(("#", "-r "))]


@pytest.mark.parametrize("line", requirements())
def test_a_dependency_has_an_exact_pin_and_a_reason(line: str) -> None:
    assert PIN.fullmatch(line), line


@pytest.mark.parametrize("line", requirements())
def test_the_installed_version_is_the_pinned_one(line: str) -> None:
    pin = PIN.fullmatch(line)
    assert pin is not None
    assert version(pin["name"]) == pin["version"]


def test_nothing_is_named_twice() -> None:
    names = [line.split("==")[0].split("[")[0].lower() for line in requirements()]
    assert sorted(names) == sorted(set(names))

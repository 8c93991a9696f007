"""A department founded once for all tests of a file."""

from collections.abc import Callable
from typing import Any

import pytest


def once_a_file(found: Callable[[], Any]) -> Any:
    """A fixture of a file: what `found()` founds, with the roles of its people read. Tests take copies of it."""

    @pytest.fixture(scope="module")
    def founded(module_db: None) -> Any:
        place = found()
        place.house.read_roles()
        return place

    return founded

"""The department of these tests."""

from copy import deepcopy

import pytest

from .year import Year, found_year


@pytest.fixture(scope="module")
def founded(module_db: None) -> Year:
    """Founded once for all tests of a file."""
    found = found_year()
    found.house.read_roles()
    return found


@pytest.fixture
def place(founded: Year, db: None) -> Year:
    """Nothing registered yet."""
    return deepcopy(founded)

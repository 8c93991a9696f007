"""The department of these tests."""

from copy import deepcopy

import pytest

from tests.founding import once_a_file

from .year import Year, found_year

founded = once_a_file(found_year)


@pytest.fixture
def place(founded: Year, db: None) -> Year:
    """Nothing registered yet."""
    return deepcopy(founded)

"""The department of these tests."""

import pytest

from .year import Year, found_year


@pytest.fixture
def place(db: None) -> Year:
    """Nothing registered yet."""
    return found_year()

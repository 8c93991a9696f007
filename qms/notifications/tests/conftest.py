"""The department of the tests of this room."""

import pytest

from qms.organisation.tests.cast import House, found_house


@pytest.fixture
def house(db: None) -> House:
    """Our department."""
    return found_house()

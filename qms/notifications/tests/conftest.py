"""The department of the tests of this room."""

from copy import deepcopy

import pytest

from qms.organisation.tests.cast import House, found_house


@pytest.fixture(scope="module")
def founded(module_db: None) -> House:
    """Founded once for all tests of a file."""
    return found_house().read_roles()


@pytest.fixture
def house(founded: House, db: None) -> House:
    """Our department."""
    return deepcopy(founded)

"""The department every test of this room starts from."""

from copy import deepcopy

import pytest

from .cast import House, found_house


@pytest.fixture(scope="module")
def founded(module_db: None) -> House:
    """Founded once for all tests of a file."""
    return found_house().read_roles()


@pytest.fixture
def house(founded: House, db: None) -> House:
    """Our department."""
    return deepcopy(founded)


@pytest.fixture
def neighbour(db: None) -> House:
    """Another department of the same installation, whose rows could leak."""
    return found_house("so-tp", name="Sở Tư pháp", abbreviation="STP")

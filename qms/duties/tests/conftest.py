"""The department every test of this room starts from, and duties that its units owe."""

from copy import deepcopy

import pytest

from qms.organisation.tests.cast import House, found_house

from .owing import Owing


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


@pytest.fixture
def owing(house: House) -> Owing:
    """`owing.duty()`: a duty that the planning division owes."""
    return Owing(house)

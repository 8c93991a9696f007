"""The department every test of this room starts from, and duties that its units owe."""

import pytest

from qms.organisation.tests.cast import House, found_house

from .owing import Owing


@pytest.fixture
def house(db: None) -> House:
    """Our department."""
    return found_house()


@pytest.fixture
def neighbour(db: None) -> House:
    """Another department of the same installation, whose rows could leak."""
    return found_house("so-tp", name="Sở Tư pháp", abbreviation="STP")


@pytest.fixture
def owing(house: House) -> Owing:
    """`owing.duty()`: a duty that the planning division owes."""
    return Owing(house)

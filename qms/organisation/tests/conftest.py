"""The department every test of this room starts from."""

import pytest

from .cast import House, found_house


@pytest.fixture
def house(db: None) -> House:
    """Our department."""
    return found_house()


@pytest.fixture
def neighbour(db: None) -> House:
    """Another department of the same installation, whose rows could leak."""
    return found_house("so-tp", name="Sở Tư pháp", abbreviation="STP")

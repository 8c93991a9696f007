"""The half-year of these tests."""

from copy import deepcopy

import pytest

from .reporting import Reporting, found_reporting


@pytest.fixture(scope="module")
def founded(module_db: None) -> Reporting:
    """Founded once for all tests of a file."""
    return found_reporting()


@pytest.fixture
def half(founded: Reporting, db: None) -> Reporting:
    """Figures of two quarters, one missed; a round that is open."""
    return deepcopy(founded)

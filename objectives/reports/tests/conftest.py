"""The half-year of these tests."""

import pytest

from .reporting import Reporting, found_reporting


@pytest.fixture
def half(db: None) -> Reporting:
    """Figures of two quarters, one missed; a round that is open."""
    return found_reporting()

"""A department and the clause tables."""

import pytest

from qms.organisation.tests.cast import House, found_house
from qms.standards.loading import align_standards


@pytest.fixture
def house(db: None) -> House:
    """Our department, with the tables that `manage.py prepare` loads."""
    align_standards()
    return found_house()

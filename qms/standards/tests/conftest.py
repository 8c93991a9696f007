"""A department and the clause tables."""

from copy import deepcopy

import pytest

from qms.organisation.tests.cast import House, found_house
from qms.standards.loading import align_standards


@pytest.fixture(scope="module")
def founded(module_db: None) -> House:
    """Founded once for all tests of a file."""
    align_standards()
    return found_house().read_roles()


@pytest.fixture
def house(founded: House, db: None) -> House:
    """Our department, with the tables that `manage.py prepare` loads."""
    return deepcopy(founded)

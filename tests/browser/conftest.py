"""A department in a real browser."""

import pytest

from plans.tests.journey import Department, department


@pytest.fixture
def place(transactional_db: None) -> Department:
    """The people of one department, a deputy who signs for the head among them."""
    return department()

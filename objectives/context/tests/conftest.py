"""A department, the clause tables, and one risk of its planning division."""

from copy import deepcopy

import pytest

from objectives.context.actions import add_row
from objectives.context.models import Risk
from qms.organisation.tests.cast import NOW, House, found_house
from qms.standards.loading import align_standards

RISK = {"kind": Risk.Kind.RISK, "process": "Tiếp nhận hồ sơ", "text": "Hồ sơ trả trễ hạn"}


@pytest.fixture(scope="module")
def founded(module_db: None) -> House:
    """Founded once for all tests of a file."""
    align_standards()
    return found_house().read_roles()


@pytest.fixture
def house(founded: House, db: None) -> House:
    """Our department."""
    return deepcopy(founded)


@pytest.fixture
def risk(house: House) -> Risk:
    """Not judged yet."""
    return add_row(Risk, unit=house.unit("kh"), fields=RISK, actor=house["truong"], at=NOW)

"""A department, the clause tables, and one risk of its planning division."""

import pytest

from objectives.context.actions import add_row
from objectives.context.models import Risk
from qms.organisation.tests.cast import NOW, House, found_house
from qms.standards.loading import align_standards

RISK = {"kind": Risk.Kind.RISK, "process": "Tiếp nhận hồ sơ", "text": "Hồ sơ trả trễ hạn"}


@pytest.fixture
def house(db: None) -> House:
    """Our department."""
    align_standards()
    return found_house()


@pytest.fixture
def risk(house: House) -> Risk:
    """Not judged yet."""
    return add_row(Risk, unit=house.unit("kh"), fields=RISK, actor=house["truong"], at=NOW)

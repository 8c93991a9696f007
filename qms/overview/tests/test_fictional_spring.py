"""The fictional year looks alive in spring too."""

from datetime import date

import pytest

from qms.overview.fictional.load import load

from .alive import assert_alive

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_in_spring_something_is_done_late_under_way_and_waiting() -> None:
    load(today=date(2026, 3, 8))
    assert_alive(date(2026, 3, 8))

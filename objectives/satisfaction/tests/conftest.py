"""A department, one survey of its planning division, and an export of the one-stop system."""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from objectives.periods import Period, period_on
from objectives.satisfaction.actions import Given, add_survey
from objectives.satisfaction.models import Channel, Survey
from objectives.satisfaction.scheme import DEFAULT_CRITERIA, Counted
from objectives.terms import PeriodKind
from qms.organisation.tests.cast import NOW, TODAY, House, found_house

QUARTER = period_on(PeriodKind.QUARTER, TODAY)
LAST_QUARTER = period_on(PeriodKind.QUARTER, date.fromordinal(QUARTER.start.toordinal() - 1))
FIRST, SECOND = DEFAULT_CRITERIA[:2]


@pytest.fixture(autouse=True)
def without_broker(settings: Any) -> None:
    """Files are saved in the request, as where no worker runs."""
    settings.CELERY_BROKER_URL = None


@pytest.fixture(scope="module")
def founded(module_db: None) -> House:
    """Founded once for all tests of a file."""
    return found_house().read_roles()


@pytest.fixture
def house(founded: House, db: None) -> House:
    """Our department."""
    return deepcopy(founded)


def given(*, sent: int | None = 220, received: int = 200, comments: tuple[str, ...] = ()) -> Given:
    """191 of 200 satisfied by the first criterion, 150 of 190 by the second."""
    answers = {FIRST: Counted.of((1, 2, 6, 91, 100), 4), SECOND: Counted.of((10, 10, 20, 100, 50), 4)}
    return Given(sent, received, answers, [(None, text) for text in comments])


def asked(
    house: House, *, unit: str | None = "kh", period: Period = QUARTER, who: str = "thuky",
    channel: str = Channel.PAPER, **numbers: object,
) -> Survey:  # fmt: skip
    """One more survey."""
    return add_survey(
        agency=house.agency, unit=house.unit(unit) if unit else None, period=period, channel=channel,
        given=given(**numbers), actor=house[who], at=NOW,
    )  # fmt: skip


@pytest.fixture
def survey(house: House) -> Survey:
    """Of the planning division, this quarter, on paper."""
    return asked(house, who="truong")

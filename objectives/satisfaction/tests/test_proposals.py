"""Figures of objectives offered from surveys."""

from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from objectives.enums import SetState
from objectives.models import Figure, Objective
from objectives.periods import Period
from objectives.proposals import proposals_for
from objectives.satisfaction.actions import feed_objective, unfeed_objective
from objectives.satisfaction.models import FigureSource, Survey
from objectives.satisfaction.proposals import proposal_for
from objectives.terms import Measure, PeriodKind
from objectives.tests.year import FEBRUARY, YEAR, Year, found_year
from qms.organisation.tests.cast import NOW
from tests.founding import once_a_file

from .conftest import FIRST, asked

FIRST_QUARTER = Period(YEAR, PeriodKind.QUARTER, 1)
SPAN = f"01/01/{YEAR} đến 31/03/{YEAR}"


founded_year = once_a_file(found_year)


@pytest.fixture
def year(founded_year: Year, db: None) -> Year:
    """An issued objective of the planning division, measured by quarters; surveys of its first quarter."""
    return deepcopy(founded_year)


def objective_of(year: Year, **fields: Any) -> Objective:
    year.open()
    objectives = year.draft("kh")
    objective = year.objective(objectives, **fields)
    year.bring(objectives, SetState.ISSUED)
    return Objective.objects.get(pk=objective.pk)


def fed(year: Year, *, unit: str | None = "kh", criterion: str = FIRST, **fields: Any) -> Figure:
    objective = objective_of(year, **fields)
    feed_objective(
        objective, unit=year.unit(unit) if unit else None, criterion=criterion, actor=year["thuky"], at=FEBRUARY
    )  # fmt: skip
    return Figure.objects.get(objective=objective, index=1)


def test_a_ratio_is_offered_as_numerator_and_denominator_with_its_source(year: Year) -> None:
    figure = fed(year, measure=Measure.RATIO.value)
    asked(year.house, period=FIRST_QUARTER)
    asked(year.house, unit="tc", period=FIRST_QUARTER)
    proposal = proposal_for(figure.objective, figure)
    assert proposal.title == "Lấy từ khảo sát: 95,5\u00a0% (191/200)"
    note = f"Lấy từ khảo sát hài lòng (Phòng Kế hoạch - Tài chính, {FIRST}), {SPAN}: 95,5\u00a0% (191/200)."
    assert proposal.fields == {"numerator": Decimal(191), "denominator": Decimal(200), "note": note}


def test_a_number_is_offered_as_an_exact_percentage(year: Year) -> None:
    figure = fed(year, measure=Measure.NUMBER.value, gathering="latest", unit=None, criterion="")
    asked(year.house, period=FIRST_QUARTER)
    asked(year.house, unit="tc", period=FIRST_QUARTER)
    fields = proposal_for(figure.objective, figure).fields
    assert fields["value"] == Decimal("87.435897")  # 682 of 780


@pytest.mark.parametrize("period", [Period(YEAR - 1, PeriodKind.QUARTER, 1), Period(YEAR, PeriodKind.YEAR, 1)])
def test_surveys_of_other_days_are_not_counted(year: Year, period: Period) -> None:
    figure = fed(year)
    asked(year.house, period=period)
    assert proposal_for(figure.objective, figure) is None


def test_withdrawn_surveys_are_not_counted(year: Year) -> None:
    figure = fed(year)
    asked(year.house, period=FIRST_QUARTER)
    Survey.objects.update(withdrawn_on=date(YEAR, 4, 1), withdrawn_reason="Nhầm")
    assert proposals_for(figure) == {}


def test_an_objective_that_is_not_fed_gets_no_offer(year: Year) -> None:
    figure = fed(year)
    asked(year.house, period=FIRST_QUARTER)
    unfeed_objective(FigureSource.objects.get(), actor=year["thuky"])
    assert proposals_for(figure) == {}


def test_the_screen_of_the_figure_offers_and_takes_it_over(year: Year, client: Client) -> None:
    figure = fed(year, measure=Measure.RATIO.value)
    asked(year.house, period=FIRST_QUARTER)
    client.force_login(year["truong"])
    address = reverse("objectives:figure", args=[figure.pk])
    assert "Lấy từ khảo sát: 95,5\u00a0% (191/200)" in client.get(address).content.decode()
    initial = client.get(address, {"lay": "khao-sat"}).context["form"].initial
    sent = {name: str(initial[name]) for name in ("numerator", "denominator", "note", "revision")}
    assert client.post(address, sent).status_code == 302
    figure.refresh_from_db()
    assert (figure.words("%"), figure.note) == ("95,5\u00a0% (191/200)", initial["note"])


def test_an_objective_is_chosen_on_screen(year: Year, client: Client) -> None:
    objective = objective_of(year)
    client.force_login(year["thuky"])
    address = reverse("satisfaction:feeds")
    assert client.post(address, {"objective": objective.pk, "criterion": FIRST}).status_code == 302
    source = FigureSource.objects.get()
    assert (str(source), source.at >= NOW) == (f"Toàn cơ quan, {FIRST}", True)
    client.post(reverse("satisfaction:unfeed", args=[source.pk]))
    assert not FigureSource.objects.exists()

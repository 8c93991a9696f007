"""Figures go up the tree by the declared formula."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from objectives.board import board_of
from objectives.measuring import Given, enter_figure
from objectives.models import Objective
from objectives.terms import Formula, Gathering, Measure, Standing

from .year import YEAR, Year, figure, on

TODAY = date(YEAR, 4, 3)


def tree(place: Year, formula: Formula, **fields: Any) -> tuple[Objective, Objective, Objective]:
    """A department objective and two divisions that serve it, all issued."""
    above_set = place.draft(None)
    more = {"measure": Measure.RATIO.value, "gathering": Gathering.RATIO_OF_SUMS.value, **fields}
    above = place.objective(above_set, formula=formula.value, **more)
    below = []
    for key, weight in (("kh", 1), ("tc", 3)):
        objectives = place.draft(key)
        below.append(place.objective(objectives, serves=above, weight=Decimal(weight), **more))
        place.in_force(objectives)
    place.in_force(above_set)
    return above, *below


def enter(place: Year, objective: Objective, top: int, bottom: int, who: str, index: int = 1) -> None:
    given = Given(numerator=Decimal(top), denominator=Decimal(bottom), cause="Nhiều hồ sơ")
    row = figure(objective, index)
    enter_figure(row, given=given, revision=row.revision, actor=place[who], at=on(TODAY))


@pytest.mark.parametrize(
    ("formula", "value", "standing"),
    [
        (Formula.RATIO_OF_SUMS, Fraction(9200, 102), Standing.AT_RISK),
        (Formula.WEIGHTED_MEAN, Fraction(100 + 3 * 90, 4), Standing.AT_RISK),
        (Formula.WORST, Fraction(90), Standing.AT_RISK),
        (Formula.SUM, Fraction(190), Standing.ON_TRACK),
    ],
)
def test_a_departments_figure_follows_from_its_divisions(
    place: Year, formula: Formula, value: Fraction, standing: Standing
) -> None:
    gathering = Gathering.RATIO_OF_SUMS if formula == Formula.RATIO_OF_SUMS else Gathering.LATEST
    above, one, two = tree(place, formula, gathering=gathering.value)
    enter(place, one, 2, 2, "lan")
    enter(place, two, 90, 100, "nam")
    verdict = board_of(place.agency, YEAR, TODAY)[above.pk].verdict
    assert (verdict.value, verdict.standing) == (value, standing)


def test_a_division_whose_figure_is_missing_is_said_and_is_no_zero(place: Year) -> None:
    above, one, _ = tree(place, Formula.RATIO_OF_SUMS)
    enter(place, one, 2, 2, "lan")
    early = board_of(place.agency, YEAR, TODAY)[above.pk]
    late = board_of(place.agency, YEAR, date(YEAR, 4, 10))[above.pk]
    assert [row.verdict.value for row in (early, late)] == [100, 100]
    assert [row.slots[0].filled for row in (early, late)] == [Fraction(1, 2), Fraction(1, 2)]


def test_achieved_objectives_are_counted(place: Year) -> None:
    above, one, two = tree(
        place, Formula.COUNT_ACHIEVED, gathering=Gathering.LATEST.value, target=Decimal(2), unit_of_measure="mục tiêu"
    )
    Objective.objects.filter(pk__in=[one.pk, two.pk]).update(target=Decimal("0.95"))
    enter(place, one, 2, 2, "lan")
    enter(place, two, 90, 100, "nam")
    assert board_of(place.agency, YEAR, TODAY)[above.pk].verdict.value == 1


def test_nothing_entered_yet_is_not_yet_due_then_missing(place: Year) -> None:
    above, *_ = tree(place, Formula.RATIO_OF_SUMS)
    standings = [board_of(place.agency, YEAR, day)[above.pk].verdict.standing for day in (TODAY, date(YEAR, 4, 10))]
    assert standings == [Standing.NOT_YET_DUE, Standing.NO_DATA]


def test_monthly_figures_become_the_quarter_of_the_objective_above(place: Year) -> None:
    above, one, _ = tree(place, Formula.RATIO_OF_SUMS)
    Objective.objects.filter(pk=above.pk).update(period="year")
    enter(place, one, 9, 10, "lan")
    row = board_of(place.agency, YEAR, TODAY)[above.pk]
    assert [(slot.period.label, slot.filled) for slot in row.slots] == [("Năm 2026", Fraction(1, 8))]
    assert row.verdict.sentence.startswith("Đến nay: 90")


def test_an_objective_that_nobody_serves_says_so(place: Year) -> None:
    objectives = place.draft(None)
    above = place.objective(objectives, formula=Formula.SUM.value)
    place.in_force(objectives)
    verdict = board_of(place.agency, YEAR, TODAY)[above.pk].verdict
    assert (verdict.standing, verdict.sentence) == (
        Standing.NO_DATA, "Chưa có mục tiêu nào của đơn vị phục vụ mục tiêu này.",
    )  # fmt: skip


def test_drafts_do_not_count(place: Year) -> None:
    objectives = place.draft()
    row = place.objective(objectives)
    assert board_of(place.agency, YEAR, date(YEAR, 12, 31))[row.pk].verdict.standing == Standing.NOT_YET_DUE


def test_a_board_costs_two_queries_whatever_its_size(place: Year) -> None:
    tree(place, Formula.RATIO_OF_SUMS)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        rows = board_of(place.agency, YEAR, TODAY)
        assert [row.verdict.sentence for row in rows.values()]
    assert len(queries) == 2

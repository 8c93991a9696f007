"""The fictional objectives tell a whole story: on their way, at risk, missed and explained."""

from datetime import date

import pytest

from objectives.board import board_of, counted
from objectives.models import MissCause, Objective, ObjectiveSet
from objectives.terms import Standing
from qms.overview.fictional.load import load

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)


def test_figures_to_date_with_one_at_risk_and_one_missed_and_explained() -> None:
    agency = load(today=DAY)
    board = board_of(agency, 2026, DAY)
    in_force = [row for row in board.values() if row.objective.objective_set.state == "issued"]
    counts = counted(in_force)
    assert (counts[Standing.MISSED] >= 1, counts[Standing.AT_RISK] >= 1, counts[Standing.ON_TRACK] >= 5) == (
        True, True, True,
    )  # fmt: skip
    missed = {row.objective.pk for row in in_force if row.verdict.standing == Standing.MISSED}
    explained = set(MissCause.objects.filter(objective__in=missed).values_list("objective", flat=True))
    assert explained == {pk for pk in missed if not board[pk].objective.is_computed}
    assert sorted(set(ObjectiveSet.objects.values_list("year", "state"))) == [
        (2025, "closed"), (2026, "issued"), (2026, "review"),
    ]  # fmt: skip
    assert Objective.objects.filter(carried_from__isnull=False).count() == 2

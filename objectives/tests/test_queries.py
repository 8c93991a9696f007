"""Pages cost the same queries however much there is: at most twelve with 500 objectives and ten years of months."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from objectives.enums import Level, SetState
from objectives.models import Figure, Objective, ObjectiveSet
from objectives.periods import periods_of
from objectives.terms import Gathering, PeriodKind
from qms.organisation.models import User
from qms.standards.models import Edition

from .year import Year, on

MOST = 12
THIS = 2025
"""A year that is over, whatever the day of the test."""


def fill(place: Year, year: int, count: int) -> Objective:
    """A set in force with so many monthly objectives of that year, all figures entered; the first of them."""
    at, head = on(date(year, 2, 1)), place["truong"]
    issued = ObjectiveSet.objects.create(
        agency=place.agency, year=year, unit=place.unit("kh"), state=SetState.ISSUED, issuer="Sở", author=head,
        approved_by=place["giamdoc"], edition=Edition.objects.get(), approved_at=at, issued_at=at, created_at=at,
    )  # fmt: skip
    return add(issued, range(count), head)


def add(issued: ObjectiveSet, numbers: Iterable[int], head: User) -> Objective:
    """Objectives of that set with these numbers and the figures of all their months."""
    at = on(date(issued.year, 2, 1))
    rows = Objective.objects.bulk_create(_objective(issued, n, at, head) for n in numbers)
    Figure.objects.bulk_create((_figure(row, p, head) for row in rows for p in _months(issued.year)), batch_size=2000)
    return rows[0]


def _months(year: int) -> Any:
    return periods_of(PeriodKind.MONTH, year)


def _objective(issued: ObjectiveSet, number: int, at: Any, head: Any) -> Objective:
    return Objective(
        objective_set=issued, order=number, level=Level.DIVISION, statement=f"Mục tiêu thứ {number}",
        unit_of_measure="%", target=Decimal(95), period=PeriodKind.MONTH.value,
        gathering=Gathering.MEAN.value, unit=issued.unit,
        due_on=date(issued.year, 12, 31), changed_by=head, changed_at=at, search=f"muc tieu thu {number}",
    )  # fmt: skip


def _figure(row: Objective, period: Any, head: Any) -> Figure:
    return Figure(
        objective=row, index=period.index, starts_on=period.start, ends_on=period.end, due_on=period.end,
        value=Decimal(90 + period.index), author=head, author_name=str(head), at=on(period.end),
    )  # fmt: skip


@pytest.fixture
def costs(place: Year, client: Client) -> Callable[[Objective], dict[str, int]]:
    """`costs(objective)`: the queries of every page, as a member of staff, signed in for a while."""
    client.force_login(place["lan"])

    def count(objective: Objective) -> dict[str, int]:
        addresses = {
            "year": reverse("objectives:year", args=[THIS]),
            "list": reverse("objectives:list", args=[THIS]),
            "excel": reverse("objectives:list", args=[THIS]) + "?xuat=xlsx",
            "detail": reverse("objectives:detail", args=[THIS, objective.pk]),
            "set": reverse("objectives:set", args=[objective.objective_set_id]),
            "owed": reverse("objectives:owed"),
            "desk": reverse("objectives:desk"),
            "figure": reverse("objectives:figure", args=[objective.figures.first().pk]),
        }
        return {name: _queries(client, url) for name, url in addresses.items()}

    return count


def _queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.mark.slow
def test_pages_cost_the_same_with_one_objective_with_four_and_with_500_and_ten_years_of_months(
    place: Year, costs: Callable[[Objective], dict[str, int]]
) -> None:
    first = fill(place, THIS, 1)
    costs(first)  # what is read once for good
    one = costs(first)
    assert {name: count for name, count in one.items() if count > MOST} == {}
    assert costs(add(first.objective_set, range(1, 4), place["truong"])) == one
    add(first.objective_set, range(4, 500), place["truong"])
    for year in range(THIS - 9, THIS):
        fill(place, year, 3)
    assert (Objective.objects.filter(objective_set__year=THIS).count(), Figure.objects.count()) == (500, 527 * 12)
    assert costs(first) == one

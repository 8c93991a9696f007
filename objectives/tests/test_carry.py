"""A year begins with the last one: words and days move on, results stay beside."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from objectives.carry import previous_set, start_from
from objectives.measuring import Given, enter_figure
from objectives.models import Objective, ObjectiveSet
from objectives.selectors import last_results

from .year import FEBRUARY, YEAR, Year, figure, on

LAST = YEAR - 1


def last_year(place: Year, **fields: Any) -> tuple[ObjectiveSet, Objective]:
    """The set of the planning division in force last year."""
    objectives = place.draft(year=LAST)
    step = {"text": f"Tập huấn năm {LAST}", "timing_text": f"Trước ngày 30/6/{LAST}", "result": "Danh sách"}
    objective = place.objective(objectives, steps=[step], **fields)
    return place.in_force(objectives, at=on(date(LAST, 2, 10))), objective


def begin(place: Year, objectives: ObjectiveSet) -> ObjectiveSet:
    return start_from(objectives, year=YEAR, actor=place["truong"], at=FEBRUARY)


def test_words_days_and_steps_move_to_the_new_year(place: Year) -> None:
    objectives, old = last_year(place, basis=f"Kế hoạch công tác năm {LAST}")
    row = begin(place, objectives).objectives.get()
    assert (row.carried_from, row.target, row.due_on) == (old, Decimal(95), date(YEAR, 12, 31))
    assert row.basis == f"Kế hoạch công tác năm {YEAR}"
    step = row.steps.get()
    assert (step.text, step.timing_text) == (f"Tập huấn năm {YEAR}", f"Trước ngày 30/6/{YEAR}")
    assert step.timing.occurrences[0].due == date(YEAR, 6, 29)


def test_29_february_becomes_the_last_day_of_february(place: Year) -> None:
    objectives = place.draft(year=2024)
    place.objective(objectives, due_on=date(2024, 2, 29))
    row = start_from(
        place.in_force(objectives, at=on(date(2024, 2, 1))), year=2025, actor=place["truong"], at=FEBRUARY
    ).objectives.get()
    assert row.due_on == date(2025, 2, 28)


def test_an_objective_serves_what_goes_on_from_the_one_it_served(place: Year) -> None:
    department = place.draft(None, year=LAST)
    above = place.objective(department)
    objectives, _ = last_year(place, serves=above)
    assert begin(place, objectives).objectives.get().serves is None
    place.step(ObjectiveSet.objects.get(year=YEAR), "drop", "truong", comment="Chờ bản của Sở")
    department = place.in_force(department, at=on(date(LAST, 2, 10)))
    new_above = start_from(department, year=YEAR, actor=place["thuky"], at=FEBRUARY).objectives.get()
    assert begin(place, objectives).objectives.get().serves == new_above


def test_the_result_of_last_year_is_told_by_objective(place: Year) -> None:
    objectives, old = last_year(place)
    for index, value in enumerate(("96", "97", "98", "90"), start=1):
        given = Given(value=Decimal(value), cause="Cuối năm thiếu người")
        enter_figure(figure(old, index), given=given, revision=1, actor=place["lan"], at=on(date(YEAR, 1, 5)))
    assert last_results(begin(place, objectives)) == {old.pk: "95,25\u00a0% (đạt)"}


def test_the_last_issued_set_is_the_one_to_begin_with(place: Year) -> None:
    objectives, _ = last_year(place)
    assert previous_set(place.agency, YEAR, place.unit("kh")) == objectives
    assert previous_set(place.agency, LAST, place.unit("kh")) is None
    assert previous_set(place.agency, YEAR, place.unit("tc")) is None


def test_others_do_not_begin_for_a_unit(place: Year) -> None:
    objectives, _ = last_year(place)
    with pytest.raises(PermissionDenied):
        start_from(objectives, year=YEAR, actor=place["truong2"], at=FEBRUARY)


def test_a_unit_begins_once(place: Year) -> None:
    objectives, _ = last_year(place)
    begin(place, objectives)
    with pytest.raises(ValidationError):
        begin(place, objectives)
    assert ObjectiveSet.objects.filter(year=YEAR).count() == 1

"""What the tables refuse, and who sees what."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from objectives.enums import Level, SetState
from objectives.models import Figure, FigureVersion, MissCause, Objective, ObjectiveSet
from qms.organisation.enums import Role
from qms.organisation.tests.cast import add_person, found_house

from .year import FEBRUARY, YEAR, Year


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"target": None}, "objective_milestone_is_a_milestone"),
        ({"direction": "milestone"}, "objective_milestone_is_a_milestone"),
        ({"measure": "milestone"}, "objective_milestone_is_a_milestone"),
        ({"direction": "within"}, "objective_within_has_two_bounds"),
        ({"direction": "within", "upper": Decimal(90)}, "objective_within_has_two_bounds"),
        ({"upper": Decimal(99)}, "objective_within_has_two_bounds"),
        ({"level": Level.PERSON}, "objective_of_a_person_names_the_person"),
        ({"weight": Decimal(0)}, "objective_weight_positive"),
        ({"gathering": "ratio_of_sums"}, "objective_ratio_over_ratios"),
    ],
)
def test_an_objective_that_cannot_be_judged_is_refused(place: Year, fields: dict[str, Any], constraint: str) -> None:
    objective = place.objective(place.draft())
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Objective.objects.filter(pk=objective.pk).update(**fields)


def test_a_department_objective_serves_none_and_none_serves_itself(place: Year) -> None:
    above = place.objective(place.draft(None))
    below = place.objective(place.draft(), serves=above)
    for pk, serves, name in ((above.pk, below, "serves_none"), (below.pk, below, "not_serving_itself")):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Objective.objects.filter(pk=pk).update(serves=serves)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"state": SetState.ISSUED}, "objective_set_approved_has_stamp"),
        ({"approved_at": FEBRUARY}, "objective_set_unapproved_has_no_stamp"),
        ({"year": 1999}, "objective_set_year_sensible"),
    ],
)
def test_states_and_stamps_go_together(place: Year, fields: dict[str, Any], constraint: str) -> None:
    objectives = place.draft()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ObjectiveSet.objects.filter(pk=objectives.pk).update(**fields)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"value": Decimal(1), "numerator": Decimal(1), "denominator": Decimal(2)}, "figure_one_shape"),
        ({"value": None, "numerator": Decimal(1)}, "figure_one_shape"),
        ({"value": None, "numerator": Decimal(1), "denominator": Decimal(0)}, "figure_one_shape"),
        ({"nothing_arose": True}, "figure_one_shape"),
        ({"author": None}, "figure_entered_has_author"),
        ({"value": None}, "figure_entered_has_author"),
        ({"ends_on": date(2020, 1, 1)}, "figure_days"),
    ],
)
def test_a_figure_has_one_shape_and_an_author(place: Year, fields: dict[str, Any], constraint: str) -> None:
    place.issued()
    entered = Figure.objects.filter(index=1)
    entered.update(value=Decimal(1), author=place["lan"], at=FEBRUARY)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        entered.update(**fields)


def test_an_amendment_and_a_miss_say_why(place: Year) -> None:
    objective = place.issued()
    who = {"author": place["lan"], "author_name": "Lan", "at": FEBRUARY}
    version = FigureVersion(figure=objective.figures.first(), value=Decimal(1), is_amendment=True, **who)
    with pytest.raises(ValidationError, match="Ghi lý do đính chính"):
        version.full_clean()
    with pytest.raises(IntegrityError, match="miss_has_cause"), transaction.atomic():
        MissCause.objects.create(objective=objective, finding="Không đạt", found_on=FEBRUARY.date(), **who)


def test_an_objective_serves_only_the_level_above_in_its_own_year(place: Year) -> None:
    earlier = place.objective(place.draft(None, year=YEAR - 1))
    other = place.objective(place.draft("tc"))
    objectives = place.draft()
    for above in (earlier, other):
        with pytest.raises(ValidationError):
            place.objective(objectives, serves=above)
    with pytest.raises(ValidationError, match="bản của Sở"):
        place.objective(objectives, level=Level.DEPARTMENT)
    assert objectives.objectives.count() == 0


def test_the_agency_sees_everything_its_overseer_what_is_issued_a_stranger_nothing(place: Year) -> None:
    draft = place.draft("tc")
    place.objective(draft)
    issued = place.issued().objective_set
    overseer = found_house("so-tdc", name="Sở theo dõi", abbreviation="STD")
    add_person(overseer, "theodoi", "Lê Theo Dõi", overseer.units["vp"], roles=(Role.OVERSEER,))
    place.agency.parent = overseer.agency
    place.agency.save()
    stranger = found_house("so-khac", name="Sở Khác", abbreviation="SK")
    seen = {
        who: set(ObjectiveSet.objects.visible_to(user))
        for who, user in (
            ("own", place["nam"]), ("overseer", overseer["theodoi"]), ("stranger", stranger["thuky"]),
            ("nobody", AnonymousUser()),
        )
    }  # fmt: skip
    assert seen == {"own": {draft, issued}, "overseer": {issued}, "stranger": set(), "nobody": set()}
    assert set(Figure.objects.visible_to(overseer["theodoi"])) == set(issued.objectives.get().figures.all())

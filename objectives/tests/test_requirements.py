"""The five requirements advise, each with what would help."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from objectives.models import Objective
from objectives.requirements import requirements_of
from objectives.terms import Direction, Measure

from .year import YEAR, Year

STEP = {"text": "Tập huấn", "timing_text": "Quý II/2026"}


def advice(objective: Objective, **more: Any) -> dict[str, str]:
    return {r.name: r.advice for r in requirements_of(objective, objective.steps.all(), **more) if not r.is_met}


def test_a_whole_objective_meets_all_five(place: Year) -> None:
    objective = place.objective(place.draft(), steps=[STEP], resources="Hai chuyên viên")
    assert [requirement.name for requirement in requirements_of(objective, objective.steps.all())] == [
        "Cụ thể", "Đo lường được", "Có thời gian", "Khả thi", "Có địa điểm thực hiện",
    ]  # fmt: skip
    assert advice(objective) == {}


@pytest.mark.parametrize(
    ("fields", "name", "said"),
    [
        ({"statement": "Đúng hạn"}, "Cụ thể", "Nêu rõ làm gì"),
        ({"statement": "Nâng cao chất lượng phục vụ người dân", "indicator": ""}, "Cụ thể", "còn chung"),
        ({"indicator": "", "method": ""}, "Đo lường được", "Còn thiếu chỉ số đo, cách tính."),
        ({"unit_of_measure": ""}, "Đo lường được", "Còn thiếu đơn vị tính."),
        ({"due_on": date(YEAR + 1, 1, 31)}, "Có thời gian", "ngoài năm 2026"),
        ({"resources": ""}, "Khả thi", "nguồn lực"),
        ({"place": ""}, "Có địa điểm thực hiện", "Ghi nơi thực hiện."),
    ],
)
def test_what_is_lacking_is_said(place: Year, fields: dict[str, Any], name: str, said: str) -> None:
    objective = place.objective(place.draft(), steps=[STEP], **{"resources": "Hai chuyên viên", **fields})
    found = advice(objective)
    assert set(found) <= {name, "Đo lường được"}
    assert said in found[name]


def test_steps_whose_time_nobody_understands_are_counted(place: Year) -> None:
    steps = [STEP, {"text": "Họp", "timing_text": "tùy tình hình"}, {"text": "Gọi"}]
    objective = place.objective(place.draft(), steps=steps, resources="Có")
    assert advice(objective) == {"Có thời gian": "2 biện pháp chưa rõ thời gian."}


def test_without_a_step_it_is_not_feasible(place: Year) -> None:
    assert advice(place.objective(place.draft(), resources="Có")) == {"Khả thi": "Chưa có biện pháp thực hiện."}


def test_a_target_that_was_missed_last_year_needs_its_reason(place: Year) -> None:
    earlier = place.objective(place.draft(year=YEAR - 1))
    objective = place.objective(place.draft(), steps=[STEP], resources="Có", carried_from=earlier)
    assert list(advice(objective, fell_short=True)) == ["Khả thi"]
    assert advice(objective, fell_short=False) == {}
    objective.target = Decimal(90)
    assert advice(objective, fell_short=True) == {}


def test_a_milestone_needs_a_sign_that_it_was_reached(place: Year) -> None:
    milestone = {"direction": Direction.MILESTONE.value, "measure": Measure.MILESTONE.value, "target": None}
    objective = place.objective(place.draft(), steps=[STEP], resources="Có", indicator="", **milestone)
    assert list(advice(objective)) == ["Đo lường được"]

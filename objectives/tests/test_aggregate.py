"""Putting figures together against a plain reference that works on lists of whole numbers."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objectives.aggregate import Part, Total, combine, gather
from objectives.goals import Goal
from objectives.terms import Direction, Formula, Gathering, Presence

DUE = date(2026, 12, 31)
AT_LEAST_95 = Goal(Direction.AT_LEAST, DUE, Decimal(95), unit="%")
BOUNDS = st.tuples(st.integers(-20, 120), st.integers(0, 40))
NUMERIC = [Direction.AT_LEAST, Direction.AT_MOST, Direction.WITHIN, Direction.EQUAL]


@st.composite
def goals(draw: st.DrawFn) -> Goal:
    low, width = draw(BOUNDS)
    direction = draw(st.sampled_from(NUMERIC))
    return Goal(direction, DUE, Decimal(low), Decimal(low + width) if direction == Direction.WITHIN else None, "%")


@st.composite
def parts(draw: st.DrawFn) -> Part:
    presence = draw(st.sampled_from(Presence))
    if presence != Presence.GIVEN:
        return Part(presence, weight=Fraction(draw(st.integers(1, 9))))
    top, bottom = draw(st.integers(0, 50)), draw(st.integers(1, 50))
    return Part(
        presence, Fraction(top, bottom) * 100, Fraction(top), Fraction(bottom), Fraction(draw(st.integers(1, 9))),
        draw(st.sampled_from([True, False, None])),
    )  # fmt: skip


LISTS = st.lists(parts(), max_size=8)


def given_ones(of: list[Part]) -> list[Part]:
    return [part for part in of if part.presence.value == "given"]


@given(LISTS)
def test_a_sum_is_the_sum_of_what_was_given(of: list[Part]) -> None:
    expected = None
    for part in given_ones(of):
        expected = part.value if expected is None else expected + part.value
    assert combine(Formula.SUM, of, AT_LEAST_95).value == expected


@given(LISTS)
def test_a_weighted_mean_is_the_mean_of_repeated_figures(of: list[Part]) -> None:
    repeated = [part.value for part in given_ones(of) for _ in range(int(part.weight))]
    expected = sum(repeated) / len(repeated) if repeated else None
    assert combine(Formula.WEIGHTED_MEAN, of, AT_LEAST_95).value == expected


@given(LISTS)
def test_a_ratio_of_sums_is_one_count_of_everything(of: list[Part]) -> None:
    top, bottom = 0, 0
    for part in given_ones(of):
        top, bottom = top + int(part.numerator), bottom + int(part.denominator)
    total = combine(Formula.RATIO_OF_SUMS, of, AT_LEAST_95)
    assert total.value == (Fraction(top * 100, bottom) if bottom else None)
    assert (total.numerator, total.denominator) == ((top, bottom) if bottom else (None, None))


@given(LISTS, goals())
def test_the_worst_is_as_far_from_the_target_as_any(of: list[Part], goal: Goal) -> None:
    worst = combine(Formula.WORST, of, goal).value
    values = [part.value for part in given_ones(of)]
    low, high = Fraction(goal.target), Fraction(goal.upper or goal.target)
    by_direction = {
        Direction.AT_LEAST: lambda: min(values),
        Direction.AT_MOST: lambda: max(values),
        Direction.EQUAL: lambda: max(values, key=lambda value: abs(value - low)),
        Direction.WITHIN: lambda: max(values, key=lambda value: abs(value * 2 - low - high)),
    }
    expected = by_direction[goal.direction]() if values else None
    assert (worst is None) == (expected is None)
    if worst is not None:
        assert goal.shortfall(worst) == goal.shortfall(expected)


@given(LISTS)
def test_achieved_ones_are_counted_among_those_that_can_be_judged(of: list[Part]) -> None:
    judged = [part.achieved for part in given_ones(of) if part.achieved is not None]
    number = Goal(Direction.AT_LEAST, DUE, Decimal(3), unit="mục tiêu")
    assert combine(Formula.COUNT_ACHIEVED, of, number).value == (judged.count(True) if judged else None)
    share = combine(Formula.COUNT_ACHIEVED, of, AT_LEAST_95).value
    assert share == (Fraction(100 * judged.count(True), len(judged)) if judged else None)


@given(LISTS, st.sampled_from([f for f in Formula if f != Formula.OWN]))
def test_what_is_not_there_changes_no_figure_and_is_counted(of: list[Part], formula: Formula) -> None:
    total = combine(formula, of, AT_LEAST_95)
    assert total.value == combine(formula, given_ones(of), AT_LEAST_95).value
    counts = [sum(part.presence == presence for part in of) for presence in Presence]
    assert [total.given, total.nothing, total.missing, total.not_due] == counts


@given(LISTS)
def test_the_latest_figure_is_the_last_one_given(of: list[Part]) -> None:
    values = [part.value for part in given_ones(of)]
    assert gather(of, AT_LEAST_95).value == (values[-1] if values else None)


def test_not_yet_due_is_not_zero() -> None:
    of = [Part(Presence.GIVEN, Fraction(96)), Part(Presence.NOT_DUE), Part(Presence.NOT_DUE)]
    assert combine(Formula.WEIGHTED_MEAN, of, AT_LEAST_95) == Total(Fraction(96), given=1, not_due=2)
    assert combine(Formula.WEIGHTED_MEAN, of[1:], AT_LEAST_95) == Total(not_due=2)


@pytest.mark.parametrize(
    ("of", "presence"),
    [
        ([], Presence.NOT_DUE),
        ([Part(Presence.NOT_DUE)], Presence.NOT_DUE),
        ([Part(Presence.NOTHING)], Presence.NOTHING),
        ([Part(Presence.NOTHING), Part(Presence.NOT_DUE)], Presence.NOT_DUE),
        ([Part(Presence.NOT_DUE), Part(Presence.MISSING)], Presence.MISSING),
        ([Part(Presence.MISSING), Part(Presence.GIVEN, Fraction(1))], Presence.GIVEN),
    ],
)
def test_a_total_says_what_there_is(of: list[Part], presence: Presence) -> None:
    assert combine(Formula.SUM, of, AT_LEAST_95).presence == presence


def test_a_total_says_of_how_many_figures_it_is_made() -> None:
    of = [Part(Presence.GIVEN, Fraction(1)), Part(Presence.MISSING), Part(Presence.NOT_DUE), Part(Presence.NOTHING)]
    assert combine(Formula.SUM, of, AT_LEAST_95).sentence == (
        "Tính từ 1 số liệu; 1 không phát sinh; 1 chưa đến kỳ; 1 quá hạn chưa có."
    )


def test_an_objective_with_figures_of_its_own_is_not_put_together() -> None:
    with pytest.raises(ValueError, match="số liệu riêng"):
        combine(Formula.OWN, [], AT_LEAST_95)


@pytest.mark.parametrize("gathering", Gathering)
def test_every_way_over_the_periods_gives_the_only_figure_back(gathering: Gathering) -> None:
    goal = Goal(Direction.AT_LEAST, DUE, Decimal(95), unit="%", gathering=gathering)
    of = [Part(Presence.NOT_DUE), Part(Presence.GIVEN, Fraction(1200, 13), Fraction(12), Fraction(13))]
    assert gather(of, goal).value == Fraction(1200, 13)

"""Status by rule against a reference that tries out how the year could go on."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objectives.goals import Goal
from objectives.periods import periods_of
from objectives.status import Entry, Slot, judge, judge_period
from objectives.terms import Direction, Gathering, PeriodKind, Standing

YEAR_END = date(2026, 12, 31)
NUMERIC = [Direction.AT_LEAST, Direction.AT_MOST, Direction.WITHIN, Direction.EQUAL]
AFTER = date(2027, 6, 1)
COUNTS = st.lists(st.integers(0, 6), min_size=1, max_size=4)


def goal_of(direction: Direction, low: int, high: int | None = None, **more: object) -> Goal:
    upper = Decimal(high if high is not None else low) if direction == Direction.WITHIN else None
    return Goal(direction, YEAR_END, Decimal(low), upper, **more)


def quarters(values: Iterable[int | None], *, due: date = date(2026, 3, 31)) -> list[Slot]:
    """The quarters of a year with these figures; None is not entered."""
    filled = [*values, None, None, None, None][:4]
    return [
        Slot(period, due, None if value is None else Entry(Fraction(value)))
        for period, value in zip(periods_of(PeriodKind.QUARTER, 2026), filled, strict=True)
    ]


def is_good(direction: Direction, low: int, high: int, figure: Fraction) -> bool:
    """What the words say, and nothing else."""
    if direction.value == "at_least":
        return figure in (low,) or figure > low
    if direction.value == "at_most":
        return not figure > low
    return low <= figure <= high if direction.value == "within" else figure == low


OVER_THE_YEAR: dict[Gathering, Callable[[list[int]], Fraction]] = {
    Gathering.SUM: lambda values: Fraction(sum(values)),
    Gathering.MEAN: lambda values: Fraction(sum(values), len(values)),
    Gathering.LATEST: lambda values: Fraction(values[-1]),
}


@pytest.mark.parametrize(
    ("direction", "target", "figure", "standing"),
    [
        (Direction.AT_LEAST, 95, "97", Standing.ACHIEVED),
        (Direction.AT_LEAST, 95, "95", Standing.ACHIEVED),
        (Direction.AT_LEAST, 95, "94.99", Standing.MISSED),
        (Direction.AT_MOST, 2, "10", Standing.MISSED),
        (Direction.AT_MOST, 2, "2", Standing.ACHIEVED),
        (Direction.AT_MOST, 2, "0", Standing.ACHIEVED),
        (Direction.EQUAL, 100, "100", Standing.ACHIEVED),
        (Direction.EQUAL, 100, "100.1", Standing.MISSED),
    ],
)
def test_the_figure_of_the_year_is_judged_by_its_direction(
    direction: Direction, target: int, figure: str, standing: Standing
) -> None:
    slot = Slot(periods_of(PeriodKind.YEAR, 2026)[0], YEAR_END, Entry(Fraction(figure)))
    assert judge(goal_of(direction, target, unit="%"), [slot], YEAR_END).standing == standing


@given(
    st.sampled_from(NUMERIC), st.integers(-5, 30), st.integers(0, 9), st.sampled_from(list(OVER_THE_YEAR)),
    st.lists(st.integers(0, 9), min_size=4, max_size=4),
)  # fmt: skip
def test_a_whole_year_is_achieved_or_missed(
    direction: Direction, low: int, width: int, gathering: Gathering, values: list[int]
) -> None:
    verdict = judge(goal_of(direction, low, low + width, gathering=gathering), quarters(values), AFTER)
    good = is_good(direction, low, low + width, OVER_THE_YEAR[gathering](values))
    assert verdict.standing == (Standing.ACHIEVED if good else Standing.MISSED)


@given(st.sampled_from(NUMERIC), st.integers(0, 12), st.integers(0, 6), COUNTS)
def test_a_sum_is_decided_early_exactly_when_nothing_could_change_it(
    direction: Direction, low: int, width: int, values: list[int]
) -> None:
    goal = goal_of(direction, low, low + width, gathering=Gathering.SUM)
    standing = judge(goal, quarters(values, due=YEAR_END), date(2026, 12, 1)).standing
    endings = {
        is_good(direction, low, low + width, Fraction(sum(values) + sum(more)))
        for more in product(range(20), repeat=min(4 - len(values), 2))
    }
    decided = {Standing.ACHIEVED: {True}, Standing.MISSED: {False}}
    if standing in decided:
        assert endings == decided[standing]
    else:
        assert True in endings or direction in (Direction.WITHIN, Direction.EQUAL)
        assert endings != {True}


@given(
    st.sampled_from(NUMERIC), st.integers(0, 9), st.integers(0, 5), st.lists(st.integers(0, 9), min_size=1, max_size=3)
)
def test_the_worst_period_decides_as_soon_as_it_misses(
    direction: Direction, low: int, width: int, values: list[int]
) -> None:
    goal = goal_of(direction, low, low + width, gathering=Gathering.WORST)
    all_good = all(is_good(direction, low, low + width, Fraction(value)) for value in values)
    standing = judge(goal, quarters(values, due=YEAR_END), date(2026, 12, 1)).standing
    assert standing == (Standing.ON_TRACK if all_good else Standing.MISSED)


@given(
    st.sampled_from(NUMERIC), st.integers(0, 9), st.integers(0, 5), st.lists(st.integers(0, 9), min_size=1, max_size=3)
)
def test_the_latest_figure_is_on_track_or_at_risk_until_the_last_one(
    direction: Direction, low: int, width: int, values: list[int]
) -> None:
    goal = goal_of(direction, low, low + width, gathering=Gathering.LATEST)
    standing = judge(goal, quarters(values, due=YEAR_END), date(2026, 12, 1)).standing
    good = is_good(direction, low, low + width, Fraction(values[-1]))
    assert standing == (Standing.ON_TRACK if good else Standing.AT_RISK)


@given(
    st.sampled_from(NUMERIC),
    st.sampled_from(Gathering),
    st.integers(0, 20),
    st.lists(st.none() | st.integers(0, 9), max_size=4),
)
def test_every_verdict_explains_itself(
    direction: Direction, gathering: Gathering, low: int, values: list[int | None]
) -> None:
    goal = goal_of(direction, low, low + 3, gathering=gathering, unit="%")
    pairs = [
        Slot(s.period, s.due_on, s.entry and Entry(s.entry.value, s.entry.value, Fraction(100)))
        for s in quarters(values)
    ]
    for verdict in [judge(goal, pairs, AFTER), *(judge_period(goal, pairs, i, AFTER) for i in range(4))]:
        assert verdict.sentence[0].isupper()
        assert verdict.sentence.endswith(".")
        assert verdict.sentence.count(". ") == 0


def test_nothing_due_yet_is_not_zero() -> None:
    verdict = judge(goal_of(Direction.AT_LEAST, 95), quarters([], due=date(2026, 4, 5)), date(2026, 4, 5))
    assert (verdict.standing, verdict.value) == (Standing.NOT_YET_DUE, None)
    assert verdict.sentence == "Chưa đến kỳ đo. Số liệu đầu tiên có hạn 05/04/2026."


def test_a_figure_overdue_is_missing_not_zero() -> None:
    verdict = judge(goal_of(Direction.AT_LEAST, 95), quarters([])[:1], date(2026, 4, 1))
    assert (verdict.standing, verdict.value) == (Standing.NO_DATA, None)
    assert verdict.sentence == "Chưa có số liệu: quý I/2026."


def test_after_the_last_day_a_gap_leaves_the_year_undecided() -> None:
    verdict = judge(goal_of(Direction.AT_LEAST, 95, unit="%"), quarters([97, None, 98, 96]), AFTER)
    assert verdict.standing == Standing.NO_DATA
    assert verdict.sentence == (
        "Đến hết quý IV/2026: 96\u00a0%, chưa kết luận được với chỉ tiêu ít nhất 95\u00a0%; thiếu số liệu quý II/2026."
    )


def test_nothing_arose_all_year_breaks_no_target() -> None:
    slots = [Slot(slot.period, slot.due_on, Entry()) for slot in quarters([])]
    assert judge(goal_of(Direction.AT_LEAST, 95), slots, AFTER).standing == Standing.ACHIEVED
    assert judge(goal_of(Direction.AT_LEAST, 95), [*slots[:1], *quarters([])[1:]], date(2026, 3, 1)).standing == (
        Standing.ON_TRACK
    )


def test_a_steady_pace_is_on_track_and_a_slow_one_at_risk() -> None:
    goal = goal_of(Direction.AT_LEAST, 12, gathering=Gathering.SUM)
    standings = [judge(goal, quarters([3, n], due=YEAR_END), date(2026, 8, 1)).standing for n in (2, 3, 9)]
    assert standings == [Standing.AT_RISK, Standing.ON_TRACK, Standing.ACHIEVED]


def test_one_of_five_allowed_complaints_in_the_first_quarter_alarms_nobody() -> None:
    goal = goal_of(Direction.AT_MOST, 5, gathering=Gathering.SUM)
    standings = [judge(goal, quarters([n], due=YEAR_END), date(2026, 4, 1)).standing for n in (1, 3, 6)]
    assert standings == [Standing.ON_TRACK, Standing.AT_RISK, Standing.MISSED]


def test_a_share_over_the_year_counts_every_case_once() -> None:
    goal = Goal(Direction.AT_LEAST, YEAR_END, Decimal(95), unit="%", gathering=Gathering.RATIO_OF_SUMS)
    entries = [Entry(Fraction(100), Fraction(2), Fraction(2)), Entry(Fraction(90), Fraction(90), Fraction(100))]
    slots = [Slot(s.period, s.due_on, e) for s, e in zip(quarters([])[:2], entries, strict=True)]
    verdict = judge(goal, slots, AFTER)
    assert (verdict.standing, verdict.value) == (Standing.MISSED, Fraction(9200, 102))
    assert verdict.sentence == "Cả năm: 90,2\u00a0% (92/102), không đạt chỉ tiêu ít nhất 95\u00a0%."


@pytest.mark.parametrize(
    ("reached", "today", "standing"),
    [
        (date(2026, 9, 30), date(2026, 10, 1), Standing.ACHIEVED),
        (date(2026, 10, 1), date(2026, 10, 1), Standing.MISSED),
        (None, date(2026, 10, 1), Standing.MISSED),
        (None, date(2026, 9, 30), Standing.AT_RISK),
        (None, date(2026, 8, 31), Standing.AT_RISK),
        (None, date(2026, 8, 30), Standing.NOT_YET_DUE),
    ],
)
def test_a_milestone_is_reached_by_its_day(reached: date | None, today: date, standing: Standing) -> None:
    goal = Goal(Direction.MILESTONE, date(2026, 9, 30))
    entry = Entry(reached_on=reached) if reached else None
    slot = Slot(periods_of(PeriodKind.YEAR, 2026)[0], date(2026, 9, 30), entry)
    assert judge(goal, [slot], today).standing == standing


@given(st.dates(date(2026, 1, 1), YEAR_END), st.none() | st.dates(date(2026, 1, 1), YEAR_END), st.integers(0, 400))
def test_a_milestone_never_changes_once_it_was_reached(due: date, reached: date | None, later: int) -> None:
    slot = Slot(periods_of(PeriodKind.YEAR, 2026)[0], due, Entry(reached_on=reached) if reached else None)
    standing = judge(Goal(Direction.MILESTONE, due), [slot], due + timedelta(days=later)).standing
    if reached:
        assert standing == (Standing.ACHIEVED if reached <= due else Standing.MISSED)
    else:
        assert standing == (Standing.AT_RISK if later == 0 else Standing.MISSED)


def test_one_period_is_judged_by_itself_and_a_sum_up_to_it() -> None:
    share = goal_of(Direction.AT_LEAST, 95, unit="%")
    counted = goal_of(Direction.AT_LEAST, 12, gathering=Gathering.SUM)
    slots = quarters([96, 90], due=YEAR_END)
    assert [judge_period(share, slots, i, date(2026, 8, 1)).standing for i in range(3)] == [
        Standing.ACHIEVED, Standing.MISSED, Standing.NOT_YET_DUE,
    ]  # fmt: skip
    slots = quarters([2, 4], due=YEAR_END)
    assert [judge_period(counted, slots, i, date(2026, 8, 1)).standing for i in range(2)] == [
        Standing.AT_RISK, Standing.ON_TRACK,
    ]  # fmt: skip

"""The rule and the arithmetic: exact, and by an independent reference."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objectives.satisfaction.scheme import (
    DEFAULT_CRITERIA,
    DEFAULT_WORDS,
    Counted,
    Scheme,
    Share,
    scheme_errors,
    share_of,
    survey_errors,
)

COUNTS = st.lists(st.integers(0, 10**6), min_size=2, max_size=10)


def test_four_and_five_count_as_satisfied_by_default() -> None:
    assert share_of((1, 2, 6, 91, 100), Scheme().good_from) == Share(191, 200)


def test_the_percentage_is_exact_and_written_the_vietnamese_way() -> None:
    assert Share(191, 200).percent == Fraction(Decimal("95.5"))
    assert Share(191, 200).words == "95,5\u00a0% (191/200)"


def test_nobody_answered_is_no_zero() -> None:
    assert (Share(0, 0).percent, Share(0, 0).words) == (None, "–")


@given(st.lists(st.tuples(COUNTS, st.integers(2, 10)), max_size=6))
def test_shares_are_summed_never_averaged(rows: list[tuple[list[int], int]]) -> None:
    shares = [share_of(counts, good_from) for counts, good_from in rows]
    satisfied = sum(n for counts, good in rows for mark, n in enumerate(counts, start=1) if mark >= good)
    answered = sum(n for counts, _ in rows for n in counts)
    assert sum(shares, Share()) == Share(satisfied, answered)


@pytest.mark.parametrize(
    ("sent", "received", "counts", "wrong"),
    [
        (200, 191, (0, 0, 0, 0, 191), {}),
        (None, 191, (0, 0, 0, 0, 191), {}),
        (190, 191, (0, 0, 0, 0, 191), {"received": "Thu về 191 phiếu, nhiều hơn 190 phiếu phát ra."}),
        (200, None, (0, 0, 0, 0, 1), {"received": "Ghi số phiếu thu về, từ 0 trở lên."}),
        (-1, 0, (0, 0, 0, 0, 0), {"sent": "Số phiếu phát ra từ 0 trở lên; không theo dõi thì để trống."}),
        (9, 3, (0, 0, 2, 0, 2), {"x": "Cộng các mức được 4 lượt chấm, nhiều hơn 3 phiếu thu về."}),
        (9, 3, (0, 0, -2, 0, 2), {"x": "Số lượt chấm không được âm."}),
    ],
)
def test_what_does_not_add_up_is_said_by_field(
    sent: int | None, received: int | None, counts: tuple[int, ...], wrong: dict[str, str]
) -> None:
    assert survey_errors(sent, received, {"x": Counted.of(counts, 4)}) == wrong


def test_more_satisfied_than_answered_is_refused() -> None:
    errors = survey_errors(None, 20, {"x": Counted(Share(12, 10))})
    assert errors == {"x": "12 lượt hài lòng, nhiều hơn 10 lượt chấm."}


@pytest.mark.parametrize(
    ("criteria", "words", "good_from", "wrong"),
    [
        (DEFAULT_CRITERIA, DEFAULT_WORDS, 4, []),
        ((), DEFAULT_WORDS, 4, ["criteria"]),
        (("Thủ tục", "thu  tuc"), DEFAULT_WORDS, 4, ["criteria"]),
        (("x" * 201,), DEFAULT_WORDS, 4, ["criteria"]),
        (("Thủ tục",), ("Tốt",), 1, ["words"]),
        (("Thủ tục",), ("Tốt", "tot"), 2, ["words"]),
        (("Thủ tục",), ("Kém", "Tốt"), 3, ["good_from"]),
        (("Thủ tục",), ("Kém", "Tốt"), 1, ["good_from"]),
    ],
)
def test_a_scheme_that_cannot_be_used_is_refused_by_field(
    criteria: tuple[str, ...], words: tuple[str, ...], good_from: int, wrong: list[str]
) -> None:
    assert list(scheme_errors(criteria, words, good_from)) == wrong

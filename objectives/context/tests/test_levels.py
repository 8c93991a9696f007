"""The scale: every score has one level, whatever the agency sets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objectives.context.levels import DEFAULT_LEVELS, Scale, scale_errors


@pytest.mark.parametrize(
    ("score", "name"),
    [(1, "thấp"), (3, "thấp"), (4, "trung bình"), (8, "trung bình"), (9, "cao"), (15, "cao"), (16, "rất cao")],
)
def test_the_default_levels_end_where_they_should(score: int, name: str) -> None:
    assert Scale().level(score).name == name


@pytest.mark.parametrize("score", [0, 26, -1])
def test_no_other_score_has_a_level(score: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        Scale().level(score)


def test_tones_rise_with_the_levels() -> None:
    assert [Scale().level(score).tone for score, _ in DEFAULT_LEVELS] == ["done", "active", "soon", "late"]


@given(size=st.integers(2, 10), data=st.data())
def test_a_scale_without_errors_gives_every_score_the_first_level_that_reaches_it(
    size: int, data: st.DataObject
) -> None:
    inner = data.draw(st.lists(st.integers(1, size**2 - 1), unique=True, max_size=5))
    levels = tuple((score, f"mức {score}") for score in [*sorted(inner), size**2])
    words = tuple(str(n) for n in range(size))
    assert scale_errors(size, levels, 1, words, words) == {}
    scale = Scale(size, levels, 1, words, words)
    for score in range(1, size**2 + 1):
        assert scale.level(score).name == min((high, name) for high, name in levels if high >= score)[1]


WORDS = ("a", "b", "c", "d", "e")


@pytest.mark.parametrize(
    ("field", "asked"),
    [
        ("size", (1, DEFAULT_LEVELS, 9, WORDS, WORDS)),
        ("size", (11, DEFAULT_LEVELS, 9, WORDS, WORDS)),
        ("levels", (5, (), 9, WORDS, WORDS)),
        ("levels", (5, ((8, "b"), (3, "a"), (25, "c")), 9, WORDS, WORDS)),
        ("levels", (5, ((3, "a"), (20, "b")), 9, WORDS, WORDS)),
        ("act_from", (5, DEFAULT_LEVELS, 26, WORDS, WORDS)),
        ("likelihoods", (5, DEFAULT_LEVELS, 9, WORDS[:4], WORDS)),
        ("effects", (5, DEFAULT_LEVELS, 9, WORDS, (*WORDS, "f"))),
    ],
)
def test_what_is_wrong_with_a_scale_is_said_by_field(field: str, asked: tuple) -> None:
    assert list(scale_errors(*asked)) == [field]

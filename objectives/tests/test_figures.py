"""Figures are read exactly as they are written here, and what is no figure is refused with a way out."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objectives.figures import NotAFigure, Typed, figure_text, ratio, read_figure, read_number, telling_text

NUMBERS = st.decimals(min_value=-(10**9), max_value=10**9, places=4, allow_nan=False, allow_infinity=False)
SPACES = st.sampled_from(["", " ", "\u00a0", "\u202f", "\t", " \u00a0"])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("95,5", "95.5"),
        ("95,50", "95.50"),
        ("1.250", "1250"),
        ("1 250", "1250"),
        ("1\u00a0250,75", "1250.75"),
        ("1.250.000", "1250000"),
        ("0", "0"),
        ("05", "5"),
        ("0,95", "0.95"),
        ("-3,5", "-3.5"),
        ("\u22123,5", "-3.5"),
        ("  97 ", "97"),
    ],
)
def test_a_number_is_read_as_written_here(text: str, value: str) -> None:
    assert read_figure(text) == Typed(value=Decimal(value))


@pytest.mark.parametrize("text", ["95,5%", "95,5 %", "95,5\u00a0%", " 95,5 % ", "95,5％"])
def test_a_percent_sign_is_a_sign_and_changes_nothing(text: str) -> None:
    assert read_figure(text) == Typed(value=Decimal("95.5"), percent=True)
    assert read_number(text) == read_number("95,5")


@pytest.mark.parametrize("text", ["12/13", "12 / 13", "12⁄13", "12\u00a0/\u00a013"])
def test_a_share_is_a_numerator_over_a_denominator(text: str) -> None:
    assert read_figure(text) == Typed(numerator=Decimal(12), denominator=Decimal(13))


def test_both_sides_of_a_share_are_read_like_numbers() -> None:
    assert read_figure("1.250/1.300,5") == Typed(numerator=Decimal(1250), denominator=Decimal("1300.5"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Ghi số liệu"),
        ("95.5", "đọc được hai cách"),
        ("0.950", "đọc được hai cách"),
        ("1.2500", "đọc được hai cách"),
        ("1.250 000", "không phải là số"),
        ("95,5,5", "nhiều dấu phẩy"),
        ("95%%", "không phải là số"),
        ("khoảng 95", "không phải là số"),
        ("95,", "không phải là số"),
        (",5", "không phải là số"),
        ("--5", "không phải là số"),
        ("٩٥", "không phải là số"),
        ("1e5", "không phải là số"),
        ("NaN", "không phải là số"),
        ("12/13 %", "không ghi cả hai"),
        ("1/2/3", "nhiều dấu gạch chéo"),
        ("12/0", "không phát sinh"),
        ("-1/5", "không được âm"),
        ("12/", "không phải là số"),
        ("1234567890123", "quá dài"),
        ("0,1234567", "quá dài"),
    ],
)
def test_what_is_no_figure_says_how_to_write_it(text: str, said: str) -> None:
    with pytest.raises(NotAFigure, match=said):
        read_figure(text)


@given(NUMBERS, SPACES, SPACES, st.booleans())
def test_every_number_written_here_is_read_back_exactly(
    number: Decimal, before: str, after: str, grouped: bool
) -> None:
    whole, _, fraction = f"{abs(number):.4f}".partition(".")
    written = f"{int(whole):,}".replace(",", ".") if grouped else whole
    sign = "-" if number < 0 else ""
    assert read_number(f"{before}{sign}{written},{fraction}{after}") == number


def reading_of(text: str) -> Typed | str:
    try:
        return read_figure(text)
    except NotAFigure as error:
        return str(error)


@given(st.text(max_size=30) | st.text("0123456789.,/ %-", max_size=12))
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    found = reading_of(text)
    if isinstance(found, Typed):
        assert (found.value is None) == (found.numerator is not None)
    else:
        assert found.endswith(".")


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_share_is_exact(top: int, bottom: int) -> None:
    share = ratio(Decimal(top), Decimal(bottom), "%")
    assert (share * bottom, ratio(Decimal(top), Decimal(bottom), "")) == (top * 100, Fraction(top, bottom))


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (Fraction(1200, 13), "%", "92,31\u00a0%"),
        (Fraction(191, 2), "%", "95,5\u00a0%"),
        (Fraction(1250), "hồ sơ", "1.250\u00a0hồ sơ"),
        (Fraction(-1, 200), "", "-0,01"),
        (Fraction(1, 400), "", "0"),
        (Fraction(-1, 400), "", "0"),
    ],
)
def test_a_figure_is_written_as_here(value: Fraction, unit: str, text: str) -> None:
    assert figure_text(value, unit) == text


def test_a_figure_just_below_its_target_does_not_look_equal() -> None:
    assert telling_text(Fraction("94.9999"), Decimal(95), "%") == "94,9999\u00a0%"
    assert telling_text(Fraction(95), Decimal(95), "%") == "95\u00a0%"
    assert telling_text(Fraction(95) - Fraction(1, 10**12), Decimal(95), "%") == "dưới 95\u00a0%"

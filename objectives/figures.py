"""Figures as people type and read them here: "95,5", "1.250", "95,5 %", "12/13". Exact, never a binary fraction."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

from qms.text import decimal_text, nfc

WHOLE_DIGITS, DECIMAL_DIGITS = 12, 6
"""How long a figure may be before and after the comma."""

_SPACES = re.compile(r"[\s\u00a0\u2000-\u200b\u202f\u2060\ufeff]+")
_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2012": "-", "\u00f7": "/", "\u2044": "/", "\uff05": "%"})
_PLAIN = re.compile(r"[0-9]+")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:([. ])[0-9]{3})(?:\1[0-9]{3})*")
_SCALES = {"%": 100, "‰": 1000}


class NotAFigure(ValueError):
    """The text is no figure; the message says how to write it."""


@dataclass(frozen=True)
class Typed:
    """What was typed: one number, or a numerator over a denominator. `percent`: a percent sign stood behind it."""

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    percent: bool = False


def read_figure(text: str) -> Typed:
    """Read a number, a percentage or "12/13". Raises NotAFigure with a sentence."""
    cleaned = _cleaned(text)
    if not cleaned:
        raise NotAFigure("Ghi số liệu của kỳ.")
    percent = cleaned.endswith("%")
    body = cleaned.removesuffix("%").strip()
    if "/" not in body:
        return Typed(value=_number(body, text), percent=percent)
    if percent:
        raise NotAFigure("Ghi “12/13” hoặc “92,3 %”, không ghi cả hai.")
    parts = body.split("/")
    if len(parts) != 2:
        raise NotAFigure(f"“{text.strip()}” có nhiều dấu gạch chéo; ghi tử số/mẫu số như 12/13.")
    top, bottom = (_number(part, text) for part in parts)
    check_ratio(top, bottom)
    return Typed(numerator=top, denominator=bottom)


def read_number(text: str) -> Decimal:
    """One plain number, a percent sign allowed behind it. Raises NotAFigure."""
    typed = read_figure(text)
    if typed.value is None:
        raise NotAFigure("Ô này nhận một số, không nhận tử số/mẫu số.")
    return typed.value


def check_ratio(numerator: Decimal, denominator: Decimal) -> None:
    """A share needs a whole: raises NotAFigure where the denominator is zero or below."""
    if denominator < 0 or numerator < 0:
        raise NotAFigure("Tử số và mẫu số không được âm.")
    if denominator == 0:
        raise NotAFigure("Mẫu số phải lớn hơn 0. Kỳ không có trường hợp nào thì chọn “không phát sinh”.")


def ratio(numerator: Decimal, denominator: Decimal, unit: str) -> Fraction:
    """The exact share in its unit: 12 of 13 in "%" is 1200/13."""
    return Fraction(numerator) / Fraction(denominator) * scale_of(unit)


def scale_of(unit: str) -> int:
    """What a share is multiplied by: 100 for "%", 1000 for "‰", else 1."""
    return _SCALES.get(unit.strip(), 1)


def figure_text(value: Fraction | Decimal | int, unit: str = "", places: int = 2) -> str:
    """The figure as written here, rounded half up to so many places: "95,5 %", "1.250 hồ sơ"."""
    number = decimal_text(_rounded(Fraction(value), places))
    return f"{number}\u00a0{unit}".strip() if unit else number


def telling_text(value: Fraction, beside: Fraction | Decimal | None, unit: str = "") -> str:
    """As `figure_text`, with as many places as it takes not to look equal to the other figure while it is not."""
    for places in range(2, DECIMAL_DIGITS + 1):
        if beside is None or value == beside or _rounded(value, places) != _rounded(Fraction(beside), places):
            return figure_text(value, unit, places)
    return f"{'dưới' if beside is not None and value < beside else 'trên'} {figure_text(value, unit)}"


def _rounded(value: Fraction, places: int) -> Decimal:
    with localcontext() as context:
        context.prec = 60
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP) + 0


def _cleaned(text: str) -> str:
    return _SPACES.sub(" ", nfc(text).translate(_MINUS)).strip()


def _number(part: str, text: str) -> Decimal:
    bare = part.strip()
    negative = bare.startswith("-")
    bare = bare.removeprefix("-").strip()
    whole, comma, fraction = bare.partition(",")
    whole = whole.strip()
    if not _is_whole(whole) or (comma and not _PLAIN.fullmatch(fraction)):
        raise NotAFigure(_advice(bare, text.strip()))
    digits = re.sub(r"[. ]", "", whole)
    if len(digits.lstrip("0")) > WHOLE_DIGITS or len(fraction) > DECIMAL_DIGITS:
        raise NotAFigure(f"Số quá dài: tối đa {WHOLE_DIGITS} chữ số trước và {DECIMAL_DIGITS} chữ số sau dấu phẩy.")
    number = Decimal(f"{digits}.{fraction or 0}")
    return -number if negative and number else number


def _is_whole(whole: str) -> bool:
    return bool(_PLAIN.fullmatch(whole) or _GROUPED.fullmatch(whole))


def _advice(bare: str, text: str) -> str:
    """Why it is no number, as exactly as can be said."""
    if re.fullmatch(r"[0-9]+\.[0-9]+", bare):
        return (
            f"“{text}” đọc được hai cách. Phần lẻ viết sau dấu phẩy ({bare.replace('.', ',')}); "
            "dấu chấm chỉ ngăn từng nhóm ba chữ số (1.250)."
        )
    if bare.count(",") > 1:
        return f"“{text}” có nhiều dấu phẩy. Dấu phẩy viết trước phần lẻ (95,5); hàng nghìn ngăn bằng dấu chấm (1.250)."
    return f"“{text}” không phải là số. Ghi như 95,5 hoặc 1.250 hoặc 95,5 % hoặc 12/13."

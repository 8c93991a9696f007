"""Vietnamese text: normal form, folding for search, numbers and dates as they are written here.

Everything that enters the system passes `nfc`; everything that is searched passes `fold`.
"""

import re
import unicodedata
from datetime import date
from decimal import Decimal

_SPACES = re.compile(r"[\s\u00a0\u200b\ufeff]+")
_D_STROKE = str.maketrans({"đ": "d", "Đ": "d", "Ð": "d", "ð": "d"})
_CONTROL_SPACES = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def nfc(text: str) -> str:
    """The text in Unicode normal form C, as TCVN 6909 expects."""
    return unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """NFC text with every run of white space (no-break spaces too) as one space."""
    return _SPACES.sub(" ", nfc(text)).strip()


def lines_of(text: str) -> list[str]:
    """The lines that hold something, each as `one_line` gives it."""
    return [line for line in map(one_line, text.splitlines()) if line]


def printable(text: str) -> str:
    """NFC text for any file format: no control, surrogate or direction characters, line breaks as spaces."""
    return _UNPRINTABLE.sub("", _CONTROL_SPACES.sub(" ", nfc(text)))


def fold(text: str) -> str:
    """The text as a hurried person types it: no tone marks, đ as d, lower case, single spaces, nothing unprintable."""
    bare = unicodedata.normalize("NFD", text)
    bare = "".join(c for c in bare if not unicodedata.combining(c))
    return _UNPRINTABLE.sub("", _SPACES.sub(" ", bare.translate(_D_STROKE).casefold())).strip()


def roman(number: int) -> str:
    """1 → "I", 4 → "IV"; for Phần, Chương, Phụ lục and mục."""
    out = []
    for value, sign in ROMAN:
        while number >= value:
            out.append(sign)
            number -= value
    return "".join(out)


def short_date(day: date) -> str:
    """05/11/2026."""
    return f"{day:%d/%m/%Y}"


def long_date(day: date) -> str:
    """ "ngày 05 tháng 02 năm 2026": days under 10 and months 1 and 2 carry a zero (NĐ 30, Phụ lục I)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def weekday_name(day: date) -> str:
    """ "thứ Năm", "Chủ nhật"."""
    return _WEEKDAYS[day.weekday()]


def weekday_date(day: date) -> str:
    """ "thứ Năm 05/03/2026"."""
    return f"{weekday_name(day)} {short_date(day)}"


def decimal_text(value: Decimal | int) -> str:
    """1250 → "1.250"; 95.5 → "95,5": dot between thousands, decimal comma."""
    whole, _, fraction = f"{value:f}".partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    grouped = f"{int(digits):,}".replace(",", ".")
    fraction = fraction.rstrip("0")
    return f"{sign}{grouped},{fraction}" if fraction else f"{sign}{grouped}"

"""Vietnamese words of time: which spellings count as which word, and numbers written in words.

A *key* is what the grammar is written in: the word in lower case without marks ("thang"). Words that another word
would collide with once its marks are gone ("từ" and "tư", "ngày" and "ngay", "năm" and "nam") must carry their own
marks, unless the whole phrase was typed without any.
"""

from collections.abc import Sequence
from functools import lru_cache

from qms.text import fold

# Spellings that give the key; any other spelling with the same bare letters keeps its own marks and matches nothing.
_EXACT = {
    "bay": ("bảy", "bẩy"),
    "ca": ("cả",),
    "cham": ("chậm",),
    "cho": ("cho",),
    "co": ("có",),
    "cung": ("cùng",),
    "cuoi": ("cuối",),
    "dau": ("đầu",),
    "den": ("đến",),
    "dot": ("đợt",),
    "han": ("hạn",),
    "hang": ("hằng", "hàng"),
    "hay": ("hay",),
    "hop": ("họp",),
    "ke": ("kể",),
    "khi": ("khi",),
    "ky": ("kỳ", "kì"),
    "lan": ("lần",),
    "lich": ("lịch",),
    "luc": ("lúc",),
    "mot": ("một",),
    "moi": ("mỗi",),
    "nam": ("năm",),
    "ngay": ("ngày",),
    "nay": ("nay",),
    "neu": ("nếu",),
    "nhan": ("nhận",),
    "nua": ("nửa",),
    "qua": ("quá",),
    "quy": ("quý", "quí", "qúy"),
    "sau": ("sau",),
    "theo": ("theo",),
    "thang": ("tháng", "thang"),
    "thi": ("thì",),
    "thu": ("thứ",),
    "tinh": ("tính",),
    "toi": ("tới",),
    "tre": ("trễ",),
    "trong": ("trong",),
    "tru": ("trừ",),
    "truoc": ("trước", "truớc", "trứơc", "trươc", "truoc"),
    "tu": ("từ",),
    "tuan": ("tuần",),
    "tung": ("từng",),
    "va": ("và",),
    "vao": ("vào",),
    "vong": ("vòng",),
    "xong": ("xong",),
}
_ALIASES = {"qui": "quy", "ki": "ky"}

# Digits in words; the second table is for phrases typed without marks, where "sau", "tu", "nam" say other things.
_DIGITS = {
    "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_BARE_DIGITS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "lam": 5, "bay": 7, "tam": 8, "chin": 9}
_TENS = {"mười", "mươi", "muoi"}
_HUNDREDS = {"trăm", "tram"}
_LINKS = {"linh", "lẻ"}


def has_marks(text: str) -> bool:
    """Whether any Vietnamese letter of the text carries a mark; if none does, the text was typed bare."""
    return any(ord(c) > 127 and c.isalpha() for c in text)


@lru_cache(maxsize=4096)
def key_of(word: str, bare: bool) -> str:
    """The grammar's key of one NFC word; a look-alike keeps its marks, or gets a "~" where it has none."""
    lower = word.casefold()
    folded = _ALIASES.get(fold(lower), fold(lower))
    if bare or folded not in _EXACT:
        return folded
    if lower in _EXACT[folded]:
        return folded
    return f"{lower}~" if lower == folded else lower


def number_in_words(words: Sequence[str], bare: bool) -> tuple[int, int]:
    """(value, how many words it takes) of a number at the beginning of `words` (lower case); (0, 0) without one.

    ["ba", "mươi", "lăm", "ngày"] gives (35, 3).
    """
    hundreds, used = _hundreds(words, bare)
    if used and used < len(words) and words[used] in _LINKS:
        ones = _digit(words, used + 1, bare)
        return (hundreds + ones, used + 2) if ones else (hundreds, used)
    tens, more = _tens(words[used : used + 3], bare)
    return hundreds + tens, used + more


def _hundreds(words: Sequence[str], bare: bool) -> tuple[int, int]:
    digit = _digit(words, 0, bare)
    return (100 * digit, 2) if digit and len(words) > 1 and words[1] in _HUNDREDS else (0, 0)


def _tens(words: Sequence[str], bare: bool) -> tuple[int, int]:
    digit = _digit(words, 0, bare)
    if digit and len(words) > 1 and words[1] in _TENS:
        ones = _ones(words, 2, bare)
        return 10 * digit + ones, 3 if ones else 2
    if words and words[0] in _TENS:
        ones = _ones(words, 1, bare)
        return 10 + ones, 2 if ones else 1
    return (digit, 1) if digit else (0, 0)


def _digit(words: Sequence[str], at: int, bare: bool) -> int:
    table = _DIGITS | _BARE_DIGITS if bare else _DIGITS
    return table.get(words[at], 0) if at < len(words) else 0


def _ones(words: Sequence[str], at: int, bare: bool) -> int:
    """The digit after "mười" or "mươi"; "năm" there is the year ("mười năm"), five being "lăm"."""
    return 0 if at < len(words) and words[at] == "năm" else _digit(words, at, bare)

"""A phrase made ready for the grammar: one line of keys, each remembering its place in the text.

"Chậm nhất là năm (05) ngày" is read as the keys "cham nhat la 5 ngay". Tokens are separated by exactly one space,
numbers have no leading zeros, numbers in words and Roman numerals are digits, citations of documents are "@".
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace

from qms.deadlines.references import reference_spans
from qms.deadlines.words import has_marks, key_of, number_in_words

_BLANKS = re.compile(r"[^\S\n]+|[\u200b-\u200f\u2060\ufeff\u00ad]+")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－÷~→", "-"))
_BULLETS = re.compile(r"(?:^|(?<=\n))\s*(?:[-+*•●▪·o]\s+|[-+*•●▪·](?=[^\W\d])|\d{1,2}[.)]\s+(?=[^\W\d])|[a-zđ]\)\s*)")
_TOKEN = re.compile(r"(?P<cited>\ue000+)|(?P<number>\d+)|(?P<word>[^\W\d_]+)|(?P<sign>\n|[^\s\w]|_)")
_ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
}
_GLUED = re.compile(r"(q|quy)(i{1,3}|iv)|(q|t|th|thg)")
_LIST_SIGNS = frozenset({",", "-", "/", ";", "&", "+", ".", "va", "hoac", "hay", "den", "toi"})
_COUNTED = frozenset({"ngay", "tuan", "thang", "nam", "quy", "lan", "gio", "cuoc", "dot", "phien"})
_ORDERED = frozenset({"thang", "quy", "thu", "tuan"})
_YEAR_BEFORE = frozenset({"hang", "moi", "dau", "giua", "cuoi", "ca", "cua", "lan", "tung", "suot"})
_PLAIN_BEFORE_NUMBER = frozenset({"quy~", "nam~", "ngay~", "tu~"})
_FIRST_DAYS = frozenset({"mong", "mung"})
_LONGEST_NUMBER = 9


@dataclass(frozen=True)
class Token:
    """One key and where it stands in the text; `raw` is the NFC word in lower case."""

    key: str
    raw: str
    start: int
    end: int

    @property
    def is_number(self) -> bool:
        return self.key.isdecimal()


class Reading:
    """The keys of a phrase as one string, and the way back to the original words."""

    def __init__(self, text: str) -> None:
        self.text = clean(text)
        self.bare = not has_marks(self.text)
        self.tokens = _numbered(_tokens(self.text, self.bare), self.bare)
        self.starts: list[int] = []
        at = 0
        for token in self.tokens:
            self.starts.append(at)
            at += len(token.key) + 1
        self.keys = " ".join(token.key for token in self.tokens)

    def words(self, start: int, end: int) -> str:
        """The original words behind keys[start:end], without the signs around them."""
        first, last = bisect_left(self.starts, start), bisect_right(self.starts, max(start, end - 1))
        covered = self.tokens[first:last]
        return self.text[covered[0].start : covered[-1].end].strip(" ,;:.-()\n") if covered else ""

    def next_start(self, at: int) -> int:
        """Where the token after the one at `at` begins; len(keys) + 1 at the end."""
        index = bisect_right(self.starts, at)
        return self.starts[index] if index < len(self.starts) else len(self.keys) + 1


def clean(text: str) -> str:
    """One form of letters, digits, dashes and blanks; lines kept, their bullets dropped."""
    text = unicodedata.normalize("NFKC", text.replace("\r\n", "\n").replace("\r", "\n")).translate(_DASHES)
    lines = [_BLANKS.sub(" ", line).strip() for line in text.split("\n")]
    return _BULLETS.sub("", "\n".join(line for line in lines if line)).strip()


def _tokens(text: str, bare: bool) -> list[Token]:
    masked = text
    for start, end in reference_spans(text):
        masked = masked[:start] + "\ue000" * (end - start) + masked[end:]
    found = [_token(match, bare) for match in _TOKEN.finditer(masked)]
    return _unglued(_joined_dates(found, text))


def _token(match: re.Match[str], bare: bool) -> Token:
    raw = match.group().lower()
    key = {"cited": "@", "sign": {"\n": ";"}.get(raw, raw)}.get(match.lastgroup or "", "")
    if match.lastgroup == "word":
        key = key_of(raw, bare)
    if match.lastgroup == "number":
        key = str(int(raw)) if len(raw) <= _LONGEST_NUMBER else "@number"
    return Token(key, raw, match.start(), match.end())


def _joined_dates(tokens: list[Token], text: str) -> list[Token]:
    """A dot between two digits separates the parts of a date: it reads as "/"."""
    out = list(tokens)
    for at in range(1, len(out) - 1):
        before, dot, after = out[at - 1 : at + 2]
        near = before.end == dot.start and after.start == dot.end
        if dot.key == "." and near and after.is_number and (before.is_number or before.raw in _ROMAN):
            out[at] = replace(dot, key="/")
    return out


def _unglued(tokens: list[Token]) -> list[Token]:
    """Abbreviations apart: "QII" is "quy 2", "T3", "Th.3" and "Q.1" are "thang 3" and "quy 1"."""
    out: list[Token] = []
    for at, token in enumerate(tokens):
        glued = _GLUED.fullmatch(token.key)
        if glued and glued[1]:
            middle = token.start + len(glued[1])
            out.append(Token("quy", "quý", token.start, middle))
            out.append(Token(str(_ROMAN[glued[2]]), glued[2], middle, token.end))
        elif glued and _opens_number(tokens, at):
            out.append(replace(token, key="quy" if glued[3] == "q" else "thang"))
        elif token.key != "." or not out or out[-1].raw not in {"q", "t", "th", "thg"}:
            out.append(token)
    return out


def _opens_number(tokens: list[Token], at: int) -> bool:
    """Whether "T", "Th" or "Q" stands right before a numeral, with at most a dot between them."""
    rest = tokens[at + 1 : at + 3]
    if rest and rest[0].key == ".":
        rest = rest[1:]
    return bool(rest) and (rest[0].is_number or (tokens[at].key == "q" and rest[0].raw in _ROMAN))


def _numbered(tokens: list[Token], bare: bool) -> list[Token]:
    """Numbers in words and Roman numerals as digits, doubled numbers such as "năm (05)" once."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        value, used = _words_value(tokens, at, out, bare)
        if used:
            out.append(Token(str(value), token.raw, token.start, tokens[at + used - 1].end))
        elif token.raw in _ROMAN and _after_ordered(out):
            out.append(replace(token, key=str(_ROMAN[token.raw])))
        elif token.key in _FIRST_DAYS and _is_numeral(tokens, at + 1):
            pass  # "mồng 5" is the day 5
        elif token.key in _PLAIN_BEFORE_NUMBER and _is_numeral(tokens, at + 1):
            out.append(replace(token, key=token.key[:-1]))
        else:
            out.append(token)
        at += used or 1
    return _single(out)


def _is_numeral(tokens: list[Token], at: int) -> bool:
    return at < len(tokens) and (tokens[at].is_number or tokens[at].raw in _ROMAN)


def _words_value(tokens: list[Token], at: int, before: list[Token], bare: bool) -> tuple[int, int]:
    """(value, tokens used) of a number in words standing where a number makes sense; (0, 0) otherwise."""
    value, used = number_in_words([token.raw for token in tokens[at : at + 6]], bare)
    if not used:
        return 0, 0
    previous = before[-1].key if before else ""
    following = [token.key for token in tokens[at + used : at + used + 3]] + ["", "", ""]
    if tokens[at].key == "nam" and used == 1:
        return (5, 1) if _is_five(previous, following) else (0, 0)
    doubled = previous == "(" and following[0] == ")"
    opens = following[0] == "(" and following[1].isdecimal()
    counted = following[0] in _COUNTED or previous in _ORDERED or doubled or opens
    return (value, used) if counted else (0, 0)


def _is_five(previous: str, following: list[str]) -> bool:
    """ "năm" is five in "năm ngày", "năm (05)", "năm tháng kể từ"; the year in "hằng năm", "02 năm", "năm tháng 6"."""
    if previous == "thu":
        return True
    if previous == "(":
        return following[0] == ")"
    if previous in _YEAR_BEFORE or previous.isdecimal() or previous == "/":
        return False
    if following[0] == "thang":
        return not following[1].isdecimal()
    return following[0] in {"ngay", "tuan", "gio", "lan"} or (following[0] == "(" and following[1].isdecimal())


def _after_ordered(before: list[Token]) -> bool:
    """Whether a Roman numeral here continues "quý I, II và …"."""
    for token in reversed(before[-12:]):
        if token.key in {"quy", "thang"}:
            return True
        if not token.is_number and token.key not in _LIST_SIGNS:
            return False
    return False


def _single(tokens: list[Token]) -> list[Token]:
    """ "năm (05)" and "06 (sáu)" as one number; where the two differ, both stay and the phrase remains doubtful."""
    out: list[Token] = []
    for token in tokens:
        out.append(token)
        if token.key == ")" and len(out) >= 4 and _is_doubled(out[-4:]):
            out[-4:] = [replace(out[-4], end=token.end)]
    return out


def _is_doubled(four: list[Token]) -> bool:
    number, bracket, again, _ = four
    return bracket.key == "(" and number.is_number and again.key == number.key

"""What the columns of an export mean, recognised by the words of their headings in any order; a person may correct it.

Two layouts: one row per response (a column per criterion), or one row per unit and criterion (a column of criteria and
columns of counts).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from objectives.satisfaction.scheme import Scheme
from qms.text import fold

from .tables import Row

HEADING_WITHIN = 15
"""The heading stands in one of the first rows; above it may be titles."""

UNIT, DAY, COMMENT, CRITERION = "unit", "day", "comment", "criterion"
SENT, RECEIVED, ANSWERED, SATISFIED = "sent", "received", "answered", "satisfied"
LABELS = {
    UNIT: "Đơn vị",
    DAY: "Ngày đánh giá",
    COMMENT: "Ý kiến",
    CRITERION: "Tên tiêu chí (mỗi dòng một tiêu chí)",
    SENT: "Số phiếu phát ra",
    RECEIVED: "Số phiếu thu về",
    ANSWERED: "Tổng số lượt chấm",
    SATISFIED: "Số lượt hài lòng",
}
_SIGNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (CRITERION, ("tieu chi", "cau hoi", "noi dung danh gia", "noi dung khao sat")),
    (SENT, ("phieu phat", "phat ra", "so phat", "da phat", "phat di")),
    (RECEIVED, ("phieu thu", "thu ve", "thu vao", "phieu nhan", "nhan ve", "so phieu")),
    (ANSWERED, ("tong luot", "luot cham", "luot danh gia", "tong danh gia", "nguoi tra loi", "tong so")),
    (SATISFIED, ("so hai long", "luot hai long", "nguoi hai long", "tong hai long")),
    (COMMENT, ("y kien", "gop y", "kien nghi", "phan anh", "nhan xet")),
    (DAY, ("ngay", "thoi gian", "thoi diem")),
    (UNIT, ("don vi", "phong ban", "ten phong", "co quan", "bo phan", "chi cuc")),
)  # fmt: skip
_WORD = re.compile(r"[a-z0-9]+")
_MARK = re.compile(r"(?:muc|diem|sao)(?: do)? (\d{1,2})\b|\b(\d{1,2}) (?:diem|sao)")
_EMPTY_WORDS = frozenset(("va", "cua", "ve", "cho", "cac", "theo", "muc", "do", "su", "viec", "voi", "hai", "long"))
_ENOUGH = 0.6


@dataclass(frozen=True)
class Heading:
    """The row of headings: its place in the rows, its texts, and what each column means ("" is left out)."""

    place: int
    texts: tuple[str, ...]
    roles: tuple[str, ...]


def score_role(criterion: str) -> str:
    """The role of a column that holds the marks of that criterion."""
    return f"score:{criterion}"


def level_role(mark: int) -> str:
    """The role of a column that holds how many gave that mark."""
    return f"level:{mark}"


def behind(role: str, kind: str) -> str:
    """What stands behind the colon of a role of that kind ("score", "level"), or ""."""
    name, _, rest = role.partition(":")
    return rest if name == kind else ""


def role_labels(scheme: Scheme) -> dict[str, str]:
    """Every role a column may have, with the words for it."""
    scores = {score_role(name): f"Mức chấm: {name}" for name in scheme.criteria}
    levels = {level_role(n): f"Số lượt mức {n}: {word}" for n, word in enumerate(scheme.words, start=1)}
    return {"": "(bỏ qua)"} | {UNIT: LABELS[UNIT]} | scores | {k: v for k, v in LABELS.items() if k != UNIT} | levels


def find_heading(rows: Sequence[Row], scheme: Scheme) -> Heading:
    """The row of the first ones in which most columns are recognised; without any, the first row with two cells."""
    candidates = [
        Heading(place, row.cells, recognise(row.cells, scheme)) for place, row in enumerate(rows[:HEADING_WITHIN])
    ]
    best = max(candidates, key=lambda heading: sum(map(bool, heading.roles)))
    if sum(map(bool, best.roles)) >= 2:
        return best
    return next((one for one in candidates if sum(map(bool, one.texts)) > 1), candidates[0])


def recognise(texts: Sequence[str], scheme: Scheme) -> tuple[str, ...]:
    """The role of each heading; each role once, to the heading that fits it best."""
    found = sorted(
        ((fit, -place, role) for place, text in enumerate(texts) for fit, role in _fits(text, scheme)), reverse=True
    )
    roles: dict[int, str] = {}
    for _, place, role in found:
        if -place not in roles and role not in roles.values():
            roles[-place] = role
    return tuple(roles.get(place, "") for place in range(len(texts)))


def _fits(text: str, scheme: Scheme) -> Iterator[tuple[float, str]]:
    """(how well, role) of everything that a heading may mean."""
    folded = " ".join(_WORD.findall(fold(text)))
    if not folded:
        return
    yield from ((fit, score_role(name)) for name in scheme.criteria if (fit := _alike(folded, name)))
    if mark := _mark_of(folded, scheme):
        yield 0.95, level_role(mark)
    yield from ((0.5 + 0.01 * len(sign), role) for role, signs in _SIGNS for sign in signs if _holds(folded, sign))


def _holds(folded: str, sign: str) -> bool:
    """Whether all words of the sign stand in the heading, in any order."""
    return set(sign.split()) <= set(folded.split())


def _alike(folded: str, name: str) -> float:
    """How much of the telling words two names share: 1 is all; nothing below `_ENOUGH`."""
    ours, theirs = (set(_WORD.findall(fold(text))) - _EMPTY_WORDS for text in (name, folded))
    common = len(ours & theirs)
    fit = common / len(ours) if ours else 0.0
    return min(fit, 1.0) + 0.01 * common if fit >= _ENOUGH and common >= min(2, len(ours)) else 0.0


def _mark_of(folded: str, scheme: Scheme) -> int:
    """The mark that a heading of counts names: "Mức 5", "Số phiếu rất hài lòng"; 0 where none."""
    numbered = _MARK.search(folded)
    if numbered:
        mark = int(numbered[1] or numbered[2])
        return mark if 1 <= mark <= scheme.highest else 0
    named = [(len(fold(word)), n) for n, word in enumerate(scheme.words, start=1) if folded.endswith(fold(word))]
    return max(named, default=(0, 0))[1]


def layout_errors(roles: Sequence[str]) -> list[str]:
    """What the columns still lack to be read; nothing when they may be."""
    held = set(roles)
    errors = [f"“{LABELS[role]}” được chọn cho nhiều cột." for role in LABELS if list(roles).count(role) > 1]
    doubled = {role for role in held if ":" in role and list(roles).count(role) > 1}
    if doubled:
        errors.append("Một tiêu chí hoặc một mức được chọn cho nhiều cột.")
    if CRITERION in held:
        counts = any(role.startswith("level:") for role in held) or {ANSWERED, SATISFIED} <= held
        if not counts:
            errors.append("Chọn các cột số lượt từng mức, hoặc cả hai cột tổng số lượt chấm và số lượt hài lòng.")
    elif not any(role.startswith("score:") for role in held):
        errors.append("Chọn ít nhất một cột mức chấm, hoặc cột tên tiêu chí nếu mỗi dòng là một tiêu chí.")
    return errors

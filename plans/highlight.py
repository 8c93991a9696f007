"""Which words of a text changed, for the eye: unchanged lines of a long text are left out."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"\s+|[\w/.-]+|.", re.DOTALL)


@dataclass(frozen=True)
class Piece:
    """A stretch of text; `changed` where the other version differs."""

    text: str
    changed: bool


def changed_pieces(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts cut into unchanged and changed stretches; of several lines only those that differ are kept."""
    old, new = _differing_lines(before, after)
    words_old, words_new = _WORD.findall(old), _WORD.findall(new)
    left: list[Piece] = []
    right: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, words_old, words_new, autojunk=False).get_opcodes():
        left += [Piece("".join(words_old[a:b]), tag != "equal")] if b > a else []
        right += [Piece("".join(words_new[c:d]), tag != "equal")] if d > c else []
    return left, right


def _differing_lines(before: str, after: str) -> tuple[str, str]:
    old, new = before.split("\n"), after.split("\n")
    kept_old: list[str] = []
    kept_new: list[str] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            kept_old += old[a:b]
            kept_new += new[c:d]
    return "\n".join(kept_old), "\n".join(kept_new)

"""What somebody typed into the search, as words to look for and as places to mark.

Everything is compared folded: without tone marks, đ as d, in small letters. Every word must occur, in any order; what
stands in quotes occurs as it is. A number is found with and without its leading zero.
"""

import re
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, Value, When

from qms.text import fold, one_line, printable

LONGEST = 200
"""Letters that are read; nobody types more."""
MOST_WORDS = 10
LEAST_LETTERS = 2
_QUOTES = '"“”„«»'
_PIECE = re.compile(rf"[{_QUOTES}]([^{_QUOTES}]+)[{_QUOTES}]|([^\s{_QUOTES}]+)")
_EDGES = ".,;:!?()[]{}'‘’`…*"
_NUMBER = re.compile(r"0*(\d+)(/[a-z].*|/)$")
_WORD_START = re.compile(r"(?<![^\W_])")
_SHORT = 2  # a word of so few letters is marked only where a word begins


@dataclass(frozen=True)
class Terms:
    """`typed` as it goes back into the field; `words` folded, phrases among them; `cut` where not all was read."""

    typed: str
    words: tuple[str, ...]
    cut: bool = False

    @property
    def is_enough(self) -> bool:
        """Whether there is something to look for."""
        return sum(letter.isalnum() for word in self.words for letter in word) >= LEAST_LETTERS

    def condition(self, field: str = "search") -> Q:
        """All words occur in that folded column; nothing fits too few letters."""
        found = Q() if self.is_enough else Q(pk__in=())
        for word in self.words:
            found &= _occurs(word, field)
        return found

    def rank(self, *fields: str) -> Case:
        """0 where a column begins with just these words (a number, a name), 1 where it begins so, 2 where they follow

        each other, 3 elsewhere.
        """
        heads = _forms(" ".join(self.words))
        return Case(
            When(_any(fields, heads, "", "exact") | _any(fields, heads, " ", "startswith"), then=Value(0)),
            When(_any(fields, heads, "", "startswith"), then=Value(1)),
            When(_any(fields, tuple(f" {head}" for head in heads), "", "contains"), then=Value(2)),
            default=Value(3),
            output_field=IntegerField(),
        )


def parse(text: str) -> Terms:
    """The words of what was typed; nothing that is typed is an error."""
    typed = one_line(printable(text))
    read = typed[:LONGEST]
    pieces = (phrase or word for phrase, word in _PIECE.findall(fold(read)))
    words = list(dict.fromkeys(word for piece in pieces if _has_letters(word := piece.strip(f" {_EDGES}"))))
    return Terms(read, tuple(words[:MOST_WORDS]), cut=len(typed) > LONGEST or len(words) > MOST_WORDS)


def _has_letters(word: str) -> bool:
    return any(letter.isalnum() for letter in word)


def _forms(text: str) -> tuple[str, ...]:
    """A number under 10 is written with a zero in documents, and as it comes by people: both."""
    found = _NUMBER.match(text)
    if found is None:
        return (text,)
    number = int(found[1])
    return tuple(dict.fromkeys((f"{number:02d}{found[2]}", f"{number}{found[2]}")))


def _occurs(word: str, field: str) -> Q:
    forms = _forms(word)
    found = Q(**{f"{field}__contains": forms[0]})
    for bare in forms[1:]:  # 5/KH is not the end of 15/KH
        found |= Q(**{f"{field}__startswith": bare}) | Q(**{f"{field}__contains": f" {bare}"})
    return found


def _any(fields: tuple[str, ...], heads: tuple[str, ...], end: str, lookup: str) -> Q:
    found = Q()
    for field in fields:
        for head in heads:
            found |= Q(**{f"{field}__{lookup}": head + end})
    return found


@dataclass(frozen=True)
class Piece:
    """A stretch of a text; `hit` where it is what was looked for."""

    text: str
    hit: bool


def marked(text: str, terms: Terms) -> list[Piece]:
    """The text cut where the words of the search begin and end."""
    folded, origins = _folded(text)
    hits = {origins[at] for word in terms.words for form in _forms(word) for at in _places(form, folded)}
    pieces: list[Piece] = []
    for at, letter in enumerate(text):
        hit = at in hits
        if pieces and pieces[-1].hit == hit:
            pieces[-1] = Piece(pieces[-1].text + letter, hit)
        else:
            pieces.append(Piece(letter, hit))
    return pieces


def _folded(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its letters the place in the text it comes from."""
    pairs = [(small, at) for at, letter in enumerate(text) for small in (" " if letter.isspace() else fold(letter))]
    return "".join(small for small, _ in pairs), [at for _, at in pairs]


def _places(word: str, folded: str) -> list[int]:
    starts = (found.start() for found in re.finditer(re.escape(word), folded))
    wanted = [at for at in starts if len(word) > _SHORT or _WORD_START.match(folded, at)]
    return [at + i for at in wanted for i in range(len(word))]

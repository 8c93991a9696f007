"""Finding units in the words of a plan: "BCĐ ISO và các phòng" names two of them.

Names, short names, former and coming names and learnt aliases are compared without tone marks. What is not
recognised is returned as it was written; nothing is guessed.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from qms.text import fold

from .models import Agency, ComingUnitName, FormerUnitName, Unit, UnitAlias, UnitSuccession

_SEPARATORS = re.compile(r"\s*(?:[;,\n/+]|(?<=\s)(?:và|cùng|với)(?=\s))[\s\-•*]*", re.IGNORECASE)
_TAILS = (" cua so", " thuoc so", " truc thuoc so", " so", " co lien quan", " lien quan", " (neu co)")
_TRIM = " \t\n.-–:•*()"
_BULLETS = " \t\n-–•*"
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Mention:
    """A stretch of text and the unit it names, if any."""

    start: int
    end: int
    text: str
    unit: Unit | None


@dataclass(frozen=True)
class Recognised:
    """`units` in the order named, `unknown` the pieces that fit no unit."""

    units: tuple[Unit, ...]
    unknown: tuple[str, ...]


class UnitDirectory:
    """All names of an agency's units on one day (`day`), for many look-ups. Five queries."""

    def __init__(self, agency: Agency, *, on: date) -> None:
        self.day = on
        self._names: dict[str, Unit] = {}
        self._by_pk = {unit.pk: unit for unit in Unit.objects.filter(agency=agency)}
        self._heirs = _heirs(agency)
        former = list(FormerUnitName.objects.filter(unit__agency=agency).order_by("used_until"))
        coming = list(ComingUnitName.objects.filter(unit__agency=agency))
        self._borne = {row.unit_id: row.name for row in coming if row.used_from <= on}
        self._borne |= {row.unit_id: row.name for row in reversed(former) if row.used_until >= on}
        self._learn((fold(name), u) for u in self._by_pk.values() for name in (self.name(u), u.short_name))
        aliases = UnitAlias.objects.filter(agency=agency).order_by("pk")
        self._learn((alias.folded, self._by_pk[alias.unit_id]) for alias in aliases)
        self._todays = frozenset(self._names)
        self._learn((fold(unit.name), unit) for unit in self._by_pk.values())
        self._learn((fold(name), self._by_pk[r.unit_id]) for r in [*former, *coming] for name in (r.name, r.short_name))

    @property
    def units(self) -> list[Unit]:
        """The units in force, in their order."""
        return [unit for unit in self._by_pk.values() if unit.is_in_force(self.day)]

    def name(self, unit: Unit) -> str:
        """What the unit is called on the directory's day."""
        return self._borne.get(unit.pk, unit.name)

    def find(self, text: str) -> Unit | None:
        """The unit of exactly that name, with or without "Sở" behind it; an ended one if no other bears it."""
        known = self._known(text)
        return self._names[known] if known else None

    def current(self, unit: Unit) -> tuple[Unit, ...]:
        """The unit itself if in force, else those that follow it, through several reorganisations if need be."""
        return self._follow(unit, frozenset())

    def recognise(self, text: str) -> Recognised:
        """Every unit that a cell names, each once."""
        mentions = list(self.mentions(text))
        units = dict.fromkeys(m.unit for m in mentions if m.unit is not None)
        return Recognised(tuple(units), tuple(m.text for m in mentions if m.unit is None))

    def modernise(self, text: str) -> str:
        """The text with the names of ended units replaced by those that follow them, and former names by those of the
        day, each unit once. Units without heirs stay.
        """
        mentions = list(self.mentions(text))
        named = {m.unit for m in mentions if m.unit and not self._is_outdated(m)}
        parts: list[tuple[str, str]] = []
        end = 0
        for mention in mentions:
            words = self._modern(mention, named)
            if words:
                parts.append((text[end : mention.start] if parts else text[: mentions[0].start], words))
            end = mention.end
        return "".join(separator + words for separator, words in parts) + text[end:]

    def _modern(self, mention: Mention, named: set[Unit]) -> str:
        heirs = self.current(mention.unit) if mention.unit and self._is_outdated(mention) else ()
        fresh = [heir for heir in heirs if heir not in named]
        named.update(fresh)
        return ", ".join(map(self.name, fresh)) if heirs else mention.text

    def mentions(self, text: str) -> Iterator[Mention]:
        """The pieces of the text; the longest run that is a name wins, for a name may hold a comma or "và"."""
        spans = _pieces(text)
        first = 0
        while first < len(spans):
            mention, first = self._longest(text, spans, first)
            yield mention

    def _known(self, text: str) -> str:
        """The folded name under which the text is known, or ""."""
        name = fold(text).strip(_TRIM)
        shorter = (name.removesuffix(tail) for tail in _TAILS)
        return next((n for n in (name, *shorter) if n in self._names), "")

    def _is_outdated(self, mention: Mention) -> bool:
        ended = mention.unit is not None and not mention.unit.is_in_force(self.day)
        return ended or self._known(mention.text) not in self._todays

    def _longest(self, text: str, spans: list[tuple[int, int]], first: int) -> tuple[Mention, int]:
        start = spans[first][0]
        for last in range(len(spans) - 1, first - 1, -1):
            end = spans[last][1]
            unit = self.find(text[start:end])
            if unit is not None:
                return Mention(start, end, text[start:end], unit), last + 1
        end = spans[first][1]
        return Mention(start, end, text[start:end], None), first + 1

    def _learn(self, pairs: Iterable[tuple[str, Unit]]) -> None:
        for name, unit in pairs:
            known = self._names.get(name)
            if name and (known is None or (not known.is_in_force(self.day) and unit.is_in_force(self.day))):
                self._names[name] = unit

    def _follow(self, unit: Unit, seen: frozenset[int]) -> tuple[Unit, ...]:
        if unit.is_in_force(self.day) or unit.pk in seen:
            return (unit,) if unit.pk not in seen else ()
        heirs = (self._by_pk[pk] for pk in self._heirs.get(unit.pk, ()))
        return tuple(dict.fromkeys(last for heir in heirs for last in self._follow(heir, seen | {unit.pk})))


def _pieces(text: str) -> list[tuple[int, int]]:
    """(start, end) of the stretches between separators, without the dashes and points around them."""
    borders = [(m.start(), m.end()) for m in _SEPARATORS.finditer(text)]
    starts = [0, *(end for _, end in borders)]
    ends = [*(start for start, _ in borders), len(text)]
    trimmed = (_trim(text, s, e) for s, e in zip(starts, ends, strict=True))
    return [(s, e) for s, e in trimmed if text[s:e].strip(_TRIM)]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    begin = end - len(text[start:end].lstrip(_BULLETS))
    return begin, begin + len(text[begin:end].rstrip(_BULLETS + ".:"))


def _heirs(agency: Agency) -> dict[int, list[int]]:
    """Who followed when a unit ended; a part split off a unit that goes on is no heir of it."""
    rows = UnitSuccession.objects.filter(predecessor__agency=agency, successor__isnull=False).order_by("pk")
    heirs: dict[int, list[int]] = {}
    for predecessor, successor, last_day, effective_on in rows.values_list(
        "predecessor_id", "successor_id", "predecessor__valid_to", "reorganisation__effective_on"
    ):
        if last_day and last_day + _ONE_DAY == effective_on:
            heirs.setdefault(predecessor, []).append(successor)
    return heirs

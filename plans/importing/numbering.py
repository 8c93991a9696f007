"""Word's automatic numbers as Word shows them (ECMA-376 part 1, 17.9): levels, formats, restarts and overrides."""

from dataclasses import dataclass, field
from typing import Any

from qms.text import roman

from .blocks import plain
from .word_xml import attribute, child, local, number_of, switch, value_of, whole

MAX_NUMBER = 5000
"""Numbers beyond this are shown in Arabic figures, so that a hostile start value costs nothing."""


@dataclass(frozen=True)
class Level:
    """One level of a list. `text` is the pattern, "%1.%2."; `restart` is w:lvlRestart (0: never)."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    legal: bool = False
    restart: int | None = None
    style: str = ""


@dataclass
class NumberList:
    """A `w:num`: the abstract list it belongs to, and what it overrides."""

    abstract: str
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, Level] = field(default_factory=dict)


class Numbering:
    """Counts the numbered paragraphs of one document, in their order."""

    def __init__(self, root: Any = None) -> None:
        self._abstract: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, NumberList] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._restarted: set[tuple[str, int]] = set()
        links: dict[str, str] = {}
        styles: dict[str, str] = {}
        for element in root if root is not None else ():
            if local(element) == "abstractNum":
                self._read_abstract(element, links, styles)
            elif local(element) == "num":
                self._lists[attribute(element, "numId") or ""] = _read_list(element)
        for abstract, style in links.items():
            self._abstract[abstract] = self._abstract.get(styles.get(style, ""), {})

    def _read_abstract(self, element: Any, links: dict[str, str], styles: dict[str, str]) -> None:
        name = attribute(element, "abstractNumId") or ""
        self._abstract[name] = _read_levels(element)
        if link := value_of(element, "numStyleLink"):
            links[name] = link
        if style := value_of(element, "styleLink"):
            styles[style] = name

    def level_of_style(self, number_id: str, style: str) -> int | None:
        """The level that a list ties to a paragraph style."""
        numbers = self._lists.get(number_id)
        levels = self._abstract.get(numbers.abstract, {}) if numbers else {}
        return next((index for index, level in levels.items() if style and level.style == style), None)

    def next_label(self, number_id: str, index: int) -> str:
        """Count one paragraph and give its label, "" for none."""
        numbers = self._lists.get(number_id)
        level = self._level(numbers, index) if numbers else None
        if numbers is None or level is None:
            return ""
        self._count(numbers, number_id, index, level)
        return self._label(numbers, level)

    def _level(self, numbers: NumberList, index: int) -> Level | None:
        return numbers.levels.get(index) or self._abstract.get(numbers.abstract, {}).get(index)

    def _count(self, numbers: NumberList, number_id: str, index: int, level: Level) -> None:
        counters = self._counters.setdefault(numbers.abstract, {})
        start = numbers.starts.get(index, level.start)
        if index in numbers.starts and (number_id, index) not in self._restarted:
            self._restarted.add((number_id, index))
            counters[index] = start
        else:
            counters[index] = counters[index] + 1 if index in counters else start
        for deeper in [i for i in counters if i > index and self._restarts(numbers, i, index)]:
            del counters[deeper]

    def _restarts(self, numbers: NumberList, deeper: int, used: int) -> bool:
        """Whether using one level starts a deeper one anew; w:lvlRestart names another level, or 0 for never."""
        level = self._level(numbers, deeper)
        if level is None or level.restart is None:
            return True
        return level.restart > used

    def _label(self, numbers: NumberList, level: Level) -> str:
        if level.format == "bullet":
            return plain(level.text).strip()
        counters = self._counters[numbers.abstract]
        text = level.text
        for index in range(9):
            if f"%{index + 1}" not in text:
                continue
            at = self._level(numbers, index) or Level()
            shown = "decimal" if level.legal else at.format
            text = text.replace(f"%{index + 1}", formatted(counters.get(index, at.start), shown))
        return plain(text).strip()


def _read_levels(element: Any) -> dict[int, Level]:
    levels = ((whole(attribute(part, "ilvl")), part) for part in element if local(part) == "lvl")
    return {index: _read_level(part) for index, part in levels if index is not None}


def _read_level(element: Any) -> Level:
    start = number_of(element, "start")
    return Level(
        start=1 if start is None else start,
        format=_format_of(element),
        text=value_of(element, "lvlText") or "",
        legal=bool(switch(element, "isLgl")),
        restart=number_of(element, "lvlRestart"),
        style=value_of(element, "pStyle") or "",
    )


def _format_of(element: Any) -> str:
    """The number format; Word 2010 writes newer ones into alternatives, where the fallback is always plain."""
    found = value_of(element, "numFmt")
    return found or value_of(element, "mc:AlternateContent", "mc:Fallback", "numFmt") or "decimal"


def _read_list(element: Any) -> NumberList:
    numbers = NumberList(abstract=value_of(element, "abstractNumId") or "")
    for override in element:
        index = whole(attribute(override, "ilvl")) if local(override) == "lvlOverride" else None
        if index is None:
            continue
        start = number_of(override, "startOverride")
        if start is not None:
            numbers.starts[index] = start
        level = child(override, "lvl")
        if level is not None:
            numbers.levels[index] = _read_level(level)
    return numbers


def formatted(number: int, how: str) -> str:
    """A counter in one of Word's formats; unknown formats as Arabic figures."""
    if how == "none":
        return ""
    if number < 1 or number > MAX_NUMBER:
        return str(number)
    if how in {"upperRoman", "lowerRoman"}:
        return roman(number) if how == "upperRoman" else roman(number).lower()
    if how in {"upperLetter", "lowerLetter"}:
        return _letters(number, "A" if how == "upperLetter" else "a")
    return f"{number:02d}" if how == "decimalZero" else str(number)


def _letters(number: int, first: str) -> str:
    """1 → a, 26 → z, 27 → aa, 53 → aaa: Word repeats the letter."""
    turns, place = divmod(number - 1, 26)
    return chr(ord(first) + place) * (turns + 1)

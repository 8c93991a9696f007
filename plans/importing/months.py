"""Ticked columns: the months or quarters in which a task is due, as a phrase ("Tháng 3, 4")."""

import re

from .blocks import Cell

RANGE = ("Từ", "đến")
"""The periods of two columns with a first and a last day."""
_TICK = re.compile(r"[xX×✓✔☑☒✗√●■▪•*+vVüþ]+|\([xX]\)|[-=–—]{2,}>?|[→⟶⇒]+")
_NOTHING = {"-", "–", "—", "0"}


def is_marked(cell: Cell) -> bool:
    """A sign, a colour or words; a single dash says that there is nothing."""
    return (bool(cell.text) or cell.filled) and cell.text not in _NOTHING


def is_ticked(cell: Cell) -> bool:
    """A sign or a colour, no words."""
    return bool(_TICK.fullmatch(cell.text)) or (cell.filled and not cell.text)


def timing_of(ticked: list[tuple[str, Cell]]) -> tuple[str, bool]:
    """The phrase for the periods whose cells say something, and whether every one of them was a plain tick.

    >>> timing_of([("Tháng 3", Cell(0, 0)), ("Tháng 4", Cell(0, 1))])
    ('Tháng 3, 4', True)
    """
    words = list(dict.fromkeys(cell.text for _, cell in ticked if not is_ticked(cell)))
    if ticked and ticked[0][0] in RANGE:
        return " ".join(f"{period} {cell.text}" for period, cell in ticked), True
    if words and len(ticked) > 1 and len({id(cell) for _, cell in ticked}) == 1:
        return words[0], True
    unit = ticked[0][0].rpartition(" ")[0] if ticked else ""
    phrase = f"{unit} {', '.join(_printed(period) for period, _ in ticked)}".strip()
    return (f"{phrase} ({'; '.join(words)})", False) if words else (phrase, True)


_ROMAN = ("", "I", "II", "III", "IV")


def _printed(period: str) -> str:
    """ "Tháng 3" → "3", "Quý 3" → "III"."""
    unit, _, number = period.rpartition(" ")
    return _ROMAN[int(number)] if unit == "Quý" else number

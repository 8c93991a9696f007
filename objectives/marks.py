"""States and standings as the eye meets them: a tone, a shape and a word (docs/giao-dien.md)."""

from objectives.enums import SetState
from objectives.terms import Standing
from plans.marks import RETURNED
from qms.marks import Mark

_STATES = {
    SetState.DRAFT: ("active", "●"),
    SetState.REVIEW: ("active", "●"),
    SetState.APPROVAL: ("active", "●"),
    SetState.NUMBERING: ("active", "●"),
    SetState.ISSUED: ("done", "✓"),
    SetState.CLOSED: ("dormant", "✓"),
    SetState.DROPPED: ("dormant", "○"),
}
STANDING_MARKS = {
    Standing.ACHIEVED: Mark("done", "✓", Standing.ACHIEVED.label),
    Standing.ON_TRACK: Mark("active", "●", Standing.ON_TRACK.label),
    Standing.AT_RISK: Mark("soon", "▲", Standing.AT_RISK.label),
    Standing.MISSED: Mark("late", "▲", Standing.MISSED.label),
    Standing.NO_DATA: Mark("soon", "○", Standing.NO_DATA.label),
    Standing.NOT_YET_DUE: Mark("dormant", "◌", Standing.NOT_YET_DUE.label),
}


def set_mark(state: str, *, returned: bool = False) -> Mark:
    """The mark of a set's state; a draft that somebody gave back says so."""
    if returned and state == SetState.DRAFT:
        return RETURNED
    tone, shape = _STATES[SetState(state)]
    return Mark(tone, shape, SetState(state).label)


def standing_mark(standing: Standing) -> Mark:
    """The mark of a standing: never a colour alone."""
    return STANDING_MARKS[standing]

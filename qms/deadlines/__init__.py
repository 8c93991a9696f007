"""What a timing phrase means and when it is due: grammar, working days, arithmetic. Pure, without a database."""

from qms.deadlines.arithmetic import Computed, add_months, due_after
from qms.deadlines.explain import explain
from qms.deadlines.model import Offset, OffsetUnit, Timing, TimingKind, Window
from qms.deadlines.phrases import parse_timing
from qms.deadlines.shift import Change, Shift, shift_text
from qms.deadlines.working_days import DECREED_DEFAULTS, DayOff, DecreedDay, WorkingCalendar

__all__ = [
    "DECREED_DEFAULTS",
    "Change",
    "Computed",
    "DayOff",
    "DecreedDay",
    "Offset",
    "OffsetUnit",
    "Shift",
    "Timing",
    "TimingKind",
    "Window",
    "WorkingCalendar",
    "add_months",
    "due_after",
    "explain",
    "parse_timing",
    "shift_text",
]

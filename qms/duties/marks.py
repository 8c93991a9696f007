"""How a duty stands, as the eye meets it: a tone, a shape and a word (docs/giao-dien.md)."""

from datetime import date

from qms.marks import Mark
from qms.text import short_date

from .enums import OWED, DutyState
from .models import Duty

SOON_DAYS = 7


_CLOSED = {
    DutyState.DORMANT: Mark("dormant", "◌", "chờ sự kiện"),
    DutyState.DONE: Mark("done", "✓", "xong"),
    DutyState.NOT_APPLICABLE: Mark("dormant", "○", "không áp dụng"),
    DutyState.WITHDRAWN: Mark("dormant", "○", "đã rút"),
}
RETURNED = Mark("soon", "↩", "bị trả lại")


def state_mark(state: str, percent: int = 0) -> Mark:
    """A state alone: of a report, or of a duty whose day says nothing."""
    if state == DutyState.IN_PROGRESS:
        return Mark("active", "●", f"đang làm {percent} %" if percent else "đang làm")
    return _CLOSED.get(DutyState(state), Mark("dormant", "○", "chưa bắt đầu"))


def duty_mark(duty: Duty, today: date) -> Mark:
    """Late and soon come before the state: what is owed is judged by its day."""
    if duty.state not in OWED or duty.due_on is None:
        return state_mark(duty.state, duty.percent)
    left = (duty.due_on - today).days
    if left < 0:
        return Mark("late", "▲", f"trễ {-left} ngày")
    if left == 0:
        return Mark("soon", "▲", "hạn hôm nay")
    return Mark("soon", "▲", f"còn {left} ngày") if left <= SOON_DAYS else state_mark(duty.state, duty.percent)


def day_words(duty: Duty) -> str:
    """The day to keep, in words; nothing where there is none."""
    if duty.due_on is None:
        return ""
    first = f", ban đầu {short_date(duty.original_due_on)}" if duty.is_extended and duty.original_due_on else ""
    return f"{short_date(duty.due_on)}{first}"

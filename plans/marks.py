"""States and deadlines as the eye meets them: a tone, a shape and a word (docs/giao-dien.md)."""

from datetime import date

from qms.deadlines import Timing, TimingKind, Window
from qms.marks import Mark

from .enums import PlanState

SOON_DAYS = 30


STATE_MARKS = {
    PlanState.DRAFT: Mark("active", "●", PlanState.DRAFT.label),
    PlanState.CONSULTATION: Mark("active", "●", PlanState.CONSULTATION.label),
    PlanState.CONTENT_CHECK: Mark("active", "●", PlanState.CONTENT_CHECK.label),
    PlanState.LAYOUT_CHECK: Mark("active", "●", PlanState.LAYOUT_CHECK.label),
    PlanState.APPROVAL: Mark("active", "●", PlanState.APPROVAL.label),
    PlanState.NUMBERING: Mark("active", "●", PlanState.NUMBERING.label),
    PlanState.ISSUED: Mark("done", "✓", PlanState.ISSUED.label),
    PlanState.REPLACED: Mark("dormant", "○", PlanState.REPLACED.label),
    PlanState.CLOSED: Mark("dormant", "✓", PlanState.CLOSED.label),
    PlanState.DROPPED: Mark("dormant", "○", PlanState.DROPPED.label),
}
ON_PAPER = Mark("active", "●", "chờ xác nhận bản giấy")
RETURNED = Mark("soon", "↩", "trả lại để sửa")

_WITHOUT_DAY = {
    TimingKind.CONTINUOUS: Mark("active", "●", "thường xuyên"),
    TimingKind.EVENT: Mark("dormant", "◌", "chờ sự kiện"),
    TimingKind.AFTER_TASK: Mark("dormant", "◌", "theo việc khác"),
    TimingKind.EXTERNAL: Mark("dormant", "◌", "chờ cơ quan khác"),
    TimingKind.CONDITIONAL: Mark("dormant", "◌", "tùy trường hợp"),
}
UNCLEAR = Mark("soon", "▲", "cần xác nhận")
PLANNED = Mark("dormant", "○", "dự kiến")
NO_TIMING = Mark("soon", "▲", "chưa có thời gian")


def state_mark(state: str, *, returned: bool = False, on_paper: bool = False) -> Mark:
    """The mark of a plan's state; a draft that somebody gave back says so, and a number that is given on paper."""
    if on_paper and state == PlanState.NUMBERING:
        return ON_PAPER
    return RETURNED if returned and state == PlanState.DRAFT else STATE_MARKS[PlanState(state)]


def is_unclear(timing: Timing, *, confirmed: bool) -> bool:
    """Whether a person must still say what the phrase means."""
    return not confirmed and (timing.needs_confirmation or timing.kind == TimingKind.UNKNOWN)


def next_window(timing: Timing, today: date) -> Window | None:
    """The window under way or to come; the last one when all are past."""
    windows = sorted(timing.occurrences, key=lambda window: window.due)
    return next((window for window in windows if window.due >= today), windows[-1] if windows else None)


def timing_mark(timing: Timing, *, confirmed: bool, today: date, in_force: bool) -> Mark | None:
    """How a task stands to the calendar. Nothing is said about its result, only about its days.

    Before the plan is in force only what is unclear is marked.
    """
    if not timing.text:
        return NO_TIMING
    if is_unclear(timing, confirmed=confirmed):
        return UNCLEAR
    if not in_force:
        return None
    window = next_window(timing, today)
    return window_mark(window, today) if window else kind_mark(timing)


def kind_mark(timing: Timing) -> Mark:
    """What a phrase without a day waits for."""
    return _WITHOUT_DAY.get(timing.kind, UNCLEAR)


def window_mark(window: Window, today: date) -> Mark:
    """How one window stands to the calendar."""
    left = (window.due - today).days
    if left < 0:
        return Mark("dormant", "○", "đã qua hạn")
    if left == 0:
        return Mark("soon", "▲", "hạn hôm nay")
    if left <= SOON_DAYS:
        return Mark("soon", "▲", f"còn {left} ngày")
    if window.start and window.start <= today:
        return Mark("active", "●", "trong kỳ")
    return Mark("dormant", "○", "chưa đến kỳ")

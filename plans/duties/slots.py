"""What a timing asks for: one slot per duty, dated or waiting. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from qms.deadlines import Timing, TimingKind, Window, explain
from qms.text import weekday_date

from ..marks import is_unclear

WAITING = "cho"
"""The suffix of the slot of a task that has no day yet."""

_WAITING_KINDS = frozenset({TimingKind.EVENT, TimingKind.AFTER_TASK, TimingKind.EXTERNAL, TimingKind.UNKNOWN})
_WHOLE = {
    (1, 12): "Năm {}", (1, 6): "6 tháng đầu năm {}", (7, 12): "6 tháng cuối năm {}",
    (1, 3): "Quý I/{}", (4, 6): "Quý II/{}", (7, 9): "Quý III/{}", (10, 12): "Quý IV/{}",
}  # fmt: skip


@dataclass(frozen=True)
class Slot:
    """One thing to do by one day, or to wait for; `suffix` tells the slots of a task apart."""

    suffix: str
    window: Window | None = None
    waits_for: str = ""
    check_in: bool = False
    period: str = ""
    explanation: str = ""


def slots(timing: Timing, year: int, *, confirmed: bool = False) -> list[Slot]:
    """What a timing asks for. A reading that nobody confirmed gives no day: a person must say it."""
    waits_for = waiting_words(timing, confirmed=confirmed)
    if waits_for:
        return [Slot(WAITING, waits_for=waits_for, explanation=explain(timing))]
    if timing.kind == TimingKind.CONTINUOUS:
        return _check_ins(timing, year)
    return dated_slots(timing)


def waiting_words(timing: Timing, *, confirmed: bool) -> str:
    """What a task without a day waits for, "" where it has one."""
    if timing.kind == TimingKind.CONDITIONAL:
        cases = "; ".join(case_words(branch) for branch in timing.branches)
        return f"chọn trường hợp: {cases}" if cases else "chọn trường hợp"
    if timing.kind in _WAITING_KINDS - {TimingKind.UNKNOWN} and timing.trigger:
        return timing.trigger
    if is_unclear(timing, confirmed=confirmed):
        return f"xác nhận thời gian “{timing.text}”" if timing.text else "định thời gian thực hiện"
    if timing.kind == TimingKind.CONTINUOUS or timing.occurrences:
        return ""
    return f"định thời gian: “{timing.text}”" if timing.text else "định thời gian thực hiện"


def case_words(branch: Timing) -> str:
    """A branch of a conditional timing in words."""
    return branch.condition or branch.text


def dated_slots(timing: Timing, *, prefix: str = "") -> list[Slot]:
    """One slot per window."""
    several = len(timing.occurrences) > 1
    return [_dated(timing, window, f"{prefix}{i}", several) for i, window in enumerate(timing.occurrences)]


def _dated(timing: Timing, window: Window, suffix: str, several: bool) -> Slot:
    if not several:
        return Slot(suffix, window, explanation=explain(timing))
    period = period_name(window)
    why = f"“{timing.text}”, {period or 'kỳ này'}: ngày cuối là {weekday_date(window.due)}."
    return Slot(suffix, window, period=period, explanation=why)


def _check_ins(timing: Timing, year: int) -> list[Slot]:
    why = f"“{timing.text}”: mỗi quý báo tình hình một lần."
    found = [
        Slot(f"q{i}", quarter, check_in=True, explanation=why) for i, quarter in enumerate(quarters(year), start=1)
    ]
    return [replace(slot, period=period_name(slot.window)) for slot in found if slot.window]


def quarters(year: int) -> Sequence[Window]:
    """The four quarters."""
    ends = ((3, 31), (6, 30), (9, 30), (12, 31))
    return [Window(date(year, month - 2, 1), date(year, month, day)) for month, day in ends]


def period_name(window: Window) -> str:
    """ "Quý I/2026", "Tháng 3/2026", "6 tháng đầu năm 2026", "Năm 2026"; empty for other windows."""
    start, due = window.start, window.due
    ends_a_month = (due + timedelta(days=1)).day == 1
    if start is None or start.day != 1 or start.year != due.year or not ends_a_month:
        return ""
    if start.month == due.month:
        return f"Tháng {due.month}/{due.year}"
    return _WHOLE.get((start.month, due.month), "").format(due.year)

"""The meaning of a phrase in plain Vietnamese sentences, for the screen."""

from collections.abc import Sequence
from datetime import date, timedelta

from qms.deadlines.model import Timing, TimingKind, Window
from qms.deadlines.working_days import WorkingCalendar
from qms.text import short_date, weekday_date

_FEW = 4


def explain(timing: Timing, calendar: WorkingCalendar | None = None) -> str:
    """What the phrase binds to, every due day included, and what a person must look at.

    With a calendar it warns of due days on days off; such days stay as written (only deadlines that are counted
    from an event move, see `arithmetic.due_after`).
    """
    sentences = [_SAYS[timing.kind](timing, calendar)]
    if timing.kind is not TimingKind.CONDITIONAL and calendar:
        sentences += _warnings(timing.occurrences, calendar)
    if timing.reasons:
        opening = "" if timing.kind is TimingKind.UNKNOWN else "Cần xác nhận: "
        sentences.append(opening + " ".join(timing.reasons))
    return " ".join(sentences)


def _window(timing: Timing, _: WorkingCalendar | None) -> str:
    if not timing.occurrences:
        return "Có thời hạn nhưng chưa rõ ngày."
    said = " ".join(_one_window(window, timing.exclusive) for window in timing.occurrences)
    return f"{said} Việc này chờ: {timing.trigger}." if timing.trigger else said


def _one_window(window: Window, exclusive: bool) -> str:
    last = weekday_date(window.due)
    if window.start == window.due:
        return f"Trong ngày {last}."
    opening = f"Từ {short_date(window.start)}" if window.start else ""
    if exclusive:
        before = f"trước ngày {short_date(window.due + timedelta(days=1))} nên ngày cuối là {last}."
        return f"{opening}, {before}" if opening else before[0].upper() + before[1:]
    return f"{opening} đến hết {last}." if opening else f"Ngày cuối là {last}."


def _recurring(timing: Timing, _: WorkingCalendar | None) -> str:
    extra = f" Ngoài ra làm khi có: {timing.trigger}." if timing.trigger else ""
    windows = timing.occurrences
    if not windows:
        return f"Việc lặp lại, chưa xác định được từng hạn; cần chọn các kỳ.{extra}"
    if len(windows) == 1:
        return f"Mỗi năm một kỳ. {_one_window(windows[0], timing.exclusive)}{extra}"
    if len(windows) <= _FEW:
        said = " ".join(f"Kỳ {n}: {_one_window(w, timing.exclusive)}" for n, w in enumerate(windows, start=1))
        return f"Việc lặp lại. {said}{extra}"
    return f"Việc lặp lại {len(windows)} kỳ, ngày cuối từng kỳ: {_dates([w.due for w in windows])}.{extra}"


def _dates(days: Sequence[date]) -> str:
    """ "31/01, 28/02, 31/03/2026": the year once, where it changes."""
    parts = []
    for at, day in enumerate(days):
        ends_year = at + 1 == len(days) or days[at + 1].year != day.year
        parts.append(short_date(day) if ends_year else f"{day:%d/%m}")
    return ", ".join(parts)


def _continuous(timing: Timing, _: WorkingCalendar | None) -> str:
    extra = f" Ngoài ra làm khi có: {timing.trigger}." if timing.trigger else ""
    return f"Làm thường xuyên trong năm, không có ngày hết hạn; báo cáo theo kỳ kiểm tra.{extra}"


def _event(timing: Timing, _: WorkingCalendar | None) -> str:
    waiting = f"Chờ sự kiện: {timing.trigger}." if timing.trigger else "Chờ một sự kiện chưa nêu rõ."
    if timing.offset is None:
        return f"{waiting} Khi ghi nhận sự kiện, người ghi nhận định hạn."
    side = "trước" if timing.offset.amount < 0 else "sau"
    return f"{waiting} Khi ghi nhận, hạn là {timing.offset.label} {side} ngày sự kiện."


def _after_task(timing: Timing, _: WorkingCalendar | None) -> str:
    waiting = f"Theo việc khác: {timing.trigger}." if timing.trigger else "Theo một việc khác chưa nêu rõ."
    if timing.offset is None:
        return f"{waiting} Khi việc đó xong hoặc có ngày, hạn của việc này được định."
    side = "trước" if timing.offset.amount < 0 else "sau"
    return f"{waiting} Hạn là {timing.offset.label} {side} ngày của việc đó."


def _external(timing: Timing, _: WorkingCalendar | None) -> str:
    return f"Chờ thời gian do nơi khác định: {timing.trigger}." if timing.trigger else "Chờ nơi khác định thời gian."


def _conditional(timing: Timing, calendar: WorkingCalendar | None) -> str:
    cases = (_case(branch, explain(branch, calendar)) for branch in timing.branches)
    return "Tùy trường hợp. " + " ".join(cases)


def _case(branch: Timing, said: str) -> str:
    return f"Nếu {branch.condition[0].lower()}{branch.condition[1:]}: {said}" if branch.condition else f"– {said}"


def _unknown(timing: Timing, _: WorkingCalendar | None) -> str:
    return "Chưa xác định được thời gian; cần người phụ trách ghi rõ."


_SAYS = {
    TimingKind.WINDOW: _window,
    TimingKind.RECURRING: _recurring,
    TimingKind.CONTINUOUS: _continuous,
    TimingKind.EVENT: _event,
    TimingKind.AFTER_TASK: _after_task,
    TimingKind.EXTERNAL: _external,
    TimingKind.CONDITIONAL: _conditional,
    TimingKind.UNKNOWN: _unknown,
}


def _warnings(windows: Sequence[Window], calendar: WorkingCalendar) -> list[str]:
    """One sentence for due days on days off, one for years whose days off are not decreed yet."""
    off = [window.due for window in windows if not calendar.is_working(window.due)]
    out = []
    if off:
        listed = ", ".join(f"{short_date(day)} ({calendar.describe(day)})" for day in off)
        out.append(f"Lưu ý: ngày cuối là ngày nghỉ: {listed}; hạn giữ nguyên như đã ghi.")
    open_years = sorted({window.due.year for window in windows if not calendar.confirmed(window.due.year)})
    if open_years:
        years = ", ".join(str(year) for year in open_years)
        out.append(f"Lịch nghỉ Tết và Quốc khánh năm {years} chưa được công bố, đang dùng ngày dự kiến.")
    return out

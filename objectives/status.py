"""How an objective stands on a day, by rule, and why, in one Vietnamese sentence.

A year is judged when all its figures are there. Before that a figure says whether the year is on its way; only where
no further figure could change it, "achieved" or "missed" is said early.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from qms.text import short_date

from .aggregate import Part, Total, gather
from .figures import figure_text, telling_text
from .goals import Goal
from .periods import Period
from .terms import Direction, Gathering, Presence, Standing

SOON_DAYS = 30
"""A milestone not reached so many days before its day is at risk."""


@dataclass(frozen=True)
class Entry:
    """What was entered for a period. Without `value` nothing arose; `reached_on` is for milestones alone."""

    value: Fraction | None = None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    reached_on: date | None = None


@dataclass(frozen=True)
class Slot:
    """One period of an objective, the day its figure is due, and the figure if there is one.

    `filled` is the part of the period (0 to 1) that a figure put together from others covers so far.
    """

    period: Period
    due_on: date
    entry: Entry | None = None
    filled: Fraction = Fraction(1)

    def is_open(self, today: date) -> bool:
        """Whether a figure, or more of it, may still come."""
        return self.presence(today) == Presence.NOT_DUE or (self.filled < 1 and today <= self.due_on)

    def presence(self, today: date) -> Presence:
        """Whether there is a figure; the due day itself is not too late."""
        if self.entry is not None:
            return Presence.NOTHING if self.entry.value is None else Presence.GIVEN
        return Presence.MISSING if today > self.due_on else Presence.NOT_DUE


@dataclass(frozen=True)
class Verdict:
    """How it stands, why, and the figure that was judged."""

    standing: Standing
    sentence: str
    value: Fraction | None = None
    total: Total = field(default_factory=Total)


def judge(goal: Goal, slots: Sequence[Slot], today: date) -> Verdict:
    """The objective as a whole, from the figures of its periods in their order."""
    if goal.direction == Direction.MILESTONE:
        return _judge_milestone(goal, slots, today)
    total = gather([_part(slot, today) for slot in slots], goal)
    final = bool(slots) and all(slot.entry is not None and slot.filled == 1 for slot in slots)
    if total.value is None:
        return _without_figure(total, slots, today, final=final)
    standing = _standing(goal, slots, total, today, final=final)
    return Verdict(standing, _sentence(goal, slots, total, standing, today, final=final), total.value, total)


def judge_period(goal: Goal, slots: Sequence[Slot], index: int, today: date) -> Verdict:
    """One period, by its place in `slots`: against the target itself, or, where the year is a sum, the sum so far."""
    slot = slots[index]
    if goal.direction == Direction.MILESTONE:
        return _judge_milestone(goal, [slot], today)
    presence = slot.presence(today)
    if slot.entry is None:
        standing = Standing.NO_DATA if presence == Presence.MISSING else Standing.NOT_YET_DUE
        late = "Quá hạn nhập số liệu" if presence == Presence.MISSING else "Chưa đến hạn nhập số liệu"
        return Verdict(standing, f"{late} ({short_date(slot.due_on)}).")
    if slot.entry.value is None:
        return Verdict(Standing.ACHIEVED, "Không phát sinh trong kỳ, không có gì trái chỉ tiêu.")
    if goal.gathering == Gathering.SUM:
        later = [Slot(other.period, date.max) for other in slots[index + 1 :]]
        return judge(goal, [*slots[: index + 1], *later], today)
    met = goal.meets(slot.entry.value)
    if slot.filled < 1:
        return _partial(goal, slot, today, met=met)
    figure = telling_text(slot.entry.value, goal.target, goal.unit)
    told = "đạt" if met else "không đạt"
    standing = Standing.ACHIEVED if met else Standing.MISSED
    return Verdict(standing, f"{slot.period.label}: {figure}, {told} chỉ tiêu {goal.words}.", slot.entry.value)


def _partial(goal: Goal, slot: Slot, today: date, *, met: bool) -> Verdict:
    """A period put together from others, of which some have no figure yet."""
    value = slot.entry.value if slot.entry else None
    figure = figure_text(value, goal.unit) if value is not None else ""
    if not slot.is_open(today):
        return Verdict(Standing.NO_DATA, f"{slot.period.label}: {figure}, còn thiếu số liệu của đơn vị.", value)
    standing = Standing.ON_TRACK if met else Standing.AT_RISK
    return Verdict(standing, f"{slot.period.label}: {figure}, mới có một phần số liệu.", value)


def _part(slot: Slot, today: date) -> Part:
    entry = slot.entry or Entry()
    return Part(slot.presence(today), entry.value, entry.numerator, entry.denominator)


def _without_figure(total: Total, slots: Sequence[Slot], today: date, *, final: bool) -> Verdict:
    if final:
        return Verdict(Standing.ACHIEVED, "Cả năm không phát sinh, không có gì trái chỉ tiêu.", total=total)
    if total.missing:
        return Verdict(Standing.NO_DATA, f"Chưa có số liệu: {_names(slots, today, Presence.MISSING)}.", total=total)
    if total.nothing:
        return Verdict(Standing.ON_TRACK, "Đến nay không phát sinh, không có gì trái chỉ tiêu.", total=total)
    first = f" Số liệu đầu tiên có hạn {short_date(slots[0].due_on)}." if slots else ""
    return Verdict(Standing.NOT_YET_DUE, f"Chưa đến kỳ đo.{first}", total=total)


def _standing(goal: Goal, slots: Sequence[Slot], total: Total, today: date, *, final: bool) -> Standing:
    value = total.value or Fraction(0)
    met = goal.meets(value)
    if final:
        return Standing.ACHIEVED if met else Standing.MISSED
    if _is_lost(goal, slots, value):
        return Standing.MISSED
    if _is_safe(goal, slots, value):
        return Standing.ACHIEVED
    if not any(slot.is_open(today) for slot in slots):
        return Standing.NO_DATA
    if goal.gathering == Gathering.SUM:
        met = goal.on_pace(value, _elapsed(slots, today))
    return Standing.ON_TRACK if met else Standing.AT_RISK


def _elapsed(slots: Sequence[Slot], today: date) -> Fraction:
    """The part of the year whose figures are there or overdue."""
    gone = (slot.filled for slot in slots if slot.presence(today) != Presence.NOT_DUE)
    return sum(gone, Fraction(0)) / len(slots)


def _is_lost(goal: Goal, slots: Sequence[Slot], value: Fraction) -> bool:
    """No further figure can mend it: the worst stays the worst, and a sum of counts never falls."""
    if goal.gathering == Gathering.WORST:
        return not goal.meets(value)
    ceiling = goal.ceiling
    return goal.gathering == Gathering.SUM and ceiling is not None and value > ceiling and _only_grows(slots)


def _is_safe(goal: Goal, slots: Sequence[Slot], value: Fraction) -> bool:
    """No further figure can spoil it: a sum of counts has reached a lower bound."""
    return (
        goal.gathering == Gathering.SUM
        and goal.direction == Direction.AT_LEAST
        and goal.meets(value)
        and _only_grows(slots)
    )


def _only_grows(slots: Sequence[Slot]) -> bool:
    return all(slot.entry is None or (slot.entry.value or 0) >= 0 for slot in slots)


_TOLD = {
    Standing.ACHIEVED: "đạt chỉ tiêu",
    Standing.MISSED: "không đạt chỉ tiêu",
    Standing.ON_TRACK: "đúng hướng với chỉ tiêu",
    Standing.AT_RISK: "có nguy cơ không đạt chỉ tiêu",
    Standing.NO_DATA: "chưa kết luận được với chỉ tiêu",
}


def _sentence(goal: Goal, slots: Sequence[Slot], total: Total, standing: Standing, today: date, *, final: bool) -> str:
    value = total.value or Fraction(0)
    figure = telling_text(value, goal.target, goal.unit)
    if total.numerator is not None and total.denominator is not None:
        figure += f" ({figure_text(total.numerator)}/{figure_text(total.denominator)})"
    when = "Cả năm" if final else _until(slots)
    said = f"{when}: {figure}, {_TOLD[standing]} {goal.words}"
    if standing == Standing.AT_RISK and goal.gathering == Gathering.SUM:
        said += " nếu giữ nhịp hiện nay"
    if missing := _names(slots, today, Presence.MISSING):
        said += f"; thiếu số liệu {missing}"
    return f"{said}."


def _until(slots: Sequence[Slot]) -> str:
    last = [slot for slot in slots if slot.entry is not None][-1]
    return f"Đến hết {last.period.inline}" if last.filled == 1 else "Đến nay"


def _names(slots: Sequence[Slot], today: date, presence: Presence) -> str:
    labels = [slot.period.inline for slot in slots if slot.presence(today) == presence]
    shown = ", ".join(labels[:4])
    return f"{shown} và {len(labels) - 4} kỳ khác" if len(labels) > 4 else shown


def _judge_milestone(goal: Goal, slots: Sequence[Slot], today: date) -> Verdict:
    reached = next((s.entry.reached_on for s in slots if s.entry is not None and s.entry.reached_on), None)
    due = short_date(goal.due_on)
    if reached is not None:
        if reached <= goal.due_on:
            return Verdict(Standing.ACHIEVED, f"Đạt mốc ngày {short_date(reached)}, hạn {due}.")
        return Verdict(Standing.MISSED, f"Đạt mốc ngày {short_date(reached)}, sau hạn {due}.")
    left = (goal.due_on - today).days
    if left < 0:
        return Verdict(Standing.MISSED, f"Quá hạn {due} mà chưa ghi nhận đạt mốc.")
    if left <= SOON_DAYS:
        return Verdict(Standing.AT_RISK, f"Còn {left} ngày đến hạn {due}, chưa ghi nhận đạt mốc.")
    return Verdict(Standing.NOT_YET_DUE, f"Hạn {due}, còn {left} ngày.")

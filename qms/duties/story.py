"""What happened to a duty, newest first, in plain sentences: reports, returns, hand-overs, requests for time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Prefetch

from qms.marks import Mark
from qms.text import short_date

from .enums import DutyState, ExtensionState
from .marks import RETURNED, state_mark
from .models import Duty, Evidence, Extension, HandOver, Report

_SAID = {
    DutyState.OPEN: "báo chưa bắt đầu",
    DutyState.IN_PROGRESS: "báo đang làm",
    DutyState.DONE: "báo đã xong",
    DutyState.NOT_APPLICABLE: "báo không áp dụng",
}
_NEUTRAL = Mark("active", "●", "")


@dataclass(frozen=True)
class Event:
    """One thing that happened: when, one sentence, what was written with it."""

    at: datetime
    sentence: str
    mark: Mark = _NEUTRAL
    comment: str = ""
    evidence: list[Evidence] = field(default_factory=list)


def reports_of(duty: Duty) -> list[Report]:
    """The reports of a duty with their evidence, oldest first. Two queries."""
    evidence = Prefetch("evidence", Evidence.objects.select_related("file"))
    return list(duty.reports.select_related("returned_by").prefetch_related(evidence))


def story_of(duty: Duty, reports: Iterable[Report], extensions: Iterable[Extension]) -> list[Event]:
    """Everything that happened. One query more, for the hand-overs."""
    hand_overs = duty.hand_overs.select_related("person", "actor")
    events = [
        Event(duty.opened_at, "Việc được giao cho đơn vị"),
        *(event for report in reports for event in _of_report(report)),
        *(_of_hand_over(entry) for entry in hand_overs),
        *(event for extension in extensions for event in _of_extension(extension)),
    ]
    return sorted(events, key=lambda event: event.at, reverse=True)


def _of_report(report: Report) -> Iterator[Event]:
    mark = state_mark(report.state)
    percent = f" {report.percent} %" if report.state == DutyState.IN_PROGRESS and report.percent else ""
    way = ", qua liên kết trong thư" if report.by_link else ""
    sentence = f"{report.author_name} {_SAID[DutyState(report.state)]}{percent}{way}"
    yield Event(report.at, sentence, mark, report.text, list(report.evidence.all()))
    if report.returned_at:
        yield Event(report.returned_at, f"{report.returned_by} trả lại", RETURNED, report.returned_reason)


def _of_hand_over(entry: HandOver) -> Event:
    words = f"giao cho {entry.person}" if entry.person else "trả việc về đơn vị"
    return Event(entry.at, f"{entry.actor} {words}")


def _of_extension(extension: Extension) -> Iterator[Event]:
    day, before = short_date(extension.new_due_on), short_date(extension.previous_due_on)
    asked = f"{extension.asked_by} xin gia hạn từ {before} đến {day}"
    yield Event(extension.asked_at, asked, _NEUTRAL, extension.reason)
    if extension.decided_at:
        granted = extension.state == ExtensionState.GRANTED
        words = f"đồng ý gia hạn đến {day}" if granted else f"không đồng ý gia hạn đến {day}"
        mark = state_mark(DutyState.DONE) if granted else state_mark(DutyState.NOT_APPLICABLE)
        yield Event(extension.decided_at, f"{extension.decided_by} {words}", mark, extension.answer)

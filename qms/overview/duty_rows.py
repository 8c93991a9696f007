"""Duties as lists show them: how each stands to its day, why it is late, and who can turn it green."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, JSONObject
from django.urls import reverse

from qms.duties.enums import OWED, DutyState, ExtensionState
from qms.duties.marks import duty_mark
from qms.duties.models import Duty, Extension, Report
from qms.marks import Mark
from qms.organisation.grants import LEADING
from qms.organisation.models import PositionHolding
from qms.text import short_date

NO_HEAD = "người phụ trách đơn vị"


def with_story(duties: QuerySet[Duty], *, on: date, until: date | None = None) -> QuerySet[Duty]:
    """With unit and person, the last report and the last request for time as {…} or None, and the unit's head.

    `until` leaves out what was said after that day.
    """
    reports = Report.objects.filter(duty=OuterRef("pk")).order_by("-at", "-pk")
    extensions = Extension.objects.filter(duty=OuterRef("pk")).order_by("-asked_at", "-pk")
    if until is not None:
        reports, extensions = reports.filter(at__date__lte=until), extensions.filter(asked_at__date__lte=until)
    report = JSONObject(text="text", who="author_name", returned="returned_reason")
    extension = JSONObject(state="state", reason="reason", answer="answer", until="new_due_on")
    return duties.select_related("unit", "person").annotate(
        last_report=Subquery(reports.values(story=report)[:1]),
        last_extension=Subquery(extensions.values(story=extension)[:1]),
        head=Subquery(_heads(on)),
    )


def _heads(on: date) -> QuerySet:
    """The name of whoever leads the outer duty's unit that day."""
    held = PositionHolding.objects.effective(on).filter(position__unit=OuterRef("unit"))
    with_roles = held.annotate(role_text=Cast("position__roles", TextField()))
    leading = reduce(or_, (Q(role_text__contains=f'"{role}"') for role in sorted(LEADING)))
    return with_roles.filter(leading).order_by("position__rank", "pk").values("user__full_name")[:1]


@dataclass(frozen=True)
class DutyRow:
    """A duty in a list. `why` are sentences, `who` can turn it green; `url` leads to it, `call` is on the button."""

    duty: Duty
    mark: Mark
    why: tuple[str, ...]
    who: str
    url: str
    call: str


def duty_rows(duties: Iterable[Duty], on: date, *, inside: Collection[int]) -> list[DutyRow]:
    """Rows of duties read `with_story`.

    `inside` are the ids of the agencies whose inner matters the reader may know: whoever oversees another one sees
    how a duty stands there, not what was said about it.
    """
    return [_row(duty, on, told=duty.agency_id in inside) for duty in duties]


def _row(duty: Duty, on: date, *, told: bool) -> DutyRow:
    mark = duty_mark(duty, on)
    said = (tuple(why(duty)) or (("Chưa có báo cáo nào.",) if mark.tone == "late" else ())) if told else ()
    return DutyRow(duty, mark, said, who(duty), duty_url(duty), _call(duty))


def _call(duty: Duty) -> str:
    """What the reader does there; `group` and `mine` come from the first page, other lists only read."""
    if getattr(duty, "group", "") == "decide":
        return "Xét gia hạn"
    return "Trả lời" if getattr(duty, "mine", False) and duty.state in OWED else "Xem"


def why(duty: Duty, until: date = date.max) -> Iterator[str]:
    """Until that day, what is known of the reason: the last report or its return, the last request for time."""
    report, extension = duty.last_report or {}, duty.last_extension or {}
    if duty.state == DutyState.DORMANT:
        yield f"Chờ: {duty.waits_for}"
    if report.get("returned"):
        yield f"Bị trả lại: “{report['returned']}”"
    elif report.get("text"):
        yield f"{report['who']}: “{report['text']}”"
    if duty.state == DutyState.DONE and duty.due_on and duty.due_on < duty.closed_on <= until:
        yield f"Xong ngày {short_date(duty.closed_on)}, muộn {(duty.closed_on - duty.due_on).days} ngày."
    if extension:
        yield _extension_words(extension)


def _extension_words(extension: dict[str, Any]) -> str:
    until = short_date(date.fromisoformat(extension["until"]))
    if extension["state"] == ExtensionState.ASKED:
        return f"Xin gia hạn đến {until}: “{extension['reason']}”"
    if extension["state"] == ExtensionState.GRANTED:
        return f"Đã gia hạn đến {until}: “{extension['reason']}”"
    return f"Không được gia hạn: “{extension['answer']}”"


def who(duty: Duty) -> str:
    """The person it was handed to, or whoever leads the unit."""
    return str(duty.person) if duty.person_id else duty.head or NO_HEAD


def duty_url(duty: Duty) -> str:
    """The page of a duty."""
    return reverse("duties:detail", args=[duty.pk])

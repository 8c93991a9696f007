"""What the views share: the duty asked for, and one way to take in a report."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from qms.organisation.models import User
from qms.workflow.revisions import Overtaken

from .. import actions
from ..enums import DutyState
from ..forms import ANSWERS, ReportForm
from ..models import Duty, Report
from ..selectors import last_report


@dataclass(frozen=True)
class Line:
    """One line of two answers side by side."""

    label: str
    mine: str
    theirs: str


@dataclass(frozen=True)
class Clash:
    """What was sent here and what somebody else wrote meanwhile."""

    latest: Report | None
    lines: list[Line]


@dataclass(frozen=True)
class Sent:
    """What became of a report: it was kept, or the form says why not; `clash` when somebody else wrote first."""

    form: ReportForm
    report: Report | None = None
    clash: Clash | None = None

    @property
    def status(self) -> int:
        return 409 if self.clash else 422


def today() -> date:
    """The day in Việt Nam."""
    return timezone.localdate()


def duty_or_404(request: HttpRequest, pk: int) -> Duty:
    """The duty, if this person may see it; strangers get 404."""
    duties = Duty.objects.visible_to(request.user).select_related("agency", "unit", "person", "content_type")
    return get_object_or_404(duties, pk=pk)


def form_context(duty: Duty, form: ReportForm, clash: Clash | None = None) -> dict[str, Any]:
    """What `duties/report_fields.html` needs."""
    return {
        "duty": duty,
        "form": form,
        "clash": clash,
        "limit": settings.EVIDENCE_MAX_BYTES,
        "limit_together": settings.REQUEST_MAX_BYTES,
    }


def take_report(request: HttpRequest, duty: Duty, *, actor: User, by_link: bool = False) -> Sent:
    """Keep the report that was sent, or say in the form what is wrong with it, everything typed still in it."""
    form = ReportForm(request.POST, request.FILES, duty=duty, today=today())
    if not form.is_valid():
        return Sent(form)
    try:
        kept = actions.report(duty, **form.answer(), actor=actor, at=timezone.now(), by_link=by_link)
    except Overtaken as overtaken:
        return _clashing(request, form, overtaken)
    except PermissionDenied as refusal:
        form.add_error(None, str(refusal))
    except ValidationError as refusal:
        _tell(form, refusal)
    return Sent(form) if form.errors else Sent(form, kept)


def _tell(form: ReportForm, refusal: ValidationError) -> None:
    for name, errors in refusal.message_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def _clashing(request: HttpRequest, form: ReportForm, overtaken: Overtaken) -> Sent:
    """The same words in a form for what stands now: sent again, they follow the other report."""
    data = request.POST.copy()
    duty = overtaken.latest
    data["revision"] = str(duty.revision)
    again, latest = ReportForm(data, duty=duty, today=today()), last_report(duty)
    return Sent(again, clash=Clash(latest, _side_by_side(form.cleaned_data, latest)))


def _side_by_side(mine: dict[str, Any], latest: Report | None) -> list[Line]:
    words = dict(ANSWERS)
    theirs = (latest.state, latest.percent, latest.text) if latest else ("", "", "")
    return [
        Line("Trả lời", words[mine["state"]], words.get(theirs[0], "")),
        Line("Phần trăm", _percent(mine["state"], mine["percent"]), _percent(*theirs[:2])),
        Line("Kết quả", mine["text"], str(theirs[2])),
    ]


def _percent(state: str, percent: Any) -> str:
    return f"{percent} %" if state == DutyState.IN_PROGRESS else ""

"""The reports that wait for this person: of progress and of objectives, one list for the first page."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from objectives.reports.models import ObjectiveReport
from objectives.reports.models import ReportState as ObjectiveReportState
from qms.marks import Mark
from qms.organisation.models import User
from qms.text import short_date

from .models import ProgressReport

_CALLS = {
    ObjectiveReportState.DRAFT: "Mở để soạn",
    ObjectiveReportState.SUBMITTED: "Xem, nhận",
    ObjectiveReportState.APPROVAL: "Xem, ký",
    ObjectiveReportState.NUMBERING: "Cấp số",
}


@dataclass(frozen=True)
class WaitingReport:
    """A report on this person's desk; `call` stands on its button."""

    title: str
    note: str
    url: str
    mark: Mark
    call: str


def reports_waiting_for(user: User) -> list[WaitingReport]:
    """Those of each kind that wait longest first. Two queries.

    A unit's own draft is left out: it is a duty of that unit and stands among those.
    """
    return [*_progress(user), *_objectives(user)]


def _progress(user: User) -> Iterator[WaitingReport]:
    for report in ProgressReport.objects.waiting_for(user).defer("data").select_related("author"):
        url = reverse("progress_report", args=[report.pk])
        yield WaitingReport(str(report), _note(report), url, report.mark, report.call)


def _objectives(user: User) -> Iterator[WaitingReport]:
    reports = ObjectiveReport.objects.waiting_for(user).exclude(state=ObjectiveReportState.DRAFT, unit__isnull=False)
    for report in reports.defer("data").select_related("author", "round", "unit"):
        url = reverse("objective_reports:report", args=[report.pk])
        call = _CALLS[ObjectiveReportState(report.state)]
        yield WaitingReport(str(report), _note(report), url, report.mark, call)


def _note(report: ProgressReport | ObjectiveReport) -> str:
    return f"{report.author}, số liệu đến hết {short_date(report.as_of)}"

"""The list of reports, a new round, the page of a round: who sent what, who is late."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from objectives.reports import rules
from objectives.reports.actions import draft_report, open_round
from objectives.reports.duties import duties_of, reporting_units
from objectives.reports.forms import RoundForm
from objectives.reports.listing import FILTERS, HEADINGS, ORDERS, fitting, list_rows
from objectives.reports.models import ObjectiveReport, ReportRound, ReportState
from objectives.views.common import agency_of, today
from qms.duties.models import Duty
from qms.lists import order_of, page_of
from qms.organisation.access import require
from qms.organisation.models import Unit, User
from qms.xlsx import xlsx_response

PER_PAGE = 25
_ROUNDS = 6


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All reports this person may see: searched, filtered, sorted, paged, or as an Excel file; and the last rounds."""
    asked = {name: request.GET.get(name, "") for name in FILTERS}
    order = order_of(request, ORDERS, "-ky")
    visible = ObjectiveReport.objects.visible_to(request.user)
    found = fitting(visible, asked).select_related("agency", "author", "round", "unit").order_by(*ORDERS[order])
    found = found.defer("data")
    if request.GET.get("xuat") == "xlsx":
        return xlsx_response("bao-cao-muc-tieu", "Báo cáo mục tiêu", HEADINGS, list_rows(found))
    waiting = visible.waiting_for(request.user).select_related("round", "unit").defer("data")
    page = page_of(request, found, PER_PAGE)
    context = {
        "page": page, "rows": page.object_list, "asked": asked, "filtered": any(asked.values()), "order": order,
        "states": ReportState.choices, "waiting": list(waiting[:PER_PAGE]),
        "rounds": list(ReportRound.objects.visible_to(request.user)[:_ROUNDS]),
        "may_open": not rules.why_not_open(request.user.agency_id or 0, request.user),
    }  # fmt: skip
    return render(request, "objective_reports/list.html", context)


@require_http_methods(["GET", "POST"])
def open_new(request: HttpRequest) -> HttpResponse:
    """Open a round: every unit with objectives owes a report from then on."""
    agency = agency_of(request)
    require(rules.why_not_open(agency.pk, request.user))
    form = RoundForm(request.POST or None, today=today())
    if form.is_valid():
        try:
            found = open_round(agency=agency, **form.asked(), actor=request.user, at=timezone.now())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"Đã mở đợt báo cáo {found.period_words}; mỗi đơn vị có một việc phải làm.")
            return redirect("objective_reports:round", found.pk)
    status = 422 if form.is_bound else 200
    return render(request, "objective_reports/round_new.html", {"form": form}, status=status)


@dataclass(frozen=True)
class UnitRow:
    """A unit in a round: its duty, its report if there is one, whether it is late, whether this person may begin it."""

    unit: Unit
    duty: Duty | None
    report: ObjectiveReport | None
    late_days: int
    may_draft: bool
    may_read: bool

    @property
    def sent_on(self) -> date | None:
        """The day it was sent, if it was."""
        return timezone.localdate(self.report.submitted_at) if self.report and self.report.submitted_at else None


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has sent a report, who is late, and the department's report."""
    found = _round_or_404(request, pk)
    reports = {
        r.unit_id: r
        for r in found.reports.exclude(state=ReportState.DROPPED).select_related("unit", "author").defer("data")
    }
    for report in reports.values():
        report.round = found
    readable = set(ObjectiveReport.objects.visible_to(request.user).filter(round=found).values_list("pk", flat=True))
    rows = list(_rows(found, reports, readable, request.user))
    department = reports.get(None)
    context = {
        "round": found, "rows": rows, "mine": [row for row in rows if row.may_draft],
        "ended": today() > found.period.end,
        "department": department if department and department.pk in readable else None,
        "accepted": sum(row.report is not None and row.report.state == ReportState.ACCEPTED for row in rows),
        "late": sum(row.late_days > 0 for row in rows),
        "may_consolidate": department is None and not rules.why_not_draft(found.agency_id, None, request.user),
    }  # fmt: skip
    return render(request, "objective_reports/round.html", context)


def _rows(
    found: ReportRound, reports: dict[int | None, ObjectiveReport], readable: set[int], user: User
) -> Iterator[UnitRow]:
    duties = duties_of(found)
    for unit in reporting_units(found):
        report, duty = reports.get(unit.pk), duties.get(unit.pk)
        due = duty.due_on if duty and duty.due_on else found.submit_by
        may_draft = report is None and not rules.why_not_draft(found.agency_id, unit, user)
        may_read = report is not None and report.pk in readable
        yield UnitRow(unit, duty, report, _late_days(report, due), may_draft, may_read)


def _late_days(report: ObjectiveReport | None, due: date) -> int:
    """Days past the due day, until it was sent or until now."""
    sent = timezone.localdate(report.submitted_at) if report and report.submitted_at else today()
    return max(0, (sent - due).days)


@require_POST
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the report of a unit (`don_vi`), or the department's."""
    found = _round_or_404(request, pk)
    asked = request.POST.get("don_vi", "")
    unit = None
    if asked:
        unit = next((unit for unit in reporting_units(found) if str(unit.pk) == asked), None)
        if unit is None:
            raise Http404
    try:
        report = draft_report(found, unit=unit, actor=request.user, at=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("objective_reports:round", pk)
    messages.success(request, "Đã lập dự thảo từ số liệu. Đọc lại, sửa lời văn rồi gửi.")
    return redirect("objective_reports:report", report.pk)


def _round_or_404(request: HttpRequest, pk: int) -> ReportRound:
    rounds = ReportRound.objects.visible_to(request.user).select_related("agency")
    found: ReportRound = get_object_or_404(rounds, pk=pk)
    return found

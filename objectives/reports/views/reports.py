"""The page of one report with its figures, words, steps and files."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from objectives.marks import standing_mark
from objectives.reports import rules
from objectives.reports.actions import change_words, read_again, take_step
from objectives.reports.documents import report_document
from objectives.reports.facts import ReportData
from objectives.reports.forms import WordsForm
from objectives.reports.listing import FACT_HEADINGS, fact_rows
from objectives.reports.models import ObjectiveReport
from objectives.reports.reading import changed_since
from objectives.reports.workflow import REPORT_WORKFLOW, SERIES
from objectives.terms import Standing
from qms.documents.downloads import document_response
from qms.documents.forms import offered, step_form
from qms.documents.review import review_layout
from qms.documents.selectors import frozen_of
from qms.documents.sheet import sheet_of
from qms.workflow.models import HistoryEntry
from qms.workflow.views import carry_out, transition_or_404
from qms.xlsx import xlsx_response


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One report as it is printed, where its figures come from, its steps, and what this person may do with it."""
    return _page(request, _visible(request, pk))


def _visible(request: HttpRequest, pk: int) -> ObjectiveReport:
    visible = ObjectiveReport.objects.visible_to(request.user)
    related = ("agency__register_settings", "author", "approved_by", "round", "unit")
    report: ObjectiveReport = get_object_or_404(visible.select_related(*related), pk=pk)
    report.round.agency = report.agency
    return report


def _page(
    request: HttpRequest, report: ObjectiveReport, *, trouble: str = "", forms: dict[str, Form] | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    forms = forms or {}
    document, data = report_document(report), ReportData.from_storage(report.data)
    may_edit = not rules.why_not_edit(report, request.user)
    context = {
        "report": report, "data": data, "sheet": sheet_of(document), "year": report.year,
        "facts": [(number, fact, standing_mark(Standing(fact.standing))) for number, fact in data.numbered],
        "since": changed_since(data), "review": None if report.is_final else review_layout(document),
        "offers": offered(REPORT_WORKFLOW, report, request.user, kind=SERIES, refused=forms),
        "words": (forms.get("words") or WordsForm.of(report)) if may_edit else None, "editing": "words" in forms,
        "history": HistoryEntry.objects.told_to(request.user, report), "trouble": trouble,
        "words_url": "objective_reports:words", "step_url": "objective_reports:step",
        "file_url": "objective_reports:file", "formats": ("pdf", "docx", "xlsx"),
    }  # fmt: skip
    return render(request, "objective_reports/report.html", context, status=status)


@require_POST
def words(request: HttpRequest, pk: int) -> HttpResponse:
    """Save what people wrote around the figures."""
    form = WordsForm(request.POST)

    def save(report: ObjectiveReport) -> None:
        given = dict(form.cleaned_data)
        change_words(report, revision=given.pop("revision"), words=given, actor=request.user, at=timezone.now())

    return _write(request, pk, "words", form, save, done="Đã lưu báo cáo.")


@require_POST
def figures(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the figures again, as they stand now."""

    def save(report: ObjectiveReport) -> None:
        read_again(report, actor=request.user, at=timezone.now())

    return _write(request, pk, "", Form({}), save, done="Đã lấy lại số liệu; đọc lại lời văn cho khớp.")


@require_POST
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Take one step of the workflow."""
    transition = transition_or_404(REPORT_WORKFLOW, name)
    form = step_form(transition, _visible(request, pk), request.POST, kind=SERIES)

    def save(report: ObjectiveReport) -> None:
        said = form.cleaned_data["comment"]
        take_step(report, name, actor=request.user, at=timezone.now(), comment=said, data=form.step_data())

    return _write(request, pk, name, form, save, done=f"Đã {transition.sentence}.")


def _write(
    request: HttpRequest, pk: int, name: str, form: Form, save: Callable[[ObjectiveReport], None], *, done: str
) -> HttpResponse:
    report = _visible(request, pk)

    def shown(**refused: Any) -> HttpResponse:
        return _page(request, _visible(request, pk), **refused)

    return carry_out(
        request, name, form, lambda: save(report), shown, done=done, back=reverse("objective_reports:report", args=[pk])
    )


@require_safe
def download_file(request: HttpRequest, pk: int, file_format: str) -> HttpResponse:
    """PDF or DOCX: a final report from the store, byte for byte, a draft marked DỰ THẢO; or its figures as XLSX."""
    report = _visible(request, pk)
    period = report.round.period
    name = f"bao-cao-muc-tieu-{period.kind.value.replace('_', '-')}-{period.index}-{period.year}"
    if file_format == "xlsx":
        rows = fact_rows(ReportData.from_storage(report.data))
        return xlsx_response(name, "Số liệu mục tiêu", FACT_HEADINGS, rows)
    frozen = frozen_of(report) if report.is_final else None
    return document_response(frozen, lambda: report_document(report), file_format, f"du-thao-{name}")

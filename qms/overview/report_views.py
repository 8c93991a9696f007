"""Progress reports: the list, a new one, the page of one with its preview and steps, its files."""

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qms.documents.downloads import document_response
from qms.documents.forms import offered, step_form
from qms.documents.review import review_layout
from qms.documents.selectors import frozen_of
from qms.documents.sheet import sheet_of
from qms.lists import order_of, page_of, searched
from qms.organisation.access import access_of
from qms.organisation.models import Agency
from qms.workflow.models import HistoryEntry
from qms.workflow.views import carry_out, transition_or_404
from qms.xlsx import xlsx_response

from .models import ProgressReport, ReportState
from .progress_scope import scope_of
from .report_actions import change_words, draft_report, read_again, take_step
from .report_documents import report_document
from .report_forms import AsOfForm, PeriodForm, WordsForm
from .report_workflow import KIND, REPORT_WORKFLOW, why_not_edit

PER_PAGE = 25
HEADINGS = ("Năm", "Kỳ", "Số liệu đến", "Số, ký hiệu", "Ngày ban hành", "Trạng thái", "Người soạn", "Người ký")
ORDERS = {
    "-nam": ("-year", "-as_of", "-pk"), "nam": ("year", "as_of", "pk"),
    "-cap_nhat": ("-changed_at", "-pk"), "cap_nhat": ("changed_at", "pk"),
}  # fmt: skip


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """All progress reports this person may see: searched, filtered, sorted, paged, or as an Excel file."""
    asked = {name: request.GET.get(name, "") for name in ("q", "trang_thai")}
    order = order_of(request, ORDERS, "-nam")
    found = _filtered(request, asked).select_related("agency", "author").order_by(*ORDERS[order])
    if request.GET.get("xuat") == "xlsx":
        return xlsx_response("bao-cao-tien-do", "Báo cáo tiến độ", HEADINGS, _excel_rows(found))
    page = page_of(request, found.defer("data"), PER_PAGE)
    context = {
        "page": page,
        "rows": page.object_list,
        "asked": asked,
        "filtered": bool(asked["q"] or asked["trang_thai"]),
        "order": order,
        "states": ReportState.choices,
        "may_draft": _drafting_agency(request) is not None,
        "may_follow": bool(scope_of(request.user)),
    }
    return render(request, "overview/report/list.html", context)


def _filtered(request: HttpRequest, asked: dict[str, str]) -> QuerySet[ProgressReport]:
    found = ProgressReport.objects.visible_to(request.user)
    found = searched(found, asked["q"])
    if asked["trang_thai"] in ReportState.values:
        return found.filter(state=asked["trang_thai"])
    return found.exclude(state=ReportState.DROPPED)


def _excel_rows(found: QuerySet[ProgressReport]) -> Iterator[tuple[Any, ...]]:
    for report in found:
        yield (
            report.year, report.get_period_display(), report.as_of, report.reference, report.date,
            report.get_state_display(), str(report.author), report.sign_name,
        )  # fmt: skip


def _drafting_agency(request: HttpRequest) -> Agency | None:
    agencies = access_of(request.user).agencies_with("follow_duties")
    return Agency.objects.filter(pk__in=agencies).order_by("pk").first() if agencies else None


@require_http_methods(["GET", "POST"])
def report_new(request: HttpRequest) -> HttpResponse:
    """Choose the period; its numbers are read at once."""
    agency = _drafting_agency(request)
    if agency is None:
        raise Http404
    form = PeriodForm(request.POST or None, today=timezone.localdate())
    if form.is_valid():
        try:
            report = draft_report(agency=agency, **form.cleaned_data, actor=request.user, at=timezone.now())
            messages.success(
                request, "Đã lập dự thảo báo cáo. Đọc lại số liệu, sửa đánh giá và kiến nghị rồi trình ký."
            )
            return redirect("progress_report", report.pk)
        except ValidationError as error:
            form.add_error(None, error)
    return render(request, "overview/report/new.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def report_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One report as it is printed, its steps, and what this person may do with it."""
    return _page(request, _visible(request, pk))


def _visible(request: HttpRequest, pk: int) -> ProgressReport:
    visible = ProgressReport.objects.visible_to(request.user)
    report: ProgressReport = get_object_or_404(
        visible.select_related("agency__register_settings", "author", "approved_by"), pk=pk
    )
    return report


def _page(
    request: HttpRequest, report: ProgressReport, *, trouble: str = "", forms: dict[str, Form] | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    forms = forms or {}
    document = report_document(report)
    may_edit = not why_not_edit(report, request.user)
    context = {
        "report": report,
        "sheet": sheet_of(document),
        "review": None if report.state == ReportState.ISSUED else review_layout(document),
        "offers": offered(REPORT_WORKFLOW, report, request.user, kind=KIND, refused=forms),
        "words": (forms.get("words") or WordsForm.of(report)) if may_edit else None,
        "editing": "words" in forms,
        "as_of_form": (forms.get("as_of") or AsOfForm(initial={"as_of": report.as_of})) if may_edit else None,
        "history": HistoryEntry.objects.told_to(request.user, report),
        "trouble": trouble,
        "words_url": "progress_report_words",
        "step_url": "progress_report_step",
        "file_url": "progress_report_file",
        "formats": ("pdf", "docx"),
    }
    return render(request, "overview/report/page.html", context, status=status)


@require_POST
def report_words(request: HttpRequest, pk: int) -> HttpResponse:
    """Save what a person wrote around the numbers."""
    form = WordsForm(request.POST)

    def save(report: ProgressReport) -> None:
        words = dict(form.cleaned_data)
        change_words(report, revision=words.pop("revision"), words=words, actor=request.user, at=timezone.now())

    return _write(request, pk, "words", form, save, done="Đã lưu báo cáo.")


@require_POST
def report_data(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the numbers again, as of another day."""
    form = AsOfForm(request.POST)

    def save(report: ProgressReport) -> None:
        read_again(report, as_of=form.cleaned_data["as_of"], actor=request.user, at=timezone.now())

    return _write(request, pk, "as_of", form, save, done="Đã lấy lại số liệu.")


@require_POST
def report_step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Take one step of the workflow."""
    transition = transition_or_404(REPORT_WORKFLOW, name)
    form = step_form(transition, _visible(request, pk), request.POST, kind=KIND)

    def save(report: ProgressReport) -> None:
        said = form.cleaned_data["comment"]
        take_step(report, name, actor=request.user, at=timezone.now(), comment=said, data=form.step_data())

    return _write(request, pk, name, form, save, done=f"Đã {transition.sentence}.")


def _write(
    request: HttpRequest, pk: int, name: str, form: Form, save: Callable[[ProgressReport], None], *, done: str
) -> HttpResponse:
    report = _visible(request, pk)

    def shown(**refused: Any) -> HttpResponse:
        return _page(request, _visible(request, pk), **refused)

    return carry_out(
        request, name, form, lambda: save(report), shown, done=done, back=reverse("progress_report", args=[pk])
    )


@require_safe
def report_file(request: HttpRequest, pk: int, file_format: str) -> HttpResponse:
    """PDF or DOCX: an issued report from the store, byte for byte; a draft is marked DỰ THẢO."""
    report = _visible(request, pk)
    frozen = frozen_of(report) if report.state == ReportState.ISSUED else None
    name = f"du-thao-bao-cao-tien-do-{report.period}-{report.year}"
    return document_response(frozen, lambda: report_document(report), file_format, name)

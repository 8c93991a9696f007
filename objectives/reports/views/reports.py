"""The page of one report with its figures, words, steps and files."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from objectives.marks import standing_mark
from objectives.reports import rules
from objectives.reports.actions import change_words, read_again, take_step
from objectives.reports.documents import report_document
from objectives.reports.facts import ReportData
from objectives.reports.forms import WordsForm, step_form
from objectives.reports.listing import FACT_HEADINGS, fact_rows
from objectives.reports.models import ObjectiveReport
from objectives.reports.reading import changed_since
from objectives.reports.workflow import REPORT_WORKFLOW
from objectives.terms import Standing
from qms.documents.docx import render_docx
from qms.documents.pdf import render_pdf
from qms.documents.review import review_layout
from qms.documents.selectors import DOCUMENT_TYPES, download, frozen_of
from qms.documents.sheet import sheet_of
from qms.workflow.engine import Incomplete, NotAllowed, Refused, TooLate, Transition, offers
from qms.workflow.models import HistoryEntry
from qms.workflow.revisions import Overtaken
from qms.xlsx import xlsx_response

_RENDERERS = {"pdf": render_pdf, "docx": render_docx}
_STATUS = {TooLate: 409, NotAllowed: 403, Incomplete: 422}


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
    found = offers(REPORT_WORKFLOW, report, request.user)
    context = {
        "report": report, "data": data, "sheet": sheet_of(document), "year": report.year,
        "facts": [(number, fact, standing_mark(Standing(fact.standing))) for number, fact in data.numbered],
        "since": changed_since(data), "review": None if report.is_final else review_layout(document),
        "offers": [(offer, forms.get(offer.transition.name) or step_form(offer.transition, report)) for offer in found],
        "words": (forms.get("words") or WordsForm.of(report)) if may_edit else None, "editing": "words" in forms,
        "history": HistoryEntry.objects.of(report).defer("snapshot"), "trouble": trouble,
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
    transition = _transition(name)
    form = step_form(transition, _visible(request, pk), request.POST)

    def save(report: ObjectiveReport) -> None:
        given = dict(form.cleaned_data)
        comment = given.pop("comment")
        take_step(report, name, actor=request.user, at=timezone.now(), comment=comment, data=given)

    return _write(request, pk, name, form, save, done=f"Đã {transition.sentence}.")


def _transition(name: str) -> Transition:
    try:
        return REPORT_WORKFLOW[name]
    except KeyError:
        raise Http404 from None


def _write(
    request: HttpRequest, pk: int, name: str, form: Form, save: Callable[[ObjectiveReport], None], *, done: str
) -> HttpResponse:
    """Do it and show the page; a refusal shows the page as it is now, the sentence, and what was typed."""
    report = _visible(request, pk)
    if not form.is_valid():
        return _page(request, report, forms={name: form}, status=422)
    try:
        save(report)
    except Refused as error:
        status = _STATUS[type(error)]
        return _page(request, _visible(request, pk), trouble=str(error), forms={name: form}, status=status)
    except Overtaken as error:
        told = f"{error.message} Phần anh chị viết còn ở dưới, chưa được lưu; mở báo cáo ở cửa sổ khác để so sánh."
        return _page(request, report, trouble=told, forms={name: form}, status=409)
    except PermissionDenied as error:
        return _page(request, report, trouble=str(error), status=403)
    except ValidationError as error:
        return _page(request, report, trouble=" ".join(error.messages), forms={name: form}, status=422)
    messages.success(request, done)
    return redirect("objective_reports:report", pk)


@require_safe
def download_file(request: HttpRequest, pk: int, file_format: str) -> HttpResponse:
    """PDF or DOCX: a final report from the store, byte for byte, a draft marked DỰ THẢO; or its figures as XLSX."""
    report = _visible(request, pk)
    period = report.round.period
    name = f"bao-cao-muc-tieu-{period.kind.value.replace('_', '-')}-{period.index}-{period.year}"
    if file_format == "xlsx":
        rows = fact_rows(ReportData.from_storage(report.data))
        return xlsx_response(name, "Số liệu mục tiêu", FACT_HEADINGS, rows)
    if file_format not in _RENDERERS:
        raise Http404
    frozen = frozen_of(report) if report.is_final else None
    if frozen:
        return download(frozen, file_format)
    content = _RENDERERS[file_format](report_document(report))
    response = HttpResponse(content, content_type=DOCUMENT_TYPES[file_format])
    response["Content-Disposition"] = content_disposition_header(
        file_format == "docx", f"du-thao-{name}.{file_format}"
    )  # fmt: skip
    return response

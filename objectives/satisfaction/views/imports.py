"""A file of the one-stop system: sent, its columns understood, looked through, saved in the background."""

from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from openpyxl.utils import get_column_letter

from objectives.satisfaction.forms import UploadForm
from objectives.satisfaction.importing.checking import Problem, Reading
from objectives.satisfaction.importing.columns import role_labels
from objectives.satisfaction.importing.saving import (
    UNDER_WAY,
    ask_to_save,
    check,
    is_silent,
    receive,
    remap,
    why_not_import,
)
from objectives.satisfaction.importing.tables import MAX_FILE, TOO_LARGE, NotAnExport
from objectives.satisfaction.models import ImportState, SurveyImport
from objectives.satisfaction.scheme import Share
from objectives.satisfaction.selectors import scheme_of
from objectives.satisfaction.tasks import launch
from plans.uploads import cap_uploads
from qms.organisation.access import require
from qms.xlsx import xlsx_response

from .common import agency_of, trail, where

SHOWN_PROBLEMS = 100
SAMPLES = 3


@csrf_exempt
def upload(request: HttpRequest) -> HttpResponse:
    """Send a file. The limit on its size is set before anything reads the request, the CSRF check included."""
    cap_uploads(request)
    return _upload(request)


@csrf_protect
@require_http_methods(["GET", "POST"])
def _upload(request: HttpRequest) -> HttpResponse:
    agency = agency_of(request)
    require(why_not_import(agency, request.user, timezone.now()))
    form = UploadForm(request.POST or None, request.FILES or None, **where(request, agency))
    if getattr(request, "upload_too_large", False):
        form.errors["file"] = form.error_class([TOO_LARGE])
        return _upload_page(request, form, 413)
    if not form.is_valid():
        return _upload_page(request, form, 422 if form.is_bound else 200)
    data = form.cleaned_data
    try:
        sent = receive(
            Path(data["file"].temporary_file_path()).read_bytes(), name=data["file"].name, agency=agency,
            unit=data["unit"], period=data["period"], channel=data["channel"], actor=request.user, at=timezone.now(),
        )  # fmt: skip
    except NotAnExport as refusal:
        form.add_error("file", str(refusal))
    except ValidationError as refusal:
        form.add_error(None, refusal)
    else:
        return redirect("satisfaction:import", sent.pk)
    return _upload_page(request, form, 422)


def _upload_page(request: HttpRequest, form: UploadForm, status: int) -> HttpResponse:
    waiting = SurveyImport.objects.visible_to(request.user).exclude(state=ImportState.DONE).defer("rows")
    page = {"trail": trail()}
    context = {"form": form, "waiting": waiting, "limit": MAX_FILE, "page": page}
    return render(request, "satisfaction/import/upload.html", context, status=status)


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """What was understood and every bad row; the columns may be mapped anew, then it is saved."""
    sent = _own(request, pk)
    if sent.state in (*UNDER_WAY, ImportState.DONE):
        return redirect("satisfaction:import_progress", pk)
    if request.method == "POST":
        return _remap(request, sent)
    scheme = scheme_of(sent.agency)
    reading = check(sent, scheme=scheme)
    context = {
        "sent": sent, "reading": reading, "columns": _columns(sent), "labels": role_labels(scheme).items(),
        "problems": [located(sent, problem) for problem in reading.problems[:SHOWN_PROBLEMS]],
        "more": len(reading.problems) - SHOWN_PROBLEMS, "drafts": _drafts(reading, scheme), "scheme": scheme,
        "page": {"trail": trail()},
    }  # fmt: skip
    return render(request, "satisfaction/import/review.html", context)


def _remap(request: HttpRequest, sent: SurveyImport) -> HttpResponse:
    roles = [request.POST.get(f"cot{place}", "") for place in range(len(sent.headings))]
    try:
        sent = remap(sent, roles=roles, replaces=bool(request.POST.get("replaces")), at=timezone.now())
        if request.POST.get("then") != "save":
            return redirect("satisfaction:import", sent.pk)
        with transaction.atomic():
            ask_to_save(sent, at=timezone.now())
            transaction.on_commit(lambda: launch(sent.pk))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("satisfaction:import_progress", sent.pk)


@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask again for saving, after whoever saved fell silent or failed."""
    sent = _own(request, pk)
    try:
        with transaction.atomic():
            ask_to_save(sent, at=timezone.now())
            transaction.on_commit(lambda: launch(sent.pk))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("satisfaction:import_progress", pk)


@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far saving got; asked again every two seconds (htmx), or by loading the page again."""
    sent = _own(request, pk)
    if sent.state == ImportState.DRAFT:
        return redirect("satisfaction:import", pk)
    context = {
        "sent": sent, "under_way": sent.state in UNDER_WAY, "silent": is_silent(sent, timezone.now()),
        "percent": 100 * sent.done // sent.total if sent.total else 100, "page": {"trail": trail()},
        "surveys": list(sent.surveys.select_related("unit")) if sent.state == ImportState.DONE else [],
    }  # fmt: skip
    part, whole = "satisfaction/import/progress_part.html", "satisfaction/import/progress.html"
    return render(request, part if request.htmx else whole, context)


@require_safe
def problems(request: HttpRequest, pk: int) -> HttpResponse:
    """Every bad row as an Excel file, to mend the export by."""
    sent = _own(request, pk)
    reading = check(sent, scheme=scheme_of(sent.agency))
    headings = ("Dòng", "Cột", "Tiêu đề cột", "Đang ghi", "Phải sửa")
    rows = [tuple(located(sent, problem).values()) for problem in reading.problems]
    return xlsx_response("loi-tep-khao-sat", "Chỗ phải sửa", headings, rows)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a file that was not saved."""
    deleted, _ = SurveyImport.objects.filter(
        pk=_own(request, pk).pk, state__in=(ImportState.DRAFT, ImportState.FAILED)
    ).delete()
    if deleted:
        messages.success(request, "Đã bỏ tệp, không có gì được lưu.")
    else:
        messages.error(request, "Tệp đang được lưu hoặc đã lưu, không bỏ được.")
    return redirect("satisfaction:upload")


def located(sent: SurveyImport, problem: Problem) -> dict[str, Any]:
    """Where a problem is, as Excel counts columns."""
    place = problem.column
    known = place is not None and place < len(sent.headings)
    return {
        "line": problem.line or "", "letter": "" if place is None else get_column_letter(place + 1),
        "heading": sent.headings[place] if known else "", "value": problem.value, "sentence": problem.sentence,
    }  # fmt: skip


def _own(request: HttpRequest, pk: int) -> SurveyImport:
    rows = SurveyImport.objects.visible_to(request.user).select_related("agency", "unit", "user")
    return get_object_or_404(rows, pk=pk)


def _columns(sent: SurveyImport) -> list[dict[str, Any]]:
    """Each column with its letter, heading, role and its first values."""
    roles = [*sent.roles, *[""] * len(sent.headings)]
    return [
        {
            "place": place, "letter": get_column_letter(place + 1), "heading": heading, "role": roles[place],
            "samples": [c[place] for _, c in sent.rows[:SAMPLES] if place < len(c) and c[place]],
        }
        for place, heading in enumerate(sent.headings)
    ]  # fmt: skip


def _drafts(reading: Reading, scheme: Any) -> list[dict[str, Any]]:
    """What would be saved, by unit."""
    return [
        {
            "unit": draft.unit, "sent": draft.sent, "received": draft.received, "comments": len(draft.comments),
            "share": sum((counted.share for counted in draft.answers(scheme).values()), Share()),
        }
        for draft in reading.drafts.values()
    ]  # fmt: skip

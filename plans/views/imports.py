"""Last year's plan from a file: sent, read, corrected on screen, and only then a plan."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from plans.forms import UploadForm
from plans.importing import ImportedPlan, NotAPlan
from plans.importing.safety import MAX_FILE, TOO_LARGE
from plans.imports import finish_import, keep_for_later, receive
from plans.models import PlanImport
from plans.review import Review
from plans.units import directory_for
from plans.uploads import cap_uploads
from qms.organisation.access import access_of
from qms.organisation.models import Agency
from qms.workflow.engine import Refused

from .drafts import editor_url


def agencies_to_draft_for(request: HttpRequest) -> list[Agency]:
    """The agencies for which this person drafts, the own one first. PermissionDenied where there is none."""
    found = list(Agency.objects.filter(pk__in=access_of(request.user).agencies_with("draft_plan")))
    if not found:
        raise PermissionDenied("Chỉ người được giao soạn kế hoạch làm được việc này.")
    own = getattr(request.user, "agency_id", None)
    return sorted(found, key=lambda agency: (agency.pk != own, agency.name))


@csrf_exempt
def import_plan(request: HttpRequest) -> HttpResponse:
    """Send a file. The limit on its size is set before anything reads the request, the CSRF check included."""
    cap_uploads(request)
    return _import_plan(request)


@csrf_protect
@require_http_methods(["GET", "POST"])
def _import_plan(request: HttpRequest) -> HttpResponse:
    agencies = agencies_to_draft_for(request)
    if request.method == "GET":
        return _upload_page(request, UploadForm(agencies=agencies))
    form = UploadForm(request.POST, request.FILES, agencies=agencies)
    if request.upload_too_large:  # type: ignore[attr-defined]
        form.errors["file"] = form.error_class([TOO_LARGE])  # in the place of "choose a file", for it was dropped
        return _upload_page(request, form, status=413)
    if not form.is_valid():
        return _upload_page(request, form, status=422)
    file: TemporaryUploadedFile = form.cleaned_data["file"]
    try:
        pending = receive(
            file.temporary_file_path(), name=file.name, agency=form.cleaned_data["agency"], user=request.user,
            at=timezone.now(),
        )  # fmt: skip
    except NotAPlan as error:
        form.add_error("file", str(error))
        return _upload_page(request, form, status=422)
    return redirect("plans:import_review", pk=pending.pk)


def _upload_page(request: HttpRequest, form: UploadForm, status: int = 200) -> HttpResponse:
    waiting = PlanImport.objects.filter(user=request.user).select_related("agency")
    context = {"form": form, "waiting": waiting, "limit": MAX_FILE}
    return render(request, "plans/import/upload.html", context, status=status)


@require_http_methods(["GET", "POST"])
def import_review(request: HttpRequest, pk: int) -> HttpResponse:
    """What was read, every doubt at its place, everything to be corrected; the buttons say what becomes of it."""
    pending = _own_import(request, pk)
    imported = ImportedPlan.from_storage(pending.content)
    directory = directory_for(
        pending.agency, year=imported.content.year, issued_on=imported.content.date, at=timezone.now()
    )
    review = Review(imported, directory, request.POST if request.method == "POST" else None)
    if request.method == "GET":
        return _review_page(request, pending, review)
    if not review.is_valid():
        return _review_page(request, pending, review, status=422)
    if request.POST.get("then") == "keep":
        keep_for_later(pending, review.corrected())
        messages.success(request, "Đã lưu phần đã sửa. Tệp này chờ ở mục Nhập kế hoạch.")
        return redirect("plans:import_review", pk=pk)
    return _finish(request, pending, review)


@require_POST
def import_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a file that was read."""
    _own_import(request, pk).delete()
    messages.success(request, "Đã bỏ tệp, không có gì được lưu thành kế hoạch.")
    return redirect("plans:import")


def _own_import(request: HttpRequest, pk: int) -> PlanImport:
    """Only whoever sent the file sees it, and only while drafting for that agency."""
    allowed = access_of(request.user).agencies_with("draft_plan")
    rows = PlanImport.objects.select_related("agency").filter(user=request.user, agency__in=allowed)
    return get_object_or_404(rows, pk=pk)


def _finish(request: HttpRequest, pending: PlanImport, review: Review) -> HttpResponse:
    on_paper = request.POST.get("then") == "paper"
    try:
        plan = finish_import(
            pending, content=review.corrected(), units=review.units(), confirmed=review.confirmed(),
            on_paper=on_paper, actor=request.user, at=timezone.now(),
        )  # fmt: skip
    except (ValidationError, Refused) as error:
        review.head.add_error(None, error.messages if isinstance(error, ValidationError) else str(error))
        return _review_page(request, pending, review, status=422)
    if on_paper:
        messages.success(request, f"Kế hoạch số {plan.reference} chờ văn thư đối chiếu với bản giấy rồi ghi vào sổ.")
        return redirect("plans:detail", year=plan.year, pk=plan.pk)
    messages.success(request, "Đã tạo dự thảo từ tệp.")
    return redirect(editor_url(plan))


def _review_page(request: HttpRequest, pending: PlanImport, review: Review, status: int = 200) -> HttpResponse:
    return render(request, "plans/import/review.html", {"pending": pending, "review": review}, status=status)

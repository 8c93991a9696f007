"""The letters that urge: the list, one letter to read, word, sign, number; its two files."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from qms.documents.downloads import document_response
from qms.documents.forms import StepForm
from qms.documents.selectors import frozen_of
from qms.documents.sheet import sheet_of
from qms.lists import order_of, page_of, searched
from qms.organisation.forms.fields import Words
from qms.workflow.engine import Refused, offers
from qms.workflow.models import HistoryEntry
from qms.workflow.views import REFUSAL_STATUS, transition_or_404
from qms.xlsx import xlsx_response

from .enums import UrgingState
from .models import UrgingLetter
from .urging import URGING_WORKFLOW, edit_letter, take_letter_step, why_not_edit
from .urging_document import urging_document

PER_PAGE = 50
ORDERS = {"-lap": ("-created_at", "-pk"), "lap": ("created_at", "pk")}
DEFAULT_ORDER = "-lap"
HEADINGS = ("Số, ký hiệu", "Ngày ban hành", "Về việc", "Trạng thái", "Số việc", "Lập lúc", "Người ký")


class LetterForm(forms.Form):
    """The words of the letter."""

    subject = forms.CharField(label="Về việc", max_length=200)
    opening = Words("Mở đầu", rows=4)
    request = Words("Đề nghị", rows=5)
    revision = forms.IntegerField(widget=forms.HiddenInput)


@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """The letters this person may see, newest first, or as an Excel file."""
    asked = {name: request.GET.get(name, "") for name in ("q", "trang_thai")}
    order = order_of(request, ORDERS, DEFAULT_ORDER)
    rows = UrgingLetter.objects.visible_to(request.user)
    rows = searched(rows, asked["q"])
    if asked["trang_thai"] in UrgingState.values:
        rows = rows.filter(state=asked["trang_thai"])
    rows = rows.annotate(item_count=Count("items")).order_by(*ORDERS[order])
    if request.GET.get("xuat") == "xlsx":
        return xlsx_response("cong-van-don-doc", "Công văn đôn đốc", HEADINGS, _excel_rows(rows))
    context = {
        "page": page_of(request, rows, PER_PAGE),
        "asked": asked, "filtered": any(asked.values()), "order": order, "states": UrgingState,
    }  # fmt: skip
    return render(request, "duties/letters.html", context)


def _excel_rows(rows: Iterable[UrgingLetter]) -> Iterator[tuple[Any, ...]]:
    for one in rows:
        number = f"{one.number}/{one.symbol}" if one.number else ""
        yield number, one.date, one.subject, one.get_state_display(), one.item_count, one.created_at, one.sign_name


@require_safe
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter as it will be printed, and what this person may do with it."""
    return _page(request, _visible(request, pk))


@require_POST
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the words."""
    found = _visible(request, pk)
    form = LetterForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form=form, status=422)
    try:
        edit_letter(found, **form.cleaned_data, actor=request.user, at=timezone.now())
    except PermissionDenied as refusal:
        form.add_error(None, str(refusal))
        return _page(request, found, form=form, status=403)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _page(request, _visible(request, pk), form=form, status=409)
    messages.success(request, "Đã lưu công văn.")
    return redirect("reminders:letter", pk)


@require_POST
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Sign, return, issue or drop."""
    found = _visible(request, pk)
    transition = transition_or_404(URGING_WORKFLOW, name)
    form = StepForm(transition, request.POST)
    form.is_valid()
    try:
        taken = take_letter_step(
            found, name, actor=request.user, at=timezone.now(), comment=form.cleaned_data.get("comment", "")
        )  # fmt: skip
    except Refused as refusal:
        return _page(request, _visible(request, pk), trouble=str(refusal), status=REFUSAL_STATUS[type(refusal)])
    except ValidationError as refusal:
        return _page(request, _visible(request, pk), trouble=" ".join(refusal.messages), status=422)
    messages.success(request, f"Đã {transition.sentence}.")
    return redirect("reminders:letter", taken.pk)


@require_safe
def letter_file(request: HttpRequest, pk: int, file_format: str) -> HttpResponse:
    """PDF or DOCX: the original once issued, freshly rendered before."""
    found = _visible(request, pk)
    frozen = frozen_of(found) if found.state == UrgingState.ISSUED else None
    name = "du-thao-cong-van-don-doc"
    return document_response(frozen, lambda: urging_document(found, as_of=timezone.localdate()), file_format, name)


def _visible(request: HttpRequest, pk: int) -> UrgingLetter:
    letters = UrgingLetter.objects.visible_to(request.user).select_related("agency", "edited_by", "signed_by")
    return get_object_or_404(letters, pk=pk)


def _page(
    request: HttpRequest, found: UrgingLetter, *, form: LetterForm | None = None, trouble: str = "", status: int = 200
) -> HttpResponse:
    words = {name: getattr(found, name) for name in LetterForm.base_fields}
    context = {
        "letter": found,
        "sheet": sheet_of(urging_document(found, as_of=found.date or timezone.localdate())),
        "form": None if why_not_edit(found, request.user) else form or LetterForm(initial=words),
        "offers": offers(URGING_WORKFLOW, found, request.user),
        "trouble": trouble,
        "history": HistoryEntry.objects.of(found),
    }
    return render(request, "duties/letter.html", context, status=status)

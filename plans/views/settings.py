"""How an agency works with its plans: the steps it uses, the way it numbers."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from plans.actions import set_steps
from plans.desks import DESKS
from plans.models import PlanSettings
from plans.rules import why_not_set_steps
from plans.workflow import MIDDLE_STEPS
from qms.documents.actions import register_settings, set_numbering
from qms.documents.rules import why_not_set_numbering
from qms.organisation.models import Agency
from qms.workflow.models import HistoryEntry


class StepsForm(forms.Form):
    """The middle steps of approval; soạn thảo, phê duyệt, cấp số are always there."""

    steps = forms.MultipleChoiceField(
        label="Các bước giữa soạn thảo và phê duyệt", required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(step.value, f"{DESKS[step].label} ({DESKS[step].holder})") for step in MIDDLE_STEPS],
    )  # fmt: skip


class NumberingForm(forms.Form):
    """One series or one per kind; numbers given here or elsewhere."""

    PER_KIND, ONE = "kind", "one"
    series = forms.ChoiceField(
        label="Dãy số", widget=forms.RadioSelect,
        choices=[(PER_KIND, "Mỗi loại văn bản một dãy số"), (ONE, "Một dãy số chung cho mọi loại văn bản")],
    )  # fmt: skip
    numbers_from_elsewhere = forms.BooleanField(
        label="Số do hệ thống văn bản điều hành cấp", required=False,
        help_text="Văn thư nhập số đã được cấp ở hệ thống đó; sổ này vẫn chặn số trùng.",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def steps(request: HttpRequest) -> HttpResponse:
    """Which steps a plan passes."""
    agency = _agency(request)
    used = PlanSettings.objects.filter(agency=agency).first() or PlanSettings(agency=agency)
    initial = {"steps": [step.value for step in MIDDLE_STEPS if getattr(used, step.value)]}
    form = StepsForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid() and _save_steps(request, agency, form):
        messages.success(request, "Đã lưu các bước. Kế hoạch đang trình đi tiếp từ bước đang ở.")
        return redirect("plans:settings")
    context = {
        "form": form, "why_not": why_not_set_steps(agency, request.user),
        "history": HistoryEntry.objects.of(used).order_by("-at")[:10] if used.pk else [],
    }  # fmt: skip
    return render(request, "plans/steps_settings.html", context)


def _save_steps(request: HttpRequest, agency: Agency, form: StepsForm) -> bool:
    try:
        set_steps(agency=agency, steps=form.cleaned_data["steps"], actor=request.user, at=timezone.now())
    except PermissionDenied as error:
        form.add_error(None, str(error))
    return form.is_valid()


@require_http_methods(["GET", "HEAD", "POST"])
def numbering(request: HttpRequest) -> HttpResponse:
    """How documents are numbered."""
    agency = _agency(request)
    used = register_settings(agency)
    initial = {
        "series": NumberingForm.ONE if used.one_series else NumberingForm.PER_KIND,
        "numbers_from_elsewhere": used.numbers_from_elsewhere,
    }
    form = NumberingForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid() and _save_numbering(request, agency, form):
        messages.success(request, "Đã lưu cách đánh số.")
        return redirect("plans:numbering")
    context = {
        "form": form, "why_not": why_not_set_numbering(agency, request.user),
        "history": HistoryEntry.objects.of(used).order_by("-at")[:10] if used.pk else [],
    }  # fmt: skip
    return render(request, "plans/numbering_settings.html", context)


def _save_numbering(request: HttpRequest, agency: Agency, form: NumberingForm) -> bool:
    try:
        set_numbering(
            agency=agency, one_series=form.cleaned_data["series"] == NumberingForm.ONE,
            numbers_from_elsewhere=form.cleaned_data["numbers_from_elsewhere"],
            actor=request.user, at=timezone.now(),
        )  # fmt: skip
    except PermissionDenied as error:
        form.add_error(None, str(error))
    except ValidationError as error:
        form.add_error("series", error.messages[0])
    return form.is_valid()


def _agency(request: HttpRequest) -> Agency:
    if request.user.agency is None:
        raise Http404
    return request.user.agency

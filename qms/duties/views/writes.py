"""What is done with a duty. Each is a form: done, it leads back; refused, it is shown with what was typed."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import trigger_client_event

from qms.organisation.access import require
from qms.organisation.views.common import FormPage, bound, edit, written
from qms.text import short_date

from .. import actions, rules
from ..forms import DecisionForm, ExtensionForm, HandOverForm, ReportForm, ReturnForm
from ..listing import listed, row_of
from ..models import Duty, Extension
from ..selectors import people_of_unit
from .common import Clash, duty_or_404, form_context, take_report, today
from .detail import duty_page
from .lists import numbers_at

SAVED = "Đã ghi báo cáo."


@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a duty is: in the row of a list (htmx), or on the page of the duty."""
    duty = duty_or_404(request, pk)
    if request.method == "GET":
        return _open(request, duty)
    require(rules.why_not_report(duty, request.user))
    sent = take_report(request, duty, actor=request.user)
    if sent.report is None:
        return _refused(request, duty, sent.form, sent.clash, sent.status)
    if request.htmx:  # type: ignore[attr-defined]
        return _with_numbers(request, _row(request, duty))
    messages.success(request, SAVED)
    return redirect("duties:detail", pk)


def _with_numbers(request: HttpRequest, row: HttpResponse) -> HttpResponse:
    """The row, and what the rest of the page says in numbers now that it has changed."""
    address = request.htmx.current_url_abs_path or ""  # type: ignore[attr-defined]
    return trigger_client_event(row, "qms:duty-reported", numbers_at(address, request.user), after="swap")


def _open(request: HttpRequest, duty: Duty) -> HttpResponse:
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(f"{reverse('duties:detail', args=[duty.pk])}#bao-cao")
    if "dong" in request.GET:
        return _row(request, duty)
    require(rules.why_not_report(duty, request.user))
    return _row(request, duty, ReportForm(duty=duty, today=today()))


def _refused(request: HttpRequest, duty: Duty, form: ReportForm, clash: Clash | None, status: int) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]
        return _row(request, duty, form, clash, status)
    duty.refresh_from_db()
    return duty_page(request, duty, {"report_form": form}, clash=clash, status=status)


def _row(
    request: HttpRequest, duty: Duty, form: ReportForm | None = None, clash: Clash | None = None, status: int = 200
) -> HttpResponse:
    """The row as it stands now, with the open form under it where one is given."""
    fresh = listed(Duty.objects.filter(pk=duty.pk), "", on=today()).get()
    row = row_of(fresh, request.user, on=today())
    context = {**form_context(fresh, form, clash), "row": row, "shows_unit": "don-vi" in request.GET}  # type: ignore[arg-type]
    return render(request, "duties/row.html", context, status=status)


@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the duty to a person of the unit, or back to the unit."""
    duty = duty_or_404(request, pk)
    require(rules.why_not_hand_over(duty, request.user))
    people = people_of_unit(duty.unit_id, today())
    form = HandOverForm(bound(request), people=people, initial={"person": duty.person_id})
    back = reverse("duties:detail", args=[pk])
    trail = (("Việc của tôi", reverse("duties:mine")), (duty.title, back))
    page = FormPage("Giao người làm", "Giao", back, trail, duty.title)
    return edit(
        request, form, page,
        lambda data: actions.hand_over(duty, person=data["person"], actor=request.user, at=timezone.now()),
        done="Đã giao việc; người liên quan nhận được thông báo.",
    )  # fmt: skip


@require_POST
def return_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a "done" back."""
    duty = duty_or_404(request, pk)
    require(rules.why_not_return(duty, request.user))

    def write(data: dict[str, Any]) -> None:
        actions.return_report(duty, **data, actor=request.user, at=timezone.now())
        messages.success(request, f"Đã trả lại cho {duty.unit}.")

    return _carried_out(request, duty, ReturnForm(request.POST), write, "return_form")


@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for more time."""
    duty = duty_or_404(request, pk)
    require(rules.why_not_ask(duty, request.user))

    def write(data: dict[str, Any]) -> None:
        made = actions.ask_extension(duty, **data, actor=request.user, at=timezone.now())
        messages.success(request, f"Đã gửi đề nghị gia hạn đến {short_date(made.new_due_on)}.")

    return _carried_out(request, duty, ExtensionForm(request.POST, auto_id="id_ask_%s"), write, "ask_form")


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Grant or refuse more time."""
    extension = Extension.objects.select_related("asked_by").filter(pk=pk).first()
    if extension is None:
        raise Http404
    extension.duty = duty = duty_or_404(request, extension.duty_id)
    require(rules.why_not_decide(extension, request.user))

    def write(data: dict[str, Any]) -> None:
        done = actions.decide_extension(extension, **data, actor=request.user, at=timezone.now())
        word = f"Đã gia hạn đến {short_date(done.new_due_on)}." if data["grant"] else "Đã trả lời không gia hạn."
        messages.success(request, word)

    return _carried_out(request, duty, DecisionForm(request.POST, auto_id="id_decide_%s"), write, "decide_form")


def _carried_out(request: HttpRequest, duty: Duty, form: forms.Form, write: Any, name: str) -> HttpResponse:
    if written(form, write):
        return redirect("duties:detail", duty.pk)
    return duty_page(request, duty, {name: form}, status=422)

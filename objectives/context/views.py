"""Screens of the register: four lists, a risk with its assessments and actions, the scale, the printed annex."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qms.documents.docx import render_docx
from qms.documents.downloads import document_response
from qms.documents.pdf import render_pdf
from qms.lists import order_of, page_of
from qms.organisation.models import Agency, Unit
from qms.organisation.views.common import FormPage, Tab, act, bound, edit
from qms.standards.selectors import edition_of
from qms.xlsx import xlsx_response

from . import actions, rules
from .detail import risk_context
from .documents import register_document
from .forms import FORMS, ActionForm, AssessForm, JudgeForm, RetireForm, RowForm, ScaleForm
from .listing import ORDERS, SHELVES, STATES, Shelf, excel_rows, filtered, headings, matrix, ordered, shelf_of
from .models import RegisterRow, Risk, RiskAction
from .selectors import KEEPERS, scale_of, units_kept_by

PAGE = 25
_ASKED = ("q", "don_vi", "xem", "muc", "khi_hau")
_RENDERERS = {"pdf": render_pdf, "docx": render_docx}


@require_safe
def shelf(request: HttpRequest, slug: str) -> HttpResponse:
    """One of the four lists: searched, filtered, sorted, paged, or as an Excel file."""
    shown, agency, today = _shelf(slug), _agency(request), timezone.localdate()
    order = order_of(request, ORDERS)
    found = filtered(shown, request.user, request.GET, on=today)
    rows = ordered(shown, found, order)
    if request.GET.get("xuat") == "xlsx":
        return xlsx_response(shown.slug, shown.label, headings(shown), excel_rows(rows))
    scale = scale_of(agency)
    units = list(Unit.objects.filter(agency=agency, kind__in=KEEPERS).in_force(today))
    context = {
        "shelf": shown, "tabs": _tabs(shown), "page": page_of(request, rows, PAGE), "order": order, "today": today,
        "scale": scale, "matrix": matrix(found, scale) if shown.model is Risk else None, "states": STATES,
        "asked": {name: request.GET.get(name, "") for name in _ASKED},
        "filtered": any(request.GET.get(name) for name in _ASKED),
        "units": units, "may_add": any(not rules.why_not_keep(unit, request.user) for unit in units),
        "may_set_scale": not rules.why_not_set_scale(agency.pk, request.user),
    }  # fmt: skip
    return render(request, "context/shelf.html", context)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """A new row of a list."""
    shown, agency = _shelf(slug), _agency(request)
    form = _row_form(request, shown.model, agency)
    back = reverse("context:shelf", args=[slug])

    def write(data: dict[str, Any]) -> None:
        kind = {"kind": dict(shown.only.children)["kind"]} if shown.model is Risk else {}
        actions.add_row(
            shown.model, unit=data["unit"], fields=form.values | kind, actor=request.user, at=timezone.now()
        )  # fmt: skip

    return edit(request, form, FormPage(shown.add, "Thêm", back, _trail(shown)), write, done="Đã thêm.")


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int, model: type[RegisterRow]) -> HttpResponse:
    """An issue or a party: read, written anew, looked at again, no longer followed."""
    row = _row(request, model, pk)
    shown = next(shelf for shelf in SHELVES if shelf.model is model)
    return _change(request, row, shown, reverse("context:shelf", args=[shown.slug]), "context/row.html")


@require_http_methods(["GET", "POST"])
def risk_change(request: HttpRequest, pk: int) -> HttpResponse:
    """The words of a risk or an opportunity."""
    row = _row(request, Risk, pk)
    return _change(request, row, _shelf_of_risk(row), reverse("context:risk", args=[pk]), "organisation/form.html")


def _change(request: HttpRequest, row: RegisterRow, shown: Shelf, back: str, template: str) -> HttpResponse:
    form = _row_form(request, type(row), row.agency, row)
    context = {"row": row, "shelf": shown, "why_not": rules.why_not_change(row, request.user), "retire": RetireForm()}
    page = FormPage(str(row)[:100], "Lưu", back, _trail(shown), template=template, context=context)

    def write(data: dict[str, Any]) -> None:
        actions.change_row(
            row, fields=form.values | {"unit": data["unit"]}, revision=data["revision"], actor=request.user,
            at=timezone.now(),
        )  # fmt: skip

    return edit(request, form, page, write, done="Đã lưu.")


@require_safe
def risk(request: HttpRequest, pk: int) -> HttpResponse:
    """A risk or an opportunity: what it is, how it was judged, what is done."""
    return _risk_page(request, _row(request, Risk, pk))


@require_POST
def risk_assess(request: HttpRequest, pk: int) -> HttpResponse:
    """Judge it by the scale of today."""
    row = _row(request, Risk, pk)
    form = AssessForm(request.POST, scale=scale_of(row.agency))
    return _part(
        request, row, "assess", form, lambda data: actions.assess(row, **data, **_stamp(request)), "Đã đánh giá."
    )


@require_POST
def risk_action(request: HttpRequest, pk: int) -> HttpResponse:
    """Promise something to be done about it."""
    row = _row(request, Risk, pk)
    form = _action_form(request.POST, row)
    done = "Đã thêm biện pháp và giao việc."
    return _part(request, row, "action", form, lambda data: actions.add_action(row, **data, **_stamp(request)), done)


@require_POST
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether an action worked."""
    rows = RiskAction.objects.filter(risk__in=Risk.objects.visible_to(request.user))
    action = get_object_or_404(rows.select_related("risk__unit", "risk__agency"), pk=pk)
    form = JudgeForm(request.POST, prefix=f"judge-{pk}")
    done = "Đã ghi đánh giá hiệu lực."
    return _part(
        request, action.risk, f"judge-{pk}", form,
        lambda data: actions.judge_action(action, **data, **_stamp(request)), done,
    )  # fmt: skip


@require_POST
def review(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """It was looked at and still holds."""
    row = _row(request, _shelf(slug).model, pk)
    act(request, lambda: actions.review_row(row, **_stamp(request)), done="Đã ghi lần rà soát hôm nay.")
    return redirect("context:shelf", slug)


@require_POST
def retire(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """It no longer holds."""
    row = _row(request, _shelf(slug).model, pk)
    reason = request.POST.get("reason", "")
    act(request, lambda: actions.retire_row(row, reason=reason, **_stamp(request)), done="Đã thôi theo dõi.")
    return redirect("context:shelf", slug)


@require_http_methods(["GET", "POST"])
def scale(request: HttpRequest) -> HttpResponse:
    """How the agency judges."""
    agency = _agency(request)
    form = ScaleForm(bound(request), scale=scale_of(agency))
    intro = "Áp dụng cho các lần đánh giá sau; đánh giá đã ghi giữ mức cũ."
    page = FormPage("Thang đánh giá", "Lưu thang", reverse("context:register"), _trail(SHELVES[2]), intro)
    return edit(
        request, form, page, lambda data: actions.set_scale(agency=agency, scale=form.scale, **_stamp(request)),
        done="Đã lưu thang đánh giá.",
    )  # fmt: skip


@require_safe
def document(request: HttpRequest, file_format: str) -> HttpResponse:
    """The register as a file to go with a plan or a decision."""
    agency, today = _agency(request), timezone.localdate()
    name = f"boi-canh-rui-ro-co-hoi-{today:%Y%m%d}"
    return document_response(None, lambda: register_document(agency, request.user, on=today), file_format, name)


def _part(request: HttpRequest, row: Risk, name: str, form: Any, write: Any, done: str) -> HttpResponse:
    """One of the small forms on the page of a risk; wrong, the page comes back with what was typed."""
    back = reverse("context:risk", args=[row.pk])
    page = FormPage("", "", back, template="context/risk.html", context=_risk_context(request, row, {name: form}))
    return edit(request, form, page, write, done=done)


def _risk_page(request: HttpRequest, row: Risk) -> HttpResponse:
    return render(request, "context/risk.html", _risk_context(request, row, {}))


def _risk_context(request: HttpRequest, row: Risk, forms: dict[str, Any]) -> dict[str, Any]:
    forms = {"assess": AssessForm(scale=scale_of(row.agency)), "action": _action_form(None, row)} | forms
    return risk_context(row, _shelf_of_risk(row), request.user, forms, today=timezone.localdate()) | {
        "retire": RetireForm()
    }


def _action_form(data: Any, row: Risk) -> ActionForm:
    units = list(Unit.objects.filter(agency=row.agency_id).in_force(timezone.localdate()).exclude(kind="group"))
    return ActionForm(data, agency=row.agency, units=units)


def _row_form(request: HttpRequest, model: type, agency: Agency, row: RegisterRow | None = None) -> RowForm:
    today = timezone.localdate()
    units = units_kept_by(request.user, agency, on=today)
    if row and row.unit not in units:
        units = [row.unit, *units]
    extra = {"agency": agency, "user": request.user} if model is Risk else {}
    return FORMS[model](bound(request), units=units, edition=edition_of(agency, on=today), row=row, **extra)


def _agency(request: HttpRequest) -> Agency:
    agency = request.user.agency
    if agency is None:
        raise Http404
    return agency


def _shelf(slug: str) -> Shelf:
    found = shelf_of(slug)
    if found is None:
        raise Http404
    return found


def _shelf_of_risk(row: Risk) -> Shelf:
    return SHELVES[2] if row.kind == Risk.Kind.RISK else SHELVES[3]


def _row(request: HttpRequest, model: type[RegisterRow], pk: int) -> Any:
    return get_object_or_404(model.objects.visible_to(request.user).select_related("unit", "agency", "clause"), pk=pk)


def _tabs(shown: Shelf) -> list[Tab]:
    return [Tab(one.label, reverse("context:shelf", args=[one.slug]), one is shown) for one in SHELVES]


def _trail(shown: Shelf) -> tuple[tuple[str, str], ...]:
    return (
        ("Bối cảnh, rủi ro", reverse("context:register")),
        (shown.label, reverse("context:shelf", args=[shown.slug])),
    )


def _stamp(request: HttpRequest) -> dict[str, Any]:
    return {"actor": request.user, "at": timezone.now()}

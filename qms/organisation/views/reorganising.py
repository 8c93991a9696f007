"""Reorganisations: choose, see what would happen, apply; and those of the past."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from qms.lists import page_of

from ..forms.reorganising import ORDER_FORMS, DecisionForm, OrderForm
from ..models import Reorganisation
from ..reorganising import Order, Preview, apply_reorganisation, default_moves, preview_reorganisation
from .common import Place, manages, place_of, require_manager, today, written

_MOVE = "vi_tri_"
KINDS = (
    ("sap-nhap", "Sáp nhập, hợp nhất", "Nhiều đơn vị thành một đơn vị mới, hoặc nhập vào một đơn vị đang có."),
    ("chia-tach", "Chia, tách", "Một đơn vị thành nhiều đơn vị, hoặc tách một phần ra."),
    ("doi-ten", "Đổi tên", "Đơn vị giữ nguyên, mang tên mới từ một ngày."),
    ("giai-the", "Giải thể", "Đơn vị thôi hoạt động, không có đơn vị kế thừa."),
)


@require_safe
def reorganisations(request: HttpRequest) -> HttpResponse:
    """What was decided, the newest first, and the way to a new one."""
    place = place_of(request, "reorganisations")
    found = Reorganisation.objects.filter(agency=place.agency).select_related("actor")
    context = {
        "place": place, "page": page_of(request, found), "kinds": KINDS,
        "may_manage": manages(request, place.agency), "today": today(),
    }  # fmt: skip
    return render(request, "organisation/reorganisations.html", context)


@require_safe
def reorganisation(request: HttpRequest, pk: int) -> HttpResponse:
    """One decision and what it did."""
    visible = Reorganisation.objects.visible_to(request.user).select_related("agency", "actor")
    found = get_object_or_404(visible, pk=pk)
    rows = found.successions.select_related("predecessor", "successor")
    context = {"decision": found, "successions": list(rows), "today": today()}
    return render(request, "organisation/reorganisation.html", context)


@require_http_methods(["GET", "POST"])
def reorganise(request: HttpRequest, kind: str) -> HttpResponse:
    """Choose (GET), see (GET with everything chosen), apply (POST)."""
    if kind not in ORDER_FORMS:
        raise Http404
    place = place_of(request, "reorganisations")
    require_manager(request, place.agency)
    data = request.POST if request.method == "POST" else request.GET
    if "effective_on" not in data:
        return _choose(request, place, kind, ORDER_FORMS[kind](agency=place.agency, on=today(), initial=_hint(data)))
    form = ORDER_FORMS[kind](data, agency=place.agency, on=today())
    if not form.is_valid():
        return _choose(request, place, kind, form)
    order = form.order()
    preview = preview_reorganisation(form.order(_moves(data, order)))
    if preview.problems:
        form.add_error(None, list(preview.problems))
        return _choose(request, place, kind, form)
    return _decide(request, place, kind, preview)


def _hint(data: Any) -> dict[str, Any]:
    """A unit named by the page one comes from."""
    return {"unit": data.get("unit"), "units_ended": data.getlist("unit")}


def _moves(data: Mapping[str, Any], order: Order) -> dict[int, int]:
    """Which heir takes which position, as chosen on the preview; before that, the usual."""
    chosen = {key.removeprefix(_MOVE): value for key, value in data.items() if key.startswith(_MOVE)}
    if not chosen:
        return default_moves(order)
    return {int(pk): int(heir) for pk, heir in chosen.items() if pk.isdecimal() and str(heir).isdecimal()}


def _choose(request: HttpRequest, place: Place, kind: str, form: OrderForm) -> HttpResponse:
    title, intro = _words(kind)
    context = {"place": place, "kind": kind, "form": form, "title": title, "intro": intro}
    return render(request, "organisation/reorganise.html", context, status=422 if form.errors else 200)


def _words(kind: str) -> tuple[str, str]:
    return next((title, intro) for slug, title, intro in KINDS if slug == kind)


def _decide(request: HttpRequest, place: Place, kind: str, preview: Preview) -> HttpResponse:
    decision = DecisionForm(request.POST if request.method == "POST" else None)
    made: list[Reorganisation] = []
    if decision.is_bound and written(decision, lambda data: made.append(_apply(request, preview, data))):
        messages.success(request, f"Đã ghi {made[0].get_kind_display()} theo {made[0].decision_number}.")
        return redirect("organisation:reorganisation", made[0].pk)
    context = {
        "place": place, "kind": kind, "title": _words(kind)[0],
        "preview": preview, "decision": decision, "positions": _position_choices(preview),
        "hidden": _hidden(request), "today": today(),
    }  # fmt: skip
    return render(request, "organisation/reorganise_preview.html", context, status=422 if decision.errors else 200)


def _apply(request: HttpRequest, preview: Preview, data: dict[str, Any]) -> Reorganisation:
    seen = request.POST.get("dau_van", "")
    return apply_reorganisation(preview.order, **data, fingerprint=seen, actor=request.user, at=timezone.now())


def _position_choices(preview: Preview) -> list[dict[str, Any]]:
    """Every position that could move, and where to."""
    order = preview.order
    stays = "Ở lại đơn vị cũ" if order.keeps_unit else "Kết thúc"
    choices = [("", stays), *((str(index), f"Chuyển sang {heir}") for index, heir in enumerate(order.into))]
    return [
        {"change": change, "name": f"{_MOVE}{change.position.pk}", "choices": choices, "chosen": _chosen(change, order)}
        for change in preview.movable
    ]


def _chosen(change: Any, order: Order) -> str:
    return str(order.into.index(change.heir)) if change.heir else ""


def _hidden(request: HttpRequest) -> list[tuple[str, str]]:
    """What was chosen, carried along to the next step."""
    data = request.POST if request.method == "POST" else request.GET
    own = {"csrfmiddlewaretoken", "dau_van", *DecisionForm.base_fields}
    names = [name for name in data if name not in own and not name.startswith(_MOVE)]
    return [(name, value) for name in names for value in data.getlist(name)]

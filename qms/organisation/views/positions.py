"""Positions and who holds them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from qms.lists import page_of
from qms.marks import Mark

from .. import actions
from ..enums import Role
from ..forms.positions import AppointmentForm, PositionForm, unit_choices
from ..forms.units import LastDayForm
from ..grants import BY_DELEGATION_ONLY
from ..listing import listed_positions, period_mark
from ..models import Position, PositionHolding, Unit
from ..role_words import role_sentences
from ..rules import why_not_change_position
from .common import FormPage, asked_of, bound, edit, manages, place_of, require_manager, today

POSITION_ROLES = [role for role in Role if role not in BY_DELEGATION_ONLY]


@require_safe
def positions(request: HttpRequest) -> HttpResponse:
    """All positions with their roles and holders."""
    place = place_of(request, "positions")
    asked = asked_of(request)
    found = listed_positions(place.agency, asked, on=today())
    context = {
        "place": place, "asked": asked, "page": page_of(request, found),
        "units": unit_choices(place.agency, today()), "today": today(),
        "roles": POSITION_ROLES,
        "is_filtered": any(asked.get(name) for name in ("don_vi", "vai_tro", "xem")),
    }  # fmt: skip
    return render(request, "organisation/positions.html", context)


@require_safe
def position(request: HttpRequest, pk: int) -> HttpResponse:
    """One position: its roles and everybody who held it."""
    found = _position(request, pk)
    on = today()
    holdings = found.holdings.select_related("user").order_by("-valid_from", "-pk")
    context = {
        "position": found, "mark": period_mark(found, on) or Mark("done", "", "đang hoạt động"), "today": on,
        "holdings": [{"row": row, "mark": period_mark(row, on)} for row in holdings],
        "roles": role_sentences(found.roles), "may_manage": manages(request, found.unit.agency),
        "why_not_change": why_not_change_position(found, request.user, on=on),
        "is_over": bool(found.valid_to and found.valid_to < on),
    }  # fmt: skip
    return render(request, "organisation/position.html", context)


@require_http_methods(["GET", "POST"])
def position_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A new position in a unit."""
    unit = get_object_or_404(Unit.objects.visible_to(request.user).select_related("agency"), pk=pk)
    require_manager(request, unit.agency)
    back = reverse("organisation:unit", args=[unit.pk])
    page = FormPage("Thêm vị trí", "Thêm vị trí", back, _trail(unit), **_with_rights())
    return edit(
        request, PositionForm(bound(request)), page,
        lambda data: actions.create_position(unit=unit, **data, actor=request.user, at=timezone.now()),
        done="Đã thêm vị trí. Bổ nhiệm người giữ ở trang của vị trí.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def position_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Title, rank, roles."""
    found = _managed(request, pk)
    page = _page(
        found, "Sửa vị trí", "Lưu", intro="Người đang giữ vị trí có vai trò mới ngay khi lưu.", **_with_rights()
    )  # fmt: skip
    return edit(
        request, PositionForm(bound(request), position=found), page,
        lambda data: actions.change_position(found, **data, actor=request.user, at=timezone.now()),
        done="Đã lưu vị trí.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def position_close(request: HttpRequest, pk: int) -> HttpResponse:
    """End a position, with whoever holds it."""
    found = _managed(request, pk)
    form = LastDayForm(bound(request), initial={"last_day": today()})
    intro = "Người đang giữ vị trí thôi giữ cùng ngày."
    return edit(
        request, form, _page(found, "Bỏ vị trí", "Bỏ vị trí", intro=intro, is_danger=True),
        lambda data: actions.close_position(found, **data, actor=request.user, at=timezone.now()),
        done="Đã ghi ngày kết thúc của vị trí.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def appoint(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the position to somebody."""
    found = _managed(request, pk)
    form = AppointmentForm(bound(request), position=found, actor=request.user, on=today())
    intro = f"Vai trò kèm theo: {', '.join(found.role_labels)}." if found.roles else "Vị trí này không kèm vai trò nào."
    return edit(
        request, form, _page(found, "Bổ nhiệm, phân công", "Lưu", intro=intro),
        lambda data: actions.appoint(found, **data, actor=request.user, at=timezone.now()),
        done="Đã ghi người giữ vị trí.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def holding_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody lays a position down."""
    visible = PositionHolding.objects.visible_to(request.user).select_related("user", "position__unit__agency")
    holding = get_object_or_404(visible, pk=pk)
    require_manager(request, holding.position.unit.agency)
    form = LastDayForm(bound(request), initial={"last_day": today()})
    intro = f"{holding.user} thôi giữ vị trí {holding.position.title}, {holding.position.unit}."
    return edit(
        request, form, _page(holding.position, "Thôi giữ vị trí", "Lưu", intro=intro, is_danger=True),
        lambda data: actions.end_holding(holding, **data, actor=request.user, at=timezone.now()),
        done=f"Đã ghi ngày thôi giữ vị trí của {holding.user}.",
    )  # fmt: skip


def _with_rights() -> dict[str, object]:
    """The form with, beside it, what each role lets people do."""
    return {"template": "organisation/position_form.html", "context": {"roles": role_sentences(POSITION_ROLES)}}


def _position(request: HttpRequest, pk: int) -> Position:
    return get_object_or_404(Position.objects.visible_to(request.user).select_related("unit__agency"), pk=pk)


def _managed(request: HttpRequest, pk: int) -> Position:
    found = _position(request, pk)
    require_manager(request, found.unit.agency)
    return found


def _trail(unit: Unit) -> tuple[tuple[str, str], ...]:
    here = reverse("organisation:unit", args=[unit.pk])
    return (("Đơn vị, con người", reverse("organisation:units")), (unit.name, here))


def _page(found: Position, title: str, submit: str, **options: object) -> FormPage:
    here = reverse("organisation:position", args=[found.pk])
    return FormPage(title, submit, here, (*_trail(found.unit), (found.title, here)), **options)

"""Units: the tree, one unit, and what may be changed about it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qms.lists import page_of
from qms.xlsx import xlsx_response

from .. import actions
from ..enums import UnitKind
from ..forms.fields import day_from
from ..forms.units import AliasesForm, LastDayForm, MembersForm, UnitForm
from ..listing import UNIT_HEADINGS, filtered_units, unit_excel_rows, unit_rows
from ..models import Unit
from ..unit_page import unit_page_context
from .common import FormPage, act, asked_of, bound, edit, manages, place_of, require_manager, today

_LIST = ("Đơn vị, con người", "organisation:units")


@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """All units as a tree; a search shows them flat, page by page."""
    place = place_of(request, "units")
    asked = asked_of(request)
    on = day_from(asked.get("ngay", "")) or today()
    found = filtered_units(place.agency, asked, on=on)
    if asked.get("xuat") == "xlsx":
        rows = unit_excel_rows(unit_rows(place.agency, found, on=on))
        return xlsx_response(f"Đơn vị {place.agency.abbreviation}", "Đơn vị", UNIT_HEADINGS, rows)
    is_search = bool(asked.get("q", "").strip())
    page = page_of(request, list(found)) if is_search else None
    context = {
        "place": place, "asked": asked, "on": on, "is_today": on == today(),
        "rows": unit_rows(place.agency, page if page is not None else found, on=on), "page": page,
        "kinds": UnitKind.choices, "may_manage": manages(request, place.agency),
        "is_filtered": is_search or bool(asked.get("loai")),
    }  # fmt: skip
    return render(request, "organisation/units.html", context)


@require_safe
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit: what it is called, who works in it, where it belongs, where it came from."""
    found = _unit(request, pk)
    context = unit_page_context(found, on=today()) | {"may_manage": manages(request, found.agency)}
    return render(request, "organisation/unit.html", context)


@require_http_methods(["GET", "POST"])
def unit_new(request: HttpRequest) -> HttpResponse:
    """A new unit."""
    place = place_of(request, "units")
    require_manager(request, place.agency)
    form = UnitForm(bound(request), agency=place.agency, on=today())
    page = FormPage("Thêm đơn vị", "Thêm đơn vị", place.here, ((_LIST[0], place.here),))
    return edit(
        request, form, page,
        lambda data: actions.create_unit(agency=place.agency, **data, actor=request.user, at=timezone.now()),
        done="Đã thêm đơn vị.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def unit_change(request: HttpRequest, pk: int) -> HttpResponse:
    """The entry of a unit."""
    found = _managed(request, pk)
    form = UnitForm(bound(request), agency=found.agency, unit=found, on=today())
    return edit(
        request, form, _page(found, "Sửa thông tin", "Lưu"),
        lambda data: actions.change_unit(found, changes=data, actor=request.user, at=timezone.now()),
        done="Đã lưu thông tin đơn vị.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def unit_close(request: HttpRequest, pk: int) -> HttpResponse:
    """End a unit that nobody follows."""
    found = _managed(request, pk)
    intro = (
        "Các vị trí của đơn vị, việc giữ vị trí và tư cách thành viên nhóm kết thúc cùng ngày. "
        "Sáp nhập, chia tách, giải thể theo quyết định thì làm ở mục Sắp xếp tổ chức."
    )
    form = LastDayForm(bound(request), initial={"last_day": today()})
    return edit(
        request, form, _page(found, "Kết thúc đơn vị", "Kết thúc đơn vị", intro=intro, is_danger=True),
        lambda data: actions.close_unit(found, **data, actor=request.user, at=timezone.now()),
        done="Đã ghi ngày kết thúc của đơn vị.",
    )  # fmt: skip


@require_POST
def unit_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back the end."""
    found = _managed(request, pk)
    act(
        request, lambda: actions.reopen_unit(found, actor=request.user, at=timezone.now()),
        done="Đã mở lại đơn vị. Các vị trí đã kết thúc thì lập lại khi cần.",
    )  # fmt: skip
    return redirect("organisation:unit", pk)


@require_http_methods(["GET", "POST"])
def unit_members(request: HttpRequest, pk: int) -> HttpResponse:
    """Who belongs to a group."""
    found = _managed(request, pk)
    form = MembersForm(bound(request), group=found, on=today())
    return edit(
        request, form, _page(found, "Thành viên của nhóm", "Lưu thành viên"),
        lambda data: actions.set_members(found, **data, actor=request.user, at=timezone.now()),
        done="Đã lưu thành viên của nhóm.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def unit_aliases(request: HttpRequest, pk: int) -> HttpResponse:
    """Other ways to write the name."""
    found = _managed(request, pk)
    known = list(found.aliases.values_list("text", flat=True))
    form = AliasesForm(bound(request), initial={"texts": known})
    return edit(
        request, form, _page(found, "Cách viết khác", "Lưu"),
        lambda data: actions.set_aliases(found, **data, actor=request.user, at=timezone.now()),
        done="Đã lưu cách viết khác.",
    )  # fmt: skip


def _unit(request: HttpRequest, pk: int) -> Unit:
    visible = Unit.objects.visible_to(request.user).select_related("agency", "parent")
    return get_object_or_404(visible, pk=pk)


def _managed(request: HttpRequest, pk: int) -> Unit:
    found = _unit(request, pk)
    require_manager(request, found.agency)
    return found


def _page(found: Unit, title: str, submit: str, **options: object) -> FormPage:
    here = reverse("organisation:unit", args=[found.pk])
    trail = ((_LIST[0], reverse(_LIST[1])), (found.name, here))
    return FormPage(title, submit, here, trail, **options)

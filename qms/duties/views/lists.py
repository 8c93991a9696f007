"""Two lists of the same kind: my work, and what one unit owes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from qms.lists import order_of, page_of
from qms.organisation.access import access_of
from qms.organisation.models import Unit
from qms.xlsx import xlsx_response

from ..enums import DutyKind
from ..listing import FILTERS, HEADINGS, ORDERS, STATES, excel_rows, filtered, listed, people_of, periods, rows_of
from ..models import Duty, DutyQuerySet
from ..selectors import extensions_to_decide, units_followed_by
from .common import today

PER_PAGE = 50


@dataclass(frozen=True)
class Listing:
    """What a list is of. `shows_unit`: its rows say whose they are."""

    title: str
    address: str
    duties: DutyQuerySet
    file_name: str
    unit: Unit | None = None
    shows_unit: bool = False


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What I may answer: handed to me, or owed by my unit."""
    access = access_of(request.user)
    several = len(access.units_with("lead_unit") | access.units_with("answer_for_unit")) != 1
    duties = Duty.objects.answerable_by(request.user)
    listing = Listing("Việc của tôi", reverse("duties:mine"), duties, "viec-cua-toi", shows_unit=several)
    return _page(request, listing, {"to_decide": list(extensions_to_decide(request.user))})


@require_safe
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """What one unit owes: for its people, the secretary and the leadership. Others get 404."""
    found = get_object_or_404(units_followed_by(request.user), pk=pk)
    duties = Duty.objects.visible_to(request.user).filter(unit=found)
    listing = Listing(found.name, reverse("duties:unit", args=[pk]), duties, f"viec-don-vi-{pk}", found)
    return _page(request, listing, {"to_decide": []})


def _page(request: HttpRequest, listing: Listing, more: Mapping[str, Any]) -> HttpResponse:
    asked, on = request.GET, today()
    order = order_of(request, ORDERS)
    rows = listed(filtered(listing.duties, asked, on=on), order, on=on)
    if asked.get("xuat") == "xlsx":
        return xlsx_response(listing.file_name, listing.title, HEADINGS, excel_rows(rows))
    page = page_of(request, rows, PER_PAGE)
    context = {
        "listing": listing, "page": page, "order": order,
        "rows": rows_of(page, request.user, on=on, grouped=not order),
        "asked": {name: asked.get(name, "") for name in FILTERS},
        "filtered": any(asked.get(name) for name in FILTERS),
        "states": STATES, "periods": periods(on), "kinds": DutyKind.choices, "people": people_of(listing.duties),
        "units": _other_units(request, listing), **more,
    }  # fmt: skip
    return render(request, "duties/list.html", context)


def _other_units(request: HttpRequest, listing: Listing) -> list[Unit]:
    """Where else this person may look."""
    units = units_followed_by(request.user).in_force(today()).order_by("order", "name", "pk")
    return list(units.exclude(pk=listing.unit.pk) if listing.unit else units)

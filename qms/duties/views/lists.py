"""Two lists of the same kind: my work, and what one unit owes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import Resolver404, resolve, reverse
from django.views.decorators.http import require_safe

from qms.lists import order_of, page_of
from qms.organisation.access import access_of
from qms.organisation.models import Unit, User
from qms.xlsx import xlsx_response

from ..enums import DutyKind
from ..listing import (
    FILTERS,
    HEADINGS,
    ORDERS,
    STATES,
    excel_rows,
    filtered,
    group_sizes,
    listed,
    people_of,
    periods,
    rows_of,
)
from ..models import Duty, DutyQuerySet
from ..selectors import extensions_to_decide, pressing, units_followed_by
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


def numbers_at(address: str, user: User) -> dict[str, Any]:
    """What the list at that address says in numbers now, for static/js/duties.js after a report in one of its rows.

    `groups`: sizes by the place in `GROUPS`; `pressing`: late or soon of this person's own, as at the entry of the
    navigation that leads to `mine`.
    """
    path, _, query = address.partition("#")[0].partition("?")
    duties = _duties_at(path, user)
    on = today()
    shown = None if duties is None else filtered(duties, QueryDict(query), on=on)
    groups = {} if shown is None else group_sizes(shown, on=on)
    return {"groups": groups, "pressing": pressing(user, on=on).count(), "mine": reverse("duties:mine")}


def _duties_at(path: str, user: User) -> DutyQuerySet | None:
    try:
        found = resolve(path)
    except Resolver404:
        return None
    if found.view_name == "duties:unit":
        return Duty.objects.visible_to(user).filter(unit=found.kwargs["pk"])
    return Duty.objects.answerable_by(user) if found.view_name == "duties:mine" else None


def _page(request: HttpRequest, listing: Listing, more: Mapping[str, Any]) -> HttpResponse:
    asked, on = request.GET, today()
    order = order_of(request, ORDERS)
    found = filtered(listing.duties, asked, on=on)
    rows = listed(found, order, on=on)
    if asked.get("xuat") == "xlsx":
        return xlsx_response(listing.file_name, listing.title, HEADINGS, excel_rows(rows))
    page = page_of(request, rows, PER_PAGE)
    context = {
        "listing": listing, "page": page, "order": order,
        "rows": rows_of(page, request.user, on=on, sizes=None if order else group_sizes(found, on=on)),
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

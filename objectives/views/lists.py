"""The searchable list of a year's objectives."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from objectives.board import board_of
from objectives.enums import Level
from objectives.listing import FILTERS, HEADINGS, ORDERS, excel_rows, fitting, ordered
from objectives.models import ObjectiveSet
from objectives.terms import Standing
from qms.lists import page_of
from qms.xlsx import xlsx_response

from .common import agency_of, sensible, today

PER_PAGE = 50


@require_safe
def listing(request: HttpRequest, year: int) -> HttpResponse:
    """All objectives of a year: searched, filtered, sorted, paged, or as an Excel file."""
    agency, asked = agency_of(request), request.GET
    year = sensible(year)
    visible = set(
        ObjectiveSet.objects.visible_to(request.user).filter(agency=agency, year=year).values_list("pk", flat=True)
    )
    rows = [row for row in board_of(agency, year, today()).values() if row.objective.objective_set_id in visible]
    units = {row.objective.unit_id: row.objective.unit for row in rows}
    order = asked.get("sap_xep", "")
    order = order if order.removeprefix("-") in ORDERS else ""
    shown = ordered(fitting(rows, asked), order)
    if asked.get("xuat") == "xlsx":
        return xlsx_response(f"muc-tieu-{year}", f"Mục tiêu {year}", HEADINGS, excel_rows(shown))
    context = {
        "agency": agency, "year": year, "page": page_of(request, shown, PER_PAGE),
        "asked": {name: asked.get(name, "") for name in FILTERS}, "order": order,
        "filtered": any(asked.get(name) for name in FILTERS),
        "units": sorted(units.values(), key=lambda unit: (unit.order, unit.name)),
        "levels": Level.choices, "standings": Standing.choices(),
    }  # fmt: skip
    return render(request, "objectives/list.html", context)

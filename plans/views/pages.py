"""The list of plans and the inbox."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from plans.enums import PlanState
from plans.inbox import desk_rows
from plans.listing import (
    DEFAULT_ORDER,
    FILTERS,
    HEADINGS,
    ORDERS,
    excel_rows,
    filtered_plans,
    line_of,
    ordered,
    plans_page,
    years_of,
)
from plans.models import Plan
from qms.lists import order_of
from qms.organisation.access import access_of
from qms.xlsx import xlsx_response


@require_safe
def plan_list(request: HttpRequest) -> HttpResponse:
    """All plans this person may see: searched, filtered, sorted, paged, or as an Excel file."""
    asked = request.GET
    order = order_of(request, ORDERS, DEFAULT_ORDER)
    if asked.get("xuat") == "xlsx":
        rows = excel_rows(ordered(filtered_plans(request.user, asked), order))
        return xlsx_response("ke-hoach", "Kế hoạch", HEADINGS, rows)
    page = plans_page(request.user, asked, order)
    context = {
        "page": page,
        "lines": [line_of(plan, request.user) for plan in page],
        "years": years_of(request.user),
        "states": list(PlanState),
        "asked": {name: asked.get(name, "") for name in FILTERS},
        "order": order,
        "filtered": any(asked.get(name) for name in FILTERS),
        "may_draft": bool(access_of(request.user).agencies_with("draft_plan")),
    }
    return render(request, "plans/list.html", context)


@require_safe
def plan_year(request: HttpRequest, year: int) -> HttpResponse:
    """The plan in force of that year, or the list of its plans where there is not exactly one."""
    in_force = Plan.objects.visible_to(request.user).filter(year=year, state=PlanState.ISSUED)
    found = list(in_force.values_list("pk", flat=True)[:2])
    if len(found) == 1:
        return redirect("plans:detail", year, found[0])
    return redirect(f"{reverse('plans:list')}?nam={year}")


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What lies on this person's desk."""
    return render(request, "plans/inbox.html", {"rows": desk_rows(request.user)})

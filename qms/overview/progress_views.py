"""The progress of an agency or of one's own units: numbers, rates, the year by month, and every duty behind them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from qms.duties.enums import DutyKind
from qms.duties.models import Duty
from qms.lists import page_of
from qms.organisation.access import access_of
from qms.organisation.models import Agency, Unit, User
from qms.xlsx import xlsx_response

from .charts import Progress, progress
from .duty_rows import DutyRow, duty_rows, with_story
from .heat import MOST_ROWS, Heat, heat, trend
from .progress import OTHER_MONTH, Line, Tally, tally
from .progress_list import (
    DEFAULT_ORDER,
    DUTY_HEADINGS,
    MONTH_HEADINGS,
    NUMBER_HEADINGS,
    ORDERS,
    STATES,
    duty_excel_rows,
    listed,
    month_excel_rows,
    number_excel_rows,
    state_of,
)
from .progress_scope import PERIODS, Asked, Scope, plans_of, scope_of, years_of

PER_PAGE = 25
_FILTERS = ("q", "nam", "don_vi", "ke_hoach", "loai", "ky", "tinh_trang", "sap_xep")


@dataclass(frozen=True)
class TableLine:
    """A unit in the table: its numbers, its bar, and where more of it is read."""

    line: Line
    bar: Progress
    url: str
    unit_url: str


@require_safe
def progress_page(request: HttpRequest) -> HttpResponse:
    """How far the year is, by unit and by month, with the duties that were asked for; or one of its lists for Excel."""
    scope = scope_of(request.user)
    if not scope:
        raise Http404
    agency = _agency(request, scope)
    today = timezone.localdate()
    asked = Asked(request.GET, today)
    duties = asked.of(scope.narrowed(agency).duties())
    several = agency is None and bool(scope.agencies)
    counted = tally(duties, year=asked.year, day=today, by="agency" if several else "unit")
    if request.GET.get("xuat"):
        return _excel(request, asked.of_unit(duties), counted.only(asked.unit), asked)
    context = {
        "agency": agency,
        "several_known": len(scope.agencies) > 1,
        **_numbers_context(counted.only(asked.unit), several, today),
        **_list_context(request, asked.of_unit(duties), asked, today),
        **_choices(request.user, scope.narrowed(agency), asked, counted),
    }
    return render(request, "overview/progress.html", context)


@require_safe
def progress_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit: its rate, the trend by month, what is late, where to go on."""
    unit = _visible_unit(request.user, pk)
    today = timezone.localdate()
    asked = Asked(request.GET, today)
    duties = asked.of(Duty.objects.filter(unit=unit))
    counted = tally(duties, year=asked.year, day=today)
    if request.GET.get("xuat"):
        return _excel(request, duties, counted, asked)
    context = {
        "unit": unit,
        "total": counted.total,
        "trend": trend(counted.total, year=asked.year),
        "years": years_of(Duty.objects.filter(unit=unit), today),
        **_list_context(request, duties, asked, today),
    }
    return render(request, "overview/progress_unit.html", context)


def _visible_unit(user: User, pk: int) -> Unit:
    """Of an agency seen whole, or one's own; 404 otherwise."""
    unit = get_object_or_404(Unit.objects.select_related("agency"), pk=pk)
    scope = scope_of(user)
    if unit.agency_id not in scope.agencies and unit.pk not in scope.units:
        raise Http404
    return unit


def _agency(request: HttpRequest, scope: Scope) -> Agency | None:
    """The agency asked for, or the only one; None where several are seen together or only own units are."""
    code = request.GET.get("co_quan", "")
    if code:
        return get_object_or_404(Agency, code=code, pk__in=scope.agencies)
    own = access_of(request.user).agencies_with("see_progress")
    if len(scope.agencies) == 1 or (own and request.GET.get("xem") != "cac-co-quan"):
        return Agency.objects.filter(pk__in=own or scope.agencies).order_by("pk").first()
    return None


def _excel(request: HttpRequest, duties: QuerySet[Duty], counted: Tally, asked: Asked) -> HttpResponse:
    which, year, today = request.GET["xuat"], asked.year, asked.today
    if which == "don-vi":
        return xlsx_response(f"tien-do-don-vi-{year}", "Theo đơn vị", NUMBER_HEADINGS, number_excel_rows(counted))
    if which == "thang":
        return xlsx_response(f"tien-do-thang-{year}", "Theo tháng", MONTH_HEADINGS, month_excel_rows(counted))
    rows = _rows(request, with_story(listed(duties, asked, on=today), on=today), today)
    return xlsx_response(f"viec-{year}", "Việc", DUTY_HEADINGS, duty_excel_rows(rows))


def _numbers_context(counted: Tally, several: bool, today: date) -> dict[str, Any]:
    lines = [_table_line(line, counted.year, several) for line in counted.lines]
    drawn = lines if len(lines) <= MOST_ROWS else []
    return {
        "total": counted.total,
        "lines": lines,
        "several": several,
        "heat": _heat(drawn, counted.year, today),
        "months": [_month_row(line.line) for line in drawn],
        "month_numbers": range(1, 13),
    }


def _heat(lines: list[TableLine], year: int, today: date) -> Heat | None:
    urls = [line.unit_url for line in lines]
    return heat([line.line for line in lines], year=year, today=today, urls=urls) if lines else None


def _table_line(line: Line, year: int, several: bool) -> TableLine:
    bar = progress(line.now.parts, title=line.name)
    if several:
        return TableLine(line, bar, "", "")
    unit_url = f"{reverse('progress_unit', args=[line.pk])}?nam={year}"
    return TableLine(line, bar, f"?nam={year}&don_vi={line.pk}&tinh_trang=tre#viec", unit_url)


def _month_row(line: Line) -> tuple[str, tuple[str, ...], str]:
    cells = [_cell(line, month) for month in range(1, 13)]
    return line.name, tuple(cells), _cell(line, OTHER_MONTH)


def _cell(line: Line, month: int) -> str:
    if month not in line.months:
        return ""
    numbers = line.months[month]
    late = f", trễ {numbers.late}" if numbers.late else ""
    return f"{numbers.done}/{numbers.owed}{late}" if numbers.owed else ""


def _list_context(request: HttpRequest, duties: QuerySet[Duty], asked: Asked, today: date) -> dict[str, Any]:
    page = page_of(request, listed(with_story(duties, on=today), asked, on=today), PER_PAGE)
    order = asked.given.get("sap_xep", "")
    return {
        "year": asked.year,
        "state": state_of(asked),
        "state_label": STATES[state_of(asked)],
        "states": STATES.items(),
        "asked": {name: asked.given.get(name, "") for name in _FILTERS},
        "narrowed": asked.narrowed,
        "searched": bool(asked.words()),
        "order": order if order in ORDERS else DEFAULT_ORDER,
        "page": page,
        "rows": _rows(request, page.object_list, today),
    }


def _rows(request: HttpRequest, duties: Iterable[Duty], today: date) -> list[DutyRow]:
    return duty_rows(duties, today, inside=access_of(request.user).agencies_with("read_agency"))


def _choices(user: User, scope: Scope, asked: Asked, counted: Tally) -> dict[str, Any]:
    return {
        "years": years_of(scope.duties(), asked.today),
        "plans": list(plans_of(user, asked.year)),
        "kinds": DutyKind.choices,
        "periods": list(PERIODS.values())[1:],
        "units": [(line.pk, line.name) for line in counted.lines],
    }

"""The first page: the percentage over the periods, by unit and by criterion."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from objectives.periods import periods_of
from objectives.satisfaction.models import Channel
from objectives.satisfaction.results import YEARS_BACK, Results, asked_of, results_of
from objectives.satisfaction.rules import why_not_set
from objectives.satisfaction.selectors import scheme_of
from objectives.terms import PeriodKind
from qms.xlsx import xlsx_response

from .common import place_of, shown_units, where


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """What the surveys say, as a page or as an Excel file."""
    place, today = place_of(request), timezone.localdate()
    agency = place.agency
    asked = asked_of(request.GET, on=today)
    units = shown_units(agency)
    found = results_of(agency, asked, units)
    if request.GET.get("xuat") == "xlsx":
        return _excel(found)
    scheme = scheme_of(agency)
    keeper = where(request, agency)
    context = {
        "place": place, "tabs": place.tabs("results"), "results": found, "asked": asked, "scheme": scheme,
        "units": units,
        "kinds": PeriodKind.choices(), "periods": periods_of(asked.kind, asked.year), "channels": Channel.choices,
        "years": range(today.year, today.year - 6, -1), "may_add": bool(keeper["units"]),
        "criteria": list(dict.fromkeys([*scheme.criteria, *found.criteria])),
        "may_set": not why_not_set(agency.pk, request.user),
        "filtered": any(request.GET.get(name) for name in ("don_vi", "tieu_chi", "hinh_thuc", "loai", "nam")),
        "years_back": YEARS_BACK,
    }  # fmt: skip
    return render(request, "satisfaction/results.html", context)


def _excel(found: Results) -> HttpResponse:
    """The table of periods, then that of the units in the period asked for."""
    headings = ("Kỳ", "Đơn vị", "Phiếu phát ra", "Phiếu thu về", "Lượt chấm", "Lượt hài lòng", *found.criteria)
    rows = [(period.label, "Tất cả", total) for period, total in found.periods]
    rows += [(found.asked.period.label, name, total) for name, total in found.units]
    cells = [
        (
            period, name, total.sent or None, total.received, total.share.answered, total.share.satisfied,
            *(total.by_criterion[criterion].words for criterion in found.criteria),
        )
        for period, name, total in rows
    ]  # fmt: skip
    return xlsx_response("ket-qua-hai-long", "Kết quả hài lòng", headings, cells)

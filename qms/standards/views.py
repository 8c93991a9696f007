"""The clause tables, and the edition an agency works by."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from qms.organisation.access import require
from qms.organisation.models import Agency
from qms.text import fold
from qms.xlsx import xlsx_response

from .actions import adopt
from .forms import AdoptionForm
from .models import Adoption, Clause, ClauseLink, Edition
from .rules import why_not_adopt
from .selectors import last_adopted

HEADINGS = ("Phiên bản", "Điều", "Nội dung", "Ở phiên bản khác")


@dataclass(frozen=True)
class Row:
    """A clause and where it stands in the other editions."""

    clause: Clause
    elsewhere: str


@require_safe
def clauses(request: HttpRequest) -> HttpResponse:
    """The clauses of one edition (`phien-ban`), those that fit `q`; `xuat=xlsx` for Excel."""
    agency = _agency(request)
    editions = list(Edition.objects.all())
    adoptions = list(Adoption.objects.filter(agency=agency).select_related("edition", "actor"))
    in_force = last_adopted(adoptions, on=timezone.localdate()) or editions[0]
    edition = _asked(request, editions) or in_force
    rows = list(_rows(edition, request.GET.get("q", "")))
    if request.GET.get("xuat") == "xlsx":
        cells = [(edition.code, row.clause.number, row.clause.title, row.elsewhere) for row in rows]
        return xlsx_response("dieu-khoan", "Điều khoản", HEADINGS, cells)
    context = {
        "edition": edition, "editions": editions, "in_force": in_force, "rows": rows, "q": request.GET.get("q", ""),
        "adoptions": adoptions, "may_adopt": not why_not_adopt(agency, request.user),
    }  # fmt: skip
    return render(request, "standards/clauses.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def adoption(request: HttpRequest) -> HttpResponse:
    """Move to an edition from a day on."""
    agency = _agency(request)
    require(why_not_adopt(agency, request.user))
    form = AdoptionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _adopt(request, agency, form):
        messages.success(request, "Đã ghi phiên bản tiêu chuẩn cơ quan áp dụng.")
        return redirect("standards:clauses")
    return render(request, "standards/adoption.html", {"form": form})


def _adopt(request: HttpRequest, agency: Agency, form: AdoptionForm) -> bool:
    try:
        adopt(agency=agency, **form.cleaned_data, actor=request.user, at=timezone.now())
    except ValidationError as error:
        form.add_error(None, error)
    return form.is_valid()


def _agency(request: HttpRequest) -> Agency:
    agency = request.user.agency
    if agency is None:
        raise Http404
    return agency


def _asked(request: HttpRequest, editions: list[Edition]) -> Edition | None:
    return next((edition for edition in editions if str(edition.pk) == request.GET.get("phien-ban")), None)


def _rows(edition: Edition, text: str) -> Iterator[Row]:
    later = Prefetch("later_links", ClauseLink.objects.select_related("newer__edition"))
    earlier = Prefetch("earlier_links", ClauseLink.objects.select_related("older__edition"))
    words = fold(text).split()
    for clause in edition.clauses.prefetch_related(later, earlier):
        if all(word in fold(str(clause)) for word in words):
            yield Row(clause, "; ".join(_elsewhere(clause)))


def _elsewhere(clause: Clause) -> Iterator[str]:
    """ "ISO 9001:2026: 6.1.3, phần cơ hội" wherever the number or the matter differs."""
    links: list[tuple[Clause, str]] = [(link.newer, link.note) for link in clause.later_links.all()]
    links += [(link.older, link.note) for link in clause.earlier_links.all()]
    for other, note in links:
        if note or other.number != clause.number:
            yield f"{other.edition.code}: {other.number}{', ' + note if note else ''}"

"""The register of issued documents: every number of the year, and the numbers that were given up."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from qms.documents.actions import cancel_number, next_number
from qms.documents.models import RegisterEntry, RegisterSettings
from qms.documents.rules import why_not_number, why_not_set_numbering
from qms.lists import order_of, page_of, searched
from qms.organisation.models import Agency, User
from qms.xlsx import xlsx_response

PER_PAGE = 50
ORDERS = {
    "-so": ("-series__year", "-number", "-pk"),
    "so": ("series__year", "number", "pk"),
    "-ngay": ("-issued_on", "-number", "-pk"),
    "ngay": ("issued_on", "number", "pk"),
}
DEFAULT_ORDER = "-ngay"
HEADINGS = ("Năm", "Số", "Ký hiệu", "Ngày ban hành", "Trích yếu", "Tình trạng", "Ghi chú", "Người đăng ký", "Lúc")


class CancelForm(forms.Form):
    """Why the next number is given up."""

    reason = forms.CharField(label="Lý do bỏ số", max_length=300, error_messages={"required": "Số bỏ phải ghi lý do."})
    number = forms.IntegerField(widget=forms.HiddenInput)  # the one on the button: a second press gives up no second


@require_safe
def entries(request: HttpRequest) -> HttpResponse:
    """The register: searched, filtered, sorted, paged, or as an Excel file."""
    return _page(request)


def _page(request: HttpRequest, form: CancelForm | None = None, status: int = 200) -> HttpResponse:
    asked = request.GET
    order = order_of(request, ORDERS, DEFAULT_ORDER)
    rows = registered(request.user, asked).order_by(*ORDERS[order])
    if asked.get("xuat") == "xlsx":
        return xlsx_response("so-dang-ky-van-ban-di", "Sổ đăng ký văn bản đi", HEADINGS, _excel_rows(rows))
    agency = _agency(request.user)
    context = {
        "page": page_of(request, rows, PER_PAGE),
        "years": _years(request.user),
        "asked": {name: asked.get(name, "") for name in ("q", "nam", "tinh_trang")},
        "filtered": any(asked.get(name) for name in ("q", "nam", "tinh_trang")),
        "order": order,
        "statuses": RegisterEntry.Status,
        "may_set": bool(agency) and not why_not_set_numbering(agency, request.user),
        **_cancelling(agency, request.user, form),
    }
    return render(request, "plans/register.html", context, status=status)


def _agency(user: User) -> Agency | None:
    return Agency.objects.select_related("register_settings").filter(pk=user.agency_id).first()


def _cancelling(agency: Agency | None, user: User, form: CancelForm | None) -> dict[str, Any]:
    if agency is None or why_not_number(agency, user):
        return {"cancel_form": None}
    settings = getattr(agency, "register_settings", None) or RegisterSettings(agency_id=agency.pk)
    number = next_number(agency, kind="KH", year=timezone.localdate().year, settings=settings)
    return {
        "cancel_form": form or CancelForm(initial={"number": number}),
        "number": number,
        "next": f"{number:02d}/{_symbol(agency)}",
    }


def registered(user: User, asked: Mapping[str, str]) -> QuerySet[RegisterEntry]:
    """The entries this person may see that fit `q` (all its words), `nam` and `tinh_trang`."""
    rows = RegisterEntry.objects.visible_to(user)
    rows = searched(rows, asked.get("q", ""))
    if asked.get("nam", "").isdecimal():
        rows = rows.filter(series__year=int(asked["nam"][:4]))
    if asked.get("tinh_trang") in RegisterEntry.Status.values:
        rows = rows.filter(status=asked["tinh_trang"])
    return rows.select_related("series__agency", "actor", "document__content_type")


def _years(user: User) -> list[int]:
    rows = RegisterEntry.objects.visible_to(user)
    return list(rows.order_by("-series__year").values_list("series__year", flat=True).distinct())


def _excel_rows(rows: QuerySet[RegisterEntry]) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        yield (
            row.series.year, row.number, row.symbol, row.issued_on, row.subject, row.get_status_display(), row.note,
            str(row.actor), row.at,
        )  # fmt: skip


@require_POST
def cancel(request: HttpRequest) -> HttpResponse:
    """Give up the next number, with its reason."""
    agency = request.user.agency
    if agency is None:
        raise Http404
    form = CancelForm(request.POST)
    if form.is_valid():
        try:
            entry = cancel_number(
                agency=agency, kind="KH", symbol=_symbol(agency), reason=form.cleaned_data["reason"],
                on=timezone.localdate(), actor=request.user, at=timezone.now(), number=form.cleaned_data["number"],
            )  # fmt: skip
            messages.success(request, f"Đã ghi số bỏ {entry}.")
            return redirect("plans:register")
        except (PermissionDenied, ValidationError) as error:
            form.add_error("reason", str(error) if isinstance(error, PermissionDenied) else error.messages[0])
    return _page(request, form, status=422)


def _symbol(agency: Agency) -> str:
    return f"KH-{agency.abbreviation}"

"""Who signs for the head."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from qms.lists import page_of
from qms.marks import Mark

from .. import actions
from ..access import require
from ..forms.positions import DelegationForm
from ..forms.units import LastDayForm
from ..listing import period_mark
from ..models import Agency, Delegation
from ..rules import is_head, why_not_end_delegation
from ..selectors import head_of
from .common import (
    FormPage,
    Place,
    asked_of,
    bound,
    edit,
    manages,
    place_of,
    place_of_row,
    require_manager,
    today,
)


@require_safe
def delegations(request: HttpRequest) -> HttpResponse:
    """Those in force or to come; with `xem=tat-ca` all that ever were."""
    place, on = place_of(request, "delegations"), today()
    asked = asked_of(request)
    found = Delegation.objects.filter(agency=place.agency).select_related("grantor", "delegate")
    if asked.get("xem") != "tat-ca":
        found = found.not_over(on)
    page = page_of(request, found)
    context = {
        "place": place, "asked": asked, "page": page, "today": on,
        "rows": [{"row": row, "mark": period_mark(row, on) or Mark("done", "", "có hiệu lực")} for row in page],
        "may_manage": manages(request, place.agency), "may_add": _may_add(request, place.agency),
    }  # fmt: skip
    return render(request, "organisation/delegations.html", context)


def _may_add(request: HttpRequest, agency: Agency) -> bool:
    return manages(request, agency) or is_head(request.user, agency, on=today())


@require_http_methods(["GET", "POST"])
def delegation_new(request: HttpRequest) -> HttpResponse:
    """Record a delegation."""
    place, on = place_of(request, "delegations"), today()
    if not _may_add(request, place.agency):
        require_manager(request, place.agency)
    initial = {"valid_from": on, "grantor": head_of(place.agency, on=on)}
    form = DelegationForm(bound(request), agency=place.agency, actor=request.user, on=on, initial=initial)
    return edit(
        request, form, _page(place, "Ghi ủy nhiệm ký", "Lưu"),
        lambda data: actions.create_delegation(agency=place.agency, **data, actor=request.user, at=timezone.now()),
        done="Đã ghi ủy nhiệm ký.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def delegation_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a delegation end."""
    visible = Delegation.objects.visible_to(request.user).select_related("agency", "delegate")
    found = get_object_or_404(visible, pk=pk)
    require(why_not_end_delegation(found, request.user))
    place = place_of_row(request, "delegations", found.agency)
    form = LastDayForm(bound(request), initial={"last_day": today()})
    intro = f"{found.delegate} thôi ký {found.form}. sau ngày này."
    return edit(
        request, form, _page(place, "Chấm dứt ủy nhiệm", "Chấm dứt", intro=intro, is_danger=True),
        lambda data: actions.end_delegation(found, **data, actor=request.user, at=timezone.now()),
        done="Đã ghi ngày chấm dứt ủy nhiệm.",
    )  # fmt: skip


def _page(place: Place, title: str, submit: str, **options: object) -> FormPage:
    back = place.here
    return FormPage(title, submit, back, (("Ủy nhiệm ký", back),), **options)

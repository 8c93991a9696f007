"""The agency's identity, and the record of changes."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from qms.lists import page_of, searched

from .. import actions
from ..forms.agency import AgencyForm, AgencyNameForm
from ..models import OrganisationChange
from .common import FormPage, asked_of, bound, edit, manages, place_of, require_manager, today


@require_safe
def agency(request: HttpRequest) -> HttpResponse:
    """What the agency is called now, was called and will be called."""
    place = place_of(request, "agency")
    found = place.agency
    context = {
        "place": place, "agency": found, "may_manage": manages(request, found),
        "former": list(found.former_names.all()), "coming": found.coming_names.first(), "today": today(),
    }  # fmt: skip
    return render(request, "organisation/agency.html", context)


@require_http_methods(["GET", "POST"])
def agency_change(request: HttpRequest) -> HttpResponse:
    """Misspellings and the address."""
    place = place_of(request, "agency")
    require_manager(request, place.agency)
    back = place.here
    intro = "Chỉ để sửa lỗi và địa chỉ. Đổi tên theo quyết định: dùng “Đổi tên”, văn bản cũ giữ tên cũ."
    return edit(
        request, AgencyForm(bound(request), agency=place.agency),
        FormPage("Sửa thông tin cơ quan", "Lưu", back, (("Cơ quan", back),), intro),
        lambda data: actions.correct_agency(place.agency, changes=data, actor=request.user, at=timezone.now()),
        done="Đã lưu thông tin cơ quan.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def agency_rename(request: HttpRequest) -> HttpResponse:
    """Another name from a day, by a decision."""
    place = place_of(request, "agency")
    require_manager(request, place.agency)
    back = place.here

    def write(data: dict) -> None:
        names = {field: data[field] for field in place.agency.NAMES}
        actions.rename_agency(
            place.agency, names=names, used_from=data["used_from"], basis=data["basis"], actor=request.user,
            at=timezone.now(),
        )  # fmt: skip

    form = AgencyNameForm(bound(request), agency=place.agency)
    page = FormPage("Đổi tên cơ quan", "Ghi đổi tên", back, (("Cơ quan", back),))
    return edit(request, form, page, write, done="Đã ghi đổi tên cơ quan.")


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """Who changed what, the newest first."""
    place = place_of(request, "changes")
    if not place.inside:
        raise Http404
    asked = asked_of(request)
    found = OrganisationChange.objects.filter(agency=place.agency).select_related("unit", "person")
    found = searched(found, asked.get("q", ""))
    context = {
        "place": place, "asked": asked, "page": page_of(request, found),
    }  # fmt: skip
    return render(request, "organisation/changes.html", context)

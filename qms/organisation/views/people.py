"""People: the list, one person, the account, leaving."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qms.lists import page_of
from qms.xlsx import xlsx_response

from .. import actions
from ..enums import Role
from ..forms.people import PersonForm
from ..forms.positions import HandOverForm, unit_choices
from ..handover import hand_over_sheet
from ..listing import (
    STATES,
    filtered_people,
    listed_people,
    people_excel,
    period_mark,
    role_words,
)
from ..models import User
from ..role_words import roles_explained
from ..rules import why_not_change_person, why_not_deactivate, why_not_give_password
from .common import (
    FormPage,
    act,
    asked_of,
    bound,
    edit,
    is_inside,
    manages,
    place_of,
    require_manager,
    today,
    written,
)


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody of the agency."""
    place = place_of(request, "people")
    asked, on = asked_of(request), today()
    order = asked.get("sap_xep", "ten")
    found = listed_people(filtered_people(place.agency, asked, on=on, reader=request.user), order, on=on)
    if asked.get("xuat") == "xlsx":
        name = f"Con người {place.agency.abbreviation}"
        return xlsx_response(name, "Con người", *people_excel(found, inside=place.inside))
    page = page_of(request, found)
    context = {
        "place": place, "asked": asked, "order": order, "page": page,
        "rows": [{"person": person, "roles": role_words(person)} for person in page], "states": STATES,
        "units": unit_choices(place.agency, on), "roles": list(Role), "may_manage": manages(request, place.agency),
        "is_filtered": any(asked.get(name) for name in ("q", "don_vi", "vai_tro", "xem")),
    }  # fmt: skip
    return render(request, "organisation/people.html", context)


@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: positions now and before, roles and why, delegations."""
    found, on = _person(request, pk), today()
    holdings = found.holdings.select_related("position__unit").order_by("-valid_from", "position__rank", "pk")
    delegations = found.delegations_held.select_related("grantor")
    context = {
        "person": found, "roles": roles_explained(found, on=on), "today": on,
        "holdings": [{"row": row, "mark": period_mark(row, on)} for row in holdings],
        "delegations": [{"row": row, "mark": period_mark(row, on)} for row in delegations],
        "changes": list(found.changes.all()[:6]), "may_manage": manages(request, found.agency),
        "inside": found == request.user or is_inside(request, found.agency),
        "why_not_password": why_not_give_password(found, request.user, on=on),
        "why_not_deactivate": why_not_deactivate(found, request.user),
        "why_not_change": why_not_change_person(found, request.user),
    }  # fmt: skip
    return render(request, "organisation/person.html", context)


@require_http_methods(["GET", "POST"])
def person_new(request: HttpRequest) -> HttpResponse:
    """A new account."""
    place = place_of(request, "people")
    require_manager(request, place.agency)
    form = PersonForm(bound(request))
    if form.is_bound:
        made: list[User] = []
        if written(form, lambda data: made.append(_create(request, place.agency, data))):
            messages.success(request, f"Đã tạo tài khoản {made[0].username}. Còn việc đặt mật khẩu và bổ nhiệm.")
            return redirect("organisation:person", made[0].pk)
    trail = (("Con người", place.here),)
    page = FormPage("Thêm người", "Thêm người", place.here, trail)
    return render(request, page.template, {"form": form, "page": page}, status=422 if form.is_bound else 200)


def _create(request: HttpRequest, agency, data: dict) -> User:
    return actions.create_person(agency=agency, **data, actor=request.user, at=timezone.now())


@require_http_methods(["GET", "POST"])
def person_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Name, login name, mail, telephone."""
    found = _managed(request, pk)
    return edit(
        request, PersonForm(bound(request), person=found), _page(found, "Sửa thông tin", "Lưu"),
        lambda data: actions.change_person(found, changes=data, actor=request.user, at=timezone.now()),
        done="Đã lưu thông tin.",
    )  # fmt: skip


@require_POST
def person_active(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the account, or open it again."""
    found = _managed(request, pk)
    write = actions.deactivate_person if found.is_active else actions.activate_person
    done = "Đã ngừng tài khoản; mọi phiên đăng nhập đã kết thúc." if found.is_active else "Đã mở lại tài khoản."
    act(request, lambda: write(found, actor=request.user, at=timezone.now()), done=done)
    return redirect("organisation:person", pk)


@require_POST
def password_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """Mail a link for setting a password."""
    found = _managed(request, pk)

    def link(key: str) -> str:
        uid, token = key.split("-", 1)
        return request.build_absolute_uri(reverse("account_reset_password_from_key", args=[uid, token]))

    act(
        request, lambda: actions.send_password_mail(found, link=link, actor=request.user, at=timezone.now()),
        done=f"Đã gửi thư đặt mật khẩu tới {found.email}.",
    )  # fmt: skip
    return redirect("organisation:person", pk)


@require_POST
@never_cache
def temporary_password(request: HttpRequest, pk: int) -> HttpResponse:
    """A password to tell the person, shown this once."""
    found = _managed(request, pk)
    given: list[str] = []
    act(
        request,
        lambda: given.append(actions.give_temporary_password(found, actor=request.user, at=timezone.now())),
        done="Đã cấp mật khẩu tạm.",
    )
    if not given:
        return redirect("organisation:person", pk)
    return render(request, "organisation/temporary_password.html", {"person": found, "password": given[0]})


@require_http_methods(["GET", "POST"])
def person_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """The hand-over sheet of somebody who leaves: what is held, and who takes it up."""
    found, on = _managed(request, pk), today()
    sheet = hand_over_sheet(found, on=on)
    form = HandOverForm(bound(request), holdings=sheet["holdings"], actor=request.user, on=on)
    page = _page(found, "Bàn giao", "Ghi bàn giao")
    context = sheet | {"person": found, "today": on}
    return edit(
        request, form, replace(page, template="organisation/hand_over.html", context=context),
        lambda data: actions.hand_over(
            found, last_day=data["last_day"], basis=data["basis"], heirs=form.heirs, actor=request.user,
            at=timezone.now(),
        ),
        done=f"Đã ghi bàn giao của {found}. Ngừng tài khoản khi người này không còn làm việc.",
    )  # fmt: skip


def _person(request: HttpRequest, pk: int) -> User:
    return get_object_or_404(User.objects.visible_to(request.user).select_related("agency"), pk=pk)


def _managed(request: HttpRequest, pk: int) -> User:
    found = _person(request, pk)
    require_manager(request, found.agency)
    return found


def _page(found: User, title: str, submit: str) -> FormPage:
    here = reverse("organisation:person", args=[found.pk])
    trail = (("Con người", reverse("organisation:people")), (str(found), here))
    return FormPage(title, submit, here, trail)

"""The inbox, the count of unread messages, and what a person wants by mail."""

from typing import Any

from django.contrib import messages as flash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qms.lists import order_of, page_of
from qms.xlsx import xlsx_response

from .actions import read_all, read_message, set_preference
from .forms import PreferenceForm
from .listing import DEFAULT_ORDER, FILTERS, HEADINGS, ORDERS, VIEWS, excel_rows, filtered
from .models import Category, Message, Preference

PER_PAGE = 50


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """One's messages, newest first, or as an Excel file."""
    asked = {name: request.GET.get(name, "") for name in FILTERS}
    order = order_of(request, ORDERS, DEFAULT_ORDER)
    rows = filtered(request.user, asked).order_by(*ORDERS[order])
    if request.GET.get("xuat") == "xlsx":
        return xlsx_response("thong-bao", "Thông báo", HEADINGS, excel_rows(rows))
    context: dict[str, Any] = {
        "page": page_of(request, rows, PER_PAGE),
        "asked": asked, "filtered": any(asked.values()), "order": order, "views": VIEWS, "categories": Category,
    }  # fmt: skip
    return render(request, "notifications/inbox.html", context)


@require_POST
def open_message(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark as read and go to what it speaks of."""
    message = get_object_or_404(Message.objects.visible_to(request.user), pk=pk)
    read_message(message, at=timezone.now())
    return redirect(message.url or "notifications:inbox")


@require_POST
def mark_read(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one as read and stay in the list."""
    read_message(get_object_or_404(Message.objects.visible_to(request.user), pk=pk), at=timezone.now())
    return _back(request)


@require_POST
def mark_all_read(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    count = read_all(request.user, at=timezone.now())
    flash.success(request, f"Đã đánh dấu {count} thông báo là đã đọc.")
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    """To the list as it was filtered."""
    asked = request.POST.get("tro_ve", "")
    is_ours = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return redirect(asked if is_ours else "notifications:inbox")


@require_safe
def unread(request: HttpRequest) -> HttpResponse:
    """The bell of the frame: asked when the person comes back to the window."""
    count = Message.objects.visible_to(request.user).unread().count()
    return render(request, "notifications/bell.html", {"unread": count})


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """What one wants by mail."""
    form = PreferenceForm(request.POST if request.method == "POST" else None, initial=_initial(request))
    if request.method == "POST" and form.is_valid():
        wanted = set(form.cleaned_data["kinds"])
        muted = [kind for kind in Category.values if kind not in wanted]
        set_preference(request.user, mail=form.cleaned_data["mail"], muted=muted)
        flash.success(request, "Đã lưu lựa chọn nhận thư.")
        return redirect("notifications:preferences")
    status = 422 if form.is_bound else 200
    return render(request, "notifications/preferences.html", {"form": form}, status=status)


def _initial(request: HttpRequest) -> dict[str, Any]:
    chosen = Preference.objects.filter(user=request.user).first() or Preference(user=request.user)
    return {"mail": chosen.mail, "kinds": [kind for kind in Category.values if kind not in chosen.muted]}

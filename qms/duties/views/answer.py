"""The one-question link of a mail: one duty, one form, nothing else."""

from datetime import datetime

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from qms.organisation.models import User
from qms.organisation.roles import sync_roles

from .. import links
from ..forms import ReportForm
from ..marks import duty_mark
from ..models import Duty
from .common import Clash, form_context, take_report, today

TRIES = 60  # requests of one machine within
WITHIN = 10 * 60  # seconds


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Ask how far the duty is, and keep the answer. The person must sign in, unless the agency opens its links."""
    if _too_often(request):
        return render(request, "429.html", status=429)
    now = timezone.now()
    try:
        ticket = links.read_token(token, at=now)
        person = links.person_of(ticket)
        duty = links.duty_of(ticket, person, at=now)
        open_to_all = links.opens_without_signing_in(duty)
        if not (open_to_all or request.user.is_authenticated):
            return redirect_to_login(request.get_full_path())
        _refuse_somebody_else(request, person)
    except links.BadLink as bad:
        return render(request, "duties/answer_closed.html", {"title": bad.title, "text": bad.text}, status=bad.status)
    return _ask_or_keep(request, duty, person, now)


def _too_often(request: HttpRequest) -> bool:
    """Counted per machine, signed in or not: a guessed token costs as much as a true one."""
    key = f"answer:{get_adapter().get_client_ip(request)}"
    cache.add(key, 0, WITHIN)
    return cache.incr(key) > TRIES


def _refuse_somebody_else(request: HttpRequest, person: User) -> None:
    if request.user.is_authenticated and request.user != person:
        raise links.BadLink(
            403, "Liên kết của người khác",
            f"Liên kết này gửi cho người khác, còn máy này đang đăng nhập tên {request.user}. "
            "Đăng xuất rồi mở lại từ thư.",
        )  # fmt: skip


def _ask_or_keep(request: HttpRequest, duty: Duty, person: User, now: datetime) -> HttpResponse:
    if request.method == "GET":
        return _page(request, duty, person, ReportForm(duty=duty, today=today()))
    by_link = not request.user.is_authenticated
    if by_link and person.roles_synced_on != today():
        sync_roles(person, on=today())
    sent = take_report(request, duty, actor=person, by_link=by_link)
    if sent.report is None:
        return _page(request, duty, person, sent.form, sent.clash, sent.status)
    return redirect("duties:answered")


@login_not_required
@never_cache
@require_safe
def answered(request: HttpRequest) -> HttpResponse:
    """What a person reads after answering; it says nothing about the duty."""
    return render(request, "duties/answered.html", {"reader": "answered"})


def _page(
    request: HttpRequest, duty: Duty, person: User, form: ReportForm, clash: Clash | None = None, status: int = 200
) -> HttpResponse:
    context = {
        **form_context(duty, form, clash),
        "person": person,
        "reader": person.pk,
        "mark": duty_mark(duty, today()),
    }
    return render(request, "duties/answer.html", context, status=status)

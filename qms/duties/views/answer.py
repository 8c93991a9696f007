"""The one-question link of a mail: one duty, one form, nothing else."""

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

TRIES = 20  # wrong links of one machine, or answers by one link, within
WITHIN = 10 * 60  # seconds after the last one


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Ask how far the duty is, and keep the answer. The person must sign in, unless the agency opens its links."""
    machine = f"answer:{get_adapter().get_client_ip(request)}"
    if _tried(machine) >= TRIES:
        return render(request, "429.html", status=429)
    now = timezone.now()
    try:
        ticket = links.read_token(token, at=now)
        person = links.person_of(ticket)
        duty = links.duty_of(ticket, person, at=now)
        if not (request.user.is_authenticated or links.opens_without_signing_in(duty)):
            return redirect_to_login(request.get_full_path())
        _refuse_somebody_else(request, person)
    except links.BadLink as bad:
        if bad.status == 404:  # an office behind one address may open many old ones
            _count(machine)
        return render(request, "duties/answer_closed.html", {"title": bad.title, "text": bad.text}, status=bad.status)
    return _ask(request, duty, person) if request.method == "GET" else _keep(request, duty, person)


def _tried(key: str) -> int:
    return cache.get(key, 0)


def _count(key: str) -> None:
    cache.set(key, _tried(key) + 1, WITHIN)


def _refuse_somebody_else(request: HttpRequest, person: User) -> None:
    if request.user.is_authenticated and request.user != person:
        raise links.BadLink(
            403, "Liên kết của người khác",
            f"Liên kết này gửi cho người khác, còn máy này đang đăng nhập tên {request.user}. "
            "Đăng xuất rồi mở lại từ thư.",
        )  # fmt: skip


def _ask(request: HttpRequest, duty: Duty, person: User) -> HttpResponse:
    return _page(request, duty, person, ReportForm(duty=duty, today=today()))


def _keep(request: HttpRequest, duty: Duty, person: User) -> HttpResponse:
    own = f"answer:{duty.pk}:{person.pk}"
    if _tried(own) >= TRIES:
        return render(request, "429.html", status=429)
    _count(own)
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

"""Bookkeeping of the visit: roles in step with the calendar, sessions known to their owner."""

from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from .actions import begin_day
from .roles import sync_roles

SEEN_EVERY = 300  # seconds


class CurrentRolesMiddleware:
    """Once a day and person: what was decided for today is carried out, positions and delegations are read again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        today = timezone.localdate()
        if request.user.is_authenticated and request.user.roles_synced_on != today:
            begin_day(on=today)
            sync_roles(request.user, on=today)
        return self.get_response(request)


class OwnPasswordMiddleware:
    """A password that somebody else set opens only the page where its owner chooses another one."""

    OPEN = frozenset({"account_change_password", "account_logout", "account_reauthenticate"})

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponse | None:
        """Before the view, when its name is known."""
        owes = request.user.is_authenticated and request.user.must_change_password
        if owes and request.resolver_match.url_name not in self.OPEN:
            messages.warning(request, "Mật khẩu này do người khác cấp. Đặt mật khẩu của riêng mình để tiếp tục.")
            return redirect("account_change_password")
        return None


class SessionActivityMiddleware:
    """Keeps "last seen" in the list of sessions, at most once in five minutes: reading a page must not cost a write."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = request.session.session_key
        if key and request.user.is_authenticated and cache.add(f"seen:{key}", True, SEEN_EVERY):
            _note(request, key)
        return self.get_response(request)


def _note(request: HttpRequest, key: str) -> None:
    rows = UserSession.objects.filter(session_key=key, user=request.user)
    if not rows.update(last_seen_at=timezone.now()):
        UserSession.objects.create_from_request(request)

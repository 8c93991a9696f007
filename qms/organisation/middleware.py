"""Bookkeeping of the visit: roles in step with the calendar, sessions known to their owner."""

from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from .roles import sync_roles

SEEN_EVERY = 300  # seconds


class CurrentRolesMiddleware:
    """Re-reads a person's positions and delegations once a day."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        today = timezone.localdate()
        if request.user.is_authenticated and request.user.roles_synced_on != today:
            sync_roles(request.user, on=today)
        return self.get_response(request)


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

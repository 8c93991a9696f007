"""Keeps roles in step with the calendar: a position that began or ended overnight counts from the first request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from .roles import sync_roles


class CurrentRolesMiddleware:
    """Re-reads a person's positions and delegations once a day."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        today = timezone.localdate()
        if request.user.is_authenticated and request.user.roles_synced_on != today:
            sync_roles(request.user, on=today)
        return self.get_response(request)

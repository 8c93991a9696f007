"""A request that is too large is answered before anything reads it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.deprecation import MiddlewareMixin
from django.utils.http import url_has_allowed_host_and_scheme


class RequestSizeMiddleware(MiddlewareMixin):
    """413 by the length that the request announces; without one Django reads nothing at all.

    Stands before the session and the CSRF check. nginx (deploy/nginx.conf) allows a little more, so that people read
    this page and not nginx's own.
    """

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        """None lets the request pass."""
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if announced.isdecimal() and int(announced) <= settings.REQUEST_MAX_BYTES:
            return None
        limits = {
            "request_limit": settings.REQUEST_MAX_BYTES // 1024**2,
            "file_limit": settings.EVIDENCE_MAX_BYTES // 1024**2,
            "back": _page_before(request),
        }
        return HttpResponse(render_to_string("413.html", limits), status=413)


def _page_before(request: HttpRequest) -> str:
    """The page of ours that the form stands on, or the first page."""
    referer = request.META.get("HTTP_REFERER", "")
    own = url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure())
    return referer if own else "/"

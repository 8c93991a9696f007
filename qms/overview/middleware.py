"""The way between server and browser: pages sent small, kept by nobody, and a way back where a form went astray."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.deprecation import MiddlewareMixin
from django.utils.http import url_has_allowed_host_and_scheme

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_TEXTS = ("text/", "application/json", "image/svg+xml")


class TextGZipMiddleware(GZipMiddleware):
    """Compresses texts (with Django's padding against BREACH); PDF, DOCX and XLSX are compressed already."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if not response.get("Content-Type", "").startswith(_TEXTS):
            return response
        return super().process_response(request, response)


class PrivatePagesMiddleware(MiddlewareMixin):
    """What somebody signed in is shown is kept neither by proxies nor by the browser of a shared machine."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """A view that says something itself is left alone."""
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response


class SignInMiddleware(LoginRequiredMiddleware):
    """Sign-in first. A form sent after the session ended leads back to its page: its own address takes no GET."""

    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., HttpResponse]) -> HttpResponse:
        if request.method not in _SAFE:
            return redirect_to_login(_page_of_form(request), self.get_login_url(view_func))
        return super().handle_no_permission(request, view_func)


class FormAddressMiddleware(MiddlewareMixin):
    """The address of a form, opened by hand or reloaded, explains itself instead of staying blank."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if response.status_code != 405 or request.method != "GET" or response.content:
            return response
        page = render(request, "405.html", status=405)
        page["Allow"] = response["Allow"]
        return page


def _page_of_form(request: HttpRequest) -> str:
    """Path and query of the page of ours from which the form was sent, or the first page."""
    referer = request.META.get("HTTP_REFERER", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure()):
        return reverse("home")
    parts = urlsplit(referer)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path or reverse("home")

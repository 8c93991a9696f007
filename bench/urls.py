"""All addresses of the project, and a view that does nothing behind the same middleware, for somebody signed in."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from qms.urls import urlpatterns as own


def bare(request: HttpRequest) -> HttpResponse:
    """What everything else is a multiple of. Signed in like the others, so that the session and the person are read."""
    return HttpResponse(f"ok {request.user.pk}", content_type="text/plain")


urlpatterns = [*own, path("bench/", bare, name="bench")]

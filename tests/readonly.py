"""A GET that writes fails the test that made it: links are followed by readers, previews and crawlers alike."""

import re
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

WRITE = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
# Who is here: bookkeeping of the visit, not content.
BOOKKEEPING = {"django_session", "mfa_authenticator"}  # the latter notes that recovery codes were shown
# OpenID Connect brings the person back by a GET, with a code that is good once and tied to the session.
RETURN_FROM_SIGN_ON = "/login/callback/"


class ReadOnlyGetMiddleware:
    """Innermost middleware of the tests: what the view and its template do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Every statement of a GET passes through `refuse_write`."""
        if request.method not in {"GET", "HEAD"} or request.path_info.endswith(RETURN_FROM_SIGN_ON):
            return self.get_response(request)
        with connection.execute_wrapper(refuse_write):
            return self.get_response(request)


def refuse_write(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    """Django's execute wrapper: an AssertionError for a statement that writes content."""
    written = WRITE.match(sql)
    if written and written.group(1) not in BOOKKEEPING:
        raise AssertionError(f"a GET wrote to {written.group(1)}: {sql[:200]}")
    return execute(sql, params, many, context)

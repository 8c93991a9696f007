"""A person at the editor: opens a box, types, saves, as htmx or as a page without JavaScript."""

import html
import re
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from plans.models import Plan

_BASE = re.compile(r'name="base"\s+(?:id="[^"]*"\s+)?value="([^"]*)"')


class Desk:
    """One signed-in person at the editor of one plan."""

    def __init__(self, client: Client, plan: Plan, *, htmx: bool = True) -> None:
        self.client = client
        self.plan = plan
        self.headers = {"HX-Request": "true"} if htmx else {}

    def url(self, name: str, *args: Any) -> str:
        return reverse(f"plans:{name}", args=[self.plan.year, self.plan.pk, *args])

    def get(self, name: str, *args: Any, **query: Any) -> HttpResponse:
        return self.client.get(self.url(name, *args), query, headers=self.headers)

    def post(self, name: str, *args: Any, **data: Any) -> HttpResponse:
        return self.client.post(self.url(name, *args), data, headers=self.headers)

    def save(self, name: str, *args: Any, base: str | None = None, **data: Any) -> HttpResponse:
        """Open the box as it stands now (or as `base` saw it), change these fields, send all of it."""
        opened = self.client.get(self.url(name, *args))
        form = opened.context["form"]
        values = {field: form[field].value() for field in form.fields}
        sent = {field: "" if value is None else _written(form[field]) for field, value in values.items()}
        return self.post(name, *args, **{**sent, "base": base or base_of(opened), **data})


def base_of(response: HttpResponse) -> str:
    """The fingerprints that the page carries."""
    found = _BASE.search(response.content.decode())
    assert found, response.content.decode()[:500]
    return html.unescape(found[1])


def _written(bound: Any) -> str:
    value = bound.field.prepare_value(bound.value())
    return str(value)

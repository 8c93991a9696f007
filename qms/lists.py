"""What every list does with the address that asks for it: rows that hold the words, their order, one page of them."""

from collections.abc import Container, Sequence
from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

from .text import fold

Rows = TypeVar("Rows", bound=QuerySet)


def searched(rows: Rows, text: str, *, column: str = "search") -> Rows:
    """Those whose folded column holds every word of the text."""
    for word in fold(text).split():
        rows = rows.filter(**{f"{column}__contains": word})
    return rows


def order_of(request: HttpRequest, orders: Container[str], default: str = "") -> str:
    """The asked order (`sap_xep`), where it is one of these."""
    asked = request.GET.get("sap_xep", "")
    return asked if asked in orders else default


def page_of(request: HttpRequest, rows: QuerySet | Sequence, size: int = 50) -> Page:
    """The asked page, or the nearest one there is."""
    return Paginator(rows, size).get_page(request.GET.get("page"))

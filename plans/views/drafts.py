"""What the views of the editor share: the draft asked for, and answers to whole changes of a table."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from plans import rules
from plans.models import Plan
from qms.organisation.access import access_of, require
from qms.questions import Given, Question

_DRAFT = Question()
_SHOWN = ("agency", "layout", "head_changed_by")


def draft_or_404(request: HttpRequest, year: int, pk: int, *, related: tuple[str, ...] = _SHOWN) -> Plan:
    """The plan, if this person may see it and may draft; strangers get 404, readers 403 with the reason.

    `related`: what the answer will need with it; the default is for an answer that shows the head of the plan.
    """
    user = request.user
    found: list[Plan] = _DRAFT.objects((access_of(user), related), lambda: _seen_by(user, related), plan=pk, year=year)
    if not found:
        raise Http404
    require(rules.why_not_draft(found[0], user))  # type: ignore[arg-type]
    return found[0]


def _seen_by(user: Any, related: tuple[str, ...]) -> QuerySet:
    return (
        Plan.objects.visible_to(user).filter(pk=Given("plan"), year=Given("year")).order_by().select_related(*related)
    )


def part_or_404(rows: Any, pk: int) -> Any:
    """A row of the draft; 404 when it is not there (any more)."""
    return the_part(rows.filter(pk=pk)[:1])


def the_part(found: Iterable[Any]) -> Any:
    """The one that was found."""
    for row in found:
        return row
    raise Http404("Dòng này không còn trong dự thảo.")


def editor_url(plan: Plan, anchor: str = "") -> str:
    """The address of the editor, at a place of it."""
    return reverse("plans:edit", args=[plan.year, plan.pk]) + (f"#{anchor}" if anchor else "")


def attempt(request: HttpRequest, act: Callable[[], Any]) -> Any:
    """Do it; where it is refused, say why and return None."""
    try:
        return act()
    except PermissionDenied as error:
        messages.error(request, str(error))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return None


def back_to(plan: Plan, anchor: str = "") -> HttpResponse:
    """To the editor, at that place."""
    return redirect(editor_url(plan, anchor))

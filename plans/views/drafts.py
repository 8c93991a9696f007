"""What the views of the editor share: the draft asked for, and answers to whole changes of a table."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from plans import rules
from plans.models import Plan


def draft_or_404(request: HttpRequest, year: int, pk: int) -> Plan:
    """The plan, if this person may see it and may draft; strangers get 404, readers 403 with the reason."""
    plans = Plan.objects.visible_to(request.user).select_related("agency", "layout", "head_changed_by")
    plan = get_object_or_404(plans, pk=pk, year=year)
    reason = rules.why_not_draft(plan, request.user)  # type: ignore[arg-type]
    if reason:
        raise PermissionDenied(reason)
    return plan


def part_or_404(rows: Any, pk: int) -> Any:
    """A row of the draft; 404 when it is not there (any more)."""
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Http404("Dòng này không còn trong dự thảo.")
    return row


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

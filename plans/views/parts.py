"""Sections, phases and duties of a draft: each a box of its own, and rows that come, go and change places."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from plans.arranging import add_row, move_row, remove_row, step_row
from plans.enums import RowKind
from plans.models import Plan, RemovedRow

from .drafts import attempt, back_to, draft_or_404, part_or_404
from .part_boxes import duty_boxes, part_box
from .saving import save_box, show_box
from .tasks import tables


@require_http_methods(["GET", "POST"])
def part_edit(request: HttpRequest, year: int, pk: int, row: int, kind: RowKind) -> HttpResponse:
    """One section, phase or duty by itself."""
    plan = draft_or_404(request, year, pk)
    box = part_box(plan, kind, part_or_404(_rows(plan, kind).select_related("plan", "changed_by"), row))
    return save_box(request, box) if request.method == "POST" else show_box(request, box)


@require_POST
def part_add(request: HttpRequest, year: int, pk: int, kind: RowKind) -> HttpResponse:
    """A new one at the end."""
    plan = draft_or_404(request, year, pk)
    new = attempt(request, lambda: add_row(plan, kind, actor=request.user, at=timezone.now()))
    return _answer(request, plan, kind, f"{kind.slug}-{new.pk}" if new else "")


@require_POST
def part_remove(request: HttpRequest, year: int, pk: int, row: int, kind: RowKind) -> HttpResponse:
    """Take one out; it can be put back."""
    plan = draft_or_404(request, year, pk)
    part = part_or_404(_rows(plan, kind).select_related("plan"), row)
    removed = attempt(request, lambda: remove_row(part, actor=request.user, at=timezone.now()))
    return _answer(request, plan, kind, "da-bo" if removed else f"{kind.slug}-{part.pk}")


@require_POST
def part_move(request: HttpRequest, year: int, pk: int, row: int, kind: RowKind) -> HttpResponse:
    """To a place (`to`), or by a step (`by`)."""
    plan = draft_or_404(request, year, pk)
    part = part_or_404(_rows(plan, kind).select_related("plan"), row)
    attempt(request, lambda: _move(request, part))
    return _answer(request, plan, kind, f"{kind.slug}-{part.pk}")


def _rows(plan: Plan, kind: RowKind) -> Any:
    related = {
        RowKind.SECTION: plan.sections,
        RowKind.PHASE: plan.phases,
        RowKind.RESPONSIBILITY: plan.responsibilities,
    }
    return related[kind].order_by("order", "pk")


def _move(request: HttpRequest, part: Any) -> None:
    to, by = request.POST.get("to", ""), request.POST.get("by", "")
    if to.isdecimal() and len(to) < 10:
        move_row(part, to=int(to), actor=request.user)
    elif by in {"1", "-1"}:
        step_row(part, by=int(by), actor=request.user)


def _answer(request: HttpRequest, plan: Plan, kind: RowKind, anchor: str) -> HttpResponse:
    """Duties and tables are drawn again in their place; sections are a new page."""
    if not request.htmx or kind == RowKind.SECTION:  # type: ignore[attr-defined]
        return back_to(plan, anchor)
    if kind == RowKind.RESPONSIBILITY:
        removed = plan.removed.filter(kind=kind).first() if anchor == "da-bo" else None
        return duties(request, plan, removed=removed, fresh=anchor)
    return tables(request, plan)


def duties(request: HttpRequest, plan: Plan, *, removed: RemovedRow | None = None, fresh: str = "") -> HttpResponse:
    """All duties as they stand now; `fresh` is the key of the one that was just made or moved."""
    boxes = [box.context() for box in duty_boxes(plan)]
    context = {"plan": plan, "duties": boxes, "fresh": fresh, "removed": removed}
    return render(request, "plans/editor/duties.html", context)

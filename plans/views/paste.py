"""Rows pasted from a spreadsheet: looked at, their columns named, then added to a draft."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from plans.arranging import add_tasks
from plans.content import Column
from plans.forms import TASK_LABELS
from plans.models import Plan
from plans.pasting import guessed_columns, pasted_rows, task_values
from plans.selectors import layout_content

from .drafts import attempt, back_to, draft_or_404

_CHOICES = [("", "Bỏ qua"), *((column.value, label) for column, label in TASK_LABELS.items())]


@require_http_methods(["GET", "POST"])
def task_paste(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """Paste, see what becomes of each column, add. `text` is what was pasted, `store` asks to add it."""
    plan = draft_or_404(request, year, pk)
    text = request.POST.get("text", "")
    try:
        rows = pasted_rows(text)
    except ValueError as error:
        return _page(request, plan, text, trouble=str(error))
    if request.method == "POST" and not rows:
        return _page(request, plan, text, trouble="Chưa có dòng nào để dán.")
    columns, headed = _columns(request, plan, rows)
    values = task_values(rows[1:] if headed else rows, columns)
    if "store" not in request.POST:
        return _page(request, plan, text, rows=rows, columns=columns, headed=headed, count=len(values))
    if Column.TITLE not in columns:
        return _page(
            request, plan, text, rows=rows, columns=columns, headed=headed, count=len(values),
            trouble="Chọn cột nào là tên nhiệm vụ.",
        )  # fmt: skip
    return _store(request, plan, values)


def _store(request: HttpRequest, plan: Plan, values: list[dict[str, Any]]) -> HttpResponse:
    phases = list(plan.phases.order_by("order", "pk"))
    phase = next((phase for phase in phases if str(phase.pk) == request.POST.get("phase")), phases[-1])
    made = attempt(request, lambda: add_tasks(phase, values, actor=request.user, at=timezone.now()))
    if made:
        messages.success(request, f"Đã thêm {len(made)} nhiệm vụ.")
    return back_to(plan, f"nhiem-vu-{made[0].pk}" if made else "bang-nhiem-vu")


def _columns(request: HttpRequest, plan: Plan, rows: list[list[str]]) -> tuple[list[Column | None], bool]:
    """As chosen on screen, or as guessed for what has just been pasted."""
    chosen = request.POST.getlist("column")
    if len(chosen) != len(rows[0] if rows else []) or not chosen:
        return guessed_columns(rows, layout_content(plan.layout))
    known = [Column(key) if key in set(Column) else None for key in chosen]
    return [key if key not in known[:place] else None for place, key in enumerate(known)], "headed" in request.POST


def _page(request: HttpRequest, plan: Plan, text: str, **more: Any) -> HttpResponse:
    columns = more.pop("columns", [])
    context = {
        "plan": plan,
        "text": text,
        "trouble": "",
        "rows": [],
        "headed": False,
        "count": 0,
        "choices": _CHOICES,
        "columns": [column.value if column else "" for column in columns],
        "phases": [phase for phase in plan.phases.order_by("order", "pk") if phase.number or phase.title],
        **more,
    }
    return render(request, "plans/editor/paste.html", context, status=422 if context["trouble"] else 200)

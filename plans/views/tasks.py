"""The rows of the task tables: open, save, add, remove, move, count, paste."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from plans.arranging import add_task, move_task, order_tasks, remove_row, renumber_tasks, step_task
from plans.content import DEFAULT_LAYOUT, Column
from plans.editing import edit_task
from plans.forms import TASK_FIELD_OF, TASK_LABELS, TaskForm
from plans.models import Plan, RemovedRow, Task
from plans.selectors import layout_content
from plans.wording import Meaning, meaning_of
from qms.organisation.calendar import calendar_of
from qms.questions import Given, Question

from .drafts import attempt, back_to, draft_or_404, part_or_404, the_part
from .saving import Box, save_box, show_box
from .table import RowReader, table_of

_TASK = Question()
TASK_BOX_FIELDS = (
    "ordinal", "title", "description", "outputs", "lead_text", "support_text", "approver_text", "timing_text", "note",
    "timing_confirmed",
)  # fmt: skip


def task_box(request: HttpRequest, plan: Plan, task: Task) -> Box:
    """The open row of a task. Its fields stand in the order of the plan's columns; those without one come last."""
    layout = layout_content(plan.layout)
    columns = layout.columns or DEFAULT_LAYOUT.columns
    shown = [TASK_FIELD_OF[column.key] for column in columns]
    always = {Column.ORDINAL, Column.TITLE}
    absent = [key for key in TASK_FIELD_OF if key not in always and key not in {column.key for column in columns}]
    return Box(
        plan=plan,
        key=f"nhiem-vu-{task.pk}",
        title=f"Nhiệm vụ {task.ordinal}".strip(),
        row=task,
        fields=TASK_BOX_FIELDS,
        form_class=TaskForm,
        template="plans/editor/fields_nhiem_vu.html",
        url_name="plans:task_edit",
        url_args=(task.pk,),
        write=edit_task,
        options={"layout": layout},
        closed=lambda row: ("plans/editor/row.html", _closed(request, plan, row)),
        extra={
            "shown": [name for name in shown if name not in {"ordinal", "title"}],
            "rare": [TASK_FIELD_OF[key] for key in absent],
            "meaning": partial(_meaning, plan, task),  # the template asks for it; a save does not
            "confirmed": task.timing_confirmed,
            "width": len(columns) + 2,
            "bare": True,
            "rare_words": ", ".join(["diễn giải", *(TASK_LABELS[key].lower() for key in absent)]),
            "rare_filled": bool(task.description or any(getattr(task, TASK_FIELD_OF[key]) for key in absent)),
        },
    )


def _meaning(plan: Plan, task: Task) -> Meaning | None:
    return meaning_of(task.timing_text, year=plan.year, calendar=calendar_of(plan.agency))


@require_http_methods(["GET", "POST"])
def task_edit(request: HttpRequest, year: int, pk: int, task: int) -> HttpResponse:
    """Open a row, or save it. `dong` asks for the closed row, as after Esc."""
    if request.method == "POST":  # the most frequent request of all: it reads what it writes and no more
        plan = draft_or_404(request, year, pk, related=("layout",))
        return save_box(request, task_box(request, plan, _task_of(plan, task)))
    plan = draft_or_404(request, year, pk)
    row = part_or_404(_tasks(plan), task)
    box = task_box(request, plan, row)
    if "dong" in request.GET and request.htmx:  # type: ignore[attr-defined]
        return render(request, "plans/editor/row.html", _closed(request, plan, row))
    return show_box(request, box)


@require_POST
def task_add(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """A new row behind another (`after`), or at the end of a phase (`phase`); it opens at once."""
    plan = draft_or_404(request, year, pk)
    after = _tasks(plan).filter(pk=_number(request, "after")).first()
    phase = after.phase if after else plan.phases.filter(pk=_number(request, "phase")).first() or plan.phases.first()
    new = attempt(request, lambda: add_task(phase, actor=request.user, at=timezone.now(), after=after))
    return _answer(request, plan, opened=new)


@require_POST
def task_remove(request: HttpRequest, year: int, pk: int, task: int) -> HttpResponse:
    """Take a row out; the table says so at its place and offers to put it back."""
    plan = draft_or_404(request, year, pk)
    row = part_or_404(_tasks(plan), task)
    removed = attempt(request, lambda: remove_row(row, actor=request.user, at=timezone.now()))
    return _answer(request, plan, removed=removed, anchor="da-bo")


@require_POST
def task_move(request: HttpRequest, year: int, pk: int, task: int) -> HttpResponse:
    """By a step (`by`), or to a place (`to`) of its phase or of another one (`phase`)."""
    plan = draft_or_404(request, year, pk)
    row = part_or_404(_tasks(plan), task)
    attempt(request, lambda: _move(request, plan, row))
    return _answer(request, plan, moved=row, anchor=f"nhiem-vu-{row.pk}")


@require_POST
def task_order(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """All rows in their new order: `order` once per row, the phase and the task ("3/12")."""
    plan = draft_or_404(request, year, pk)
    pairs = [entry.split("/") for entry in request.POST.getlist("order")]
    order = [(int(pair[0]), int(pair[1])) for pair in pairs if len(pair) == 2 and all(map(str.isdecimal, pair))]
    attempt(request, lambda: order_tasks(plan, order, actor=request.user))
    moved = _tasks(plan).filter(pk=_number(request, "moved")).first()
    return _answer(request, plan, moved=moved, anchor="bang-nhiem-vu")


@require_POST
def task_renumber(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """Count the rows anew, in each phase from one (`restart`) or through all."""
    plan = draft_or_404(request, year, pk)
    attempt(request, lambda: renumber_tasks(plan, actor=request.user, restart="restart" in request.POST))
    return _answer(request, plan, anchor="bang-nhiem-vu")


def _move(request: HttpRequest, plan: Plan, row: Task) -> None:
    by = request.POST.get("by", "")
    phase = plan.phases.filter(pk=_number(request, "phase")).first()
    if by in {"1", "-1"}:
        step_task(row, by=int(by), actor=request.user)
    elif _number(request, "to") is not None or phase:
        place = _number(request, "to")
        move_task(row, to=10**6 if place is None else place, actor=request.user, phase=phase)


def _tasks(plan: Plan) -> Any:
    return Task.objects.filter(plan=plan).select_related("plan__agency", "plan__layout", "phase", "changed_by")


def _task_of(plan: Plan, pk: int) -> Task:
    """The row alone."""
    rows = Task.objects.filter(plan=Given("plan"), pk=Given("task")).order_by()
    task: Task = the_part(_TASK.objects("", lambda: rows, plan=plan.pk, task=pk))
    task.plan = plan
    return task


def _number(request: HttpRequest, name: str) -> int | None:
    value = request.POST.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 19 else None


def _closed(request: HttpRequest, plan: Plan, task: Task) -> dict[str, Any]:
    reader = RowReader(plan, viewer_pk=request.user.pk, at=timezone.now())
    return {"plan": plan, "row": reader.row(task)}


def _answer(
    request: HttpRequest,
    plan: Plan,
    *,
    opened: Task | None = None,
    moved: Task | None = None,
    removed: RemovedRow | None = None,
    anchor: str = "",
) -> HttpResponse:
    """The tables anew for htmx, the page otherwise (a new row on a page of its own)."""
    if not request.htmx:  # type: ignore[attr-defined]
        return show_box(request, task_box(request, plan, opened)) if opened else back_to(plan, anchor)
    return tables(request, plan, opened=opened, moved=moved, removed=removed)


def tables(
    request: HttpRequest,
    plan: Plan,
    *,
    opened: Task | None = None,
    moved: Task | None = None,
    removed: RemovedRow | None = None,
) -> HttpResponse:
    """All tables as they stand now: one row open, the focus on the one that moved, or word of the one taken out."""
    table = table_of(plan, viewer_pk=request.user.pk, at=timezone.now(), removed=removed)
    context: dict[str, Any] = {"plan": plan, "table": table, "moved": moved}
    if opened:
        context |= {"opened": task_box(request, plan, opened).context(), "opened_pk": opened.pk}
    return render(request, "plans/editor/table.html", context)

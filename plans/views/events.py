"""What the tasks of a plan wait for: the list, the form in which it is recorded, taking a wrong entry back."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plans.duties.events import (
    Said,
    Way,
    first_day_of,
    found_slots,
    record_event,
    retract_event,
    units_of,
    ways_of,
)
from plans.duties.followers import suggestion
from plans.duties.slots import Slot
from plans.duties.standing import EventRow, event_rows
from plans.enums import PlanState
from plans.event_forms import EventForm
from plans.models import Plan, Task
from plans.page import visible_plan
from qms.deadlines import TimingKind
from qms.duties.models import Occurrence
from qms.duties.rules import why_not_record
from qms.organisation.access import require
from qms.organisation.calendar import calendar_of


@require_safe
def events(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """The tasks that have no day of their own: what they wait for, and what has happened."""
    plan = _issued_or_404(request, pk)
    if plan.year != year:
        return redirect("plans:events", plan.year, plan.pk)
    rows: list[EventRow] = event_rows(plan)
    return render(request, "plans/events/list.html", {
        "plan": plan, "rows": rows, "waiting": sum(bool(row.waiting) for row in rows),
        "may_record": plan.state == PlanState.ISSUED and not why_not_record(plan.agency_id, request.user),
    })  # fmt: skip


@dataclass(frozen=True)
class _Desk:
    """The task whose event is recorded, and the ways it may get its day."""

    task: Task
    ways: list[Way]
    form: EventForm

    @property
    def plan(self) -> Plan:
        return self.task.plan


@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, task: int) -> HttpResponse:
    """Say what happened; `buoc=tinh` shows the day that follows and writes nothing."""
    desk = _desk(request, task)
    if request.method == "GET":
        return _page(request, desk)
    complete = desk.form.is_valid()
    if request.POST.get("buoc") == "tinh":
        return _preview(request, desk)
    if complete and _written(request, desk):
        messages.success(request, "Đã ghi nhận, các đơn vị liên quan đã có hạn.")
        return redirect("plans:events", desk.plan.year, desk.plan.pk)
    return _page(request, desk, status=422)


def _desk(request: HttpRequest, pk: int) -> _Desk:
    task = get_object_or_404(Task.objects.select_related("plan"), pk=pk)
    task.plan = _issued_or_404(request, task.plan_id)
    require(why_not_record(task.plan.agency_id, request.user))
    ways = ways_of(task)
    if not ways or task.plan.state != PlanState.ISSUED:
        raise Http404
    return _Desk(task, ways, _form(request, task, ways))


def _form(request: HttpRequest, task: Task, ways: list[Way]) -> EventForm:
    today = timezone.localdate()
    follows = task.timing.kind == TimingKind.AFTER_TASK
    others = [other for other in task.plan.tasks.all() if other.pk != task.pk] if follows else []
    bound = (request.POST, request.FILES) if request.method == "POST" else ()
    units = [unit for unit, _ in units_of(task, on=today)]
    return EventForm(
        *bound, ways=ways, units=units, others=others, suggested=suggestion(task, others), today=today
    )  # fmt: skip


def _written(request: HttpRequest, desk: _Desk) -> bool:
    try:
        record_event(desk.task, desk.form.said(), actor=request.user, at=timezone.now())
    except ValidationError as error:
        _show(desk.form, error)
        return False
    return True


def _show(form: EventForm, error: ValidationError) -> None:
    """Each sentence beside its field; what has no field here stands at the head."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def _preview(request: HttpRequest, desk: _Desk) -> HttpResponse:
    """The days that would follow; for htmx the fragment alone."""
    slots: list[Slot] = []
    try:
        slots = _found(desk, desk.form.said())
    except ValidationError as error:
        _show_missing(desk.form, error)
    if request.htmx:  # type: ignore[attr-defined]
        sentences = [text for errors in desk.form.errors.values() for text in errors]
        return render(request, "plans/events/found.html", {"slots": slots, "lacking": sentences})
    return _page(request, desk, slots=slots)


def _found(desk: _Desk, said: Said) -> list[Slot]:
    calendar, first_day = calendar_of(desk.plan.agency), first_day_of(desk.plan)
    return found_slots(desk.task, said, calendar=calendar, first_day=first_day, at=timezone.now())


def _show_missing(form: EventForm, error: ValidationError) -> None:
    """A field that the form itself found wrong needs no second sentence."""
    for name, errors in error.error_dict.items():
        if name in form.fields and name not in form.errors:
            form.add_error(name, errors)


def _page(request: HttpRequest, desk: _Desk, *, slots: list[Slot] | None = None, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "plan": desk.plan, "task": desk.task, "form": desk.form, "slots": slots or [], "lacking": [],
        "counted": any(way.counts for way in desk.ways),
    }  # fmt: skip
    return render(request, "plans/events/record.html", context, status=status)


@require_POST
def retract(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a wrong entry back."""
    entry = get_object_or_404(Occurrence.objects.visible_to(request.user), pk=pk, content_type__model="task")
    task = get_object_or_404(Task.objects.select_related("plan"), pk=entry.object_id)
    try:
        retract_event(entry, actor=request.user, at=timezone.now())
        messages.success(request, "Đã bỏ ghi nhận; các việc trở lại trạng thái chờ.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("plans:events", task.plan.year, task.plan_id)


def _issued_or_404(request: HttpRequest, pk: int) -> Plan:
    plan = visible_plan(request.user, pk)
    if plan.state not in (PlanState.ISSUED, PlanState.CLOSED, PlanState.REPLACED):
        raise Http404
    return plan

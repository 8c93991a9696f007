"""Rows that come, go and change places in a draft. What is taken out can be put back.

Numbers move on by themselves where they are a plain count (`plans.numbering`).
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Max
from django.forms import model_to_dict

from qms.deadlines import parse_timing
from qms.organisation.models import User
from qms.organisation.naming import UnitDirectory

from . import numbering
from .content import SectionKind
from .editing import PHASE_FIELDS, RESPONSIBILITY_FIELDS, SECTION_FIELDS, TASK_FIELDS, directory_day, link_units, lock_draft
from .enums import RowKind
from .models import Phase, Plan, PlanComment, PlanPart, PlanSection, RemovedRow, Responsibility, Task

_KINDS: dict[RowKind, tuple[type[PlanPart], frozenset[str]]] = {
    RowKind.TASK: (Task, TASK_FIELDS | {"timing_data"}),
    RowKind.SECTION: (PlanSection, SECTION_FIELDS),
    RowKind.PHASE: (Phase, PHASE_FIELDS),
    RowKind.RESPONSIBILITY: (Responsibility, RESPONSIBILITY_FIELDS),
}


@transaction.atomic
def add_task(phase: Phase, *, actor: User, at: datetime, after: Task | None = None, **fields: Any) -> Task:
    """A new row behind another one, or at the end of the phase."""
    return add_tasks(phase, [fields], actor=actor, at=at, after=after)[0]


@transaction.atomic
def add_tasks(
    phase: Phase, rows: Iterable[dict[str, Any]], *, actor: User, at: datetime, after: Task | None = None
) -> list[Task]:
    """New rows behind another one, or at the end of the phase; each is given by its fields."""
    plan = lock_draft(phase.plan, actor)
    table = _Table(plan)
    place = table.place_behind(phase, after)
    tasks = [_new_task(plan, phase, fields, actor, at) for fields in rows]
    table.rows[phase.pk][place:place] = tasks
    table.save()
    if any(task.lead_text or task.support_text or task.approver_text for task in tasks):
        link_units(tasks, UnitDirectory(plan.agency, on=directory_day(plan, at)))
    return tasks


@transaction.atomic
def move_task(task: Task, *, to: int, actor: User, phase: Phase | None = None) -> None:
    """Put a row at a place (0 is first) of its phase, or of another phase of the same plan."""
    plan = lock_draft(task.plan, actor)
    target = phase or task.phase
    if target.plan_id != task.plan_id:
        raise ValidationError("Giai đoạn này thuộc kế hoạch khác.")
    table = _Table(plan)
    moved = table.take(task)
    moved.phase = target
    rows = table.rows[target.pk]
    rows.insert(max(0, min(to, len(rows))), moved)
    table.save()


@transaction.atomic
def step_task(task: Task, *, by: int, actor: User) -> None:
    """One place up (-1) or down (+1), over the border into the neighbouring phase where there is one."""
    phases = list(task.plan.phases.order_by("order", "pk"))
    rows = list(task.phase.tasks.order_by("order", "pk"))
    here, there = phases.index(task.phase), rows.index(task) + by
    if 0 <= there < len(rows):
        move_task(task, to=there, actor=actor)
    elif 0 <= here + by < len(phases):
        move_task(task, to=0 if by > 0 else 10**6, actor=actor, phase=phases[here + by])


@transaction.atomic
def renumber_tasks(plan: Plan, *, actor: User, restart: bool = False) -> None:
    """Count all rows anew, through all phases or beginning again in each."""
    table = _Table(lock_draft(plan, actor))
    table.scheme = numbering.Scheme.RESTART if restart else numbering.Scheme.CONTINUOUS
    table.save()


@transaction.atomic
def add_row(plan: Plan, kind: RowKind, *, actor: User, at: datetime, **fields: Any) -> PlanPart:
    """A new section, phase or responsibility at the end."""
    lock_draft(plan, actor)
    model, _ = _KINDS[kind]
    last = model._default_manager.filter(plan=plan).aggregate(last=Max("order"))["last"]
    row = model(plan=plan, order=0 if last is None else last + 1, changed_by=actor, changed_at=at, **fields)
    row.clean_fields(exclude=["plan", "changed_by"])
    row.save()
    return row


@transaction.atomic
def move_row(row: PlanSection | Phase | Responsibility, *, to: int, actor: User) -> None:
    """Put a section, phase or responsibility at a place (0 is first); a count of phases or duties moves on."""
    plan = lock_draft(row.plan, actor)
    rows = list(type(row)._default_manager.filter(plan=plan).order_by("order", "pk"))
    rows.remove(row)
    rows.insert(max(0, min(to, len(rows))), row)
    _set_order(rows)


@transaction.atomic
def remove_row(row: PlanPart, *, actor: User, at: datetime) -> RemovedRow:
    """Take a row out of a draft; `restore_row` puts it back. A phase with tasks and the last phase stay."""
    plan = lock_draft(row.plan, actor)
    kind = next(kind for kind, (model, _) in _KINDS.items() if isinstance(row, model))
    reason = _why_not_remove(row)
    if reason:
        raise ValidationError(reason)
    table = _Table(plan) if kind == RowKind.TASK else None
    removed = _keep(row, kind, actor, at)
    if table:
        table.take(row)
    row.delete()
    if table:
        table.save()
    return removed


@transaction.atomic
def restore_row(removed: RemovedRow, *, actor: User, at: datetime) -> PlanPart:
    """Put a row back where it was, with its comments; into the first phase if its own is gone."""
    plan = lock_draft(removed.plan, actor)
    if removed.kind == RowKind.TASK:
        row = _restore_task(plan, removed, actor, at)
    else:
        row = add_row(plan, RowKind(removed.kind), actor=actor, at=at, **removed.data)
        move_row(row, to=removed.order, actor=actor)
    removed.delete()
    return row


class _Table:
    """The rows of a draft by phase, as they stood, and how they were counted."""

    def __init__(self, plan: Plan) -> None:
        self.phases = list(plan.phases.order_by("order", "pk"))
        self.rows: dict[int, list[Task]] = {phase.pk: [] for phase in self.phases}
        for task in plan.tasks.order_by("order", "pk"):
            self.rows[task.phase_id].append(task)
        ordinals = [[task.ordinal for task in self.rows[phase.pk]] for phase in self.phases]
        self.scheme = numbering.scheme_of(ordinals)
        self.before = {task.pk: _place(task) for rows in self.rows.values() for task in rows}
        self.marks = {
            task.pk: (pk, mark)
            for pk, rows in self.rows.items()
            for task, mark in zip(rows, numbering.groups_of([t.ordinal for t in rows]), strict=True)
        }

    def place_behind(self, phase: Phase, task: Task | None) -> int:
        rows = self.rows[phase.pk]
        return rows.index(task) + 1 if task in rows else len(rows)

    def take(self, task: Task) -> Task:
        """Remove the row from the table and give it as it was read here."""
        rows = next((rows for rows in self.rows.values() if task in rows), None)
        if rows is None:
            raise ValidationError("Dòng này vừa bị người khác bỏ khỏi dự thảo.")
        return rows.pop(rows.index(task))

    def save(self) -> None:
        """Write order, phase and number of the rows in which one of them changed."""
        tables = [self.rows[phase.pk] for phase in self.phases]
        if self.scheme != numbering.Scheme.OTHER:
            marks = [[self.marks.get(task.pk, ("new", task.pk)) for task in rows] for rows in tables]
            for rows, ordinals in zip(tables, numbering.counted(marks, self.scheme), strict=True):
                for task, task.ordinal in zip(rows, ordinals, strict=True):
                    pass
        for rows in tables:
            _number_places(rows)
        changed = [task for rows in tables for task in rows if self.before.get(task.pk) != _place(task)]
        Task.objects.bulk_update(changed, ["order", "phase", "ordinal"])


def _place(task: Task) -> tuple[int, int, str]:
    return task.phase_id, task.order, task.ordinal


def _number_places(rows: list[Any]) -> None:
    for order, row in enumerate(rows):
        row.order = order


def _set_order(rows: list[Any]) -> None:
    _number_places(rows)
    if rows:
        type(rows[0])._default_manager.bulk_update(rows, ["order"])


def _new_task(plan: Plan, phase: Phase, fields: dict[str, Any], actor: User, at: datetime) -> Task:
    timing = parse_timing(fields.get("timing_text", ""), year=plan.year).to_storage()
    task = Task(plan=plan, phase=phase, changed_by=actor, changed_at=at, **{"timing_data": timing, **fields})
    task.save()
    return task


def _why_not_remove(row: PlanPart) -> str:
    if isinstance(row, Phase) and (row.tasks.exists() or row.plan.phases.count() == 1):
        return "Chỉ bỏ được giai đoạn không còn nhiệm vụ, và kế hoạch phải còn một giai đoạn."
    if isinstance(row, PlanSection) and row.kind != SectionKind.TEXT:
        return "Mục chứa nhiệm vụ và mục tổ chức thực hiện không bỏ được."
    return ""


def _keep(row: PlanPart, kind: RowKind, actor: User, at: datetime) -> RemovedRow:
    _, fields = _KINDS[kind]
    data = model_to_dict(row, fields)
    if isinstance(row, Task):
        data["comments"] = list(row.comments.order_by("pk").values_list("pk", flat=True))
        data["timing_data"] = row.timing_data
    return RemovedRow.objects.create(
        plan=row.plan, kind=kind, phase=row.phase if isinstance(row, Task) else None, order=row.order,
        label=str(row)[:200], data=data, removed_by=actor, at=at,
    )  # fmt: skip


def _restore_task(plan: Plan, removed: RemovedRow, actor: User, at: datetime) -> Task:
    phase = removed.phase or plan.phases.order_by("order", "pk")[0]
    fields = {name: value for name, value in removed.data.items() if name != "comments"}
    before = phase.tasks.order_by("order", "pk")[: removed.order]
    task = add_task(phase, actor=actor, at=at, after=list(before)[-1] if removed.order else None, **fields)
    if not removed.order:
        move_task(task, to=0, actor=actor)
    PlanComment.objects.filter(pk__in=removed.data["comments"], task=None).update(task=task)
    return task

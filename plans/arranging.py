"""Rows that come, go and change places in a draft. What is taken out can be put back.

Numbers move on by themselves where they are a plain count (`plans.numbering`).
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from qms.deadlines import parse_timing
from qms.organisation.models import User

from . import numbering
from .content import SectionKind
from .editing import (
    PHASE_FIELDS,
    RESPONSIBILITY_FIELDS,
    SECTION_FIELDS,
    TASK_FIELDS,
    Gone,
    lock_draft,
)
from .enums import RowKind
from .models import Phase, Plan, PlanComment, PlanPart, PlanSection, RemovedRow, Responsibility, Task
from .units import directory_of, link_units

_KINDS: dict[RowKind, tuple[type[PlanPart], frozenset[str]]] = {
    RowKind.TASK: (Task, TASK_FIELDS | {"timing_data"}),
    RowKind.SECTION: (PlanSection, SECTION_FIELDS),
    RowKind.PHASE: (Phase, PHASE_FIELDS | {"in_table"}),
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
    table.rows_of(phase)[place:place] = tasks
    table.save()
    if any(task.lead_text or task.support_text or task.approver_text for task in tasks):
        link_units(tasks, directory_of(plan, at))
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
    rows = table.rows_of(target)
    rows.insert(max(0, min(to, len(rows))), moved)
    table.save()


@transaction.atomic
def order_tasks(plan: Plan, order: Sequence[tuple[int, int]], *, actor: User) -> None:
    """Put rows into this order of (phase id, task id); rows that it does not name come behind them.

    Raises ValidationError where a row or phase is not (any more) in this plan.
    """
    table = _Table(lock_draft(plan, actor))
    rows = {task.pk: task for tasks in table.rows.values() for task in tasks}
    named = {pk for _, pk in order}
    if len(named) < len(order) or any(phase not in table.rows or pk not in rows for phase, pk in order):
        raise Gone("Bảng vừa được người khác sửa, thứ tự mới chưa được lưu.")
    for tasks in table.rows.values():
        tasks[:] = [task for task in tasks if task.pk not in named]
    for phase, pk in reversed(order):
        rows[pk].phase_id = phase
        table.rows[phase].insert(0, rows[pk])
    table.save()


@transaction.atomic
def step_task(task: Task, *, by: int, actor: User) -> None:
    """One place up (-1) or down (+1), over the border into the neighbouring phase where there is one."""
    table = _Table(lock_draft(task.plan, actor))
    here, rows = table.phase_with(task)
    there = _place_in(rows, task) + by
    if 0 <= there < len(rows):
        move_task(task, to=there, actor=actor, phase=table.phases[here])
    elif 0 <= here + by < len(table.phases):
        move_task(task, to=0 if by > 0 else 10**6, actor=actor, phase=table.phases[here + by])


@transaction.atomic
def renumber_tasks(plan: Plan, *, actor: User, restart: bool = False) -> None:
    """Count all rows anew, through all phases or beginning again in each."""
    table = _Table(lock_draft(plan, actor))
    table.scheme = numbering.Scheme.RESTART if restart else numbering.Scheme.CONTINUOUS
    table.save()


@transaction.atomic
def add_row(plan: Plan, kind: RowKind, *, actor: User, at: datetime, **fields: Any) -> PlanPart:
    """A new section, phase or responsibility at the end, with the next number where the others are counted."""
    lock_draft(plan, actor)
    model, _ = _KINDS[kind]
    rows = _rows_of(model, plan)
    count = _count_of(rows)
    if model is Phase and rows:
        fields = {"in_table": rows[-1].in_table, **fields}
    row = model(plan=plan, order=len(rows), changed_by=actor, changed_at=at, **fields)
    row.clean_fields(exclude=["plan", "changed_by"])
    row.save()
    _arrange([*rows, row], count)
    return row


@transaction.atomic
def move_row(row: PlanSection | Phase | Responsibility, *, to: int, actor: User) -> None:
    """Put a section, phase or responsibility at a place (0 is first)."""
    plan = lock_draft(row.plan, actor)
    rows = _rows_of(type(row), plan)
    count = _count_of(rows)
    moved = _taken(rows, row)
    rows.insert(max(0, min(to, len(rows))), moved)
    _arrange(rows, count)


@transaction.atomic
def step_row(row: PlanSection | Phase | Responsibility, *, by: int, actor: User) -> None:
    """One place up (-1) or down (+1); at the end of the list it stays. Raises Gone where somebody took it out."""
    plan = lock_draft(row.plan, actor)
    place = _place_in(_rows_of(type(row), plan), row)
    move_row(row, to=max(0, place + by), actor=actor)


@transaction.atomic
def remove_row(row: PlanPart, *, actor: User, at: datetime) -> RemovedRow | None:
    """Take a row out of a draft; `restore_row` puts it back. A phase with tasks and the last phase stay.

    Of a task on which nothing was written nothing is kept.
    """
    plan = lock_draft(row.plan, actor)
    reason = _why_not_remove(row)
    if reason:
        raise ValidationError(reason)
    if isinstance(row, Task):
        return _remove_task(plan, row, actor, at)
    rows = _rows_of(type(row), plan)
    count = _count_of(rows)
    removed = _keep(_taken(rows, row), actor, at)
    row.delete()
    _arrange(rows, count)
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


def _remove_task(plan: Plan, task: Task, actor: User, at: datetime) -> RemovedRow | None:
    table = _Table(plan)
    shares = table.neighbour_under_same_number(task)
    taken = table.take(task)
    comments = list(taken.comments.values_list("pk", flat=True))
    removed = None if _is_blank(taken) else _keep(taken, actor, at, shares=shares, comments=comments)
    taken.delete()
    table.save()
    return removed


def _is_blank(task: Task) -> bool:
    return not any(getattr(task, name) for name in TASK_FIELDS - {"ordinal"})


def _restore_task(plan: Plan, removed: RemovedRow, actor: User, at: datetime) -> Task:
    data = dict(removed.data)
    shares, comments = data.pop("shares"), data.pop("comments")
    table = _Table(plan)
    phase = next((phase for phase in table.phases if phase.pk == removed.phase_id), table.phases[0])
    task = _new_task(plan, phase, data, actor, at)
    table.rows[phase.pk].insert(removed.order, task)
    if shares in table.marks:
        table.marks[task.pk] = table.marks[shares]
    table.save()
    link_units([task], directory_of(plan, at))
    PlanComment.objects.filter(pk__in=comments, task=None).update(task=task)
    return task


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

    def rows_of(self, phase: Phase) -> list[Task]:
        """The rows of a phase. Raises Gone where it is not (any more) in this plan."""
        if phase.pk not in self.rows:
            raise Gone("Giai đoạn này vừa bị người khác bỏ khỏi dự thảo.")
        return self.rows[phase.pk]

    def phase_with(self, task: Task) -> tuple[int, list[Task]]:
        """The place of the phase that holds the row, and its rows; none where nothing holds it."""
        tables = [self.rows[phase.pk] for phase in self.phases]
        return next(((place, rows) for place, rows in enumerate(tables) if task in rows), (0, []))

    def place_behind(self, phase: Phase, task: Task | None) -> int:
        rows = self.rows_of(phase)
        return rows.index(task) + 1 if task in rows else len(rows)

    def take(self, task: Task) -> Task:
        """Remove the row from the table and give it as it was read here."""
        return _taken(self.phase_with(task)[1], task)

    def neighbour_under_same_number(self, task: Task) -> int | None:
        """The id of another row that shares this one's number."""
        mark = self.marks.get(task.pk)
        return next((pk for pk, other in self.marks.items() if other == mark and pk != task.pk), None)

    def save(self) -> None:
        """Write order, phase and number of the rows in which one of them changed."""
        tables = [self.rows[phase.pk] for phase in self.phases]
        if self.scheme != numbering.Scheme.OTHER:
            self._count(tables)
        for rows in tables:
            _number_places(rows)
        changed = [task for rows in tables for task in rows if self.before.get(task.pk) != _place(task)]
        Task.objects.bulk_update(changed, ["order", "phase", "ordinal"])

    def _count(self, tables: list[list[Task]]) -> None:
        marks = [[self.marks.get(task.pk, ("new", task.pk)) for task in rows] for rows in tables]
        for rows, ordinals in zip(tables, numbering.counted(marks, self.scheme), strict=True):
            for task, ordinal in zip(rows, ordinals, strict=True):
                task.ordinal = ordinal


def _place(task: Task) -> tuple[int, int, str]:
    return task.phase_id, task.order, task.ordinal


def _rows_of(model: type[PlanPart], plan: Plan) -> list[Any]:
    return list(model._default_manager.filter(plan=plan).order_by("order", "pk"))


def _taken(rows: list[Any], row: PlanPart) -> Any:
    """Remove the row from the list and give it as it was read there."""
    return rows.pop(_place_in(rows, row))


def _place_in(rows: list[Any], row: PlanPart) -> int:
    if row not in rows:
        raise Gone("Dòng này vừa bị người khác bỏ khỏi dự thảo.")
    return rows.index(row)


def _count_of(rows: list[Any]) -> Callable[[int], str] | None:
    return numbering.style_of([getattr(row, _number_field(row)) for row in rows])


def _arrange(rows: list[Any], count: Callable[[int], str] | None) -> None:
    """Write the order, and the numbers where they are a plain count."""
    _number_places(rows)
    for place, row in enumerate(rows, start=1):
        if count:
            setattr(row, _number_field(row), count(place))
    if rows:
        type(rows[0])._default_manager.bulk_update(rows, ["order", _number_field(rows[0])])


def _number_field(row: PlanPart) -> str:
    return "heading" if isinstance(row, Responsibility) else "number"


def _number_places(rows: list[Any]) -> None:
    for order, row in enumerate(rows):
        row.order = order


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


def _keep(row: PlanPart, actor: User, at: datetime, **more: Any) -> RemovedRow:
    kind = next(kind for kind, (model, _) in _KINDS.items() if isinstance(row, model))
    data = {name: getattr(row, name) for name in _KINDS[kind][1]}
    return RemovedRow.objects.create(
        plan=row.plan, kind=kind, phase=row.phase if isinstance(row, Task) else None, order=row.order,
        label=str(row)[:200], data={**data, **more}, removed_by=actor, at=at,
    )  # fmt: skip

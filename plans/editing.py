"""Row edits of a draft: in place, one row at a time, never over somebody else's change.

Every edit names the `revision` it was made on. If the row has moved on, `Conflict` carries the row as it stands now and
what was typed, so that the screen can show both; nothing is written.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import F, Max
from django.utils import timezone

from qms.deadlines import parse_timing
from qms.organisation.models import Unit, UnitAlias, User
from qms.organisation.naming import UnitDirectory
from qms.text import fold, nfc

from . import rules
from .actions import task_units
from .models import Phase, Plan, PlanSection, Responsibility, Task, TaskUnit

PLAN_FIELDS = frozenset({
    "subject", "issuer", "superior", "place", "symbol", "number", "date", "bases", "intro", "closing", "recipients",
    "sign_on_behalf", "sign_position", "sign_name", "layout",
})  # fmt: skip
TASK_FIELDS = frozenset({
    "ordinal", "title", "description", "outputs", "lead_text", "support_text", "approver_text", "timing_text", "note",
    "timing_confirmed",
})  # fmt: skip
SECTION_FIELDS = frozenset({"number", "heading", "text", "text_after"})
RESPONSIBILITY_FIELDS = frozenset({"heading", "unit_text", "text"})


class Conflict(Exception):
    """Somebody else saved the row first. `current` is the row as it stands, `mine` what was typed."""

    def __init__(self, current: models.Model, mine: Mapping[str, Any]) -> None:
        self.current = current
        self.mine = mine
        super().__init__("Dòng này vừa được người khác sửa.")


@transaction.atomic
def edit_plan(plan: Plan, *, changes: Mapping[str, Any], revision: int, actor: User) -> Plan:
    """Change the plan's own fields (header, bases, intro, closing, recipients, signature)."""
    locked = _lock_plan(plan, actor)
    if locked.revision != revision:
        raise Conflict(locked, changes)
    _apply(locked, changes, PLAN_FIELDS)
    locked.revision += 1
    locked.save()
    return locked


@transaction.atomic
def edit_task(task: Task, *, changes: Mapping[str, Any], revision: int, actor: User, at: datetime) -> Task:
    """Change one task; its timing is read again and its units are found again where their words changed."""
    plan = _lock_plan(task.plan, actor)
    locked = _lock_row(task, changes, revision)
    _apply(locked, changes, TASK_FIELDS)
    if "timing_text" in changes:
        locked.timing_data = parse_timing(locked.timing_text, year=plan.year).to_storage()
        locked.timing_confirmed = bool(changes.get("timing_confirmed", False))
    locked.changed_by = actor
    _save_row(locked)
    if {"lead_text", "support_text", "approver_text"} & changes.keys():
        _link_units([locked], UnitDirectory(plan.agency, on=timezone.localdate(at)))
    return locked


@transaction.atomic
def add_task(phase: Phase, *, actor: User, after: Task | None = None) -> Task:
    """A new empty row behind another one, or at the end; numbers move on where they were plain."""
    _lock_plan(phase.plan, actor)
    rows = list(phase.tasks.order_by("order", "pk"))
    plain = _is_plainly_numbered(rows)
    place = rows.index(after) + 1 if after in rows else len(rows)
    task = Task.objects.create(plan=phase.plan, phase=phase, title="", changed_by=actor, timing_data=_no_timing())
    rows.insert(place, task)
    _set_order(rows, renumber=plain)
    return task


@transaction.atomic
def remove_task(task: Task, *, actor: User) -> None:
    """Take a row out of a draft."""
    _lock_plan(task.plan, actor)
    phase = task.phase
    plain = _is_plainly_numbered(list(phase.tasks.order_by("order", "pk")))
    task.delete()
    _set_order(list(phase.tasks.order_by("order", "pk")), renumber=plain)


@transaction.atomic
def move_task(task: Task, *, to: int, actor: User, phase: Phase | None = None) -> None:
    """Put a row at a place (0 is first) of its phase, or of another phase of the same plan."""
    _lock_plan(task.plan, actor)
    target = phase or task.phase
    if target.plan_id != task.plan_id:
        raise ValidationError("Giai đoạn này thuộc kế hoạch khác.")
    source_rows = list(task.phase.tasks.order_by("order", "pk"))
    rows = source_rows if target == task.phase else list(target.tasks.order_by("order", "pk"))
    plain, source_plain = _is_plainly_numbered(rows), _is_plainly_numbered(source_rows)
    source_rows.remove(task)
    if target != task.phase:
        _set_order(source_rows, renumber=source_plain)
        task.phase = target
    rows.insert(max(0, min(to, len(rows))), task)
    _set_order(rows, renumber=plain)


@transaction.atomic
def edit_row(
    row: PlanSection | Responsibility, *, changes: Mapping[str, Any], revision: int, actor: User
) -> PlanSection | Responsibility:
    """Change a section or a responsibility."""
    _lock_plan(row.plan, actor)
    locked = _lock_row(row, changes, revision)
    _apply(locked, changes, SECTION_FIELDS if isinstance(row, PlanSection) else RESPONSIBILITY_FIELDS)
    _save_row(locked)
    return locked


@transaction.atomic
def add_row(plan: Plan, kind: type[models.Model], *, actor: User, **fields: Any) -> models.Model:
    """A new section, phase or responsibility at the end."""
    _lock_plan(plan, actor)
    last = kind._default_manager.filter(plan=plan).aggregate(last=Max("order"))["last"]
    row = kind(plan=plan, order=0 if last is None else last + 1, **fields)
    row.full_clean()
    row.save()
    return row


@transaction.atomic
def remove_row(row: PlanSection | Phase | Responsibility, *, actor: User) -> None:
    """Take a section, an empty phase or a responsibility out. A phase with tasks stays (ValidationError)."""
    _lock_plan(row.plan, actor)
    if isinstance(row, Phase) and (row.tasks.exists() or row.plan.phases.count() == 1):
        raise ValidationError("Chỉ bỏ được giai đoạn không còn nhiệm vụ, và kế hoạch phải còn một giai đoạn.")
    if isinstance(row, PlanSection) and row.kind != "text":
        raise ValidationError("Mục chứa nhiệm vụ và mục tổ chức thực hiện không bỏ được.")
    row.delete()


@transaction.atomic
def move_row(row: PlanSection | Phase | Responsibility, *, to: int, actor: User) -> None:
    """Put a section, phase or responsibility at a place (0 is first)."""
    plan = _lock_plan(row.plan, actor)
    rows = list(type(row)._default_manager.filter(plan=plan).order_by("order", "pk"))
    rows.remove(row)
    rows.insert(max(0, min(to, len(rows))), row)
    _set_order(rows, renumber=False)


@transaction.atomic
def edit_phase(phase: Phase, *, number: str, title: str, actor: User) -> Phase:
    """Rename a phase."""
    _lock_plan(phase.plan, actor)
    phase.number, phase.title = nfc(number).strip(), nfc(title).strip()
    phase.full_clean()
    phase.save()
    return phase


@transaction.atomic
def learn_alias(plan: Plan, *, text: str, unit: Unit, actor: User, at: datetime) -> None:
    """From now on these words mean that unit; the plan's tasks are linked again."""
    _lock_plan(plan, actor)
    if unit.agency_id != plan.agency_id:
        raise ValidationError("Đơn vị này thuộc cơ quan khác.")
    alias = UnitAlias.objects.filter(agency=plan.agency, folded=fold(text)[:200]).first()
    alias = alias or UnitAlias(agency=plan.agency, text=nfc(text).strip())
    alias.unit = unit
    alias.save()
    _link_units(list(plan.tasks.all()), UnitDirectory(plan.agency, on=timezone.localdate(at)))


def _lock_plan(plan: Plan, actor: User) -> Plan:
    """The plan, locked, if it may be edited; the editor is remembered for the separation of duties."""
    locked = Plan.objects.select_for_update(of=("self",)).select_related("agency", "layout").get(pk=plan.pk)
    reason = rules.why_not_edit(locked, actor)
    if reason:
        raise PermissionDenied(reason)
    locked.editors.add(actor)
    Plan.objects.filter(pk=plan.pk).update(changed_at=timezone.now())
    return locked


def _lock_row(row: Any, changes: Mapping[str, Any], revision: int) -> Any:
    locked = type(row)._default_manager.select_for_update().filter(pk=row.pk).first()
    if locked is None:
        raise ValidationError("Dòng này vừa bị người khác bỏ khỏi dự thảo.")
    if locked.revision != revision:
        raise Conflict(locked, changes)
    return locked


def _apply(row: Any, changes: Mapping[str, Any], allowed: frozenset[str]) -> None:
    unknown = changes.keys() - allowed
    if unknown:
        raise ValidationError(f"Không sửa được trường: {', '.join(sorted(unknown))}.")
    for name, value in changes.items():
        setattr(row, name, _clean(value))
    row.full_clean(exclude=["search", "timing_data"])


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return nfc(value).replace("\r\n", "\n").strip()
    if isinstance(value, list):
        return [cleaned for item in value if (cleaned := _clean(item))]
    return value


def _save_row(row: Any) -> None:
    row.revision = F("revision") + 1
    row.save()
    row.refresh_from_db()


def _link_units(tasks: list[Task], directory: UnitDirectory) -> None:
    TaskUnit.objects.filter(task__in=tasks).delete()
    TaskUnit.objects.bulk_create(link for task in tasks for link in task_units(task, directory))


def _no_timing() -> dict[str, Any]:
    return parse_timing("", year=2000).to_storage()


def _is_plainly_numbered(rows: list[Task]) -> bool:
    return [row.ordinal for row in rows] == [str(i) for i in range(1, len(rows) + 1)]


def _set_order(rows: Iterable[Any], *, renumber: bool) -> None:
    rows = list(rows)
    for i, row in enumerate(rows):
        row.order = i
        if renumber:
            row.ordinal = str(i + 1)
    if rows:
        fields = ["order", "ordinal"] if renumber else ["order"]
        fields += ["phase"] if isinstance(rows[0], Task) else []
        type(rows[0])._default_manager.bulk_update(rows, fields)

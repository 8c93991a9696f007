"""Edits of a draft, one row at a time and never over somebody else's change.

Every edit carries the fingerprints of the values that the person had before their eyes (`seen`). Where only other
fields have moved on meanwhile, both changes stand; where the same field has, `Conflict` carries the row as it stands
now and what was typed, so that the screen can show both, and nothing is written.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from qms.deadlines import parse_timing
from qms.organisation import actions as organisation
from qms.organisation.models import Agency, Unit, User
from qms.questions import Given, Question
from qms.text import nfc

from . import rules
from .models import Phase, Plan, PlanSection, Responsibility, Task
from .units import directory_of, link_units

PLAN_FIELDS = frozenset({
    "subject", "issuer", "superior", "place", "symbol", "number", "date", "bases", "intro", "closing", "recipients",
    "sign_on_behalf", "sign_position", "sign_name", "layout",
})  # fmt: skip
TASK_FIELDS = frozenset({
    "ordinal", "title", "description", "outputs", "lead_text", "support_text", "approver_text", "timing_text", "note",
    "timing_confirmed",
})  # fmt: skip
SECTION_FIELDS = frozenset({"number", "heading", "text", "text_after"})
PHASE_FIELDS = frozenset({"number", "title"})
RESPONSIBILITY_FIELDS = frozenset({"heading", "unit_text", "text"})
_UNIT_FIELDS = frozenset({"lead_text", "support_text", "approver_text"})
_ROW_FIELDS: dict[type[models.Model], frozenset[str]] = {
    PlanSection: SECTION_FIELDS,
    Phase: PHASE_FIELDS,
    Responsibility: RESPONSIBILITY_FIELDS,
}

_LOCKED = Question()

Values = Mapping[str, Any]
Row = PlanSection | Phase | Responsibility


class Conflict(Exception):
    """Somebody else changed the same fields first.

    `current` is the row as it stands, `mine` what was typed, `fields` the names of the fields that clash.
    """

    def __init__(self, current: models.Model, mine: Values, fields: Iterable[str]) -> None:
        self.current = current
        self.mine = dict(mine)
        self.fields = tuple(fields)
        super().__init__("Dòng này vừa được người khác sửa.")


class Gone(ValidationError):
    """The row was taken out of the draft meanwhile."""


def fingerprint(value: Any) -> str:
    """Twelve letters that stand for a value in `seen`."""
    text = json.dumps(value.pk if isinstance(value, models.Model) else value, cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def fingerprints(row: models.Model, fields: Iterable[str]) -> dict[str, str]:
    """What a person sees who looks at the row now."""
    return {name: fingerprint(getattr(row, name)) for name in fields}


def changed_since(seen: Mapping[str, str], values: Values) -> dict[str, Any]:
    """The values that differ from what was seen."""
    return {name: value for name, value in values.items() if fingerprint(value) != seen.get(name)}


def cleaned(value: Any) -> Any:
    """NFC text without blanks around it; lists without empty entries."""
    if isinstance(value, str):
        return nfc(value).replace("\r\n", "\n").strip()
    if isinstance(value, list):
        return [item for entry in value if (item := cleaned(entry))]
    return value


@transaction.atomic
def edit_plan(plan: Plan, *, changes: Values, seen: Mapping[str, str], actor: User, at: datetime) -> Plan:
    """Change the plan's own fields (header, bases, intro, closing, recipients, signature, layout)."""
    locked = lock_draft(plan, actor)
    _apply(locked, changes, seen, PLAN_FIELDS)
    if locked.layout.agency_id != locked.agency_id:
        raise ValidationError({"layout": "Mẫu trình bày này thuộc cơ quan khác."})
    locked.head_changed_by, locked.head_changed_at = actor, at
    locked.save()
    return locked


@transaction.atomic
def edit_task(task: Task, *, changes: Values, seen: Mapping[str, str], actor: User, at: datetime) -> Task:
    """Change one task; its timing is read again and its units are found again where their words changed."""
    plan = lock_draft(task.plan, actor)
    locked = _lock_row(task)
    _apply(locked, changes, seen, TASK_FIELDS)
    if "timing_text" in changes:
        locked.timing_data = parse_timing(locked.timing_text, year=plan.year).to_storage()
        locked.timing_confirmed = bool(changes.get("timing_confirmed", False))
    derived = ["timing_data", "timing_confirmed"] if "timing_text" in changes else []
    _save_row(locked, [*changes, *derived], actor, at)
    if _UNIT_FIELDS & changes.keys():
        link_units([locked], directory_of(plan, at))
    return locked


@transaction.atomic
def edit_row(row: Row, *, changes: Values, seen: Mapping[str, str], actor: User, at: datetime) -> Row:
    """Change a section, a phase or a responsibility."""
    lock_draft(row.plan, actor)
    locked = _lock_row(row)
    _apply(locked, changes, seen, _ROW_FIELDS[type(row)])
    _save_row(locked, changes, actor, at)
    return locked


@transaction.atomic
def learn_alias(plan: Plan, *, text: str, unit: Unit, actor: User, at: datetime) -> None:
    """From now on these words mean that unit; the plan's tasks are linked again."""
    locked = lock_draft(plan, actor)
    remember_alias(locked.agency, text=text, unit=unit)
    link_units(list(locked.tasks.all()), directory_of(locked, at))


def remember_alias(agency: Agency, *, text: str, unit: Unit) -> None:
    """Store the alias alone. ValidationError for a unit of another agency, and for words too long for a name."""
    if unit.agency_id != agency.pk:
        raise ValidationError("Đơn vị này thuộc cơ quan khác.")
    organisation.learn_alias(unit, text=cleaned(text).strip(" \t\n.-–:•*()"))


def lock_draft(plan: Plan, actor: User) -> Plan:
    """The plan, locked, if it may be edited; the editor is remembered for the separation of duties."""
    [locked] = _LOCKED.objects(Plan, _locked_plan, row=plan.pk, actor=actor.pk)
    reason = rules.why_not_edit(locked, actor)
    if reason:
        raise PermissionDenied(reason)
    if not locked.is_known:
        locked.editors.add(actor)
    Plan.objects.filter(pk=plan.pk).update(changed_at=timezone.now())
    return locked


def _locked_plan() -> QuerySet:
    known = Plan.editors.through.objects.filter(plan=OuterRef("pk"), user=Given("actor"))
    return Plan.objects.select_for_update().filter(pk=Given("row")).annotate(is_known=Exists(known))


def _lock_row(row: Any) -> Any:
    rows = type(row)._default_manager
    locked = _LOCKED.objects(type(row), lambda: rows.select_for_update().filter(pk=Given("row")), row=row.pk)
    if not locked:
        raise Gone("Dòng này vừa bị người khác bỏ khỏi dự thảo.")
    return locked[0]


def _apply(row: Any, changes: Values, seen: Mapping[str, str], allowed: frozenset[str]) -> None:
    """Set the new values, unless somebody else has set one of them to something else meanwhile."""
    unknown = changes.keys() - allowed
    if unknown:
        raise ValidationError(f"Không sửa được trường: {', '.join(sorted(unknown))}.")
    new = {name: cleaned(value) for name, value in changes.items()}
    clashing = [name for name, value in new.items() if not _may_take(getattr(row, name), value, seen.get(name))]
    if clashing:
        raise Conflict(row, new, clashing)
    for name, value in new.items():
        setattr(row, name, value)
    row.clean_fields(exclude=[f.name for f in row._meta.fields if f.name not in new or f.is_relation])


def _may_take(current: Any, new: Any, seen: str | None) -> bool:
    return fingerprint(current) == seen or fingerprint(current) == fingerprint(new)


def _save_row(row: Any, fields: Iterable[str], actor: User, at: datetime) -> None:
    row.changed_by, row.changed_at = actor, at
    row.save(update_fields={*fields, "changed_by", "changed_at"})

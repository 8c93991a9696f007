"""Every write of a set of objectives and its parts while it is drafted, and the steps it takes.

Figures are in `measuring.py`, the start from last year's in `carry.py`.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from qms.deadlines import parse_timing
from qms.organisation.access import require
from qms.organisation.models import Agency, Unit, User
from qms.standards.selectors import edition_of
from qms.text import nfc, one_line
from qms.workflow.engine import perform, record
from qms.workflow.revisions import refuse_overtaken

from . import rules
from .enums import ABOVE, Level, SetState
from .models import Objective, ObjectiveSet, ObjectiveStep, Registration
from .workflow import SET_WORKFLOW

OVERTAKEN = "Phần này vừa được người khác sửa. Tải lại để xem bản mới nhất."
_LINES = frozenset({"unit_of_measure", "numerator_label", "denominator_label", "place"})


@transaction.atomic
def open_registration(
    *, agency: Agency, year: int, register_by: date, figure_days: int, note: str, actor: User, at: datetime
) -> Registration:
    """Open the round in which units register, or change its days. Raises PermissionDenied, ValidationError."""
    require(rules.why_not_manage(agency.pk, actor))
    found = Registration.objects.filter(agency=agency, year=year).first()
    registration = found or Registration(agency=agency, year=year, opened_by=actor, opened_at=at)
    registration.register_by, registration.figure_days = register_by, figure_days
    registration.note = nfc(note).strip()
    registration.full_clean()
    registration.save()
    record(
        registration, name="open_registration", sentence=f"đặt hạn đăng ký mục tiêu năm {year}", actor=actor, at=at,
        comment=f"Hạn {register_by:%d/%m/%Y}; số liệu nộp trong {figure_days} ngày sau kỳ.",
    )  # fmt: skip
    return registration


@transaction.atomic
def start_set(*, agency: Agency, year: int, unit: Unit | None, actor: User, at: datetime, **links: Any) -> ObjectiveSet:
    """An empty draft of a unit, or of the department. Raises PermissionDenied; ValidationError where there is one."""
    require(rules.why_not_register(agency.pk, unit, actor))
    owner = f"của {unit.name} " if unit else ""
    objectives = ObjectiveSet(
        agency=agency, year=year, unit=unit, author=actor, created_at=at, issuer=agency.name, superior=agency.superior,
        place=agency.place, edition=edition_of(agency, on=_within(year, timezone.localdate(at))),
        intro=f"{agency.name} ban hành Mục tiêu chất lượng {owner}năm {year} như sau:",
        carrying_out=(
            "Các đơn vị, cá nhân được giao chịu trách nhiệm tổ chức thực hiện, nhập số liệu đúng kỳ.\n"
            "Thư ký ISO theo dõi, tổng hợp, báo cáo Lãnh đạo Sở."
        ),
        recipients=["Lãnh đạo Sở", unit.name if unit else "Các phòng, đơn vị thuộc Sở", "Lưu: VT"],
        **links,
    )  # fmt: skip
    objectives.full_clean()
    objectives.save()
    objectives.editors.add(actor)
    return objectives


@transaction.atomic
def save_head(
    objectives: ObjectiveSet, *, fields: Mapping[str, Any], revision: int, actor: User, at: datetime
) -> ObjectiveSet:
    """Change the texts around the table (`bases`, `intro`, `carrying_out`, `recipients`)."""
    locked = _draft(objectives, actor)
    refuse_overtaken(locked, revision, OVERTAKEN)
    for name in ("intro", "carrying_out"):
        setattr(locked, name, nfc(fields[name]).strip())
    for name in ("bases", "recipients"):
        setattr(locked, name, [line for text in fields[name] if (line := one_line(text))])
    locked.revision += 1
    locked.full_clean()
    locked.save()
    locked.editors.add(actor)
    return locked


@transaction.atomic
def save_objective(
    objectives: ObjectiveSet, *, fields: Mapping[str, Any], steps: Iterable[Mapping[str, Any]], actor: User,
    at: datetime, objective: Objective | None = None, revision: int = 0,
) -> Objective:  # fmt: skip
    """Add an objective to a draft, or change one (`revision` as it was shown), with all its steps.

    Raises PermissionDenied, ValidationError by field, or Overtaken; then nothing changed.
    """
    locked = _draft(objectives, actor)
    row = _row(locked, objective, revision)
    for name, value in fields.items():
        setattr(row, name, _normal(name, value))
    row.changed_by, row.changed_at, row.revision = actor, at, row.revision + 1
    row.full_clean(exclude=["search"])
    _check_level(row, locked)
    _check_clause(row, locked)
    row.save()
    _store_steps(row, steps)
    _touched(locked, actor)
    return row


@transaction.atomic
def remove_objective(objective: Objective, *, actor: User, at: datetime) -> None:
    """Take an objective out of a draft; what it said stays in the history."""
    locked = _draft(objective.objective_set, actor)
    if objective.served_by.exclude(objective_set__state=SetState.DROPPED).exists():
        raise ValidationError("Có mục tiêu khác đang phục vụ mục tiêu này; chuyển các mục tiêu đó trước.")
    record(
        locked, name="remove_objective", sentence="bỏ một mục tiêu khỏi dự thảo", actor=actor, at=at,
        comment=objective.statement,
    )  # fmt: skip
    Objective.objects.filter(serves=objective).update(serves=None)
    objective.delete()
    _touched(locked, actor)


@transaction.atomic
def move_objective(objective: Objective, *, down: bool, actor: User, at: datetime) -> None:
    """One place up or down."""
    locked = _draft(objective.objective_set, actor)
    rows = list(locked.objectives.order_by("order", "pk"))
    here = rows.index(objective)
    there = here + (1 if down else -1)
    if 0 <= there < len(rows):
        rows[here], rows[there] = rows[there], rows[here]
        for order, row in enumerate(rows):
            Objective.objects.filter(pk=row.pk).update(order=order)
        _touched(locked, actor)


def take_step(
    objectives: ObjectiveSet, name: str, *, actor: User, at: datetime, comment: str = "",
    data: Mapping[str, Any] | None = None,
) -> ObjectiveSet:  # fmt: skip
    """Take one step of the workflow; see `qms.workflow.engine.perform` for what it raises."""
    return perform(SET_WORKFLOW, objectives, name, actor=actor, at=at, comment=comment, data=data)


def _draft(objectives: ObjectiveSet, actor: User) -> ObjectiveSet:
    """The set as it stands now, locked; it may be edited by that person."""
    locked = ObjectiveSet.objects.select_for_update(of=("self",)).select_related("unit", "agency").get(pk=objectives.pk)
    require(rules.why_not_edit(locked, actor))
    return locked


def _row(objectives: ObjectiveSet, objective: Objective | None, revision: int) -> Objective:
    if objective is None:
        last = objectives.objectives.aggregate(last=Max("order"))["last"]
        return Objective(objective_set=objectives, order=0 if last is None else last + 1, revision=0)
    row = objectives.objectives.select_for_update(of=("self",)).get(pk=objective.pk)
    refuse_overtaken(row, revision, OVERTAKEN)
    return row


def _normal(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return one_line(value) if name in _LINES else nfc(value).strip()


def _check_level(row: Objective, objectives: ObjectiveSet) -> None:
    """Department objectives stand in the department's set; one serves an objective of the level above, this year."""
    if (row.level == Level.DEPARTMENT) != (objectives.unit_id is None):
        raise ValidationError({"level": "Mục tiêu cấp Sở nằm trong bản của Sở, mục tiêu khác trong bản của đơn vị."})
    if row.serves is None:
        return
    above = row.serves.objective_set
    if row.serves.level != ABOVE.get(Level(row.level)) or above.agency_id != objectives.agency_id:
        raise ValidationError({"serves": "Chọn một mục tiêu ở cấp trên."})
    if above.year != objectives.year or above.state == SetState.DROPPED:
        raise ValidationError({"serves": f"Chọn một mục tiêu của năm {objectives.year}."})


def _check_clause(row: Objective, objectives: ObjectiveSet) -> None:
    if row.clause is not None and row.clause.edition_id != objectives.edition_id:
        raise ValidationError({"clause": f"Chọn một điều khoản của {objectives.edition}."})


def _within(year: int, day: date) -> date:
    """The day, or the end of that year which is nearer to it."""
    return min(max(day, date(year, 1, 1)), date(year, 12, 31))


def _store_steps(row: Objective, steps: Iterable[Mapping[str, Any]]) -> None:
    row.steps.all().delete()
    made = [_step(row, order, step) for order, step in enumerate(steps)]
    for step in made:
        step.full_clean(exclude=["objective"])
    ObjectiveStep.objects.bulk_create(made)


def _step(row: Objective, order: int, step: Mapping[str, Any]) -> ObjectiveStep:
    timing = one_line(step.get("timing_text", ""))
    return ObjectiveStep(
        objective=row, order=order, text=nfc(step["text"]).strip(), unit=step.get("unit") or row.unit,
        person=step.get("person"), support_text=one_line(step.get("support_text", "")), timing_text=timing,
        timing_data=parse_timing(timing, year=row.objective_set.year).to_storage(),
        result=one_line(step.get("result", "")),
    )  # fmt: skip


def _touched(objectives: ObjectiveSet, actor: User) -> None:
    ObjectiveSet.objects.filter(pk=objectives.pk).update(changed_at=timezone.now(), revision=F("revision") + 1)
    objectives.editors.add(actor)

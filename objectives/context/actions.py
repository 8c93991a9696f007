"""Every write of the register."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from qms.deadlines import TimingKind, parse_timing
from qms.organisation.access import require
from qms.organisation.models import Agency, Unit, User
from qms.text import nfc, one_line
from qms.workflow.revisions import refuse_overtaken

from . import rules
from .duties import ask_for_review, duties_of, open_action, settle_review
from .levels import Scale, scale_errors
from .models import Assessment, RegisterRow, Risk, RiskAction, RiskScale
from .selectors import scale_of

Row = TypeVar("Row", bound=RegisterRow)
_OVERTAKEN = "Mục này vừa được người khác sửa. Xem bản mới ở cửa sổ khác rồi ghi lại phần của mình."


@transaction.atomic
def add_row(model: type[Row], *, unit: Unit, fields: Mapping[str, Any], actor: User, at: datetime) -> Row:
    """A new row of the register, and the duty to look at it again in a year. Raises ValidationError by field."""
    require(rules.why_not_keep(unit, actor))
    row = model(
        agency=unit.agency, unit=unit, author=actor, created_at=at, changed_at=at, reviewed_on=timezone.localdate(at)
    )  # fmt: skip
    _fill(row, fields)
    row.full_clean()
    row.save()
    ask_for_review(row, at=at)
    return row


@transaction.atomic
def change_row(row: Row, *, fields: Mapping[str, Any], revision: int, actor: User, at: datetime) -> Row:
    """Write it anew. Raises ValidationError by field, or Overtaken; then nothing changed."""
    locked = _lock(row)
    require(rules.why_not_change(locked, actor))
    refuse_overtaken(locked, revision, _OVERTAKEN)
    _fill(locked, fields)
    _stamp(locked, at)
    locked.full_clean()
    locked.save()
    return locked


@transaction.atomic
def review_row(row: Row, *, actor: User, at: datetime) -> Row:
    """It was looked at and still holds. A risk is judged again instead (`assess`)."""
    locked = _lock(row)
    require(rules.why_not_change(locked, actor))
    _look_again(locked, words="Đã rà soát, vẫn đúng.", actor=actor, at=at)
    return locked


@transaction.atomic
def retire_row(row: Row, *, reason: str, actor: User, at: datetime) -> Row:
    """It no longer holds; it stays to be read. Raises ValidationError without a reason."""
    locked = _lock(row)
    require(rules.why_not_change(locked, actor))
    if not reason.strip():
        raise ValidationError({"reason": "Ghi lý do thôi theo dõi."})
    locked.retired_on, locked.retired_reason = timezone.localdate(at), one_line(reason)
    _stamp(locked, at)
    locked.full_clean()
    locked.save()
    settle_review(locked, words=f"Thôi theo dõi: {locked.retired_reason}", actor=actor, at=at)
    return locked


@transaction.atomic
def assess(risk: Risk, *, likelihood: int, effect: int, note: str, actor: User, at: datetime) -> Assessment:
    """Judge a risk or an opportunity by the agency's scale of today; the look that was owed is taken with it."""
    locked = _lock(risk)
    require(rules.why_not_change(locked, actor))
    scale = scale_of(locked.agency)
    _check_marks(scale, likelihood, effect)
    level = scale.level(likelihood * effect)
    made = Assessment.objects.create(
        risk=locked, day=timezone.localdate(at), likelihood=likelihood, effect=effect, level=level.name,
        tone=level.tone, note=nfc(note).strip(), author=actor, author_name=str(actor), at=at,
    )  # fmt: skip
    locked.score, locked.level = made.score, made.level
    _look_again(locked, words=f"Đánh giá: {made}.", actor=actor, at=at)
    return made


@transaction.atomic
def add_action(
    risk: Risk, *, text: str, unit: Unit, person: User | None, timing_text: str, actor: User, at: datetime
) -> RiskAction:
    """Something to do about it, by some day: a duty of that unit. Raises ValidationError by field."""
    locked = _lock(risk)
    require(rules.why_not_change(locked, actor))
    year = timezone.localdate(at).year
    if parse_timing(one_line(timing_text), year=year).kind == TimingKind.UNKNOWN:
        raise ValidationError({"timing_text": "Chưa hiểu thời gian này; ghi như “Trước ngày 05/11/2026”."})
    action = RiskAction(
        risk=locked, text=nfc(text).strip(), unit=unit, person=person, timing_text=one_line(timing_text), year=year,
        author=actor, at=at,
    )  # fmt: skip
    action.full_clean()
    action.save()
    open_action(action, at=at)
    return action


@transaction.atomic
def judge_action(action: RiskAction, *, effective: bool, verdict: str, actor: User, at: datetime) -> RiskAction:
    """Whether it worked (ISO 9001 6.1.2 b), said by somebody who did not carry it out. What failed says why."""
    locked = RiskAction.objects.select_for_update(of=("self",)).select_related("risk__unit").get(pk=action.pk)
    require(rules.why_not_judge(locked, duties_of(locked).last(), actor))
    if not effective and not verdict.strip():
        raise ValidationError({"verdict": "Ghi vì sao chưa có hiệu lực."})
    locked.effective, locked.verdict = effective, nfc(verdict).strip()
    locked.judged_by, locked.judged_at = actor, at
    locked.save()
    return locked


@transaction.atomic
def set_scale(*, agency: Agency, scale: Scale, actor: User, at: datetime) -> RiskScale:
    """How the agency judges from now on. Raises ValidationError by field."""
    require(rules.why_not_set_scale(agency.pk, actor))
    errors = scale_errors(scale.size, scale.levels, scale.act_from, scale.likelihoods, scale.effects)
    if errors:
        raise ValidationError(errors)
    row, _ = RiskScale.objects.update_or_create(
        agency=agency,
        defaults={
            "size": scale.size, "levels": [list(level) for level in scale.levels], "act_from": scale.act_from,
            "likelihoods": list(scale.likelihoods), "effects": list(scale.effects),
        },
    )  # fmt: skip
    return row


def _lock(row: Row) -> Row:
    rows = type(row).objects.select_for_update(of=("self",)).select_related("agency", "unit")
    return rows.get(pk=row.pk)


def _fill(row: RegisterRow, fields: Mapping[str, Any]) -> None:
    for name, value in fields.items():
        setattr(row, name, nfc(value).strip() if isinstance(value, str) else value)


def _stamp(row: RegisterRow, at: datetime) -> None:
    row.changed_at = at
    row.revision += 1


def _check_marks(scale: Scale, likelihood: int, effect: int) -> None:
    marks = {"likelihood": likelihood, "effect": effect}
    errors = {name: f"Chọn từ 1 đến {scale.size}." for name, mark in marks.items() if not 1 <= mark <= scale.size}
    if errors:
        raise ValidationError(errors)


def _look_again(row: RegisterRow, *, words: str, actor: User, at: datetime) -> None:
    row.reviewed_on = timezone.localdate(at)
    _stamp(row, at)
    row.save()
    ask_for_review(row, at=at)
    settle_review(row, words=words, actor=actor, at=at)

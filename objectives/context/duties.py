"""What the register makes units owe: looking at every row again within a year, and the actions promised."""

from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.urls import reverse

from plans.duties.slots import period_name, slots
from qms.deadlines import explain
from qms.duties.actions import report
from qms.duties.enums import OWED, DutyKind, DutyState
from qms.duties.models import Duty
from qms.duties.opening import Wanted, open_duties, withdraw_duties
from qms.duties.rules import why_not_report
from qms.duties.sources import SourceKind, register
from qms.organisation.models import User
from qms.text import short_date

from .models import Issue, Party, RegisterRow, Risk, RiskAction

_REVIEW = "review"


def duties_of(source: RegisterRow | RiskAction) -> Any:
    """The duties of a row or of an action, oldest first."""
    kind = ContentType.objects.get_for_model(source)
    return Duty.objects.filter(content_type=kind, object_id=source.pk).order_by("pk")


def review_key(row: RegisterRow) -> str:
    """The key of the duty that follows the last look."""
    return f"{_REVIEW}:{row.reviewed_on.isoformat()}"


def ask_for_review(row: RegisterRow, *, at: datetime) -> None:
    """One year after the last look somebody has to look again."""
    wanted = Wanted(
        key=review_key(row), kind=DutyKind.RISK_ACTION, title=f"Rà soát lại: {row}",
        unit=row.unit, context=f"Bối cảnh, rủi ro, cơ hội: {row._meta.verbose_name}", due_on=row.review_by,
        explanation=f"Rà soát ít nhất mỗi năm một lần; lần gần nhất {short_date(row.reviewed_on)}.",
    )  # fmt: skip
    open_duties(row, agency=row.agency, year=row.review_by.year, wanted=[wanted], at=at)


def settle_review(row: RegisterRow, *, words: str, actor: User, at: datetime) -> None:
    """The look that was owed has been taken: by the unit it is a report, by the secretary it is withdrawn.

    The look of next year stays owed, unless the row no longer holds.
    """
    owed = duties_of(row).filter(key__startswith=_REVIEW, state__in=OWED)
    for duty in owed if row.retired_on else owed.exclude(key=review_key(row)):
        if why_not_report(duty, actor):
            withdraw_duties(row, keys=[duty.key], at=at)
        else:
            report(
                duty, state=DutyState.DONE, percent=100, text=words, revision=duty.revision, actor=actor, at=at
            )  # fmt: skip


def open_action(action: RiskAction, *, at: datetime) -> None:
    """The duty (one per period of its timing) of carrying it out."""
    found = slots(action.timing, action.year)
    wanted = [
        Wanted(
            key=f"action:{slot.suffix}", kind=DutyKind.RISK_ACTION, title=action.text, unit=action.unit,
            person=action.person, context=f"{action.risk.get_kind_display().capitalize()}: {action.risk}",
            period=period_name(slot.window) if slot.window and len(found) > 1 else "",
            opens_on=slot.window.start if slot.window else None, due_on=slot.window.due if slot.window else None,
            explanation=explain(action.timing), waits_for=slot.waits_for,
        )
        for slot in found
    ]  # fmt: skip
    open_duties(action, agency=action.risk.agency, year=action.year, wanted=wanted, at=at)


def _risk_address(source: Risk | RiskAction) -> str:
    risk = source.risk if isinstance(source, RiskAction) else source
    return reverse("context:risk", args=[risk.pk])


def _row_address(row: Issue | Party) -> str:
    return reverse(f"context:{row._meta.model_name}_change", args=[row.pk])


def _reviewed(duty: Duty, actor: User, at: datetime) -> None:
    """A look is taken at the row itself, so that its result stands there."""
    row = duty.source
    if duty.state == DutyState.DONE and row.retired_on is None and not row_was_reviewed(row, duty):
        raise ValidationError({"state": "Mở mục này và bấm rà soát (rủi ro: đánh giá lại); xong thì việc này tự xong."})


def row_was_reviewed(row: RegisterRow, duty: Duty) -> bool:
    """Whether somebody has looked at the row since the duty began to run."""
    return review_key(row) != duty.key


def join_rooms() -> None:
    """Tell the room of duties where these are read and what follows when one is answered; once, at the start."""
    register("context.riskaction", SourceKind(_risk_address))
    register("context.risk", SourceKind(_risk_address, _reviewed))
    for model in (Issue, Party):
        register(model._meta.label, SourceKind(_row_address, _reviewed))

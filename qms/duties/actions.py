"""Every write of a duty after it was opened: report, return, hand over, ask for time, decide."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from qms.files.actions import store_file
from qms.organisation.models import PositionHolding, User
from qms.text import nfc, short_date

from . import rules
from .enums import ANSWERED, DutyState, ExtensionState
from .models import Duty, Evidence, Extension, Report
from .sources import kind_of

REPORTABLE = (DutyState.OPEN, DutyState.IN_PROGRESS, DutyState.DONE, DutyState.NOT_APPLICABLE)


class Overtaken(Exception):
    """Somebody else reported first. `latest` is what stands now; nothing of the new report was written."""

    def __init__(self, latest: Report | None) -> None:
        self.latest = latest
        super().__init__("Việc này vừa được người khác cập nhật.")


@dataclass(frozen=True)
class Proof:
    """A file or a link, with the day it speaks of."""

    effective_on: date
    upload: UploadedFile | None = None
    link: str = ""


@transaction.atomic
def report(
    duty: Duty, *, state: DutyState, percent: int, text: str, proofs: Iterable[Proof] = (), revision: int,
    actor: User, at: datetime,
) -> Report:  # fmt: skip
    """Say how far a duty is. Raises ValidationError by field, PermissionDenied, or Overtaken; then nothing changed."""
    locked = _lock(duty)
    _require(rules.why_not_report(locked, actor))
    if locked.revision != revision:
        raise Overtaken(locked.reports.order_by("-at", "-pk").first())
    proofs = list(proofs)
    percent = 100 if state == DutyState.DONE else percent
    text = nfc(text).strip()
    _check_report(locked, state, percent, text, proofs, timezone.localdate(at))
    entry = Report.objects.create(
        duty=locked, state=state, percent=percent, text=text, author=actor, author_name=str(actor), at=at
    )
    for proof in proofs:
        _attach(entry, proof, actor, at)
    _settle(locked, state, percent, at)
    if state in ANSWERED:
        kind_of(locked).answered(locked, actor, at)
    return entry


@transaction.atomic
def return_report(duty: Duty, *, reason: str, actor: User, at: datetime) -> Duty:
    """Give a "done" back: the duty is owed again, the report stays with the reason."""
    locked = _lock(duty)
    _require(rules.why_not_return(locked, actor))
    if not reason.strip():
        raise ValidationError({"reason": "Ghi lý do trả lại."})
    last = locked.reports.order_by("-at", "-pk").first()
    if last is not None:
        last.returned_reason, last.returned_by, last.returned_at = nfc(reason).strip(), actor, at
        last.save()
    _settle(locked, DutyState.IN_PROGRESS, min(locked.percent, 99), at)
    kind_of(locked).reopened(locked, actor, at)
    return locked


@transaction.atomic
def hand_over(duty: Duty, *, person: User | None, actor: User, at: datetime) -> Duty:
    """Give a duty to a person of the unit, or back to the unit as a whole."""
    locked = _lock(duty)
    _require(rules.why_not_hand_over(locked, actor))
    today = timezone.localdate(at)
    holds = PositionHolding.objects.in_force(today).filter(user=person, position__unit=locked.unit_id)
    if person is not None and not holds.exists():
        raise ValidationError({"person": "Người này không thuộc đơn vị."})
    locked.person, locked.changed_at = person, at
    locked.save()
    return locked


@transaction.atomic
def ask_extension(duty: Duty, *, new_due_on: date, reason: str, actor: User, at: datetime) -> Extension:
    """Ask for more time. Raises ValidationError by field."""
    locked = _lock(duty)
    _require(rules.why_not_ask(locked, actor))
    extension = Extension(
        duty=locked, new_due_on=new_due_on, previous_due_on=locked.due_on, reason=nfc(reason).strip(),
        asked_by=actor, asked_at=at,
    )  # fmt: skip
    extension.full_clean()
    extension.save()
    return extension


@transaction.atomic
def decide_extension(extension: Extension, *, grant: bool, answer: str, actor: User, at: datetime) -> Extension:
    """Grant or refuse. A refusal says why; a grant moves the day and leaves the original one to be seen."""
    duty = _lock(extension.duty)
    locked = Extension.objects.select_for_update().get(pk=extension.pk)
    _require(rules.why_not_decide(locked, actor))
    if locked.state != ExtensionState.ASKED:
        raise ValidationError("Đề nghị này đã được xét.")
    locked.state = ExtensionState.GRANTED if grant else ExtensionState.REFUSED
    locked.decided_by, locked.decided_at, locked.answer = actor, at, nfc(answer).strip()
    locked.full_clean()
    locked.save()
    if grant:
        duty.due_on, duty.changed_at = locked.new_due_on, at
        duty.explanation = f"{duty.explanation} Gia hạn đến {short_date(locked.new_due_on)}.".strip()
        duty.save()
    return locked


def _lock(duty: Duty) -> Duty:
    return Duty.objects.select_for_update(of=("self",)).select_related("agency", "unit", "person").get(pk=duty.pk)


def _require(reason: str) -> None:
    if reason:
        raise PermissionDenied(reason)


def _check_report(duty: Duty, state: DutyState, percent: int, text: str, proofs: list[Proof], today: date) -> None:
    errors: dict[str, str] = {}
    if state not in REPORTABLE:
        errors["state"] = "Chọn một trong bốn trả lời."
    if not 0 <= percent <= 100:
        errors["percent"] = "Phần trăm phải từ 0 đến 100."
    if state == DutyState.NOT_APPLICABLE and not text:
        errors["text"] = "Ghi lý do không áp dụng."
    if state == DutyState.DONE and duty.evidence_required and not proofs and not _has_evidence(duty):
        errors["evidence"] = "Việc này phải có minh chứng trước khi báo xong."
    if any(proof.effective_on > today for proof in proofs):
        errors["effective_on"] = "Ngày của minh chứng không được sau hôm nay."
    if errors:
        raise ValidationError(errors)


def _has_evidence(duty: Duty) -> bool:
    return Evidence.objects.filter(report__duty=duty).exists()


def _attach(entry: Report, proof: Proof, actor: User, at: datetime) -> None:
    agency = entry.duty.agency
    stored = store_file(proof.upload, agency=agency, actor=actor, at=at) if proof.upload else None
    evidence = Evidence(report=entry, file=stored, link=proof.link, effective_on=proof.effective_on)
    evidence.full_clean()
    evidence.save()


def _settle(duty: Duty, state: DutyState, percent: int, at: datetime) -> None:
    duty.state, duty.percent, duty.changed_at = state, percent, at
    closed = state in (DutyState.DONE, DutyState.NOT_APPLICABLE)
    duty.closed_on = timezone.localdate(at) if closed else None
    duty.revision += 1
    duty.save()

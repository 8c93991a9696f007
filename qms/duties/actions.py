"""Every write of a duty after it was opened: report, return, hand over, ask for time, decide.

Each tells the people concerned in the same transaction. Errors of a form are ValidationErrors by field name.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from qms.files.actions import clean_name, store_file
from qms.files.models import StoredFile
from qms.files.together import files_and_rows
from qms.organisation.access import require
from qms.organisation.models import User
from qms.text import nfc, short_date
from qms.workflow.revisions import refuse_overtaken

from . import rules, telling
from .enums import ANSWERED, OWED, DutyState, ExtensionState
from .models import Duty, Evidence, Extension, HandOver, Report
from .selectors import last_report, people_of_unit
from .sources import kind_of

REPORTABLE = (DutyState.OPEN, DutyState.IN_PROGRESS, DutyState.DONE, DutyState.NOT_APPLICABLE)
_FIXED_PERCENT = {DutyState.OPEN: 0, DutyState.DONE: 100, DutyState.NOT_APPLICABLE: 0}
LONGEST_TEXT = 5000


@dataclass(frozen=True)
class Proof:
    """A file or a link, with the day it speaks of."""

    effective_on: date
    upload: UploadedFile | None = None
    link: str = ""

    @property
    def name(self) -> str:
        """What the evidence is called when it is kept."""
        return clean_name(self.upload.name or "") if self.upload else self.link


@dataclass(frozen=True)
class Answer:
    """How far a duty is, in normal form: the percent follows from the state where only one fits."""

    state: DutyState
    percent: int
    text: str
    proofs: tuple[Proof, ...] = ()


def report(
    duty: Duty, *, state: DutyState, percent: int, text: str, proofs: Iterable[Proof] = (), revision: int,
    actor: User, at: datetime, by_link: bool = False,
) -> Report:  # fmt: skip
    """Say how far a duty is. Raises ValidationError by field, PermissionDenied, or Overtaken; then nothing changed.

    The same answer sent twice (a double press) is one report.
    """
    answer = Answer(state, _FIXED_PERCENT.get(state, percent), nfc(text).strip(), tuple(proofs))
    with files_and_rows():
        locked = _lock(duty)
        require(rules.why_not_report(locked, actor))
        latest = last_report(locked)
        if locked.revision != revision and latest and _is_the_same(latest, answer, actor):
            return latest
        refuse_overtaken(locked, revision, "Việc này vừa được người khác cập nhật.")
        _check_report(locked, answer, timezone.localdate(at))
        return _write_report(locked, answer, actor, at, by_link)


def _write_report(duty: Duty, answer: Answer, actor: User, at: datetime, by_link: bool) -> Report:
    entry = Report.objects.create(
        duty=duty, state=answer.state, percent=answer.percent, text=answer.text, author=actor,
        author_name=str(actor), by_link=by_link, at=at,
    )  # fmt: skip
    for proof in answer.proofs:
        _attach(entry, proof, actor, at)
    before = duty.state
    _settle(duty, answer.state, answer.percent, at)
    if answer.state in ANSWERED and before in OWED:
        kind_of(duty).answered(duty, actor, at)
    elif answer.state in OWED and before in ANSWERED:
        kind_of(duty).reopened(duty, actor, at)
    return entry


@transaction.atomic
def return_report(duty: Duty, *, reason: str, actor: User, at: datetime) -> Duty:
    """Give a "done" back: the duty is owed again, the report stays with the reason."""
    locked = _lock(duty)
    require(rules.why_not_return(locked, actor))
    reason = nfc(reason).strip()
    if not reason:
        raise ValidationError({"reason": "Ghi lý do trả lại."})
    last = last_report(locked)
    if last is not None:
        last.returned_reason, last.returned_by, last.returned_at = reason, actor, at
        last.save()
    _settle(locked, DutyState.IN_PROGRESS, _percent_before(locked), at)
    kind_of(locked).reopened(locked, actor, at)
    telling.returned(locked, last, reason=reason, actor=actor, at=at)
    return locked


def _percent_before(duty: Duty) -> int:
    """How far it was when it was last said to be under way."""
    said = duty.reports.filter(state=DutyState.IN_PROGRESS).order_by("at", "pk")
    return said.values_list("percent", flat=True).last() or 0


@transaction.atomic
def hand_over(duty: Duty, *, person: User | None, actor: User, at: datetime) -> Duty:
    """Give a duty to a person of the unit, or back to the unit as a whole. The same person again changes nothing."""
    locked = _lock(duty)
    require(rules.why_not_hand_over(locked, actor))
    if person is not None and not people_of_unit(locked.unit_id, timezone.localdate(at)).filter(pk=person.pk).exists():
        raise ValidationError({"person": "Người này không thuộc đơn vị."})
    former = locked.person
    if former == person:
        return locked
    locked.person, locked.changed_at = person, at
    locked.save()
    entry = HandOver.objects.create(duty=locked, person=person, actor=actor, at=at)
    telling.handed_over(entry, former=former)
    return locked


@transaction.atomic
def ask_extension(duty: Duty, *, new_due_on: date, reason: str, actor: User, at: datetime) -> Extension:
    """Ask for more time. Raises ValidationError by field."""
    locked = _lock(duty)
    require(rules.why_not_ask(locked, actor))
    reason = nfc(reason).strip()
    _check_extension(locked, new_due_on, reason, timezone.localdate(at))
    extension = Extension(
        duty=locked, new_due_on=new_due_on, previous_due_on=locked.due_on, reason=reason, asked_by=actor, asked_at=at
    )
    extension.full_clean()
    extension.save()
    telling.asked(extension)
    return extension


def _check_extension(duty: Duty, new_due_on: date, reason: str, today: date) -> None:
    errors: dict[str, str] = {}
    if duty.due_on and new_due_on <= duty.due_on:
        errors["new_due_on"] = f"Hạn mới phải sau hạn hiện tại {short_date(duty.due_on)}."
    elif new_due_on < today:
        errors["new_due_on"] = "Hạn mới không được là ngày đã qua."
    if not reason:
        errors["reason"] = "Ghi lý do xin gia hạn."
    if duty.extensions.filter(state=ExtensionState.ASKED).exists():
        errors["new_due_on"] = "Việc này đã có một đề nghị gia hạn đang chờ xét."
    if errors:
        raise ValidationError(errors)


@transaction.atomic
def decide_extension(extension: Extension, *, grant: bool, answer: str, actor: User, at: datetime) -> Extension:
    """Grant or refuse. A refusal says why; a grant moves the day and leaves the original one to be seen."""
    duty = _lock(extension.duty)
    locked = Extension.objects.select_for_update(of=("self",)).select_related("asked_by").get(pk=extension.pk)
    locked.duty = duty
    require(rules.why_not_decide(locked, actor))
    answer = nfc(answer).strip()
    if not grant and not answer:
        raise ValidationError({"answer": "Ghi lý do không đồng ý."})
    if grant and duty.due_on and locked.new_due_on <= duty.due_on:
        raise ValidationError({"answer": "Hạn của việc đã dời quá ngày xin; đề nghị này không còn cần."})
    locked.state = ExtensionState.GRANTED if grant else ExtensionState.REFUSED
    locked.decided_by, locked.decided_at, locked.answer = actor, at, answer
    locked.full_clean()
    locked.save()
    if grant:
        _extend(duty, locked.new_due_on, at)
    telling.decided(locked)
    return locked


def _extend(duty: Duty, day: date, at: datetime) -> None:
    duty.due_on, duty.changed_at = day, at
    duty.explanation = f"{duty.explanation} Gia hạn đến {short_date(day)}.".strip()
    duty.save()


def _lock(duty: Duty) -> Duty:
    found = Duty.objects.select_for_update(of=("self",)).select_related("agency", "unit", "person")
    return found.get(pk=duty.pk)


def _check_report(duty: Duty, answer: Answer, today: date) -> None:
    errors: dict[str, str] = {}
    if answer.state not in REPORTABLE:
        errors["state"] = "Chọn một trong bốn câu trả lời."
    if not 0 <= answer.percent <= 100:
        errors["percent"] = "Phần trăm phải từ 0 đến 100."
    elif answer.state == DutyState.IN_PROGRESS and answer.percent == 100:
        errors["percent"] = "Đã 100 % thì chọn “Đã xong”."
    if answer.state == DutyState.NOT_APPLICABLE and not answer.text:
        errors["text"] = "Ghi lý do không áp dụng."
    if len(answer.text) > LONGEST_TEXT:
        errors["text"] = f"Kết quả dài quá {LONGEST_TEXT} ký tự; phần dài nên gửi thành tệp."
    if answer.state == DutyState.DONE and duty.evidence_required and not answer.proofs and not _has_evidence(duty):
        errors["files"] = "Việc này phải có minh chứng trước khi báo xong: chọn tệp hoặc ghi liên kết."
    if any(proof.effective_on > today for proof in answer.proofs):
        errors["effective_on"] = "Ngày của minh chứng không được sau hôm nay."
    if errors:
        raise ValidationError(errors)


def _has_evidence(duty: Duty) -> bool:
    return Evidence.objects.filter(report__duty=duty).exists()


def _is_the_same(latest: Report, answer: Answer, actor: User) -> bool:
    kept = sorted((str(one), one.effective_on) for one in latest.evidence.select_related("file"))
    return (
        (latest.author_id, latest.state, latest.percent, latest.text)
        == (actor.pk, answer.state, answer.percent, answer.text)
        and latest.returned_at is None
        and kept == sorted((proof.name, proof.effective_on) for proof in answer.proofs)
    )


def _attach(entry: Report, proof: Proof, actor: User, at: datetime) -> None:
    file = _store(entry.duty, proof.upload, actor, at) if proof.upload else None
    evidence = Evidence(report=entry, file=file, link=proof.link, effective_on=proof.effective_on)
    evidence.full_clean()
    evidence.save()


def _store(duty: Duty, upload: UploadedFile, actor: User, at: datetime) -> StoredFile:
    try:
        return store_file(upload, agency=duty.agency, actor=actor, at=at)
    except ValidationError as refusal:
        raise ValidationError({"files": refusal.messages}) from None


def _settle(duty: Duty, state: DutyState, percent: int, at: datetime) -> None:
    """The closing day stays where a closed duty is only reported on again."""
    closed = state in ANSWERED
    kept = duty.closed_on if duty.state == state else None
    duty.closed_on = (kept or timezone.localdate(at)) if closed else None
    duty.state, duty.percent, duty.changed_at = state, percent, at
    duty.revision += 1
    duty.save()

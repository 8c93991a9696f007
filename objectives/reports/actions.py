"""Every write of reports on objectives: open a round, draft from the data, change the words, take a step."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from objectives.terms import PeriodKind
from qms.documents.model import USUAL_RECIPIENTS
from qms.files.together import files_and_rows
from qms.organisation.access import require
from qms.organisation.models import Agency, Unit, User
from qms.text import lines_of, nfc, one_line
from qms.workflow.engine import perform, record
from qms.workflow.revisions import refuse_overtaken

from . import rules
from .duties import ask_units, follow
from .models import REPORT_NAME, ObjectiveReport, ReportRound
from .reading import accepted_reports, read
from .words import drafted_causes, drafted_conclusions, drafted_next_steps, gathered
from .workflow import REPORT_WORKFLOW, SERIES

WORDS = ("conclusions", "causes", "next_steps", "proposals")


@transaction.atomic
def open_round(
    *, agency: Agency, year: int, kind: PeriodKind, index: int, submit_by: date, note: str, actor: User, at: datetime
) -> ReportRound:
    """Ask every unit with objectives for a report by that day; again, ask the units that came since.

    Raises PermissionDenied, or ValidationError with key `submit_by`.
    """
    require(rules.why_not_open(agency.pk, actor))
    keys = {"agency": agency, "year": year, "kind": kind, "index": index}
    found = ReportRound.objects.filter(**keys).first() or ReportRound(**keys, opened_by=actor, opened_at=at)
    if submit_by < found.period.end:
        raise ValidationError({"submit_by": f"Hạn gửi từ ngày cuối kỳ {found.period.end:%d/%m/%Y}."})
    if found.pk and found.submit_by != submit_by:
        raise ValidationError(
            {"submit_by": f"Đợt này đã mở, hạn {found.submit_by:%d/%m/%Y}; đơn vị xin gia hạn riêng."}
        )
    found.submit_by, found.note = submit_by, nfc(note).strip()
    found.full_clean()
    found.save()
    ask_units(found, at=at)
    sentence = f"mở đợt báo cáo mục tiêu {found.period_words}"
    record(found, name="open_round", sentence=sentence, actor=actor, at=at, comment=f"Hạn {submit_by:%d/%m/%Y}.")
    return found


@transaction.atomic
def draft_report(found: ReportRound, *, unit: Unit | None, actor: User, at: datetime) -> ObjectiveReport:
    """A draft of a unit, or of the department (`unit` None) from what its units sent, with the figures of today.

    Raises PermissionDenied, or ValidationError where there is one already.
    """
    require(rules.why_not_draft(found.agency_id, unit, actor))
    day = timezone.localdate(at)
    data = read(found, unit, day)
    names = found.agency.name_on(day)
    owner = f" của {unit.name}" if unit else ""
    report = ObjectiveReport(
        agency=found.agency, round=found, unit=unit, as_of=day, data=data.to_storage(),
        subject=f"{REPORT_NAME} {found.period_words}{owner}",
        conclusions=drafted_conclusions(data), causes=drafted_causes(data), next_steps=drafted_next_steps(data),
        proposals=_proposals(found, unit), recipients=_recipients(unit),
        issuer=unit.name if unit else names.name, superior=names.name if unit else names.superior, place=names.place,
        symbol=f"{SERIES}-{names.abbreviation}" if unit is None else "", author=actor, created_at=at, changed_at=at,
    )  # fmt: skip
    report.full_clean(exclude=["search", "data", "recipients"])
    report.save()
    report.editors.add(actor)
    return report


def _proposals(found: ReportRound, unit: Unit | None) -> str:
    """The department's report begins with what its units asked for."""
    if unit is not None:
        return ""
    return gathered((report.owner_name, report.proposals) for report in accepted_reports(found))


def _recipients(unit: Unit | None) -> list[str]:
    return ["Thư ký ISO", f"Lưu: {unit.short_name or unit.name}"] if unit else list(USUAL_RECIPIENTS)


@transaction.atomic
def read_again(report: ObjectiveReport, *, actor: User, at: datetime) -> ObjectiveReport:
    """Take the figures of today into a draft; its words stay. Raises PermissionDenied."""
    locked = _lock(report, actor)
    day = timezone.localdate(at)
    locked.data, locked.as_of = read(locked.round, locked.unit, day).to_storage(), day
    return _saved(locked, actor, at)


@transaction.atomic
def change_words(
    report: ObjectiveReport, *, words: Mapping[str, Any], revision: int, actor: User, at: datetime
) -> ObjectiveReport:
    """Change the texts of a draft (`subject`, `WORDS`, `recipients`). Raises PermissionDenied or Overtaken."""
    locked = _lock(report, actor)
    refuse_overtaken(locked, revision, "Báo cáo vừa được người khác sửa.")
    locked.subject = one_line(words["subject"])
    for name in WORDS:
        setattr(locked, name, nfc(words[name]).strip())
    locked.recipients = lines_of(words["recipients"])
    return _saved(locked, actor, at)


def take_step(
    report: ObjectiveReport, name: str, *, actor: User, at: datetime, comment: str = "",
    data: Mapping[str, Any] | None = None,
) -> ObjectiveReport:  # fmt: skip
    """One step of the workflow, and of the duty that follows it. Raises `Refused` in one of its kinds, or others."""
    with files_and_rows():
        taken: ObjectiveReport = perform(REPORT_WORKFLOW, report, name, actor=actor, at=at, comment=comment, data=data)
        ObjectiveReport.objects.filter(pk=taken.pk).update(changed_at=at)
        follow(taken, name, comment=comment, actor=actor, at=at)
    return taken


def _lock(report: ObjectiveReport, actor: User) -> ObjectiveReport:
    related = ("agency", "round__agency", "unit")
    locked = ObjectiveReport.objects.select_for_update(of=("self",)).select_related(*related).get(pk=report.pk)
    require(rules.why_not_edit(locked, actor))
    return locked


def _saved(report: ObjectiveReport, actor: User, at: datetime) -> ObjectiveReport:
    report.changed_at = at
    report.revision += 1
    report.save()
    report.editors.add(actor)
    return report

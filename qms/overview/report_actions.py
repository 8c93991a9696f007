"""Every write of a progress report: draft it from the data, read the data again, change its words, take a step."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from qms.documents.model import USUAL_RECIPIENTS
from qms.organisation.access import access_of
from qms.organisation.models import Agency, User
from qms.text import lines_of, nfc, one_line
from qms.workflow.engine import perform
from qms.workflow.revisions import refuse_overtaken

from .models import ProgressReport, period_words
from .progress_scope import PERIODS
from .report_data import ReportData, collect
from .report_documents import drafted_conclusions, drafted_proposals
from .report_workflow import KIND, REPORT_WORKFLOW, why_not_edit


@transaction.atomic
def draft_report(
    *, agency: Agency, year: int, period: str, as_of: date, actor: User, at: datetime
) -> ProgressReport:  # fmt: skip
    """A draft with the numbers of that day. Raises PermissionDenied, or ValidationError with key `as_of`."""
    if not access_of(actor).may("follow_duties", agency.pk):
        raise PermissionDenied("Chỉ Thư ký ISO soạn báo cáo tiến độ.")
    data = _read(agency, year, period, as_of, at)
    names = agency.name_on(as_of)
    return ProgressReport.objects.create(
        agency=agency, year=year, period=period, as_of=as_of, data=data.to_storage(),
        subject=f"Tiến độ áp dụng, duy trì và cải tiến Hệ thống quản lý chất lượng {period_words(period, year)}",
        conclusions=drafted_conclusions(data), proposals=drafted_proposals(data), recipients=list(USUAL_RECIPIENTS),
        issuer=names.name, superior=names.superior, place=names.place, symbol=f"{KIND}-{names.abbreviation}",
        author=actor, created_at=at, changed_at=at,
    )  # fmt: skip


@transaction.atomic
def read_again(report: ProgressReport, *, as_of: date, actor: User, at: datetime) -> ProgressReport:
    """Take the numbers of another day into a draft; its words stay. Raises PermissionDenied or ValidationError."""
    locked = _lock(report, actor)
    data = _read(locked.agency, locked.year, locked.period, as_of, at)
    locked.data, locked.as_of = data.to_storage(), as_of
    return _saved(locked, at)


@transaction.atomic
def change_words(
    report: ProgressReport, *, words: Mapping[str, Any], revision: int, actor: User, at: datetime
) -> ProgressReport:
    """Change subject, conclusions, proposals and recipients of a draft. Raises PermissionDenied or Overtaken."""
    locked = _lock(report, actor)
    refuse_overtaken(locked, revision, "Báo cáo vừa được người khác sửa.")
    locked.subject = one_line(words["subject"])
    locked.conclusions, locked.proposals = nfc(words["conclusions"]).strip(), nfc(words["proposals"]).strip()
    locked.recipients = lines_of(words["recipients"])
    return _saved(locked, at)


def take_step(
    report: ProgressReport, name: str, *, actor: User, at: datetime, comment: str = "", data: Mapping[str, Any] = {}
) -> ProgressReport:
    """One step of the workflow. Raises `Refused` in one of its kinds, or ValidationError."""
    taken: ProgressReport = perform(REPORT_WORKFLOW, report, name, actor=actor, at=at, comment=comment, data=data)
    return taken


def _lock(report: ProgressReport, actor: User) -> ProgressReport:
    locked = ProgressReport.objects.select_for_update(of=("self",)).select_related("agency").get(pk=report.pk)
    reason = why_not_edit(locked, actor)
    if reason:
        raise PermissionDenied(reason)
    return locked


def _saved(report: ProgressReport, at: datetime) -> ProgressReport:
    report.changed_at = at
    report.revision += 1
    report.save()
    return report


def _read(agency: Agency, year: int, period: str, as_of: date, at: datetime) -> ReportData:
    today = timezone.localdate(at)
    begin = PERIODS[period].begin(year)
    if as_of > today:
        raise ValidationError({"as_of": "Ngày lấy số liệu không được sau hôm nay."})
    if as_of < begin:
        raise ValidationError({"as_of": f"Kỳ này bắt đầu ngày {begin:%d/%m/%Y}."})
    return collect(agency, year=year, period=period, as_of=as_of, today=today)

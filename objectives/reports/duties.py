"""The duty of every unit to send its report by the day of the round, closed and opened again with the report."""

from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.urls import reverse

from objectives.enums import IN_FORCE_OR_PAST
from objectives.models import ObjectiveSet
from qms.duties.actions import report as report_duty
from qms.duties.actions import return_report
from qms.duties.enums import OWED, DutyKind, DutyState
from qms.duties.models import Duty
from qms.duties.opening import Wanted, open_duties
from qms.duties.sources import SourceKind, register
from qms.organisation.models import Unit, User
from qms.text import short_date

from .models import ObjectiveReport, ReportRound, ReportState

_SENT = (ReportState.SUBMITTED, ReportState.ACCEPTED)


def reporting_units(found: ReportRound) -> list[Unit]:
    """The units with objectives in force in the year of the round."""
    sets = ObjectiveSet.objects.filter(agency=found.agency_id, year=found.year, state__in=IN_FORCE_OR_PAST)
    return list(Unit.objects.filter(pk__in=sets.order_by().values("unit")).order_by("order", "name"))


def ask_units(found: ReportRound, *, at: datetime) -> list[Duty]:
    """One duty for each unit that has objectives; again changes nothing."""
    wanted = [_wanted(found, unit) for unit in reporting_units(found)]
    return open_duties(found, agency=found.agency, year=found.year, wanted=wanted, at=at)


def _wanted(found: ReportRound, unit: Unit) -> Wanted:
    return Wanted(
        key=_key(unit.pk), kind=DutyKind.FIGURE, title=f"Gửi báo cáo kết quả thực hiện mục tiêu {found.period_words}",
        unit=unit, context=f"Mục tiêu chất lượng năm {found.year}", period=found.period.label,
        opens_on=found.period.end, due_on=found.submit_by,
        explanation=f"Hạn {short_date(found.submit_by)} do Thư ký ISO đặt cho đợt báo cáo này.",
    )  # fmt: skip


def _key(unit_id: int) -> str:
    return f"unit:{unit_id}"


def duties_of(found: ReportRound) -> dict[int, Duty]:
    """By unit, the duty to send the report. One query."""
    kind = ContentType.objects.get_for_model(ReportRound)
    return {duty.unit_id: duty for duty in Duty.objects.filter(content_type=kind, object_id=found.pk)}


def duty_of(report: ObjectiveReport) -> Duty | None:
    """The duty that a unit's report answers. One query."""
    kind = ContentType.objects.get_for_model(ReportRound)
    keys = {"content_type": kind, "object_id": report.round_id, "key": _key(report.unit_id or 0)}
    return Duty.objects.filter(**keys).first()


def follow(report: ObjectiveReport, step: str, *, comment: str, actor: User, at: datetime) -> None:
    """Keep the duty in step with what just happened to the report."""
    duty = duty_of(report) if report.unit_id and step in ("send", "give_back", "withdraw") else None
    if duty is None:
        return
    if step == "send" and duty.state in OWED:
        _say(duty, DutyState.DONE, f"Đã gửi báo cáo {report.round.period_words}.", actor, at)
    elif step == "withdraw" and duty.state == DutyState.DONE:
        _say(duty, DutyState.IN_PROGRESS, comment, actor, at)
    elif step == "give_back" and duty.state == DutyState.DONE:
        return_report(duty, reason=comment, actor=actor, at=at)


def _say(duty: Duty, state: DutyState, text: str, actor: User, at: datetime) -> None:
    percent = 100 if state == DutyState.DONE else 90
    report_duty(duty, state=state, percent=percent, text=text, revision=duty.revision, actor=actor, at=at)


def _report_of(duty: Duty) -> ObjectiveReport | None:
    reports = ObjectiveReport.objects.filter(round=duty.object_id, unit=duty.unit_id)
    return reports.exclude(state=ReportState.DROPPED).first()


def _answered(duty: Duty, actor: User, at: datetime) -> None:
    """Sending the report answers the duty, nothing else does."""
    report = _report_of(duty)
    if report is None or report.state not in _SENT:
        raise ValidationError({"state": "Gửi báo cáo ở trang đợt báo cáo; gửi xong thì việc này tự xong."})


def _reopened(duty: Duty, actor: User, at: datetime) -> None:
    """The report is given back on its own page, so that both say the same."""
    report = _report_of(duty)
    if report is not None and report.state in _SENT:
        raise ValidationError({"reason": "Mở báo cáo của đơn vị để trả lại; việc này tự mở lại theo."})


def _address(found: ReportRound) -> str:
    return reverse("objective_reports:round", args=[found.pk])


def join_rooms() -> None:
    """Tell the room of duties where these are read and what follows when one is answered; once, at the start."""
    register("objective_reports.reportround", SourceKind(_address, _answered, _reopened))

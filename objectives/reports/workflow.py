"""The steps of a report on objectives.

A unit: soạn → gửi → Thư ký ISO nhận. The department: soạn → trình ký → ký → cấp số, ban hành (NĐ 30/2020 Điều 10–15).
What somebody gives back goes to the draft, with a reason.
"""

from django.core.exceptions import ValidationError
from django.utils import timezone

from qms.documents.issuing import give_number, keep_originals, put_signature, take_signature_off
from qms.organisation.selectors import title_of
from qms.workflow.engine import Missing, Step, Transition, Workflow

from . import rules
from .documents import report_document
from .facts import UNWANTED, ReportData
from .models import ObjectiveReport, ReportState

SERIES = "BC"


def _missing(report: ObjectiveReport) -> list[Missing]:
    wanted = {
        "trích yếu": report.subject, "đánh giá chung": report.conclusions,
        "nhiệm vụ kỳ tới": report.next_steps,
    }  # fmt: skip
    if ReportData.from_storage(report.data).of(*UNWANTED):
        wanted["tồn tại, nguyên nhân (có mục tiêu không đạt hoặc có nguy cơ)"] = report.causes
    return [Missing(name, "#noi-dung-bao-cao") for name, value in wanted.items() if not value.strip()]


def _send(report: ObjectiveReport, step: Step) -> None:
    day = timezone.localdate(step.at)
    if day < report.round.period.end:
        raise ValidationError(f"Kỳ báo cáo chưa hết: gửi từ ngày {report.round.period.end:%d/%m/%Y}.")
    report.submitted_at, report.date = step.at, day
    report.sign_position = title_of(step.actor, on=day).upper()
    report.sign_name = step.actor.full_name
    report.editors.add(step.actor)


def _unsend(report: ObjectiveReport, step: Step) -> None:
    report.submitted_at = report.date = None
    report.sign_position = report.sign_name = ""


def _accept(report: ObjectiveReport, step: Step) -> None:
    report.approved_by, report.approved_at = step.actor, step.at
    report.state = ReportState.ACCEPTED
    name = f"bao-cao-muc-tieu-{report.unit.short_name or report.unit.name}-{report.round.year}"
    keep_originals(report, report_document(report), agency=report.agency, entry=None, file_name=name, at=step.at)


def _approve(report: ObjectiveReport, step: Step) -> None:
    put_signature(report, step)
    report.approved_by, report.approved_at = step.actor, step.at


def _unapprove(report: ObjectiveReport, step: Step) -> None:
    report.approved_by = report.approved_at = report.submitted_at = None
    take_signature_off(report)


def _submit(report: ObjectiveReport, step: Step) -> None:
    report.submitted_at = step.at


def _issue(report: ObjectiveReport, step: Step) -> None:
    entry = give_number(report, step, kind=SERIES, what="Báo cáo")
    name = f"{report.number}-{report.symbol}-{report.date.year}"
    keep_originals(report, report_document(report), agency=report.agency, entry=entry, file_name=name, at=step.at)


_D, _S, _A, _N = ReportState.DRAFT, ReportState.SUBMITTED, ReportState.APPROVAL, ReportState.NUMBERING
REPORT_WORKFLOW = Workflow(
    transitions=(
        Transition(
            "send", "Gửi Thư ký ISO", "gửi báo cáo", frozenset({_D}), _S, rules.why_not_send, _missing, _send
        ),
        Transition(
            "accept", "Nhận báo cáo", "nhận báo cáo", frozenset({_S}), ReportState.ACCEPTED, rules.why_not_accept,
            effect=_accept,
        ),
        Transition(
            "give_back", "Trả lại", "trả lại báo cáo", frozenset({_S}), _D, rules.why_not_accept, effect=_unsend,
            comment_required=True, tone="danger",
        ),
        Transition(
            "withdraw", "Rút về để sửa", "rút báo cáo về để sửa", frozenset({_S}), _D, rules.why_not_send,
            effect=_unsend, comment_required=True, tone="quiet",
        ),
        Transition(
            "submit", "Trình ký", "trình ký báo cáo", frozenset({_D}), _A, rules.why_not_submit, _missing, _submit
        ),
        Transition("approve", "Ký", "ký báo cáo", frozenset({_A}), _N, rules.why_not_approve, effect=_approve),
        Transition(
            "issue", "Cấp số và ban hành", "cấp số và ban hành báo cáo", frozenset({_N}), ReportState.ISSUED,
            rules.why_not_number, effect=_issue,
        ),
        Transition(
            "return", "Trả lại", "trả lại báo cáo", frozenset({_A, _N}), _D, rules.why_not_return, effect=_unapprove,
            comment_required=True, tone="danger",
        ),
        Transition(
            "drop", "Bỏ dự thảo", "bỏ dự thảo báo cáo", frozenset({_D}), ReportState.DROPPED, rules.why_not_edit,
            comment_required=True, tone="quiet",
        ),
    ),
    snapshot=lambda report: {
        "conclusions": report.conclusions, "causes": report.causes, "next_steps": report.next_steps,
        "proposals": report.proposals, "as_of": report.as_of.isoformat(),
    },
)  # fmt: skip

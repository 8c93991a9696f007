"""The steps of a progress report, the least there are (NĐ 30/2020 Điều 10–15): soạn → ký → cấp số, ban hành."""

from qms.documents.issuing import give_number, keep_originals, put_signature, take_signature_off
from qms.organisation.access import access_of
from qms.organisation.models import User
from qms.workflow.engine import Missing, Step, Transition, Workflow

from .models import ProgressReport, ReportState
from .report_documents import report_document

KIND = "BC"


def why_not_draft(report: ProgressReport, user: User) -> str:
    """The secretary writes the report."""
    allowed = access_of(user).may("follow_duties", report.agency_id)
    return "" if allowed else "Chỉ Thư ký ISO soạn báo cáo tiến độ."


def why_not_edit(report: ProgressReport, user: User) -> str:
    """Only a draft is edited."""
    if report.state != ReportState.DRAFT:
        return f"Báo cáo {report.get_state_display()}, không sửa được. Trả lại để sửa."
    return why_not_draft(report, user)


def why_not_approve(report: ProgressReport, user: User) -> str:
    """The head signs, or whoever signs for the head; never the one who wrote it."""
    if not access_of(user).may("approve_plan", report.agency_id):
        return "Việc này của người có thẩm quyền ký."
    return "Người soạn không tự ký báo cáo của mình." if report.author_id == user.pk else ""


def why_not_number(report: ProgressReport, user: User) -> str:
    """The clerk gives the number and issues (NĐ 30/2020 Điều 15)."""
    allowed = access_of(user).may("number_document", report.agency_id)
    return "" if allowed else "Việc này của văn thư."


def why_not_return(report: ProgressReport, user: User) -> str:
    """Whoever has the report on the desk gives it back; its writer takes it back before it is signed."""
    if report.state == ReportState.NUMBERING:
        return why_not_number(report, user)
    return why_not_approve(report, user) and why_not_draft(report, user)


def _missing_to_submit(report: ProgressReport) -> list[Missing]:
    wanted = {"trích yếu": report.subject, "đánh giá chung": report.conclusions, "kiến nghị": report.proposals}
    return [Missing(name) for name, value in wanted.items() if not value.strip()]


def _approve(report: ProgressReport, step: Step) -> None:
    put_signature(report, step)
    report.approved_by, report.approved_at = step.actor, step.at


def _unapprove(report: ProgressReport, step: Step) -> None:
    report.approved_by = report.approved_at = None
    take_signature_off(report)


def _issue(report: ProgressReport, step: Step) -> None:
    entry = give_number(report, step, kind=KIND, what="Báo cáo")
    name = f"{report.number}-{report.symbol}-{report.year}"
    keep_originals(report, report_document(report), agency=report.agency, entry=entry, file_name=name, at=step.at)


_D, _A, _N = ReportState.DRAFT, ReportState.APPROVAL, ReportState.NUMBERING
REPORT_WORKFLOW = Workflow(
    transitions=(
        Transition("submit", "Trình ký", "trình ký báo cáo", frozenset({_D}), _A, why_not_draft, _missing_to_submit),
        Transition("approve", "Ký", "ký báo cáo", frozenset({_A}), _N, why_not_approve, effect=_approve),
        Transition(
            "issue", "Cấp số và ban hành", "cấp số và ban hành báo cáo", frozenset({_N}), ReportState.ISSUED,
            why_not_number, effect=_issue,
        ),
        Transition(
            "return", "Trả lại", "trả lại báo cáo", frozenset({_A, _N}), _D, why_not_return, effect=_unapprove,
            comment_required=True, tone="danger",
        ),
        Transition(
            "drop", "Bỏ dự thảo", "bỏ dự thảo báo cáo", frozenset({_D}), ReportState.DROPPED, why_not_draft,
            comment_required=True, tone="quiet",
        ),
    ),
    snapshot=lambda report: {"conclusions": report.conclusions, "proposals": report.proposals},
)  # fmt: skip

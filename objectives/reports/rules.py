"""Who may do what with reports on objectives. Each rule gives the reason why not, or "" when allowed."""

from objectives.rules import why_not_manage
from qms.organisation.access import access_of
from qms.organisation.models import Unit, User

from .models import ObjectiveReport, ReportState


def why_not_open(agency_id: int, user: User) -> str:
    """The ISO secretary asks the units for reports."""
    return why_not_manage(agency_id, user)


def why_not_draft(agency_id: int, unit: Unit | None, user: User) -> str:
    """A unit's report is written by its own people, the department's by the secretary."""
    if unit is None:
        return why_not_manage(agency_id, user)
    access = access_of(user)
    allowed = access.may_for_unit("lead_unit", unit.pk) or access.may_for_unit("answer_for_unit", unit.pk)
    return "" if allowed else "Chỉ người của đơn vị soạn báo cáo của đơn vị."


def why_not_edit(report: ObjectiveReport, user: User) -> str:
    """Only a draft is edited."""
    if report.state != ReportState.DRAFT:
        return f"Báo cáo {report.get_state_display()}, không sửa được."
    return why_not_draft(report.agency_id, report.unit, user)


def why_not_send(report: ObjectiveReport, user: User) -> str:
    """The head answers for the report of the unit (ISO 9001 5.3)."""
    if report.unit_id is None:
        return "Báo cáo của Sở được trình ký, không gửi."
    allowed = access_of(user).may_for_unit("lead_unit", report.unit_id)
    return "" if allowed else "Trưởng đơn vị gửi báo cáo của đơn vị."


def why_not_accept(report: ObjectiveReport, user: User) -> str:
    """The secretary takes a unit's report, or gives it back; never one's own."""
    return why_not_manage(report.agency_id, user) or _own(report, user, "nhận")


def why_not_submit(report: ObjectiveReport, user: User) -> str:
    """The secretary brings the department's report to be signed."""
    if report.unit_id is not None:
        return "Báo cáo của đơn vị được gửi cho Thư ký ISO, không trình ký."
    return why_not_manage(report.agency_id, user)


def why_not_approve(report: ObjectiveReport, user: User) -> str:
    """The head signs, or whoever signs for the head; never one who wrote it."""
    if not access_of(user).may("approve_plan", report.agency_id):
        return "Việc này của người có thẩm quyền ký."
    return _own(report, user, "ký")


def why_not_number(report: ObjectiveReport, user: User) -> str:
    """The clerk gives the number and issues (NĐ 30/2020 Điều 15)."""
    allowed = access_of(user).may("number_document", report.agency_id)
    return "" if allowed else "Việc này của văn thư."


def why_not_return(report: ObjectiveReport, user: User) -> str:
    """Whoever has the department's report on the desk gives it back; the secretary does until it is signed."""
    if report.state == ReportState.NUMBERING:
        return why_not_number(report, user)
    return why_not_approve(report, user) and why_not_submit(report, user)


def _own(report: ObjectiveReport, user: User, verb: str) -> str:
    return f"Người soạn không tự {verb} báo cáo của mình." if user.pk in report.known_editors else ""

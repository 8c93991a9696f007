"""Who may do what with objectives. Each rule gives the reason why not, in a sentence, or "" when allowed."""

from datetime import date

from qms.organisation.access import access_of
from qms.organisation.enums import UnitKind
from qms.organisation.models import Unit, User

from .enums import SetState
from .models import Figure, Objective, ObjectiveSet

REGISTERING = (UnitKind.DIVISION, UnitKind.AFFILIATED)
"""The kinds of units that register objectives of their own."""


def _lacks(user: User, agency_id: int, permission: str, sentence: str) -> str:
    return "" if access_of(user).may(permission, agency_id) else sentence


def _own(objectives: ObjectiveSet, user: User, verb: str) -> str:
    return f"Người soạn không tự {verb} mục tiêu của mình." if user.pk in objectives.known_editors else ""


def why_not_manage(agency_id: int, user: User) -> str:
    """The ISO secretary runs the registration and writes the department's objectives."""
    return _lacks(user, agency_id, "manage_objectives", "Việc này của Thư ký ISO.")


def why_not_register(agency_id: int, unit: Unit | None, user: User) -> str:
    """A unit's objectives are drafted by its own people, the department's by the secretary."""
    if unit is None:
        return why_not_manage(agency_id, user)
    access = access_of(user)
    if unit.kind not in REGISTERING or unit.agency_id != agency_id:
        return "Chỉ phòng và đơn vị trực thuộc đăng ký mục tiêu."
    allowed = access.may_for_unit("lead_unit", unit.pk) or access.may_for_unit("answer_for_unit", unit.pk)
    return "" if allowed else "Chỉ người của đơn vị soạn mục tiêu của đơn vị."


def why_not_edit(objectives: ObjectiveSet, user: User) -> str:
    """A set is edited only while it is a draft."""
    if not objectives.is_editable:
        return f"Bản mục tiêu {objectives.get_state_display()}, không sửa được."
    return why_not_register(objectives.agency_id, objectives.unit, user)


def why_not_submit(objectives: ObjectiveSet, user: User) -> str:
    """The head answers for the unit's objectives (ISO 9001 5.3), the secretary for the department's."""
    if objectives.unit_id is None:
        return why_not_manage(objectives.agency_id, user)
    allowed = access_of(user).may_for_unit("lead_unit", objectives.unit_id)
    return "" if allowed else "Trưởng đơn vị đăng ký mục tiêu của đơn vị."


def why_not_review(objectives: ObjectiveSet, user: User) -> str:
    """The secretary looks it over, never one's own."""
    return why_not_manage(objectives.agency_id, user) or _own(objectives, user, "xem xét")


def why_not_approve(objectives: ObjectiveSet, user: User) -> str:
    """The head approves, or whoever signs for the head by a delegation in force; never the drafter."""
    lacking = _lacks(user, objectives.agency_id, "approve_plan", "Việc này của người có thẩm quyền ký.")
    return lacking or _own(objectives, user, "phê duyệt")


def why_not_number(objectives: ObjectiveSet, user: User) -> str:
    """The clerk gives the numbers and issues (NĐ 30/2020 Điều 15)."""
    return _lacks(user, objectives.agency_id, "number_document", "Việc này của văn thư.")


_RETURNERS = {
    SetState.REVIEW: why_not_review,
    SetState.APPROVAL: why_not_approve,
    SetState.NUMBERING: why_not_number,
}


def why_not_return(objectives: ObjectiveSet, user: User) -> str:
    """Whoever has the set on the desk may give it back."""
    rule = _RETURNERS.get(SetState(objectives.state))
    return rule(objectives, user) if rule else "Bước này không trả lại được."


def why_not_close(objectives: ObjectiveSet, user: User) -> str:
    """The secretary closes the year."""
    return why_not_manage(objectives.agency_id, user)


def answers_for(objective: Objective, user: User) -> bool:
    """Whether that person speaks for the objective: its own person, or the unit that answers for it."""
    access = access_of(user)
    unit = objective.unit_id
    in_unit = access.may_for_unit("lead_unit", unit) or access.may_for_unit("answer_for_unit", unit)
    return in_unit or objective.person_id == user.pk


def why_not_enter(figure: Figure, user: User, today: date) -> str:
    """Figures are entered by those who answer for the objective, once the period has begun."""
    objective = figure.objective
    if objective.objective_set.state != SetState.ISSUED:
        return f"Bản mục tiêu {objective.objective_set.get_state_display()}, không nhập số liệu."
    if not answers_for(objective, user):
        return "Số liệu này do đơn vị chịu trách nhiệm nhập."
    return "" if today >= figure.starts_on else f"Kỳ này bắt đầu ngày {figure.starts_on:%d/%m/%Y}."


def why_not_explain(objective: Objective, user: User) -> str:
    """The cause of a miss is told by those who answer for the objective."""
    if objective.objective_set.state != SetState.ISSUED:
        return "Bản mục tiêu không ở bước thực hiện."
    return "" if answers_for(objective, user) else "Nguyên nhân do đơn vị chịu trách nhiệm ghi."

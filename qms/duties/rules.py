"""Who may do what with a duty. Each rule gives the reason why not, or ""."""

from qms.organisation.access import access_of
from qms.organisation.models import User

from .enums import ANSWERED, OWED, DutyState
from .models import Duty, Extension


def why_not_report(duty: Duty, user: User) -> str:
    """The unit that owes a duty answers it; a duty handed to a person is answered by that person or the unit's head."""
    if duty.state not in OWED and duty.state not in ANSWERED:
        return f"Việc này {DutyState(duty.state).label}, chưa báo cáo được."
    access = access_of(user)
    if access.may_for_unit("lead_unit", duty.unit_id) or duty.person_id == user.pk:
        return ""
    if not access.may_for_unit("answer_for_unit", duty.unit_id):
        return "Việc này của đơn vị khác."
    return f"Việc này đã giao cho {duty.person}." if duty.person_id else ""


def why_not_hand_over(duty: Duty, user: User) -> str:
    """The head hands a duty to a person of the unit."""
    if duty.state not in OWED:
        return "Chỉ giao việc đang phải làm."
    return "" if access_of(user).may_for_unit("lead_unit", duty.unit_id) else "Chỉ trưởng đơn vị giao việc."


def why_not_return(duty: Duty, user: User) -> str:
    """The secretary gives an answer back, never one's own."""
    if duty.state not in ANSWERED:
        return "Chỉ trả lại việc đã báo xong."
    if not access_of(user).may("follow_duties", duty.agency_id):
        return "Chỉ Thư ký ISO trả lại báo cáo."
    last = duty.reports.order_by("-at", "-pk").first()
    return "Không tự trả lại báo cáo của mình." if last and last.author_id == user.pk else ""


def why_not_ask(duty: Duty, user: User) -> str:
    """Whoever may report may ask for more time, while there is a day to move."""
    if duty.state not in OWED or duty.due_on is None:
        return "Việc này không có hạn để gia hạn."
    return why_not_report(duty, user)


def why_not_decide(extension: Extension, user: User) -> str:
    """The secretary or the leadership decides, never on one's own request."""
    if not access_of(user).may("decide_extensions", extension.duty.agency_id):
        return "Chỉ Thư ký ISO hoặc lãnh đạo xét gia hạn."
    return "Không tự xét đề nghị của mình." if extension.asked_by_id == user.pk else ""


def why_not_record(agency_id: int, user: User) -> str:
    """Events are recorded by whoever follows the plan."""
    return "" if access_of(user).may("follow_duties", agency_id) else "Chỉ Thư ký ISO ghi nhận sự kiện."

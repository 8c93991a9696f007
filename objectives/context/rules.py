"""Who may write in the register. Each rule gives the reason why not, or ""."""

from qms.duties.models import Duty
from qms.organisation.access import access_of
from qms.organisation.models import Unit, User

from .models import RegisterRow, RiskAction


def why_not_keep(unit: Unit, user: User) -> str:
    """A unit keeps its own rows; the secretary keeps all."""
    access = access_of(user)
    own = access.may_for_unit("answer_for_unit", unit.pk) or access.may_for_unit("lead_unit", unit.pk)
    if own or access.may("manage_objectives", unit.agency_id):
        return ""
    return "Chỉ đơn vị theo dõi hoặc Thư ký ISO sửa mục này."


def why_not_change(row: RegisterRow, user: User) -> str:
    """What no longer holds is not changed."""
    return "Mục này đã thôi theo dõi." if row.retired_on else why_not_keep(row.unit, user)


def why_not_judge(action: RiskAction, duty: Duty | None, user: User) -> str:
    """Who carried it out does not judge whether it worked; nobody judges before it is done (ISO 9001 6.1.2 b)."""
    if action.effective is not None:
        return "Biện pháp này đã được đánh giá hiệu lực."
    if duty is None or duty.state != "done":
        return "Đánh giá hiệu lực sau khi biện pháp đã xong."
    if duty.reports.filter(author=user).exists():
        return "Người thực hiện không tự đánh giá hiệu lực."
    return why_not_keep(action.risk.unit, user)


def why_not_set_scale(agency_id: int, user: User) -> str:
    """The secretary sets the scale of the agency."""
    return "" if access_of(user).may("manage_objectives", agency_id) else "Chỉ Thư ký ISO đặt thang đánh giá."

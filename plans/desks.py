"""The desks a plan passes (NĐ 30/2020 Điều 10–15): what is done there, by whom, and by which permission."""

from dataclasses import dataclass

from .enums import PlanState


@dataclass(frozen=True)
class Desk:
    """`label` names the step, `holder` who takes it, `call` stands on the button that leads there.

    `separate`: who drafted may not sit at this desk.
    """

    state: PlanState
    label: str
    holder: str
    call: str
    permission: str
    separate: bool = False


_ALL = (
    Desk(PlanState.DRAFT, "Soạn thảo", "Thư ký ISO", "Mở để soạn", "draft_plan"),
    Desk(PlanState.CONSULTATION, "Lấy ý kiến các đơn vị", "Thư ký ISO", "Xem ý kiến", "draft_plan"),
    Desk(PlanState.CONTENT_CHECK, "Kiểm tra nội dung", "Chánh Văn phòng", "Kiểm tra nội dung", "check_content", True),
    Desk(PlanState.LAYOUT_CHECK, "Kiểm tra thể thức", "Văn thư", "Kiểm tra thể thức", "check_layout", True),
    Desk(PlanState.APPROVAL, "Phê duyệt", "Giám đốc hoặc người được giao ký", "Xem, phê duyệt", "approve_plan", True),
    Desk(PlanState.NUMBERING, "Cấp số, ban hành", "Văn thư", "Cấp số", "number_document"),
)
DESKS: dict[PlanState, Desk] = {desk.state: desk for desk in _ALL}

"""Who may do what with a plan. Each rule gives the reason why not, in a sentence, or "" when allowed."""

from qms.organisation.access import access_of
from qms.organisation.models import Agency, User

from .desks import DESKS
from .enums import PlanState
from .models import Plan


def _lacks(user: User, plan: Plan, permission: str, sentence: str) -> str:
    return "" if access_of(user).may(permission, plan.agency_id) else sentence


def sees_inside(plan: Plan, user: User) -> bool:
    """Whether this person may read how the plan came about; an overseer reads only what was issued."""
    return access_of(user).is_inside(plan.agency_id)


def why_not_draft(plan: Plan, user: User) -> str:
    """Writing the plan belongs to whoever drafts in the agency."""
    return _lacks(user, plan, "draft_plan", "Chỉ người được giao soạn kế hoạch làm được việc này.")


def why_not_edit(plan: Plan, user: User) -> str:
    """A plan is edited only while it is a draft."""
    if not plan.is_editable:
        return f"Kế hoạch {plan.get_state_display()}, không sửa được. Trả lại để sửa, hoặc lập kế hoạch điều chỉnh."
    return why_not_draft(plan, user)


def why_not_submit(plan: Plan, user: User) -> str:
    """The consultant drafts and comments, the agency itself submits (TT 26/2014 Điều 7)."""
    access = access_of(user)
    if access.may("draft_plan", plan.agency_id) and not access.units:
        return "Đơn vị tư vấn không trình kế hoạch; Thư ký ISO trình."
    return why_not_draft(plan, user)


def why_not_comment(plan: Plan, user: User) -> str:
    """Everybody of the agency may comment while the draft is sent round."""
    if plan.state != PlanState.CONSULTATION:
        return "Kế hoạch không ở bước lấy ý kiến."
    return _lacks(user, plan, "comment_plan", "Chỉ người của cơ quan góp ý được.")


def why_not_reply(plan: Plan, user: User) -> str:
    """Views are answered until the plan is issued or dropped; then the record is closed."""
    if plan.state not in DESKS:
        return f"Kế hoạch {plan.get_state_display()}, không ghi thêm tiếp thu, giải trình."
    return why_not_draft(plan, user)


def why_not_check_content(plan: Plan, user: User) -> str:
    """The head of the drafting unit answers for the content (NĐ 30/2020 Điều 12 khoản 1)."""
    lacking = _lacks(user, plan, "check_content", "Việc này của người kiểm tra nội dung.")
    return lacking or _own_draft(plan, user, "kiểm tra nội dung")


def why_not_check_layout(plan: Plan, user: User) -> str:
    """The person assigned answers for the layout (NĐ 30/2020 Điều 12 khoản 2)."""
    lacking = _lacks(user, plan, "check_layout", "Việc này của người kiểm tra thể thức.")
    return lacking or _own_draft(plan, user, "kiểm tra thể thức")


def why_not_approve(plan: Plan, user: User) -> str:
    """The head approves, or whoever signs for the head by a delegation in force; never the drafter."""
    lacking = _lacks(user, plan, "approve_plan", "Việc này của người có thẩm quyền ký.")
    return lacking or _own_draft(plan, user, "phê duyệt")


def why_not_number(plan: Plan, user: User) -> str:
    """Numbers and the register belong to the clerk (NĐ 30/2020 Điều 15, Điều 22)."""
    return _lacks(user, plan, "number_document", "Việc này của văn thư.")


def why_not_issue(plan: Plan, user: User) -> str:
    """The clerk gives the number and issues; what has its number on paper is confirmed instead."""
    on_paper = "Kế hoạch này đã có số trên giấy: đối chiếu rồi xác nhận bản giấy." if plan.from_paper else ""
    return why_not_number(plan, user) or on_paper


def why_not_confirm_paper(plan: Plan, user: User) -> str:
    """The clerk compares with the paper original; never whoever typed the plan in."""
    not_on_paper = "" if plan.from_paper else "Kế hoạch này chưa có số trên giấy."
    return why_not_number(plan, user) or not_on_paper or _own_draft(plan, user, "xác nhận")


def why_not_replace(plan: Plan, user: User) -> str:
    """Whoever issues the amendment, or records the one issued on paper, replaces the plan by it."""
    return why_not_number(plan, user) and why_not_submit(plan, user)


def why_not_set_steps(agency: Agency, user: User) -> str:
    """The head of the agency or its ISO secretary says which steps it uses."""
    access = access_of(user)
    allowed = access.may("approve_plan", agency.pk) or access.may("manage_layouts", agency.pk)
    return "" if allowed else "Chỉ Giám đốc hoặc Thư ký ISO đổi được các bước."


_RETURNERS = {
    PlanState.CONSULTATION: why_not_submit,
    PlanState.CONTENT_CHECK: why_not_check_content,
    PlanState.LAYOUT_CHECK: why_not_check_layout,
    PlanState.APPROVAL: why_not_approve,
    PlanState.NUMBERING: why_not_number,
}


def why_not_return(plan: Plan, user: User) -> str:
    """Whoever has the plan on the desk may give it back."""
    rule = _RETURNERS.get(PlanState(plan.state))
    return rule(plan, user) if rule else "Bước này không trả lại được."


def why_not_withdraw(plan: Plan, user: User) -> str:
    """The drafter may take it back before it is signed."""
    return why_not_submit(plan, user)


def _own_draft(plan: Plan, user: User, verb: str) -> str:
    return f"Người soạn không tự {verb} kế hoạch của mình." if plan.is_drafted_by(user) else ""

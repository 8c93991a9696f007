"""The steps of a plan, as the regulation has them (NĐ 30/2020 Điều 10–15).

Soạn thảo → lấy ý kiến → kiểm tra nội dung → kiểm tra thể thức → phê duyệt → cấp số, ban hành → đóng.
An agency may switch off the three steps in the middle; every desk may give the plan back with a reason.
"""

from typing import Any

from django.core.exceptions import ValidationError

from qms.documents.actions import refuse_taken, take_number
from qms.documents.issuing import give_number, keep_originals, put_signature, refuse_day_to_come
from qms.documents.models import LAST_NUMBER, RegisterEntry
from qms.organisation.models import Agency
from qms.workflow.engine import Missing, Step, Transition, Workflow, perform

from . import rules
from .checklist import missing_to_issue, missing_to_submit
from .content import to_storage
from .documents import plan_document
from .duties.issuing import close_plan, open_plan
from .enums import PlanState
from .models import Plan, PlanSettings
from .selectors import plan_content
from .telling import plan_tellings
from .units import directory_of, link_units

SERIES = "KH"
MIDDLE_STEPS = (PlanState.CONSULTATION, PlanState.CONTENT_CHECK, PlanState.LAYOUT_CHECK)
_DESKS = frozenset({*MIDDLE_STEPS, PlanState.APPROVAL, PlanState.NUMBERING})


def steps_of(agency: Agency) -> list[PlanState]:
    """The desks a plan of that agency passes, in order, the approval last."""
    used = getattr(agency, "plan_settings", None) or PlanSettings(agency_id=agency.pk)
    return [step for step in MIDDLE_STEPS if getattr(used, step.value)] + [PlanState.APPROVAL]


def next_desk(plan: Plan) -> str:
    """The first desk after the plan's present one that the agency uses."""
    order = [PlanState.DRAFT, *MIDDLE_STEPS, PlanState.APPROVAL]
    later = order[order.index(PlanState(plan.state)) + 1 :]
    return next(step.value for step in steps_of(plan.agency) if step in later)


def _approve(plan: Plan, step: Step) -> None:
    put_signature(plan, step)
    plan.approved_by, plan.approved_at = step.actor, step.at


def _unapprove(plan: Plan, step: Step) -> None:
    plan.approved_by = plan.approved_at = None
    plan.from_paper = False


def _issue(plan: Plan, step: Step) -> None:
    entry = give_number(plan, step, kind=SERIES, what="Kế hoạch")
    _put_in_force(plan, step)
    _freeze(plan, entry, step)  # last, so that no file is written for an issue that fails


def _put_in_force(plan: Plan, step: Step) -> None:
    """Its tasks bind the units of the day of issue from now on."""
    link_units(list(plan.tasks.all()), directory_of(plan, step.at))
    _replace(plan, step)
    open_plan(plan, actor=step.actor, at=step.at)


def _replace(plan: Plan, step: Step) -> None:
    """The plan that an amendment replaces leaves force on the same day, in the same transaction."""
    if plan.replaces_id:
        perform(PLAN_WORKFLOW, plan.replaces, "replace", actor=step.actor, at=step.at, comment=plan.reference)


def _freeze(plan: Plan, entry: RegisterEntry, step: Step) -> None:
    document, name = plan_document(plan_content(plan)), f"{plan.number}-{plan.symbol}-{plan.year}"
    keep_originals(plan, document, agency=plan.agency, entry=entry, file_name=name, at=step.at)


def _record_paper(plan: Plan, step: Step) -> None:
    """The drafter says what stands on the paper; the clerk, who keeps the register, confirms it."""
    refuse_day_to_come(plan.date, step)
    if plan.number.isdecimal():
        refuse_taken(plan.agency, kind=SERIES, year=plan.date.year, number=_paper_number(plan))
    plan.from_paper = True


def _confirm_paper(plan: Plan, step: Step) -> None:
    plan.issued_at = step.at
    if plan.number.isdecimal():
        take_number(
            agency=plan.agency, kind=SERIES, symbol=plan.symbol, subject=plan.subject, issued_on=plan.date,
            actor=step.actor, at=step.at, number=_paper_number(plan), note="đã ban hành trên giấy",
        )  # fmt: skip
    _put_in_force(plan, step)


def _paper_number(plan: Plan) -> int:
    number = int(plan.number)
    if not 1 <= number <= LAST_NUMBER:
        raise ValidationError({"number": f"Số của bản giấy phải từ 1 đến {LAST_NUMBER}."})
    return number


def _close(plan: Plan, step: Step) -> None:
    plan.closed_at = step.at
    close_plan(plan, at=step.at)


def _drop(plan: Plan, step: Step) -> None:
    """A dropped amendment leaves the plan in force free for another one; its reason stays in the history."""
    plan.replaces = None


def _missing_to_close(plan: Plan) -> list[Missing]:
    under_way = getattr(plan, "replaced_by", None)
    return [Missing("ban hành hoặc bỏ bản điều chỉnh đang soạn")] if under_way else []


def _missing_to_record(plan: Plan) -> list[Missing]:
    wanted = {"số": plan.number, "ký hiệu": plan.symbol, "ngày ban hành": plan.date}
    return [Missing(f"{name} của bản giấy", "#phan-dau") for name, value in wanted.items() if not value]


def _snapshot(plan: Plan) -> dict[str, Any]:
    return to_storage(plan_content(plan))


PLAN_WORKFLOW = Workflow(
    transitions=(
        Transition(
            "submit", "Trình", "trình kế hoạch", frozenset({PlanState.DRAFT}), next_desk,
            rules.why_not_submit, missing_to_submit,
        ),
        Transition(
            "end_consultation", "Kết thúc lấy ý kiến", "kết thúc lấy ý kiến",
            frozenset({PlanState.CONSULTATION}), next_desk, rules.why_not_submit,
        ),
        Transition(
            "pass_content", "Đồng ý nội dung", "đồng ý về nội dung",
            frozenset({PlanState.CONTENT_CHECK}), next_desk, rules.why_not_check_content,
        ),
        Transition(
            "pass_layout", "Đạt thể thức", "xác nhận đạt thể thức",
            frozenset({PlanState.LAYOUT_CHECK}), next_desk, rules.why_not_check_layout,
        ),
        Transition(
            "approve", "Phê duyệt", "phê duyệt kế hoạch",
            frozenset({PlanState.APPROVAL}), PlanState.NUMBERING, rules.why_not_approve, effect=_approve,
        ),
        Transition(
            "issue", "Cấp số và ban hành", "cấp số và ban hành kế hoạch",
            frozenset({PlanState.NUMBERING}), PlanState.ISSUED, rules.why_not_issue, missing_to_issue, _issue,
        ),
        Transition(
            "return", "Trả lại", "trả lại kế hoạch", _DESKS, PlanState.DRAFT, rules.why_not_return,
            effect=_unapprove, comment_required=True, tone="danger",
        ),
        Transition(
            "withdraw", "Rút về để sửa", "rút kế hoạch về để sửa", _DESKS - {PlanState.NUMBERING}, PlanState.DRAFT,
            rules.why_not_withdraw, comment_required=True, tone="quiet",
        ),
        Transition(
            "record_paper", "Đề nghị ghi nhận bản giấy", "đề nghị ghi nhận kế hoạch đã ban hành trên giấy",
            frozenset({PlanState.DRAFT}), PlanState.NUMBERING, rules.why_not_submit, _missing_to_record,
            _record_paper, tone="quiet",
        ),
        Transition(
            "confirm_paper", "Xác nhận bản giấy", "xác nhận kế hoạch đã ban hành trên giấy",
            frozenset({PlanState.NUMBERING}), PlanState.ISSUED, rules.why_not_confirm_paper, _missing_to_record,
            _confirm_paper,
        ),
        Transition(
            "replace", "Thay thế", "thay thế bằng kế hoạch điều chỉnh", frozenset({PlanState.ISSUED}),
            PlanState.REPLACED, rules.why_not_replace, internal=True,
        ),
        Transition(
            "close", "Đóng kế hoạch", "đóng kế hoạch năm", frozenset({PlanState.ISSUED}), PlanState.CLOSED,
            rules.why_not_submit, _missing_to_close, _close, tone="quiet",
        ),
        Transition(
            "drop", "Bỏ dự thảo", "bỏ dự thảo", frozenset({PlanState.DRAFT}), PlanState.DROPPED,
            rules.why_not_submit, effect=_drop, comment_required=True, tone="quiet",
        ),
    ),
    snapshot=_snapshot,
    tellings=plan_tellings,
)  # fmt: skip

"""The steps of a set of objectives.

Đơn vị đăng ký → Thư ký ISO xem → Lãnh đạo phê duyệt → văn thư cấp số, ban hành → đóng. The department's own set goes
from the secretary straight to approval. Every desk may give it back with a reason.
"""

from datetime import date
from typing import Any

from qms.documents.actions import take_number
from qms.documents.issuing import check_issue_day, keep_originals, put_signature
from qms.workflow.engine import Step, Transition, Workflow

from . import rules, telling
from .checklist import missing_to_issue, missing_to_submit
from .content import snapshot_of
from .documents import SERIES, document_of, symbol_of
from .duties import close_set, open_set
from .enums import DocumentKind, SetState
from .models import ObjectiveDocument, ObjectiveSet

_DESKS = frozenset({SetState.REVIEW, SetState.APPROVAL, SetState.NUMBERING})


def first_desk(objectives: ObjectiveSet) -> str:
    """Where a submitted set goes: the secretary does not review the secretary's own."""
    return SetState.APPROVAL if objectives.unit_id is None else SetState.REVIEW


def _submit(objectives: ObjectiveSet, step: Step) -> None:
    objectives.submitted_at = step.at
    desk = "approve_plan" if objectives.unit_id is None else "manage_objectives"
    telling.comes_to_desk(objectives, desk, step)


def _review(objectives: ObjectiveSet, step: Step) -> None:
    objectives.reviewed_by, objectives.reviewed_at = step.actor, step.at
    telling.comes_to_desk(objectives, "approve_plan", step)


def _approve(objectives: ObjectiveSet, step: Step) -> None:
    put_signature(objectives, step)
    objectives.approved_by, objectives.approved_at = step.actor, step.at
    telling.comes_to_desk(objectives, "number_document", step)


def _back(objectives: ObjectiveSet, step: Step) -> None:
    objectives.approved_by = objectives.approved_at = None
    objectives.reviewed_by = objectives.reviewed_at = None


def _return(objectives: ObjectiveSet, step: Step) -> None:
    _back(objectives, step)
    telling.given_back(objectives, step)


def _issue(objectives: ObjectiveSet, step: Step) -> None:
    issued_on: date = step.data["date"]
    check_issue_day(issued_on, step, signed_at=objectives.approved_at, what="Bản mục tiêu")
    objectives.issued_at = step.at
    objectives.state = SetState.ISSUED
    open_set(objectives, at=step.at)
    telling.issued(objectives, step)
    for kind in DocumentKind:  # last, so that no file is written for an issue that fails
        _issue_document(objectives, kind, issued_on, step)


def _issue_document(objectives: ObjectiveSet, kind: DocumentKind, issued_on: date, step: Step) -> None:
    symbol = symbol_of(objectives, kind)
    entry = take_number(
        agency=objectives.agency, kind=SERIES[kind], symbol=symbol,
        subject=f"{kind.label} năm {objectives.year}, {objectives.owner_name}",
        issued_on=issued_on, actor=step.actor, at=step.at, number=step.data.get(f"{kind.value}_number"),
    )  # fmt: skip
    row = ObjectiveDocument.objects.create(
        objective_set=objectives, kind=kind, number=entry.number_text, symbol=symbol, date=issued_on
    )
    document, name = document_of(objectives, kind, row), f"{row.number}-{row.symbol}-{objectives.year}"
    keep_originals(row, document, agency=objectives.agency, entry=entry, file_name=name, at=step.at)


def _close(objectives: ObjectiveSet, step: Step) -> None:
    objectives.closed_at = step.at
    close_set(objectives, at=step.at)


def _snapshot(objectives: ObjectiveSet) -> dict[str, Any]:
    return snapshot_of(objectives)


SET_WORKFLOW = Workflow(
    transitions=(
        Transition(
            "submit", "Đăng ký", "đăng ký mục tiêu", frozenset({SetState.DRAFT}), first_desk,
            rules.why_not_submit, missing_to_submit, _submit,
        ),
        Transition(
            "review", "Đồng ý, trình Lãnh đạo", "xem và trình Lãnh đạo phê duyệt", frozenset({SetState.REVIEW}),
            SetState.APPROVAL, rules.why_not_review, effect=_review,
        ),
        Transition(
            "approve", "Phê duyệt", "phê duyệt mục tiêu", frozenset({SetState.APPROVAL}), SetState.NUMBERING,
            rules.why_not_approve, effect=_approve,
        ),
        Transition(
            "issue", "Cấp số và ban hành", "cấp số và ban hành mục tiêu", frozenset({SetState.NUMBERING}),
            SetState.ISSUED, rules.why_not_number, missing_to_issue, _issue,
        ),
        Transition(
            "return", "Trả lại", "trả lại bản mục tiêu", _DESKS, SetState.DRAFT, rules.why_not_return,
            effect=_return, comment_required=True, tone="danger",
        ),
        Transition(
            "withdraw", "Rút về để sửa", "rút bản mục tiêu về để sửa", _DESKS - {SetState.NUMBERING}, SetState.DRAFT,
            rules.why_not_submit, effect=_back, comment_required=True, tone="quiet",
        ),
        Transition(
            "close", "Đóng năm", "đóng mục tiêu của năm", frozenset({SetState.ISSUED}), SetState.CLOSED,
            rules.why_not_close, effect=_close, tone="quiet",
        ),
        Transition(
            "drop", "Bỏ dự thảo", "bỏ dự thảo mục tiêu", frozenset({SetState.DRAFT}), SetState.DROPPED,
            rules.why_not_submit, comment_required=True, tone="quiet",
        ),
    ),
    snapshot=_snapshot,
)  # fmt: skip

"""Reads that more than one caller needs."""

from collections import defaultdict

from qms.organisation.models import User

from .content import (
    Column,
    LayoutColumn,
    LayoutContent,
    PhaseContent,
    PlanContent,
    ResponsibilityContent,
    SectionContent,
    SectionKind,
    Signer,
    TaskContent,
    TaskStyle,
)
from .enums import PlanState
from .models import Plan, PlanLayout, PlanQuerySet, Task
from .rules import why_not_approve, why_not_check_content, why_not_check_layout, why_not_number, why_not_submit


def layout_content(layout: PlanLayout) -> LayoutContent:
    """The layout as plain data."""
    columns = tuple(
        LayoutColumn(Column(c["key"]), c["heading"], int(c.get("width", 10)), c.get("group", ""))
        for c in layout.columns
    )
    return LayoutContent(TaskStyle(layout.style), columns, layout.annex_title, layout.landscape)


def task_content(task: Task) -> TaskContent:
    """The task as plain data."""
    return TaskContent(
        ordinal=task.ordinal,
        title=task.title,
        outputs=tuple(task.outputs),
        lead=task.lead_text,
        support=task.support_text,
        approver=task.approver_text,
        timing=task.timing_text,
        note=task.note,
        description=task.description,
    )


def plan_content(plan: Plan) -> PlanContent:
    """The whole plan as plain data, in at most five queries; nothing is reordered."""
    by_phase: dict[int, list[TaskContent]] = defaultdict(list)
    for task in plan.tasks.order_by("order", "pk"):
        by_phase[task.phase_id].append(task_content(task))
    return PlanContent(
        agency=plan.issuer,
        parent_agency=plan.superior,
        number=plan.number,
        symbol=plan.symbol,
        place=plan.place,
        date=plan.date,
        title=plan.title,
        subject=plan.subject,
        year=plan.year,
        bases=tuple(plan.bases),
        intro=plan.intro,
        sections=tuple(
            SectionContent(s.number, s.heading, s.text, SectionKind(s.kind), s.text_after) for s in plan.sections.all()
        ),
        phases=tuple(PhaseContent(p.number, p.title, tuple(by_phase[p.pk])) for p in plan.phases.all()),
        responsibilities=tuple(
            ResponsibilityContent(r.unit_text, r.text, r.heading) for r in plan.responsibilities.all()
        ),
        closing=plan.closing,
        recipients=tuple(plan.recipients),
        signer=Signer(plan.sign_on_behalf, plan.sign_position, plan.sign_name),
        layout=layout_content(plan.layout),
    )


_DESK_RULES = {
    PlanState.DRAFT: why_not_submit,
    PlanState.CONSULTATION: why_not_submit,
    PlanState.CONTENT_CHECK: why_not_check_content,
    PlanState.LAYOUT_CHECK: why_not_check_layout,
    PlanState.APPROVAL: why_not_approve,
    PlanState.NUMBERING: why_not_number,
}


def waiting_for(user: User) -> PlanQuerySet:
    """Plans on this person's desk, oldest first. Whether each may really be taken on is the rules' answer."""
    plans = (
        Plan.objects.visible_to(user)
        .filter(state__in=_DESK_RULES)
        .select_related("agency", "author")
        .prefetch_related("editors")
        .order_by("changed_at")
    )
    wanted = [plan.pk for plan in plans if not _DESK_RULES[PlanState(plan.state)](plan, user)]
    return plans.filter(pk__in=wanted)

"""Reads that more than one caller needs."""

from collections import defaultdict

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
from .models import Plan, PlanLayout, Task


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
        phases=tuple(PhaseContent(p.number, p.title, tuple(by_phase[p.pk]), p.in_table) for p in plan.phases.all()),
        responsibilities=tuple(
            ResponsibilityContent(r.unit_text, r.text, r.heading) for r in plan.responsibilities.all()
        ),
        closing=plan.closing,
        recipients=tuple(plan.recipients),
        signer=Signer(plan.sign_on_behalf, plan.sign_position, plan.sign_name),
        layout=layout_content(plan.layout),
    )

"""Every write of a whole plan: create, store what was read, amend, comment, take a step.

Row edits of a draft are in `editing.py`, the start from last year's plan in `carry.py`.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from qms.deadlines import parse_timing
from qms.documents.model import USUAL_RECIPIENTS
from qms.files.together import files_and_rows
from qms.organisation.access import require
from qms.organisation.models import Agency, Unit, User
from qms.organisation.selectors import holdings_of
from qms.text import nfc
from qms.workflow.engine import NotAllowed, perform, record

from . import rules
from .content import DEFAULT_LAYOUT, LayoutContent, PhaseContent, PlanContent, SectionContent, SectionKind, TaskContent
from .desks import DESKS
from .enums import PlanState
from .models import Phase, Plan, PlanComment, PlanLayout, PlanSection, PlanSettings, Responsibility, Task
from .selectors import plan_content
from .units import directory_of, link_units
from .workflow import MIDDLE_STEPS, PLAN_WORKFLOW

_SKELETON = (
    SectionContent("I", "MỤC ĐÍCH, YÊU CẦU", "1. Mục đích\n2. Yêu cầu"),
    SectionContent("II", "NỘI DUNG NHIỆM VỤ", "", SectionKind.TASKS),
    SectionContent("III", "KINH PHÍ THỰC HIỆN", ""),
    SectionContent("IV", "TỔ CHỨC THỰC HIỆN", "", SectionKind.RESPONSIBILITIES),
)


def blank_content(agency: Agency, year: int) -> PlanContent:
    """What a new plan starts with: the usual sections, empty, and one empty table."""
    name = f"Kế hoạch áp dụng, duy trì và cải tiến Hệ thống quản lý chất lượng năm {year}"
    return PlanContent(
        agency=agency.name,
        parent_agency=agency.superior,
        symbol=f"KH-{agency.abbreviation}",
        place=agency.place,
        subject=f"Áp dụng, duy trì và cải tiến Hệ thống quản lý chất lượng theo TCVN ISO 9001:2015 năm {year}",
        year=year,
        intro=f"{agency.name} ban hành {name} như sau:",
        sections=_SKELETON,
        phases=(PhaseContent(),),
        closing=f"Trên đây là {name} của {agency.name}./.",
        recipients=USUAL_RECIPIENTS,
    )


def begun_by_same_press(
    agency: Agency, *, year: int, actor: User, seen: int | None, carried_from: Plan | None = None
) -> Plan | None:
    """The draft that this very form has made already, so that a second press of its button makes no second one.

    `seen` is the newest plan when the form was shown (`newest_plan`); None asks nothing. The agency is held until the
    transaction ends, so that two presses come one after the other.
    """
    if seen is None:
        return None
    Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
    begun = Plan.objects.filter(agency=agency, year=year, author=actor, carried_from=carried_from, pk__gt=seen)
    return begun.select_related("agency").first()


def newest_plan() -> int:
    """The id of the newest plan there is, 0 where there is none."""
    return Plan.objects.aggregate(newest=Max("pk"))["newest"] or 0


@transaction.atomic
def begin_plan(agency: Agency, *, year: int, actor: User, at: datetime, seen: int | None = None) -> Plan:
    """An empty draft with the layout that the agency used last; once for each press of the button (`seen`).

    Raises PermissionDenied, or ValidationError for a year out of range.
    """
    if begun := begun_by_same_press(agency, year=year, actor=actor, seen=seen):
        return begun
    last = Plan.objects.filter(agency=agency).exclude(state=PlanState.DROPPED).select_related("layout").first()
    layout = last.layout if last else None
    return store_plan(agency=agency, content=blank_content(agency, year), actor=actor, at=at, layout=layout)


@transaction.atomic
def store_plan(
    *,
    agency: Agency,
    content: PlanContent,
    actor: User,
    at: datetime,
    layout: PlanLayout | None = None,
    confirmed: Collection[str] = (),
    **links: Any,
) -> Plan:
    """Write a plan as a new draft. `links` are further fields (`carried_from`, `replaces`, `amendment_reason`).

    `confirmed` are timing phrases whose reading a person has confirmed. Raises ValidationError where a text is longer
    than its field or the year is out of range.
    """
    plan = Plan(
        agency=agency,
        year=content.year,
        title=content.title or "KẾ HOẠCH",
        subject=content.subject,
        issuer=content.agency or agency.name,
        superior=content.parent_agency if content.agency else agency.superior,
        place=content.place,
        number=content.number,
        symbol=content.symbol,
        date=content.date,
        bases=list(content.bases),
        intro=content.intro,
        closing=content.closing,
        recipients=list(content.recipients),
        sign_on_behalf=content.signer.on_behalf,
        sign_position=content.signer.position,
        sign_name=content.signer.name,
        layout=layout or layout_for(agency, content.layout),
        author=actor,
        created_at=at,
        **links,
    )
    plan.full_clean(exclude=["search"])
    plan.save()
    plan.editors.add(actor)
    _store_parts(plan, content, actor, confirmed)
    link_units(list(plan.tasks.all()), directory_of(plan, at))
    return plan


def layout_for(agency: Agency, wanted: LayoutContent) -> PlanLayout:
    """The agency's layout with exactly these columns, made under a free name if there is none."""
    columns = [
        {"key": c.key.value, "heading": c.heading, "width": c.width, "group": c.group}
        for c in (wanted.columns or DEFAULT_LAYOUT.columns)
    ]
    fields = {
        "style": wanted.style.value, "columns": columns,
        "annex_title": wanted.annex_title[:300], "landscape": wanted.landscape,
    }  # fmt: skip
    existing = PlanLayout.objects.filter(agency=agency)
    same = next((known for known in existing if all(getattr(known, k) == v for k, v in fields.items())), None)
    return same or PlanLayout.objects.create(agency=agency, name=f"Mẫu {existing.count() + 1}", **fields)


def _store_parts(plan: Plan, content: PlanContent, actor: User, confirmed: Collection[str]) -> None:
    PlanSection.objects.bulk_create(
        PlanSection(
            plan=plan, order=i, kind=s.kind.value, number=s.number, heading=s.heading,
            text=s.text, text_after=s.text_after,
        )
        for i, s in enumerate(content.sections)
    )  # fmt: skip
    Responsibility.objects.bulk_create(
        Responsibility(plan=plan, order=i, heading=r.heading, unit_text=r.unit, text=r.text)
        for i, r in enumerate(content.responsibilities)
    )
    tasks = [
        _new_task(plan, phase, order, task, actor, confirmed)
        for phase, given in zip(_store_phases(plan, content), content.phases or (PhaseContent(),), strict=True)
        for order, task in enumerate(given.tasks)
    ]
    Task.objects.bulk_create(tasks)


def _store_phases(plan: Plan, content: PlanContent) -> list[Phase]:
    return Phase.objects.bulk_create(
        Phase(plan=plan, order=i, number=phase.number, title=phase.title, in_table=phase.in_table)
        for i, phase in enumerate(content.phases or (PhaseContent(),))
    )


def _new_task(
    plan: Plan, phase: Phase, order: int, content: TaskContent, actor: User, confirmed: Collection[str]
) -> Task:
    task = Task(
        plan=plan,
        phase=phase,
        order=order,
        ordinal=content.ordinal,
        title=content.title,
        description=content.description,
        outputs=list(content.outputs),
        lead_text=content.lead,
        support_text=content.support,
        approver_text=content.approver,
        timing_text=content.timing,
        timing_data=parse_timing(content.timing, year=plan.year).to_storage(),
        timing_confirmed=content.timing in confirmed,
        note=content.note,
        changed_by=actor,
    )
    task.search = task.folded()  # rows are written in bulk
    return task


@transaction.atomic
def amend_plan(plan: Plan, *, reason: str, actor: User, at: datetime) -> Plan:
    """A new draft that will replace an issued plan; it says what it replaces and why.

    Raises PermissionDenied, or ValidationError where there is nothing to amend, no reason, or an amendment already.
    """
    plan = _locked(plan)
    if plan.state != PlanState.ISSUED:
        raise ValidationError("Chỉ điều chỉnh kế hoạch đang thực hiện.")
    require(rules.why_not_draft(plan, actor))
    if not reason.strip():
        raise ValidationError({"reason": "Ghi lý do điều chỉnh."})
    if Plan.objects.filter(replaces=plan).exists():
        raise ValidationError("Kế hoạch này đã có bản điều chỉnh đang soạn.")
    old = plan_content(plan)
    replaced = f"Kế hoạch này thay thế Kế hoạch số {plan.reference} ngày {plan.date:%d/%m/%Y}."
    content = replace(old, number="", date=None, closing=_before_end(old.closing, replaced))
    confirmed = plan.tasks.filter(timing_confirmed=True).values_list("timing_text", flat=True)
    return store_plan(
        agency=plan.agency, content=content, actor=actor, at=at, layout=plan.layout,
        replaces=plan, amendment_reason=nfc(reason).strip(), confirmed=frozenset(confirmed),
    )  # fmt: skip


@transaction.atomic
def comment_on_plan(
    plan: Plan, *, text: str, agrees: bool, actor: User, at: datetime, task: Task | None = None,
    unit: Unit | None = None,
) -> PlanComment:  # fmt: skip
    """The view of one of the person's own units on the draft, of the first one where none is named.

    Raises PermissionDenied, or ValidationError where nothing is said or the unit is not the person's.
    """
    plan = _locked(plan)
    require(rules.why_not_comment(plan, actor))
    own = speaks_for(actor, plan, on=timezone.localdate(at))
    if unit and unit not in own:
        raise ValidationError({"unit": "Anh chị không giữ vị trí nào ở đơn vị này."})
    comment = PlanComment(
        plan=plan, author=actor, author_name=str(actor), unit=unit or next(iter(own), None),
        task=task, agrees=agrees, text=nfc(text).strip(), at=at,
    )  # fmt: skip
    comment.full_clean()
    comment.save()
    return comment


def speaks_for(user: User, plan: Plan, *, on: date) -> list[Unit]:
    """The units of the plan's agency in which the person holds a position that day, the highest position first."""
    units = (holding.position.unit for holding in holdings_of(user, on=on))
    return list(dict.fromkeys(unit for unit in units if unit.agency_id == plan.agency_id))


@transaction.atomic
def reply_to_comment(comment: PlanComment, *, reply: str, actor: User) -> PlanComment:
    """How the drafter took the view up, or why not. Raises PermissionDenied."""
    require(rules.why_not_reply(_locked(comment.plan), actor))
    comment.reply = nfc(reply).strip()
    comment.save(update_fields=["reply"])
    return comment


@transaction.atomic
def set_steps(*, agency: Agency, steps: Collection[str], actor: User, at: datetime) -> PlanSettings:
    """Which of the three middle steps an agency uses ("consultation", "content_check", "layout_check").

    Plans under way go on from where they lie. Raises PermissionDenied.
    """
    require(rules.why_not_set_steps(agency, actor))
    settings, _ = PlanSettings.objects.get_or_create(agency=agency)
    for step in MIDDLE_STEPS:
        setattr(settings, step.value, step.value in steps)
    settings.save()
    names = [DESKS[step].label for step in MIDDLE_STEPS if step.value in steps]
    record(
        settings, name="set_steps", sentence="đổi các bước của kế hoạch", actor=actor, at=at,
        comment=f"Dùng: {', '.join(names)}." if names else "Không dùng bước nào giữa soạn thảo và phê duyệt.",
    )  # fmt: skip
    return settings


def take_step(
    plan: Plan, name: str, *, actor: User, at: datetime, comment: str = "", data: Mapping[str, Any] | None = None
) -> Plan:
    """Take one step of the plan's workflow; see `qms.workflow.engine.perform` for what it raises."""
    if PLAN_WORKFLOW[name].internal:
        raise NotAllowed("Bước này không thực hiện riêng được.")
    with files_and_rows():
        return perform(PLAN_WORKFLOW, plan, name, actor=actor, at=at, comment=comment, data=data)


def _locked(plan: Plan) -> Plan:
    """The plan as it stands now; it takes no step until the transaction ends."""
    return Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)


def _before_end(closing: str, sentence: str) -> str:
    """Put a sentence before the closing mark `./.`."""
    before = closing.removesuffix("./.").rstrip()
    return f"{before}. {sentence.rstrip('.')}./." if before else f"{sentence.rstrip('.')}./."

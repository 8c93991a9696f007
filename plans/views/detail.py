"""The page of one plan, an earlier state of it, and what an amendment changes."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from plans import rules
from plans.compare import differences
from plans.content import from_storage
from plans.documents import plan_document
from plans.duties.issuing import left_open
from plans.enums import IN_FORCE_OR_PAST
from plans.inbox import units_around
from plans.models import Plan, PlanComment
from plans.page import (
    Decision,
    by_phase,
    decision_of,
    overview_of,
    read_beside,
    task_rows,
    tasks_of,
    timeline_rows,
    visible_plan,
)
from plans.progress import progress_of
from plans.selectors import plan_content
from plans.views.step_forms import AmendForm, CommentForm, StepForm, step_form
from qms.documents.sheet import sheet_of
from qms.workflow.engine import Missing, Offer
from qms.workflow.models import HistoryEntry

TABLE, TIMELINE, SHEET, COMMENTS = "bang", "dong-thoi-gian", "ban-in", "y-kien"
LATE = "tre"
_LABELS = {TABLE: "Bảng", TIMELINE: "Dòng thời gian", SHEET: "Như bản in"}


@dataclass(frozen=True)
class Trouble:
    """A request that was refused: which form, why, and the form as it was filled, so that nothing typed is lost.

    `homeless`: the page as it is now has that form no more.
    """

    name: str
    sentence: str
    missing: list[Missing] = field(default_factory=list)
    form: Form | None = None
    homeless: bool = False

    @property
    def typed(self) -> str:
        """The words that were typed."""
        data = self.form.data if self.form else {}
        return next((data[name] for name in ("comment", "text", "reply", "reason") if data.get(name)), "")


@dataclass(frozen=True)
class Tab:
    """A view of the plan."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class DeskForm:
    """The step forward and the way back, which share their words: one form with two buttons."""

    form: StepForm
    forward: Offer | None
    back: Offer | None

    @property
    def ready(self) -> bool:
        """Whether the step forward lacks nothing."""
        return self.forward is not None and not self.forward.missing


@dataclass(frozen=True)
class StepChoice:
    """A step beside the way of the plan, with its form. `open`: it was just refused; `note`: what it leaves behind."""

    offer: Offer
    form: StepForm
    open: bool
    note: str = ""


@dataclass(frozen=True)
class Remark:
    """A view on the draft; `trouble`: the answer to it was just refused."""

    said: PlanComment
    trouble: Trouble | None


@require_safe
def detail(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """The plan: its content in one of four views, and beside it what may be done, what was done, the documents."""
    plan = visible_plan(request.user, pk)
    if plan.year != year:
        return redirect("plans:detail", plan.year, plan.pk)
    return plan_response(request, plan, request.GET.get("xem", TABLE))


def plan_response(
    request: HttpRequest, plan: Plan, tab: str, *, trouble: Trouble | None = None, status: int = 200
) -> HttpResponse:
    """The page as it is now; with `trouble`, also after a request that was refused."""
    inside = rules.sees_inside(plan, request.user)  # an overseer sees what was issued, not how it came about
    read_beside(plan, request.user, today=timezone.localdate())
    tabs = tabs_of(plan, tab, inside=inside)
    shown = tab if any(entry.current for entry in tabs) else TABLE
    if shown in (TABLE, TIMELINE):
        tasks_of(plan)  # the checklist of the next step asks about the same rows
    decision = decision_of(plan, request.user)
    trouble = trouble and replace(trouble, homeless=trouble.name not in _names(decision))
    history = HistoryEntry.objects.told_of(plan) if inside else []
    plan.last_step = {"name": history[-1].transition} if history else None
    context = {
        "plan": plan,
        "inside": inside,
        "replacement": _replacement(plan, inside=inside),
        "tabs": tabs if shown == tab else tabs_of(plan, shown, inside=inside),
        "tab": shown,
        "decision": decision,
        "desk": _desk_form(plan, decision, trouble),
        "choices": _choices(plan, decision, trouble),
        "amend_form": _amend_form(decision, trouble),
        "progress": progress_of(plan, history),
        "issued": plan.state in IN_FORCE_OR_PAST,
        "trouble": trouble,
        "overview": None,
        **_CONTENT[shown](request, plan, trouble),
    }
    return render(request, "plans/detail.html", context, status=status)


def _names(decision: Decision) -> set[str]:
    """The names of the forms that the page has now; those for views and answers stand in their own tab."""
    steps = filter(None, (decision.forward, decision.back, *decision.aside))
    others = {"amend": decision.may_amend, "comment": decision.may_comment}
    return {offer.transition.name for offer in steps} | {name for name, there in others.items() if there}


def _replacement(plan: Plan, *, inside: bool) -> Plan | None:
    """The plan that has replaced this one, or will."""
    new = plan.replacement
    return new if new and (inside or new.state in IN_FORCE_OR_PAST) else None


def tabs_of(plan: Plan, tab: str, *, inside: bool) -> list[Tab]:
    """The views of the plan; the one for comments only where the draft was sent round."""
    labels = dict(_LABELS)
    if inside and (plan.comment_count or plan.state == "consultation"):
        labels[COMMENTS] = f"Ý kiến ({plan.comment_count})"
    return [Tab(label, f"?xem={name}", name == tab) for name, label in labels.items()]


def _desk_form(plan: Plan, decision: Decision, trouble: Trouble | None) -> DeskForm | None:
    offer = decision.forward or decision.back
    if offer is None:
        return None
    names = {part.transition.name for part in (decision.forward, decision.back) if part}
    typed = trouble.form.data if trouble and trouble.form and trouble.name in names else None
    return DeskForm(step_form(offer.transition, plan, typed), decision.forward, decision.back)


def _choices(plan: Plan, decision: Decision, trouble: Trouble | None) -> list[StepChoice]:
    def choice(offer: Offer) -> StepChoice:
        refused = trouble if trouble and trouble.name == offer.transition.name else None
        form = refused.form if refused and isinstance(refused.form, StepForm) else step_form(offer.transition, plan)
        note = left_open(plan.owed_count, plan.asleep_count) if offer.transition.name == "close" else ""
        return StepChoice(offer, form, open=refused is not None, note=note)

    return [choice(offer) for offer in decision.aside]


def _amend_form(decision: Decision, trouble: Trouble | None) -> Form | None:
    if not decision.may_amend:
        return None
    return trouble.form if trouble and isinstance(trouble.form, AmendForm) else AmendForm()


def _table(request: HttpRequest, plan: Plan, trouble: Trouble | None) -> dict[str, Any]:
    rows = task_rows(plan, tasks_of(plan), today=timezone.localdate(), reader=request.user)
    late = [row for row in rows if row.standing.late]
    only_late = bool(late) and request.GET.get("loc") == LATE
    shown = late if only_late else rows
    return {
        "groups": by_phase(shown), "task_count": len(shown), "marked": any(row.mark for row in rows),
        "overview": overview_of(plan, rows, request.user), "late_count": len(late), "only_late": only_late,
    }  # fmt: skip


def _timeline(request: HttpRequest, plan: Plan, trouble: Trouble | None) -> dict[str, Any]:
    today = timezone.localdate()
    rows = task_rows(plan, tasks_of(plan), today=today, reader=request.user)
    timeline = list(timeline_rows(plan, rows, today=today))
    return {"rows": rows, "timeline": timeline, "overview": overview_of(plan, rows, request.user)}


def _sheet(request: HttpRequest, plan: Plan, trouble: Trouble | None) -> dict[str, Any]:
    document = plan_document(plan_content(plan), draft=plan.state not in IN_FORCE_OR_PAST)
    return {"sheet": sheet_of(document)}


def _trouble_of(trouble: Trouble | None, said: PlanComment) -> Trouble | None:
    return trouble if trouble and trouble.name == f"reply-{said.pk}" else None


def _comments(request: HttpRequest, plan: Plan, trouble: Trouble | None) -> dict[str, Any]:
    may_comment = not rules.why_not_comment(plan, request.user)
    form = trouble.form if trouble and isinstance(trouble.form, CommentForm) else None
    units, own = units_around(plan, request.user, on=timezone.localdate())
    return {
        "remarks": [Remark(said, _trouble_of(trouble, said)) for said in plan.comments.select_related("unit", "task")],
        "units": units,
        "silent": [unit for unit in units if not unit.answered],
        "answered": sum(unit.answered for unit in units),
        "comment_form": (form or CommentForm(plan, own)) if may_comment else None,
        "may_reply": not rules.why_not_reply(plan, request.user),
    }


_CONTENT: dict[str, Callable[[HttpRequest, Plan, Trouble | None], dict[str, Any]]] = {
    TABLE: _table, TIMELINE: _timeline, SHEET: _sheet, COMMENTS: _comments,
}  # fmt: skip


@require_safe
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan as it stood when a step was taken, and what differs from it now (NĐ 30/2020 Phụ lục VI)."""
    entry = get_object_or_404(HistoryEntry.objects.exclude(snapshot=None), pk=pk, content_type__model="plan")
    plan = visible_plan(request.user, entry.object_id)
    if not rules.sees_inside(plan, request.user):
        raise Http404
    then = from_storage(entry.snapshot)
    context = {
        "plan": plan,
        "entry": entry,
        "sheet": sheet_of(plan_document(then)),
        "differences": differences(then, plan_content(plan)),
    }
    return render(request, "plans/version.html", context)


@require_safe
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """What a plan changes in the one that it replaces."""
    plan = visible_plan(request.user, pk)
    replaced = get_object_or_404(Plan.objects.select_related("layout"), replaced_by=plan)
    found = differences(plan_content(replaced), plan_content(plan))
    return render(request, "plans/changes.html", {"plan": plan, "replaced": replaced, "differences": found})

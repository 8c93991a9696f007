"""What is done with a plan beside editing it: steps, views on the draft, answers to them, amendments.

A refusal shows the page as it is now, the sentence beside the button, and the words that were typed.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from plans.actions import amend_plan, comment_on_plan, reply_to_comment, speaks_for, take_step
from plans.desks import DESKS
from plans.enums import PlanState
from plans.models import Plan, PlanComment
from plans.page import visible_plan
from plans.views.detail import COMMENTS, TABLE, Trouble, plan_response
from plans.views.step_forms import AmendForm, CommentForm, ReplyForm, step_form
from plans.workflow import PLAN_WORKFLOW
from qms.workflow.engine import Refused, Transition
from qms.workflow.views import REFUSAL_STATUS, transition_or_404


@require_POST
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Take one step of the workflow."""
    transition = transition_or_404(PLAN_WORKFLOW, name)
    plan = visible_plan(request.user, pk)
    form = step_form(transition, plan, request.POST)
    if not form.is_valid():
        return _refused(request, plan, Trouble(name, _first_error(form), form=form), 422)
    try:
        taken = take_step(
            plan, name, actor=request.user, at=timezone.now(),
            comment=form.cleaned_data["comment"], data=form.step_data(),
        )  # fmt: skip
    except Refused as error:
        trouble = Trouble(name, str(error), getattr(error, "missing", []), form)
        return _refused(request, plan, trouble, REFUSAL_STATUS[type(error)])
    except ValidationError as error:
        return _refused(request, plan, Trouble(name, " ".join(error.messages), form=form), 422)
    messages.success(request, _done(transition, taken))
    return redirect("plans:detail", taken.year, taken.pk)


def _done(transition: Transition, plan: Plan) -> str:
    desk = DESKS.get(PlanState(plan.state))
    after = f" Bước tiếp theo: {desk.label[:1].lower()}{desk.label[1:]} ({desk.holder})." if desk else ""
    return f"Đã {transition.sentence}.{after}"


def _first_error(form: Form) -> str:
    return " ".join(str(error) for errors in form.errors.values() for error in errors)


def _refused(request: HttpRequest, plan: Plan, trouble: Trouble, status: int, tab: str = TABLE) -> HttpResponse:
    """The page as it is now: somebody else may have changed the plan since it was shown."""
    return plan_response(request, visible_plan(request.user, plan.pk), tab, trouble=trouble, status=status)


@require_POST
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """A unit's view on the draft sent round."""
    plan = visible_plan(request.user, pk)
    form = CommentForm(plan, speaks_for(request.user, plan, on=timezone.localdate()), request.POST)
    if not form.is_valid():
        return _refused(request, plan, Trouble("comment", _first_error(form), form=form), 422, COMMENTS)
    said = form.cleaned_data
    task = plan.tasks.filter(pk=said["task"]).first() if said["task"] else None
    try:
        comment_on_plan(
            plan, text=said["text"], agrees=said["answer"] == CommentForm.AGREES, task=task,
            unit=form.chosen_unit, actor=request.user, at=timezone.now(),
        )  # fmt: skip
    except PermissionDenied as error:
        return _refused(request, plan, Trouble("comment", str(error), form=form), 403, COMMENTS)
    messages.success(request, "Đã gửi ý kiến.")
    return redirect(_comments_url(plan))


@require_POST
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """The drafter's answer to a view."""
    said = get_object_or_404(PlanComment, pk=pk)
    plan = visible_plan(request.user, said.plan_id)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _refused(request, plan, Trouble(f"reply-{pk}", _first_error(form), form=form), 422, COMMENTS)
    try:
        reply_to_comment(said, reply=form.cleaned_data["reply"], actor=request.user)
    except PermissionDenied as error:
        return _refused(request, plan, Trouble(f"reply-{pk}", str(error), form=form), 403, COMMENTS)
    messages.success(request, "Đã ghi tiếp thu, giải trình.")
    return redirect(_comments_url(plan))


def _comments_url(plan: Plan) -> str:
    return f"{reverse('plans:detail', args=[plan.year, plan.pk])}?xem={COMMENTS}"


@require_POST
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Start the plan that will replace an issued one."""
    plan = visible_plan(request.user, pk)
    form = AmendForm(request.POST)
    if not form.is_valid():
        return _refused(request, plan, Trouble("amend", _first_error(form), form=form), 422)
    try:
        new = amend_plan(plan, reason=form.cleaned_data["reason"], actor=request.user, at=timezone.now())
    except PermissionDenied as error:
        return _refused(request, plan, Trouble("amend", str(error), form=form), 403)
    except ValidationError as error:
        return _refused(request, plan, Trouble("amend", " ".join(error.messages), form=form), 422)
    messages.success(request, f"Đã lập dự thảo điều chỉnh, sẽ thay thế {plan.reference} khi ban hành.")
    return redirect("plans:detail", new.year, new.pk)

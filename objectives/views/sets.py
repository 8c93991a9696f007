"""The page of a set of objectives: its objectives, the steps it takes, its documents; the desk where sets wait."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from objectives import rules
from objectives.actions import take_step
from objectives.board import Judged, judged, with_those_below
from objectives.documents import document_of
from objectives.enums import IN_FORCE_OR_PAST, DocumentKind, SetState
from objectives.forms import step_form
from objectives.models import ObjectiveSet
from objectives.requirements import Requirement, requirements_of
from objectives.selectors import last_step, waiting_for
from objectives.terms import Standing
from objectives.workflow import SET_WORKFLOW
from qms.documents.downloads import document_response
from qms.documents.forms import StepForm
from qms.documents.selectors import frozen_of
from qms.workflow.engine import Missing, Offer, Refused, offers
from qms.workflow.models import HistoryEntry
from qms.workflow.views import REFUSAL_STATUS, transition_or_404

from .common import set_or_404, today

_ADVISED = (SetState.DRAFT, SetState.REVIEW, SetState.APPROVAL)
_FORWARD = ("submit", "review", "approve", "issue")


@dataclass(frozen=True)
class Line:
    """An objective of the set as the page shows it; `previous` is last year's, judged."""

    row: Judged
    requirements: list[Requirement]
    previous: Judged | None

    @property
    def advice(self) -> list[Requirement]:
        """The requirements that are not met."""
        return [requirement for requirement in self.requirements if not requirement.is_met]


@dataclass(frozen=True)
class Choice:
    """A step this person may take, with its form."""

    offer: Offer
    form: StepForm
    trouble: str = ""
    missing: list[Missing] = field(default_factory=list)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A set: its objectives with advice, and beside it what may be done and the documents."""
    return set_page(request, set_or_404(request, pk))


def set_page(
    request: HttpRequest, objectives: ObjectiveSet, *, refused: Choice | None = None, status: int = 200
) -> HttpResponse:
    """The page as it is now; with `refused`, after a step that was refused."""
    history = HistoryEntry.objects.told_to(request.user, objectives)
    objectives.last_step = {"name": history[-1].transition} if history else None  # type: ignore[attr-defined]
    choices = _choices(request, objectives, refused)
    context = {
        "objectives": objectives, "year": objectives.year, "lines": lines_of(objectives),
        "forward": next((c for c in choices if c.offer.transition.name in _FORWARD), None),
        "back": next((c for c in choices if c.offer.transition.name == "return"), None),
        "aside": [c for c in choices if c.offer.transition.name not in (*_FORWARD, "return")],
        "refused": refused, "history": history, "may_edit": not rules.why_not_edit(objectives, request.user),
        "documents": _documents(objectives), "issued": objectives.state in IN_FORCE_OR_PAST,
    }  # fmt: skip
    return render(request, "objectives/set.html", context, status=status)


def lines_of(objectives: ObjectiveSet) -> list[Line]:
    """The objectives of a set in their order, with last year's result and, before the signature, advice."""
    own = Q(objective_set=objectives) | Q(carried_to__objective_set=objectives)
    board = judged(with_those_below(own), today())
    rows = [row for row in board.values() if row.objective.objective_set_id == objectives.pk]
    rows.sort(key=lambda row: (row.objective.order, row.objective.pk))
    advised = objectives.state in _ADVISED
    if advised:
        prefetch_related_objects([row.objective for row in rows], "steps")
    return [_line(row, board.get(row.objective.carried_from_id or 0), advised=advised) for row in rows]


def _line(row: Judged, previous: Judged | None, *, advised: bool) -> Line:
    fell_short = previous is not None and previous.verdict.standing == Standing.MISSED
    if previous:
        row.objective.carried_from = previous.objective
    steps = row.objective.steps.all() if advised else ()
    return Line(row, requirements_of(row.objective, steps, fell_short=fell_short) if advised else [], previous)


def _choices(request: HttpRequest, objectives: ObjectiveSet, refused: Choice | None) -> list[Choice]:
    return [
        refused
        if refused and refused.offer.transition.name == offer.transition.name
        else Choice(offer, step_form(offer.transition, objectives), missing=offer.missing)
        for offer in offers(SET_WORKFLOW, objectives, request.user)
    ]


def _documents(objectives: ObjectiveSet) -> list[dict[str, Any]]:
    """Both documents: the originals, or drafts of them."""
    issued = {row.kind: row for row in objectives.documents.all()} if objectives.state in IN_FORCE_OR_PAST else {}
    return [
        {"kind": kind, "row": issued.get(kind), "title": str(issued[kind]) if kind in issued else kind.label}
        for kind in DocumentKind
    ]


@require_POST
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Take one step of the workflow; refused, the page is shown with the reason and what was typed."""
    objectives = set_or_404(request, pk)
    transition = transition_or_404(SET_WORKFLOW, name)
    form = step_form(transition, objectives, request.POST)
    if not form.is_valid():
        sentence = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return _refused(request, pk, Choice(Offer(transition, []), form, sentence), 422)
    try:
        taken = take_step(
            objectives, name, actor=request.user, at=timezone.now(), comment=form.cleaned_data["comment"],
            data=form.step_data(),
        )  # fmt: skip
    except Refused as error:
        choice = Choice(Offer(transition, []), form, str(error), getattr(error, "missing", []))
        return _refused(request, pk, choice, REFUSAL_STATUS[type(error)])
    except ValidationError as error:
        return _refused(request, pk, Choice(Offer(transition, []), form, " ".join(error.messages)), 422)
    messages.success(request, f"Đã {transition.sentence}.")
    return redirect("objectives:set", taken.pk)


def _refused(request: HttpRequest, pk: int, choice: Choice, status: int) -> HttpResponse:
    return set_page(request, set_or_404(request, pk), refused=choice, status=status)


@require_safe
def download_file(request: HttpRequest, pk: int, kind: str, file_format: str) -> HttpResponse:
    """PDF or DOCX of one of the two documents: the original once issued, before that a draft that says so."""
    objectives = set_or_404(request, pk)
    if kind not in DocumentKind.values:
        raise Http404
    row = objectives.documents.filter(kind=kind).first()
    name = f"du-thao-{'muc-tieu' if kind == DocumentKind.TARGETS else 'ke-hoach-muc-tieu'}-{objectives.year}"
    return document_response(
        frozen_of(row) if row else None, lambda: document_of(objectives, DocumentKind(kind), row), file_format, name
    )


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for this person: sets to review, to approve, to number."""
    sets = waiting_for(request.user).select_related("unit", "agency", "author").annotate(last_step=last_step())
    return render(request, "objectives/desk.html", {"sets": list(sets)})

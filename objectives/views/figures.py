"""The page of one objective, and entering its figures."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from objectives import rules
from objectives.board import Judged, family
from objectives.figures import figure_text
from objectives.forms import FigureForm, MissForm
from objectives.marks import standing_mark
from objectives.measuring import enter_figure, record_miss, verdict_with
from objectives.models import Figure, MissCause, Objective
from objectives.proposals import Proposal, proposals_for
from objectives.selectors import figures_owed_by
from objectives.status import Slot, Verdict
from objectives.terms import Standing
from qms.duties.enums import DutyKind
from qms.duties.marks import duty_mark
from qms.duties.models import Duty
from qms.marks import Mark
from qms.organisation.access import require
from qms.workflow.revisions import Overtaken

from .common import figure_or_404, objective_or_404, today


@dataclass(frozen=True)
class PeriodRow:
    """One period in the table of figures. Computed objectives have no `figure`."""

    slot: Slot
    verdict: Verdict
    words: str
    figure: Figure | None = None
    may_enter: bool = False
    locked: bool = False

    @property
    def mark(self) -> Mark:
        return standing_mark(self.verdict.standing)

    def is_owed(self, day: date) -> bool:
        """Whether this person should enter it now: the period is over and there is nothing yet."""
        figure = self.figure
        return figure is not None and self.may_enter and not figure.is_entered and figure.ends_on <= day


@require_safe
def detail(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """An objective: how it stands and why, its figures, steps, what it serves and what serves it."""
    objective = objective_or_404(request, pk)
    if objective.objective_set.year != year:
        return redirect("objectives:detail", objective.objective_set.year, pk)
    return objective_page(request, objective)


def objective_page(
    request: HttpRequest, objective: Objective, *, miss_form: MissForm | None = None, status: int = 200
) -> HttpResponse:
    """The page as it is now; with `miss_form`, after one that was refused."""
    day = today()
    board = family(objective, day)
    row = board[objective.pk]
    for figure in row.figures:
        figure.objective = objective
    prefetch_related_objects([figure for figure in row.figures if figure.amended], "versions")
    periods = period_rows(row, request.user, day)
    misses = misses_of(objective, row)
    context = {
        "objective": objective, "row": row, "periods": periods, "misses": misses, "year": objective.objective_set.year,
        "next": next((row for row in periods if row.is_owed(day)), None),
        "miss_form": miss_form or _miss_form(objective, row, misses, request), "steps": _steps(objective, day),
        "previous": board.get(objective.carried_from_id or 0),
        "may_edit": not rules.why_not_edit(objective.objective_set, request.user),
    }  # fmt: skip
    return render(request, "objectives/detail.html", context, status=status)


def period_rows(row: Judged, user: Any, day: date) -> list[PeriodRow]:
    """Every period with its figure, how it stands, and whether that person may write it."""
    figures = row.figures or [None] * len(row.slots)
    return [
        PeriodRow(
            slot, row.period_verdict(place), _words(row.objective, slot, figure), figure,
            may_enter=figure is not None and not rules.why_not_enter(figure, user, day),
            locked=figure is not None and figure.is_locked(day),
        )
        for place, (slot, figure) in enumerate(zip(row.slots, figures, strict=True))
    ]  # fmt: skip


def _words(objective: Objective, slot: Slot, figure: Figure | None) -> str:
    if figure is not None:
        return figure.words(objective.unit_of_measure)
    if slot.entry is None:
        return ""
    return "không phát sinh" if slot.entry.value is None else figure_text(slot.entry.value, objective.unit_of_measure)


def _miss_form(objective: Objective, row: Judged, misses: list[MissCause], request: HttpRequest) -> MissForm | None:
    """A miss of the whole that nobody explained yet asks for its cause."""
    unexplained = row.verdict.standing == Standing.MISSED and not misses
    return MissForm() if unexplained and not rules.why_not_explain(objective, request.user) else None


def _steps(objective: Objective, day: date) -> list[tuple[Any, list[tuple[Duty, Mark]]]]:
    """The steps, each with its duties and how they stand."""
    kind = ContentType.objects.get_for_model(Objective)
    by_step: dict[str, list[tuple[Duty, Mark]]] = {}
    duties = Duty.objects.filter(content_type=kind, object_id=objective.pk, kind=DutyKind.STEP).select_related("unit")
    for duty in duties:
        by_step.setdefault(duty.key.split(":")[1], []).append((duty, duty_mark(duty, day)))
    return [(step, by_step.get(str(step.pk), [])) for step in objective.steps.select_related("unit", "person")]


def misses_of(objective: Objective, row: Judged) -> list[MissCause]:
    """Of its periods, then of the whole (it came with the objective)."""
    of_periods = [figure.miss for figure in row.figures if hasattr(figure, "miss")]
    whole = getattr(objective, "whole_miss", None)
    if not whole:
        return of_periods
    return [*of_periods, MissCause(**{**whole, "found_on": date.fromisoformat(whole["found_on"])})]


@require_safe
def owed(request: HttpRequest) -> HttpResponse:
    """The figures that this person's units have to enter now."""
    day = today()
    rows = [(figure, figure.due_on < day) for figure in figures_owed_by(request.user, day)]
    return render(request, "objectives/owed.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter, correct or amend the figure of one period."""
    figure, day = figure_or_404(request, pk), today()
    require(rules.why_not_enter(figure, request.user, day))
    offered = proposals_for(figure)
    form = FigureForm(request.POST or None, request.FILES or None, figure=figure, today=day)
    taken = offered.get(request.GET.get("lay", ""))
    if taken:
        form.initial |= taken.fields
    status = 422 if form.is_bound else 200
    if form.is_valid():
        status = _enter(request, figure, form)
        if status == 200:
            messages.success(request, f"Đã ghi số liệu {figure.period.inline}.")
            return redirect("objectives:detail", figure.objective.objective_set.year, figure.objective_id)
    return _figure_page(request, figure, form, day, status, offered)


def _enter(request: HttpRequest, figure: Figure, form: FigureForm) -> int:
    """Write it; the status of the answer."""
    try:
        enter_figure(
            figure, given=form.given(), revision=form.cleaned_data["revision"], actor=request.user, at=timezone.now(),
            reason=form.cleaned_data.get("reason", ""), proofs=form.proofs(),
        )  # fmt: skip
    except Overtaken as error:
        form.add_error(None, error)
        return 409
    except ValidationError as error:
        form.take_errors(error.message_dict if hasattr(error, "error_dict") else {"": error.messages})
        return 422
    except PermissionDenied as error:
        form.add_error(None, str(error))
        return 403
    return 200


def _figure_page(
    request: HttpRequest, figure: Figure, form: FigureForm, day: date, status: int, offered: dict[str, Proposal]
) -> HttpResponse:
    standing = Figure.objects.select_related("objective").get(pk=figure.pk)
    context = {
        "figure": standing, "objective": figure.objective, "form": form, "locked": standing.is_locked(day),
        "standing_words": standing.words(figure.objective.unit_of_measure),
        "asks_cause": bool(form.errors.get("cause")), "offered": offered,
        "miss": MissCause.objects.filter(figure=figure).first(), "year": figure.objective.objective_set.year,
    }  # fmt: skip
    return render(request, "objectives/figure.html", context, status=status)


@require_POST
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """How the period would stand with what is typed (htmx)."""
    figure, day = figure_or_404(request, pk), today()
    form = FigureForm(request.POST, request.FILES, figure=figure, today=day)
    verdict = None
    if form.is_valid():
        try:
            verdict = verdict_with(figure, form.given(), day)
        except ValidationError:
            verdict = None
    context = {
        "verdict": verdict, "mark": standing_mark(verdict.standing) if verdict else None, "form": form,
        "asks_cause": verdict is not None and verdict.standing == Standing.MISSED,
    }  # fmt: skip
    return render(request, "objectives/figure_preview.html", context)


@require_POST
def miss(request: HttpRequest, pk: int) -> HttpResponse:
    """Why an objective as a whole is missed."""
    objective = objective_or_404(request, pk)
    require(rules.why_not_explain(objective, request.user))
    form = MissForm(request.POST)
    if form.is_valid():
        try:
            record_miss(objective, actor=request.user, at=timezone.now(), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "Đã ghi nguyên nhân.")
            return redirect("objectives:detail", objective.objective_set.year, pk)
    return objective_page(request, objective, miss_form=form, status=422)

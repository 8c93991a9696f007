"""Writing a draft: begin it, its texts, its objectives and their steps; the round of registration."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from objectives import actions, rules
from objectives.carry import previous_set, start_from
from objectives.forms import HeadForm, ObjectiveForm, RegistrationForm, StepRows
from objectives.models import Objective, ObjectiveSet, Registration
from objectives.requirements import requirements_of
from qms.organisation.access import require
from qms.organisation.models import Unit
from qms.workflow.revisions import Overtaken

from .common import agency_of, objective_or_404, sensible, set_or_404

_PREFIX = "bien-phap"


@require_POST
def start(request: HttpRequest, year: int) -> HttpResponse:
    """Begin the set of a unit, or of the department; from last year's where there is one and it is wanted."""
    agency = agency_of(request)
    year = sensible(year)
    asked = request.POST.get("unit", "")
    unit = get_object_or_404(Unit, pk=int(asked), agency=agency) if asked.isdecimal() else None
    previous = previous_set(agency, year, unit) if request.POST.get("from") == "previous" else None
    at = timezone.now()
    require(rules.why_not_register(agency.pk, unit, request.user))
    try:
        if previous:
            objectives = start_from(previous, year=year, actor=request.user, at=at)
        else:
            objectives = actions.start_set(agency=agency, year=year, unit=unit, actor=request.user, at=at)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("objectives:year", year)
    return redirect("objectives:set", objectives.pk)


@require_http_methods(["GET", "POST"])
def registration(request: HttpRequest, year: int) -> HttpResponse:
    """Until when units register."""
    agency = agency_of(request)
    require(rules.why_not_manage(agency.pk, request.user))
    standing = Registration.objects.filter(agency=agency, year=sensible(year)).first()
    names = ("register_by", "figure_days", "note")
    initial = {name: getattr(standing, name) for name in names} if standing else None
    form = RegistrationForm(request.POST or None, initial=initial)
    if form.is_valid():
        actions.open_registration(agency=agency, year=year, actor=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, f"Đã đặt hạn đăng ký mục tiêu năm {year}.")
        return redirect("objectives:year", year)
    return render(
        request, "objectives/registration.html", {"form": form, "year": year}, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET", "POST"])
def head(request: HttpRequest, pk: int) -> HttpResponse:
    """The texts around the table."""
    objectives = set_or_404(request, pk)
    require(rules.why_not_edit(objectives, request.user))
    names = ("bases", "intro", "carrying_out", "recipients", "revision")
    form = HeadForm(request.POST or None, initial={name: getattr(objectives, name) for name in names})
    status = 422 if form.is_bound else 200
    if form.is_valid():
        data = form.cleaned_data
        try:
            actions.save_head(objectives, fields=data, revision=data["revision"], actor=request.user, at=timezone.now())
        except Overtaken as error:
            form.add_error(None, error)
            status = 409
        else:
            messages.success(request, "Đã lưu.")
            return redirect("objectives:set", pk)
    return render(request, "objectives/head.html", {"form": form, "objectives": objectives}, status=status)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """One more objective."""
    objectives = set_or_404(request, pk)
    require(rules.why_not_edit(objectives, request.user))
    return _objective(request, objectives, None)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """An objective of a draft."""
    row = objective_or_404(request, pk)
    require(rules.why_not_edit(row.objective_set, request.user))
    return _objective(request, row.objective_set, row)


def _objective(request: HttpRequest, objectives: ObjectiveSet, row: Objective | None) -> HttpResponse:
    steps = list(row.steps.values("text", "timing_text", "support_text", "result")) if row else []
    form = ObjectiveForm(request.POST or None, objectives=objectives, row=row)
    rows = StepRows(request.POST or None, prefix=_PREFIX, initial=steps)
    status = 422 if form.is_bound else 200
    if form.is_valid() and rows.is_valid():
        saved, status = _save(request, objectives, row, form, rows)
        if saved:
            messages.success(request, "Đã lưu mục tiêu.")
            again = "more" in request.POST
            return redirect("objectives:edit", saved.pk) if again else redirect("objectives:set", objectives.pk)
    context = {
        "form": form, "rows": rows, "objectives": objectives, "row": row, "year": objectives.year,
        "requirements": requirements_of(row, row.steps.all()) if row else [],
    }  # fmt: skip
    return render(request, "objectives/edit.html", context, status=status)


def _save(
    request: HttpRequest, objectives: ObjectiveSet, row: Objective | None, form: ObjectiveForm, rows: BaseFormSet
) -> tuple[Objective | None, int]:
    steps = [data for data in rows.cleaned_data if data.get("text")]
    try:
        return actions.save_objective(
            objectives, fields=form.fields_to_store(), steps=_with_units(row, steps), objective=row,
            revision=form.cleaned_data["revision"], actor=request.user, at=timezone.now(),
        ), 200  # fmt: skip
    except Overtaken as error:
        form.add_error(None, error)
        return None, 409
    except ValidationError as error:
        for name, words in (error.message_dict if hasattr(error, "error_dict") else {None: error.messages}).items():
            form.add_error(name if name in form.fields else None, words)
        return None, 422


def _with_units(row: Objective | None, steps: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Steps keep the unit and the person that they had, by their words."""
    had = {step.text: step for step in row.steps.select_related("unit", "person")} if row else {}
    return [
        {**step, "unit": had[step["text"]].unit, "person": had[step["text"]].person}
        if step["text"] in had
        else {**step}
        for step in steps
    ]


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an objective out of a draft."""
    row = objective_or_404(request, pk)
    require(rules.why_not_edit(row.objective_set, request.user))
    try:
        actions.remove_objective(row, actor=request.user, at=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "Đã bỏ mục tiêu khỏi dự thảo.")
    return redirect("objectives:set", row.objective_set_id)


@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down."""
    row = objective_or_404(request, pk)
    require(rules.why_not_edit(row.objective_set, request.user))
    actions.move_objective(row, down="down" in request.POST, actor=request.user, at=timezone.now())
    return redirect("objectives:set", row.objective_set_id)

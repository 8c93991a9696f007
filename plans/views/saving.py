"""Saving one part of a draft by itself: the same few steps for the header, a section, a task, a duty.

An answer to htmx while typing replaces nothing that is being typed: it carries the new fingerprints and the errors,
each to its own place. Only closing a row, or two versions to choose from, take the place of the form.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from plans.editing import Conflict, changed_since, fingerprint, fingerprints
from plans.forms import DraftForm, values_of
from plans.models import Plan
from qms.organisation.models import User

from .drafts import editor_url

_TICKED_WITH = {"timing_confirmed": "timing_text"}
"""A box that is not ticked is not sent; the field beside it tells that it was there."""
_STALE = "Trang này đã cũ. Chép lại phần chữ vừa gõ rồi tải lại trang."


@dataclass(frozen=True)
class Box:
    """One part of a draft on the screen.

    `key` is its id on the page, `fields` what it shows of `row`, `write` one of the edits of `plans.editing`,
    `template` draws its fields with the help of `extra`. A closed task row is drawn by `closed` (template and
    context); other boxes stay open.
    """

    plan: Plan
    key: str
    title: str
    row: models.Model
    fields: tuple[str, ...]
    form_class: type[DraftForm]
    template: str
    url_name: str
    url_args: tuple[Any, ...]
    write: Callable[..., Any]
    options: Mapping[str, Any] = field(default_factory=dict)
    closed: Callable[[models.Model], tuple[str, dict[str, Any]]] | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return reverse(self.url_name, args=[self.plan.year, self.plan.pk, *self.url_args])

    @property
    def back(self) -> str:
        return editor_url(self.plan, self.key)

    @property
    def touched_today(self) -> tuple[User, datetime] | None:
        """Who changed it last, if that was today."""
        by, at = last_change(self.row)
        return (by, at) if by and at and timezone.localdate(at) == timezone.localdate() else None

    def form(self, data: Any = None) -> DraftForm:
        """The form, filled from the row or from what was sent."""
        initial = values_of(self.row, self.fields)
        return self.form_class(data, key=self.key, initial=initial, **self.options)

    def context(self, form: DraftForm | None = None, seen: Mapping[str, str] | None = None) -> dict[str, Any]:
        """What `plans/editor/box.html` needs."""
        names = form.fields if form else self.form_class(key=self.key, **self.options).fields
        shown = [name for name in self.fields if name in names]
        seen = fingerprints(self.row, shown) if seen is None else seen
        return {"box": self, "plan": self.plan, "form": form or self.form(), "base": json.dumps(seen)}


@dataclass(frozen=True)
class Version:
    """One field of which there are two versions."""

    bound: BoundField
    theirs: str

    @property
    def name(self) -> str:
        return self.bound.name


def show_box(request: HttpRequest, box: Box) -> HttpResponse:
    """The open form: in place for htmx, on a page of its own otherwise."""
    return _draw(request, box, box.context())


def save_box(request: HttpRequest, box: Box) -> HttpResponse:
    """Save what was changed in the form; see the module's head for the answers."""
    form = box.form(request.POST)
    seen = _seen(request)
    if seen is None:
        form.add_error(None, _STALE)
    if seen is None or not form.is_valid():
        return _refused(request, box, form, seen or {})
    changes = changed_since(seen, {name: form.cleaned_data[name] for name in seen if _is_meant(request, form, name)})
    try:
        row = box.write(box.row, changes=changes, seen=seen, actor=request.user, at=timezone.now()) if changes else None
    except Conflict as conflict:
        return _two_versions(request, box, form, seen, conflict)
    except PermissionDenied as error:
        form.add_error(None, str(error))
        return _refused(request, box, form, seen)
    except ValidationError as error:
        form.add_error(None, _known(error, form))
        return _refused(request, box, form, seen)
    saved = {**seen, **fingerprints(row, changes)} if row else seen
    return _saved(request, box, row or box.row, form, saved)


def last_change(row: Any) -> tuple[User | None, datetime | None]:
    """Who changed the row last, and when."""
    plan = isinstance(row, Plan)
    return (row.head_changed_by, row.head_changed_at) if plan else (row.changed_by, row.changed_at)


def _seen(request: HttpRequest) -> dict[str, str] | None:
    """The fingerprints that the page carried, or None where it carried none."""
    try:
        seen = json.loads(request.POST.get("base", ""))
    except ValueError:
        return None
    return {str(k): str(v) for k, v in seen.items()} if isinstance(seen, dict) else None


def _is_meant(request: HttpRequest, form: DraftForm, name: str) -> bool:
    """Whether the field was sent, and not given up for the other version of it."""
    return (
        name in form.cleaned_data
        and _TICKED_WITH.get(name, name) in request.POST
        and request.POST.get(f"use-{name}") != "theirs"
    )


def _known(error: ValidationError, form: DraftForm) -> ValidationError:
    """The error on its fields where the form shows all of them, else as one list."""
    named = getattr(error, "error_dict", None)
    return error if named and named.keys() <= form.fields.keys() else ValidationError(error.messages)


def _draw(request: HttpRequest, box: Box, context: dict[str, Any], status: int = 200) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]
        template = "plans/editor/open_row.html" if box.closed else "plans/editor/box.html"
        return render(request, template, context, status=status)
    return render(request, "plans/editor/box_page.html", context, status=status)


def _refused(request: HttpRequest, box: Box, form: DraftForm, seen: Mapping[str, str]) -> HttpResponse:
    context = box.context(form, seen)
    if request.htmx:  # type: ignore[attr-defined]
        return _in_place(render(request, "plans/editor/feedback.html", context, status=422))
    return _draw(request, box, context, status=422)


def _saved(request: HttpRequest, box: Box, row: models.Model, form: DraftForm, seen: Mapping[str, str]) -> HttpResponse:
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(box.back)
    if "close" not in request.POST:
        return _in_place(render(request, "plans/editor/feedback.html", box.context(form, seen)))
    if box.closed:
        template, context = box.closed(row)
        return render(request, template, context)
    return render(request, "plans/editor/box.html", replace(box, row=row).context())


def _in_place(response: HttpResponse) -> HttpResponse:
    """Nothing takes the place of the form; its parts find theirs by their ids."""
    response["HX-Reswap"] = "none"
    return response


def _two_versions(
    request: HttpRequest, box: Box, form: DraftForm, seen: Mapping[str, str], conflict: Conflict
) -> HttpResponse:
    """Both versions of the fields that clash; the other fields that were changed here go with them, hidden."""
    theirs = replace(box, row=conflict.current).form()
    names = [name for name in form.fields if name in conflict.mine]
    current = {name: fingerprint(getattr(conflict.current, name)) for name in conflict.fields}
    by, at = last_change(conflict.current)
    context = {
        **box.context(form, {**{name: seen[name] for name in names}, **current}),
        "versions": [Version(form[name], _words(theirs[name])) for name in names if name in conflict.fields],
        "kept": [form[name] for name in names if name not in conflict.fields],
        "theirs_by": str(by) if by else "người khác",
        "theirs_at": at,
    }
    if not request.htmx:  # type: ignore[attr-defined]
        return render(request, "plans/editor/conflict_page.html", context, status=409)
    template = "plans/editor/conflict_row.html" if box.closed else "plans/editor/conflict.html"
    response = render(request, template, context, status=409)
    response["HX-Retarget"], response["HX-Reswap"] = f"#{box.key}", "outerHTML"
    return response


def _words(bound: BoundField) -> str:
    value = bound.value()
    choices = dict(getattr(bound.field, "choices", ()))
    return str(choices.get(value, value) or "")

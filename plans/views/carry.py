"""This year's plan from last year's: chosen, previewed, then stored."""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from plans.actions import newest_plan
from plans.carry import Carried, Change, carry_content, carry_over, why_not_carry
from plans.enums import PlanState
from plans.forms import FIRST_YEAR, LAST_YEAR
from plans.highlight import Piece, changed_pieces
from plans.models import Plan
from qms.organisation.access import access_of

from .drafts import editor_url

_YEAR_ERRORS = {
    "required": "Ghi năm của kế hoạch mới.",
    "invalid": "Năm là bốn chữ số.",
    "min_value": f"Năm phải từ {FIRST_YEAR} đến {LAST_YEAR}.",
    "max_value": f"Năm phải từ {FIRST_YEAR} đến {LAST_YEAR}.",
}


class YearField(forms.IntegerField):
    """A year that a plan may have."""

    def __init__(self, label: str = "Năm") -> None:
        super().__init__(label=label, min_value=FIRST_YEAR, max_value=LAST_YEAR, error_messages=_YEAR_ERRORS)


class PlanChoice(forms.ModelChoiceField):
    """Plans by year, number and state."""

    def label_from_instance(self, obj: Plan) -> str:
        reference = f", số {obj.reference}" if obj.reference else ""
        return f"Năm {obj.year}{reference} ({obj.get_state_display()})"


class CarryForm(forms.Form):
    """From which plan, to which year."""

    tu = PlanChoice(Plan.objects.none(), label="Từ kế hoạch", empty_label=None)
    nam = YearField("Sang năm")
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)  # so that a second press makes no second draft

    def __init__(self, *args: object, plans: object, **kwargs: object) -> None:
        super().__init__(*args, label_suffix="", **kwargs)  # type: ignore[arg-type]
        self.fields["tu"].queryset = plans  # type: ignore[attr-defined]


@dataclass(frozen=True)
class ChangeView:
    """A change with its changed words marked."""

    where: str
    before: list[Piece]
    after: list[Piece]


@require_http_methods(["GET", "POST"])
def carry(request: HttpRequest) -> HttpResponse:
    """Choose, look at what would change and what needs a look, then create the draft."""
    plans = _sources(request)
    first = plans.first()
    initial = {"tu": first, "nam": first.year + 1} if first else {}
    data = request.POST if request.method == "POST" else request.GET
    form = CarryForm(data if "tu" in data else None, plans=plans, initial=initial)
    if not form.is_bound or not form.is_valid():
        return _page(request, form, status=422 if form.is_bound else 200)
    source, year = form.cleaned_data["tu"], form.cleaned_data["nam"]
    reason = why_not_carry(source, request.user, year=year)
    if reason:
        form.add_error("nam", reason)
        return _page(request, form, status=422)
    if request.method == "POST":
        return _create(request, form, source, year)
    return _page(request, form, carry_content(source, year=year, at=timezone.now()), source)


def _create(request: HttpRequest, form: CarryForm, source: Plan, year: int) -> HttpResponse:
    try:
        seen = form.cleaned_data["seen"]
        plan, _ = carry_over(source, year=year, actor=request.user, at=timezone.now(), seen=seen)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return _page(request, form, status=422)
    return redirect(editor_url(plan))


def _page(
    request: HttpRequest, form: CarryForm, carried: Carried | None = None, source: Plan | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "source": source,
        "carried": carried,
        "newest": newest_plan(),
        "changes": [_view(change) for change in carried.changes] if carried else [],
        "existing": _existing(source, carried) if source and carried else [],
    }
    return render(request, "plans/carry/page.html", context, status=status)


def _view(change: Change) -> ChangeView:
    return ChangeView(change.where, *changed_pieces(change.before, change.after))


def _sources(request: HttpRequest) -> object:
    """Plans of the agencies for which this person drafts, the newest in force or past first."""
    agencies = access_of(request.user).agencies_with("draft_plan")
    plans = Plan.objects.visible_to(request.user).filter(agency__in=agencies).exclude(state=PlanState.DROPPED)
    return plans.select_related("agency", "layout").order_by("-issued_at", "-year", "-pk")


def _existing(source: Plan, carried: Carried) -> list[Plan]:
    same = Plan.objects.filter(agency=source.agency, year=carried.content.year)
    return list(same.exclude(state__in=[PlanState.REPLACED, PlanState.DROPPED]))

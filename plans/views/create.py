"""Beginning a plan: empty, from another year, or from a file."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from plans.actions import begin_plan, newest_plan
from plans.enums import PlanState
from plans.models import Plan
from qms.organisation.models import Agency

from .carry import YearField
from .drafts import editor_url
from .imports import agencies_to_draft_for


class CreateForm(forms.Form):
    """The year, and the agency where one person drafts for several."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label="Cơ quan", empty_label=None)
    year = YearField()
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)  # so that a second press begins no second one

    def __init__(self, *args: object, agencies: list[Agency], **kwargs: object) -> None:
        super().__init__(*args, label_suffix="", **kwargs)  # type: ignore[arg-type]
        field = self.fields["agency"]
        field.queryset = Agency.objects.filter(pk__in=[agency.pk for agency in agencies])  # type: ignore[attr-defined]
        field.initial = agencies[0].pk
        if len(agencies) == 1:
            field.widget = forms.HiddenInput()


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """The three ways to begin; the empty plan is made here, with the layout that the agency used last."""
    agencies = agencies_to_draft_for(request)
    plans = Plan.objects.filter(agency__in=agencies).exclude(state=PlanState.DROPPED)
    initial = {"year": _next_year(plans), "seen": newest_plan()}
    form = CreateForm(request.POST or None, agencies=agencies, initial=initial)
    if request.method == "POST" and form.is_valid():
        agency = form.cleaned_data["agency"]
        year, seen = form.cleaned_data["year"], form.cleaned_data["seen"]
        try:
            plan = begin_plan(agency, year=year, actor=request.user, at=timezone.now(), seen=seen)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            return redirect(editor_url(plan))
    context = {"form": form, "has_plans": plans.exists(), "drafts": plans.filter(state=PlanState.DRAFT)[:5]}
    return render(request, "plans/create.html", context, status=422 if form.errors else 200)


def _next_year(plans: object) -> int:
    """The year after the last plan, or this one."""
    last = plans.order_by("-year").values_list("year", flat=True).first()  # type: ignore[attr-defined]
    return last + 1 if last else timezone.localdate().year

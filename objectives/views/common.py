"""What the views of this room share: which agency is looked at, and rows or 404."""

from datetime import date

from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from objectives.models import Figure, MissCause, Objective, ObjectiveSet
from qms.organisation.access import access_of
from qms.organisation.models import Agency

_OF_SET = ("objective_set__agency", "objective_set__unit", "objective_set__author", "unit", "person")
_SHOWN = ("serves__objective_set", "clause__edition")


def today() -> date:
    """By the clock in Việt Nam."""
    return timezone.localdate()


def agency_of(request: HttpRequest) -> Agency:
    """The agency asked for by its code (`co-quan`), or the person's own; 404 where there is none to be read."""
    readable = Agency.objects.filter(pk__in=access_of(request.user).readable)
    asked = request.GET.get("co-quan") or request.POST.get("co-quan")
    if asked:
        return get_object_or_404(readable, code=asked)
    agencies = sorted(readable, key=lambda agency: (agency.pk != request.user.agency_id, agency.pk))
    if not agencies:
        raise Http404
    return agencies[0]


def sensible(year: int) -> int:
    """The year, or 404."""
    if not 2000 <= year <= 2100:
        raise Http404
    return year


def set_or_404(request: HttpRequest, pk: int) -> ObjectiveSet:
    """The set with what its page shows of it, in one query."""
    sets = ObjectiveSet.objects.visible_to(request.user)
    found: ObjectiveSet = get_object_or_404(
        sets.select_related("agency__register_settings", "unit", "author", "carried_from", "edition"), pk=pk
    )
    return found


def objective_or_404(request: HttpRequest, pk: int) -> Objective:
    """The objective with its set and, where it was missed as a whole, the cause (`whole_miss`), in one query."""
    whole = MissCause.objects.filter(objective=OuterRef("pk"), figure=None).order_by("-pk")
    kept = JSONObject(
        **{name: name for name in ("finding", "cause", "correction", "action", "author_name", "found_on")}
    )
    rows = Objective.objects.visible_to(request.user).annotate(whole_miss=Subquery(whole.values(kept=kept)[:1]))
    found: Objective = get_object_or_404(rows.select_related(*_OF_SET, *_SHOWN), pk=pk)
    return found


def figure_or_404(request: HttpRequest, pk: int) -> Figure:
    """The figure with its objective, in one query."""
    rows = Figure.objects.visible_to(request.user).select_related(*(f"objective__{name}" for name in _OF_SET))
    found: Figure = get_object_or_404(rows, pk=pk)
    return found

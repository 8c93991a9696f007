"""What the agency asks, and which objectives take their figures from surveys."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from objectives.models import Objective
from objectives.satisfaction import actions, rules
from objectives.satisfaction.forms import FeedForm, SchemeForm
from objectives.satisfaction.models import FigureSource
from objectives.satisfaction.selectors import scheme_of
from qms.organisation.views.common import FormPage, act, bound, edit

from .common import agency_of, place_of, shown_units, stamp, trail


@require_http_methods(["GET", "POST"])
def scheme(request: HttpRequest) -> HttpResponse:
    """Criteria, marks, and from which mark on an answer counts as satisfied."""
    agency = agency_of(request)
    form = SchemeForm(bound(request), scheme=scheme_of(agency))
    intro = "Áp dụng cho các khảo sát ghi sau; khảo sát đã ghi giữ thang và cách tính cũ."
    page = FormPage("Tiêu chí và thang khảo sát", "Lưu", reverse("satisfaction:results"), trail(), intro)
    return edit(
        request, form, page, lambda data: actions.set_scheme(agency=agency, scheme=form.scheme, **stamp(request)),
        done="Đã lưu tiêu chí và thang khảo sát.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def feeds(request: HttpRequest) -> HttpResponse:
    """The objectives whose figures are offered from surveys."""
    place = place_of(request)
    agency = place.agency
    criteria = list(scheme_of(agency).criteria)
    form = FeedForm(
        bound(request), agency=agency, user=request.user, units=shown_units(agency), criteria=criteria
    )  # fmt: skip
    context: dict[str, Any] = {
        "place": place, "tabs": place.tabs("feeds"),
        "sources": _sources(request).filter(objective__objective_set__agency=agency),
        "may_set": not rules.why_not_set(agency.pk, request.user),
    }  # fmt: skip
    page = FormPage(
        "Số liệu cho mục tiêu", "Lấy từ khảo sát", reverse("satisfaction:feeds"), trail(),
        template="satisfaction/feeds.html", context=context,
    )  # fmt: skip
    return edit(
        request, form, page, lambda data: actions.feed_objective(**data, **stamp(request)),
        done="Khi nhập số liệu của mục tiêu này, hệ thống sẽ đưa ra số từ khảo sát.",
    )  # fmt: skip


@require_POST
def unfeed(request: HttpRequest, pk: int) -> HttpResponse:
    """No longer from surveys."""
    source = get_object_or_404(_sources(request), pk=pk)
    done = "Mục tiêu này không lấy số từ khảo sát nữa."
    act(request, lambda: actions.unfeed_objective(source, actor=request.user), done=done)
    return redirect("satisfaction:feeds")


def _sources(request: HttpRequest):
    rows = FigureSource.objects.filter(objective__in=Objective.objects.visible_to(request.user))
    return rows.select_related("objective__objective_set__unit", "unit").order_by("objective__objective_set", "pk")

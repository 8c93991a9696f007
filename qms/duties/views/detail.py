"""One duty: what, why this day, how far, its story, and what this person may do with it now."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from qms.organisation.models import User

from .. import rules
from ..enums import ExtensionState
from ..forms import DecisionForm, ExtensionForm, ReportForm, ReturnForm
from ..marks import duty_mark
from ..models import Duty, Extension
from ..sources import address_of, has_address
from ..story import reports_of, story_of
from .common import Clash, duty_or_404, form_context, today


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a duty."""
    return duty_page(request, duty_or_404(request, pk))


@require_safe
def source(request: HttpRequest, pk: int) -> HttpResponse:
    """To where the duty comes from; found out only when asked, so that the page of the duty costs less."""
    address = address_of(duty_or_404(request, pk))
    if not address:
        raise Http404
    return redirect(address)


def duty_page(
    request: HttpRequest, duty: Duty, forms: Mapping[str, Any] | None = None, *, clash: Clash | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    """The page with the forms this person may use; one that was sent and refused replaces its empty one."""
    user, on = request.user, today()
    extensions = list(duty.extensions.select_related("asked_by", "decided_by"))
    reports = reports_of(duty)
    extension = next((one for one in extensions if one.state == ExtensionState.ASKED), None)
    offered = {**_offered(duty, extension, user), **(forms or {})}
    report_form = offered.pop("report_form", None)
    context = {
        **form_context(duty, report_form, clash), **offered, "mark": duty_mark(duty, on),
        "extension": extension, "has_source": has_address(duty), "story": story_of(duty, reports, extensions),
        "may_hand_over": not rules.why_not_hand_over(duty, user),
        "returned": reports[-1] if reports and duty.is_owed and reports[-1].returned_at else None,
        "why_not_report": "" if report_form else _why_not_report(duty, user), "today": on,
    }  # fmt: skip
    return render(request, "duties/detail.html", context, status=status)


def _offered(duty: Duty, extension: Extension | None, user: User) -> dict[str, Any]:
    """An empty form for everything this person may do, None for what not."""
    may_report = not rules.why_not_report(duty, user)
    may_ask = extension is None and not rules.why_not_ask(duty, user)
    may_decide = extension is not None and not rules.why_not_decide(extension, user)
    return {
        "report_form": ReportForm(duty=duty, today=today()) if may_report else None,
        "return_form": None if rules.why_not_return(duty, user) else ReturnForm(),
        "ask_form": ExtensionForm(auto_id="id_ask_%s") if may_ask else None,
        "decide_form": DecisionForm(auto_id="id_decide_%s") if may_decide else None,
    }


def _why_not_report(duty: Duty, user: User) -> str:
    """Worth saying to those of the unit only: others know why they may not."""
    reason = rules.why_not_report(duty, user)
    return "" if reason == rules.ELSEWHERE else reason

"""The first page: what waits for this person, what comes, how the year's plan stands, what was issued."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from plans.enums import PlanState
from plans.inbox import desk_rows
from plans.models import Plan
from plans.progress import desks_passed
from plans.upcoming import coming, nearest, plans_at_hand
from qms.documents.models import FrozenDocument
from qms.organisation.access import access_of
from qms.organisation.models import User

COMING_DAYS = 30
_SHOWN = 12
_AT_LEAST = 3
_DOCUMENTS = 5


@dataclass(frozen=True)
class YearPlan:
    """A plan on its way; `parts` draws how many of its desks are behind it (nothing once it is in force)."""

    plan: Plan
    parts: tuple[tuple[str, int, str], ...]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits for this person."""
    today = timezone.localdate()
    due = nearest(coming(request.user, today=today), today=today, days=COMING_DAYS, at_least=_AT_LEAST)
    soon = [one for one in due if one.due <= today + timedelta(days=COMING_DAYS)]
    context = {
        "waiting": desk_rows(request.user),
        "coming": due[:_SHOWN],
        "coming_count": len(soon),
        "coming_days": COMING_DAYS,
        "plans": _year_plans(request.user, today),
        "documents": _documents(request.user),
        "may_draft": bool(access_of(request.user).agencies_with("draft_plan")),
    }
    return render(request, "overview/home.html", context)


def _year_plans(user: User, today: date) -> list[YearPlan]:
    return [YearPlan(plan, _parts(plan)) for plan in plans_at_hand(user, today=today)]


def _parts(plan: Plan) -> tuple[tuple[str, int, str], ...]:
    if plan.state == PlanState.ISSUED:
        return ()
    passed, total = desks_passed(plan)
    return (("done", passed, "bước đã qua"), ("active", 1, "đang ở"), ("dormant", total - passed - 1, "còn lại"))


def _documents(user: User) -> list[dict[str, Any]]:
    """The newest originals, as components/documents.html takes them."""
    frozen = FrozenDocument.objects.filter(agency__in=access_of(user).readable, content_type__model="plan")
    newest = frozen.select_related("entry").order_by("-at")[:_DOCUMENTS]
    return [
        {"title": str(one.entry or one.file_name), "date": timezone.localdate(one.at), "note": "", "files": _files(one)}
        for one in newest
    ]


def _files(frozen: FrozenDocument) -> list[tuple[str, str]]:
    return [(kind.upper(), reverse("plans:download", args=[frozen.object_id, kind])) for kind in ("pdf", "docx")]

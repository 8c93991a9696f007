"""The first page, "Tuần này": what is late, what comes, what waits for whom, how the year stands, what was issued."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from plans.at_hand import plans_at_hand
from plans.desks import DESKS, Desk
from plans.enums import PlanState
from plans.models import Plan
from plans.progress import desks_passed
from qms.documents.models import FrozenDocument
from qms.duties.models import Duty
from qms.organisation.access import access_of
from qms.organisation.models import User

from .cockpit import Cockpit, cockpit, whole_agencies
from .progress import Line, Tally, tally
from .progress_scope import scope_of
from .waiting import reports_waiting_for

_DOCUMENTS = 5
_UNITS = 6
# Where the files of an issued document are had, by its model.
_FILES = {"plan": "plans:download", "progressreport": "progress_report_file"}


@dataclass(frozen=True)
class YearPlan:
    """A plan on its way; `parts` draws how many of its desks are behind it (nothing once it is in force).

    `holder` has it on the desk, where that is somebody else.
    """

    plan: Plan
    parts: tuple[tuple[str, int, str], ...]
    holder: str = ""


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits for this person, and for whom this person waits."""
    today = timezone.localdate()
    plans = list(plans_at_hand(request.user, today=today))
    waiting = _on_my_desk(plans)
    request.plans_waiting = len(waiting)  # the frame shows the same numbers and need not ask again
    reports = reports_waiting_for(request.user)
    shelves = cockpit(request.user, today=today)
    request.duties_pressing = shelves.pressing
    counted = _tally(request.user, today)
    access = access_of(request.user)
    decides = access.agencies_with("decide_extensions") - access.agencies_with("follow_duties")
    context = {
        "waiting": waiting,
        "reports": reports,
        "cockpit": shelves,
        "numbers": _numbers(shelves, len(waiting) + len(reports)),
        "total": counted.total if counted else None,
        "late_units": _late_units(counted) if counted and decides else [],
        "year": today.year,
        "plans": [_year_plan(plan) for plan in plans if plan.at_hand],
        "documents": _documents(request.user),
        "may_draft": bool(access.agencies_with("draft_plan")),
        "all_url": reverse("progress" if scope_of(request.user) else "duties:mine"),
    }
    return render(request, "overview/home.html", context)


def _on_my_desk(plans: Iterable[Plan]) -> list[tuple[Plan, Desk]]:
    waiting = sorted((plan for plan in plans if plan.waits), key=lambda plan: (plan.changed_at, plan.pk))
    return [(plan, DESKS[PlanState(plan.state)]) for plan in waiting]


def _numbers(shelves: Cockpit, on_desk: int) -> list[str]:
    """The sentence under the title, part by part; empty where nothing presses."""
    mine = on_desk + shelves.decide.count
    counts = (
        (shelves.late_count, "việc quá hạn"),
        (shelves.closed_count, "việc còn nợ từ các năm đã đóng"),
        (shelves.soon.count, "việc đến hạn trong 7 ngày"),
        (mine, "việc chờ anh chị xử lý"),
        (shelves.check.count, "việc vừa báo xong"),
    )
    return [f"{count} {words}" for count, words in counts if count]


def _tally(user: User, today: date) -> Tally | None:
    """The year of the agencies followed, or of one's own units; nothing for those who owe nothing."""
    whole = whole_agencies(user)
    if whole:
        return tally(Duty.objects.filter(agency__in=whole), year=today.year, day=today)
    units = scope_of(user).units
    return tally(Duty.objects.filter(unit__in=units), year=today.year, day=today) if units else None


def _late_units(counted: Tally) -> list[Line]:
    """Units with something late, the most first."""
    late = [line for line in counted.lines if line.now.late]
    return sorted(late, key=lambda line: -line.now.late)[:_UNITS]


def _year_plan(plan: Plan) -> YearPlan:
    if plan.state == PlanState.ISSUED:
        return YearPlan(plan, ())
    passed, total = desks_passed(plan)
    parts = (("done", passed, "bước đã qua"), ("active", 1, "đang ở"), ("dormant", total - passed - 1, "còn lại"))
    return YearPlan(plan, parts, "" if plan.waits else DESKS[PlanState(plan.state)].holder)


def _documents(user: User) -> list[dict[str, Any]]:
    """The newest originals, as components/documents.html takes them."""
    frozen = FrozenDocument.objects.filter(agency__in=access_of(user).readable, content_type__model__in=_FILES)
    newest = frozen.select_related("entry", "content_type").order_by("-at")[:_DOCUMENTS]
    return [
        {"title": str(one.entry or one.file_name), "date": timezone.localdate(one.at), "note": "", "files": _files(one)}
        for one in newest
    ]


def _files(frozen: FrozenDocument) -> list[tuple[str, str]]:
    address = _FILES[frozen.content_type.model]
    return [(kind.upper(), reverse(address, args=[frozen.object_id, kind])) for kind in ("pdf", "docx")]

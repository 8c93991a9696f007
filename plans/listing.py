"""The list of plans: search, filter, order, and the same rows for Excel."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, OrderBy, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from qms.lists import searched
from qms.marks import Mark
from qms.organisation.access import access_of
from qms.organisation.models import User
from qms.questions import Question

from .enums import PlanState
from .inbox import last_step
from .models import Plan, PlanQuerySet, Task

ORDERS: dict[str, tuple[str | OrderBy, ...]] = {
    "nam": ("year", "pk"),
    "-nam": ("-year", "-pk"),
    "ngay": (F("date").asc(nulls_last=True), "pk"),  # without a day last, whatever the database
    "-ngay": (F("date").desc(nulls_last=True), "-pk"),
    "cap_nhat": ("changed_at", "pk"),
    "-cap_nhat": ("-changed_at", "-pk"),
}
DEFAULT_ORDER = "-nam"
FILTERS = ("q", "nam", "trang_thai")
PER_PAGE = 25
_COUNT, _ROWS, _YEARS = Question(), Question(), Question()
_SHOWN = (
    "year", "title", "subject", "number", "symbol", "date", "state", "from_paper", "changed_at", "agency__name",
)  # fmt: skip
HEADINGS = (
    "Năm", "Số, ký hiệu", "Ngày ban hành", "Trích yếu", "Cơ quan ban hành", "Trạng thái", "Người soạn", "Người ký",
    "Số nhiệm vụ", "Cập nhật",
)  # fmt: skip


def filtered_plans(user: User, asked: Mapping[str, str]) -> PlanQuerySet:
    """The visible plans that fit `q` (all its words), `nam` and `trang_thai`; dropped ones only when asked for."""
    plans = Plan.objects.visible_to(user)
    plans = searched(plans, asked.get("q", ""))
    year, state = asked.get("nam", ""), asked.get("trang_thai", "")
    if year.isdecimal():
        plans = plans.filter(year=int(year[:4]))
    if state in PlanState.values:
        return plans.filter(state=state)
    return plans.exclude(state=PlanState.DROPPED)


def ordered(plans: QuerySet, order: str) -> QuerySet:
    """In the asked order."""
    return plans.order_by(*ORDERS.get(order, ORDERS[DEFAULT_ORDER]))


@dataclass(frozen=True)
class ListLine:
    """What a row of the list says. `agency` is empty where it is the reader's own."""

    pk: int
    year: int
    name: str
    subject: str
    agency: str
    reference: str
    date: date | None
    mark: Mark
    task_count: int
    changed_on: date


def line_of(plan: Plan, reader: User) -> ListLine:
    """The row of a plan that was read `on_screen`."""
    agency = str(plan.agency) if plan.agency_id != reader.agency_id else ""
    changed_on = timezone.localdate(plan.changed_at)
    return ListLine(
        plan.pk, plan.year, str(plan), plan.subject, agency, plan.reference, plan.date, plan.mark, plan.task_count,
        changed_on,
    )  # fmt: skip


def on_screen(plans: QuerySet) -> QuerySet:
    """With what a row of the list shows, and nothing beside it."""
    return plans.select_related("agency").only(*_SHOWN).annotate(task_count=_task_count(), last_step=last_step("name"))


def _task_count() -> Coalesce:
    tasks = Task.objects.filter(plan=OuterRef("pk")).order_by().values("plan").annotate(count=Count("pk"))
    return Coalesce(Subquery(tasks.values("count")), 0)


def plans_page(user: User, asked: Mapping[str, str], order: str) -> Page:
    """The asked page of the plans that fit, read `on_screen`; two queries."""
    plans = ordered(filtered_plans(user, asked), order)
    key = (access_of(user), order, *(asked.get(name, "") for name in FILTERS))
    paginator = Paginator(plans, PER_PAGE)
    paginator.count = next((count for (count,) in _COUNT.rows(key, lambda: _counted(plans))), 0)
    page = paginator.get_page(asked.get("page"))
    first = (page.number - 1) * PER_PAGE  # the page's own list ends with the last plan of today: no wording to keep
    page.object_list = _ROWS.objects((*key, first), lambda: on_screen(plans[first : first + PER_PAGE]))
    return page


def _counted(plans: QuerySet) -> QuerySet:
    return plans.order_by().values(all=Value(1)).annotate(count=Count("pk")).values_list("count")


def years_of(user: User) -> list[int]:
    """The years that have a plan, newest first."""
    years = Plan.objects.visible_to(user).order_by("-year").values_list("year").distinct()
    return [year for (year,) in _YEARS.rows(access_of(user), lambda: years)]


def excel_rows(plans: QuerySet) -> Iterator[tuple[Any, ...]]:
    """One row per plan under `HEADINGS`."""
    for plan in plans.select_related("author").annotate(task_count=_task_count()):
        yield (
            plan.year, plan.reference, plan.date, plan.subject, plan.issuer, plan.get_state_display(), str(plan.author),
            plan.sign_name, plan.task_count, plan.changed_at,
        )  # fmt: skip

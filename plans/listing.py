"""The list of plans: search, filter, order, and the same rows for Excel."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Count, F, OrderBy, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from qms.lists import searched
from qms.organisation.models import User

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


def on_screen(plans: QuerySet) -> QuerySet:
    """With what a row of the list shows, and nothing beside it."""
    return plans.select_related("agency").only(*_SHOWN).annotate(task_count=_task_count(), last_step=last_step())


def _task_count() -> Coalesce:
    tasks = Task.objects.filter(plan=OuterRef("pk")).order_by().values("plan").annotate(count=Count("pk"))
    return Coalesce(Subquery(tasks.values("count")), 0)


def years_of(user: User) -> list[int]:
    """The years that have a plan, newest first."""
    return list(Plan.objects.visible_to(user).order_by("-year").values_list("year", flat=True).distinct())


def excel_rows(plans: QuerySet) -> Iterator[tuple[Any, ...]]:
    """One row per plan under `HEADINGS`."""
    for plan in plans.select_related("author").annotate(task_count=_task_count()):
        yield (
            plan.year, plan.reference, plan.date, plan.subject, plan.issuer, plan.get_state_display(), str(plan.author),
            plan.sign_name, plan.task_count, plan.changed_at,
        )  # fmt: skip

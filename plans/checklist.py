"""What a plan still lacks: the same list is shown on screen and guards the step."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, QuerySet

from qms.deadlines import TimingKind
from qms.questions import Given, Question
from qms.workflow.engine import Missing

from .content import Column
from .enums import UnitPart
from .models import Plan, Task, TaskUnit

_TASKS = Question()


def missing_to_submit(plan: Plan) -> list[Missing]:
    """What must be there before anybody else is asked to look."""
    return [*_missing_in_head(plan), *_missing_in_tasks(plan)]


def missing_to_issue(plan: Plan) -> list[Missing]:
    """What a number cannot be given without."""
    wanted = (("ký hiệu", plan.symbol), ("địa danh", plan.place), ("người ký", plan.sign_name))
    return [Missing(name, "#phan-dau") for name, value in wanted if not value]


def _missing_in_head(plan: Plan) -> Iterator[Missing]:
    wanted = (
        ("trích yếu", plan.subject, "#phan-dau"),
        ("căn cứ", plan.bases, "#can-cu"),
        ("nơi nhận", plan.recipients, "#phan-cuoi"),
    )
    for name, value, place in wanted:
        if not value:
            yield Missing(name, place)


def tasks_with_lead(plan: Plan) -> list[Task]:
    """The tasks in their order, each with its phase and `led`: whether a unit was recognised as the lead."""
    tasks: list[Task] = _TASKS.objects("", _with_lead, plan=plan.pk)
    for task in tasks:
        task.plan = plan
    return tasks


def _with_lead() -> QuerySet:
    led = TaskUnit.objects.filter(task=OuterRef("pk"), part=UnitPart.LEAD)
    tasks = Task.objects.filter(plan=Given("plan")).select_related("phase").annotate(led=Exists(led))
    return tasks.order_by("phase__order", "phase__pk", "order", "pk")


def _missing_in_tasks(plan: Plan) -> Iterator[Missing]:
    tasks = tasks_with_lead(plan) if plan.known_tasks is None else plan.known_tasks
    if not tasks:
        yield Missing("nhiệm vụ đầu tiên", "#bang-nhiem-vu")
    keys = plan.layout.keys
    for position, task in enumerate(tasks, start=1):
        for lack in _lacks_of(task, keys):
            yield Missing(f"{lack} (nhiệm vụ {task.ordinal or position})", f"#nhiem-vu-{task.pk}")


def _lacks_of(task: Task, keys: list[Column]) -> Iterator[str]:
    if not task.title:
        yield "tên nhiệm vụ"
    if Column.LEAD in keys and not task.led:
        yield "đơn vị chủ trì chưa chọn"
    if Column.TIMING in keys and not task.timing_text:
        yield "thời gian"
    elif _is_unclear(task):
        yield "thời gian chưa rõ, cần xác nhận"


def _is_unclear(task: Task) -> bool:
    timing = task.timing
    return not task.timing_confirmed and (timing.needs_confirmation or timing.kind == TimingKind.UNKNOWN)

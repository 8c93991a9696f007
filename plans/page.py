"""What the page of a plan shows: its tasks, its timeline, the steps that this person may take."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404

from qms.deadlines import Timing, TimingKind, explain
from qms.documents.models import FrozenDocument
from qms.duties.enums import ANSWERED, OWED, DutyState
from qms.duties.marks import Mark as DutyMark
from qms.marks import Mark
from qms.organisation.access import access_of
from qms.organisation.models import Unit, User
from qms.questions import Given, Question
from qms.workflow.engine import Offer, offers

from . import rules
from .checklist import tasks_with_lead
from .desks import DESKS
from .duties.fanout import counted_duties
from .duties.standing import DutyLine, Standing, standings
from .enums import IN_FORCE_OR_PAST, PlanState
from .inbox import ASKED_KINDS
from .marks import PLANNED, kind_mark, timing_mark, window_mark
from .models import Phase, Plan, PlanComment, Task
from .workflow import PLAN_WORKFLOW

_SHOWN_DAYS = 6
_BESIDE = (
    "drafted", "replaced_by_id", "original_sha256", "comment_count", "answered_count", "asked_count", "owed_count",
    "asleep_count",
)  # fmt: skip
_PLAN, _NUMBERS = Question(), Question()


def visible_plan(user: User, pk: int) -> Plan:
    """The plan with what its steps ask about, in one query. Strangers get 404."""
    found: list[Plan] = _PLAN.objects(access_of(user), lambda: _plan_seen_by(user), plan=pk)
    if not found:
        raise Http404
    return found[0]


def _plan_seen_by(user: User) -> QuerySet:
    settings = ("agency__plan_settings", "agency__register_settings")
    seen = Plan.objects.visible_to(user).filter(pk=Given("plan")).order_by()
    return seen.select_related(*settings, "layout", "author")


def read_beside(plan: Plan, reader: User, *, today: date) -> None:
    """What the page tells beside the content, as attributes of the plan: `_BESIDE` in one query, its neighbours in one.

    `drafted`: the reader wrote on it; `replacement`: the plan that replaces it, or will, where there is one.
    """
    key = (today, ContentType.objects.get_for_model(Task).pk)
    [row] = _NUMBERS.rows(key, lambda: _beside(today), plan=plan.pk, reader=reader.pk)
    for name, value in zip(_BESIDE, row, strict=True):
        setattr(plan, name, value)
    plan.known_drafters.setdefault(reader.pk, bool(plan.drafted))
    near = Plan.objects.in_bulk([pk for pk in (plan.replaces_id, plan.replaced_by_id) if pk])
    plan.replacement = near.get(plan.replaced_by_id)
    if plan.replaces_id:
        plan.replaces = near[plan.replaces_id]


def _beside(today: date) -> QuerySet:
    """The columns of `_BESIDE`, in their order."""
    comments = PlanComment.objects.filter(plan=OuterRef("pk")).order_by().values("plan")
    asked = Unit.objects.in_force(today).filter(agency=OuterRef("agency"), kind__in=ASKED_KINDS)
    counts = (
        Subquery(comments.annotate(n=Count("pk")).values("n")),
        Subquery(comments.annotate(n=Count("unit", distinct=True)).values("n")),
        Subquery(asked.order_by().values("agency").annotate(n=Count("pk")).values("n")),
        counted_duties(OWED),
        counted_duties([DutyState.DORMANT]),
    )
    return Plan.objects.filter(pk=Given("plan")).order_by().values_list(
        Exists(Plan.editors.through.objects.filter(plan=OuterRef("pk"), user=Given("reader"))),
        "replaced_by",
        Subquery(FrozenDocument.objects.kept_for(Plan).values("pdf_sha256")[:1]),
        *(Coalesce(count, 0) for count in counts),
    )  # fmt: skip


def tasks_of(plan: Plan) -> list[Task]:
    """The tasks in their order, read once for the table and the checklist."""
    if plan.known_tasks is None:
        plan.known_tasks = tasks_with_lead(plan)
    return plan.known_tasks


@dataclass(frozen=True)
class TaskRow:
    """A task in the table. `number` is the printed one, or its place where none is printed.

    `days` says in one line when it is due, `meaning` in full what its phrase binds to, `standing` what units owe of it.
    """

    number: str
    task: Task
    mark: Mark | None
    days: str
    meaning: str
    standing: Standing

    @property
    def anchor(self) -> str:
        return f"nhiem-vu-{self.task.pk}"

    @property
    def line(self) -> "TaskLine":
        """What the table says of it."""
        task, standing = self.task, self.standing
        return TaskLine(
            self.anchor, self.number, task.title, task.description, tuple(task.outputs), task.note, task.lead_text,
            task.support_text, task.approver_text, task.timing_text, self.days, self.mark, standing.share,
            standing.percent if standing.under_way else 0, tuple(map(_share_line, standing.lines)),
        )  # fmt: skip


@dataclass(frozen=True)
class ShareLine:
    """One unit's share of a task as the table says it. `duty`: its id."""

    duty: int
    unit: str
    period: str
    is_support: bool
    mark: Mark


def _share_line(line: DutyLine) -> ShareLine:
    return ShareLine(line.duty.pk, str(line.duty.unit), line.duty.period, line.is_support, line.mark)


@dataclass(frozen=True)
class TaskLine:
    """A row of the table as it is drawn: see `TaskRow`. `percent`: what the leading units have done, while they do."""

    anchor: str
    number: str
    title: str
    description: str
    outputs: tuple[str, ...]
    note: str
    lead: str
    support: str
    approver: str
    timing: str
    days: str
    mark: Mark | None
    share: str
    percent: int
    shares: tuple[ShareLine, ...]


@dataclass(frozen=True)
class PhaseRow:
    """The heading of a phase in the timeline."""

    label: str
    windows: tuple[()] = ()
    heading: bool = True


@dataclass(frozen=True)
class TimelineTask:
    """A task as `qms.overview.charts.timeline` takes it."""

    label: str
    url: str
    windows: list[tuple[date | None, date | None, Mark | DutyMark]]
    repeats: bool
    note: str
    note_shape: str


def task_rows(plan: Plan, tasks: Iterable[Task], *, today: date, reader: User) -> list[TaskRow]:
    """Each task with its number, what units owe of it, or how its time stands, and what its phrase means."""
    tasks = list(tasks)
    found = standings(tasks, reader, today=today) if plan.state in IN_FORCE_OR_PAST else {}
    in_force = plan.state == PlanState.ISSUED
    return [
        _row(position, task, today, in_force, found.get(task.pk, Standing()))
        for position, task in enumerate(tasks, start=1)
    ]


def _row(position: int, task: Task, today: date, in_force: bool, standing: Standing) -> TaskRow:
    timing = task.timing
    mark = standing.mark or timing_mark(timing, confirmed=task.timing_confirmed, today=today, in_force=in_force)
    meaning = explain(timing) if timing.text else ""
    return TaskRow(task.ordinal or str(position), task, mark, due_days(timing) or meaning, meaning, standing)


def due_days(timing: Timing) -> str:
    """The last days of a repeated task in one line, or nothing where the full sentence is short anyway."""
    days = sorted({window.due for window in timing.occurrences})
    if len(days) < 2:
        return ""
    if len(days) > _SHOWN_DAYS:
        return f"{len(days)} kỳ, hạn từ {days[0]:%d/%m/%Y} đến {days[-1]:%d/%m/%Y}."
    return f"Các hạn: {', '.join(f'{day:%d/%m}' for day in days[:-1])}, {days[-1]:%d/%m/%Y}."


def by_phase(rows: Iterable[TaskRow]) -> list[tuple[Phase, list[TaskRow]]]:
    """The rows under their phases."""
    groups = [list(group) for _, group in groupby(rows, key=lambda row: row.task.phase_id)]
    return [(group[0].task.phase, group) for group in groups]


def timeline_rows(plan: Plan, rows: Iterable[TaskRow], *, today: date) -> Iterator[PhaseRow | TimelineTask]:
    """The tasks under their phases as the chart takes them."""
    for phase, group in by_phase(rows):
        if phase.title:
            yield PhaseRow(str(phase))
        for row in group:
            yield _timeline_task(row, today, in_force=plan.state == PlanState.ISSUED)


def _timeline_task(row: TaskRow, today: date, *, in_force: bool) -> TimelineTask:
    timing = row.task.timing
    windows = _owed_windows(row.standing) or _planned_windows(timing, today, in_force)
    note = None if windows else row.mark or kind_mark(timing)
    return TimelineTask(
        label=f"{row.number}. {row.task.title}",
        url=f"?xem=bang#{row.anchor}",
        windows=windows,
        repeats=timing.kind == TimingKind.RECURRING,
        note=note.label if note else "",
        note_shape=note.shape if note else "",
    )


_Windows = list[tuple[date | None, date | None, Mark | DutyMark]]


def _owed_windows(standing: Standing) -> _Windows:
    """One bar for each period that units owe, as it stands: late as soon as one of them is."""
    return [(*window, part.mark) for window, part in standing.by_window() if part.mark]


def _planned_windows(timing: Timing, today: date, in_force: bool) -> _Windows:
    if timing.kind == TimingKind.CONTINUOUS:
        return [(None, None, kind_mark(timing))]
    return [
        (window.start, window.due, window_mark(window, today) if in_force else PLANNED) for window in timing.occurrences
    ]


@dataclass(frozen=True)
class Overview:
    """The whole plan in numbers, as far as the reader sees it. `unclaimed`: tasks that no unit owes."""

    done: int
    late: int
    under_way: int
    untouched: int
    asleep: int
    unclaimed: tuple[TaskRow, ...]

    @property
    def parts(self) -> list[tuple[str, int, str]]:
        """For the line of progress."""
        return [
            ("done", self.done, "xong"), ("late", self.late, "trễ"), ("active", self.under_way, "đang làm"),
            ("dormant", self.untouched, "chưa bắt đầu"),
        ]  # fmt: skip


def overview_of(plan: Plan, rows: Iterable[TaskRow], reader: User) -> Overview | None:
    """None where nothing is owed, or nothing that this person sees."""
    rows = list(rows)
    lines = [line for row in rows for line in row.standing.lines if line.duty.state != DutyState.WITHDRAWN]
    sees_all = access_of(reader).may("see_progress", plan.agency_id)
    if not lines or plan.state not in IN_FORCE_OR_PAST:
        return None
    counts = Counter(_share_of(line) for line in lines)
    unclaimed = tuple(row for row in rows if not row.standing.lines) if sees_all else ()
    return Overview(counts["done"], counts["late"], counts["in_progress"], counts["open"], counts["dormant"], unclaimed)


def _share_of(line: DutyLine) -> str:
    if line.mark.tone == "late":
        return "late"
    return "done" if line.duty.state in ANSWERED else line.duty.state


@dataclass(frozen=True)
class Decision:
    """What this person may do with the plan now. `blocked` says why a holder of the desk may not sit at it."""

    forward: Offer | None
    back: Offer | None
    aside: tuple[Offer, ...]
    may_edit: bool
    may_amend: bool
    may_comment: bool
    blocked: str

    def __bool__(self) -> bool:
        ways = (self.forward, self.back, self.aside, self.may_edit, self.may_amend, self.may_comment, self.blocked)
        return any(ways)


def decision_of(plan: Plan, user: User) -> Decision:
    """The steps of the workflow by their weight, and what stands beside the workflow. The plan was read `beside`."""
    found = offers(PLAN_WORKFLOW, plan, user)
    return Decision(
        forward=next((offer for offer in found if offer.transition.tone == "primary"), None),
        back=next((offer for offer in found if offer.transition.tone == "danger"), None),
        aside=tuple(offer for offer in found if offer.transition.tone == "quiet"),
        may_edit=not rules.why_not_edit(plan, user),
        may_amend=plan.state == PlanState.ISSUED and not plan.replacement and not rules.why_not_draft(plan, user),
        may_comment=not rules.why_not_comment(plan, user),
        blocked=_blocked(plan, user),
    )


def _blocked(plan: Plan, user: User) -> str:
    desk = DESKS.get(PlanState(plan.state))
    if desk is None or not access_of(user).may(desk.permission, plan.agency_id):
        return ""
    if plan.from_paper and plan.state == PlanState.NUMBERING:
        return rules.why_not_confirm_paper(plan, user)
    return PLAN_WORKFLOW.leaving(plan.state)[0].why_not(plan, user) if desk.separate else ""

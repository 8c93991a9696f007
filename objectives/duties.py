"""What an issued set makes its units owe: a figure per period, and the steps that were promised.

A figure is due some days after its period; a day off moves to the next working day (Bộ luật Dân sự Điều 148).
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone

from plans.duties.slots import Slot as StepSlot
from plans.duties.slots import period_name, slots
from qms.deadlines import Offset, OffsetUnit, WorkingCalendar, due_after, explain
from qms.duties.enums import DutyKind, DutyState
from qms.duties.models import Duty
from qms.duties.opening import Wanted, open_duties, withdraw_duties
from qms.duties.sources import SourceKind, register
from qms.organisation.calendar import calendar_of
from qms.organisation.models import User

from .models import Figure, FigureVersion, Objective, ObjectiveSet, ObjectiveStep, Registration
from .models.sets import DEFAULT_FIGURE_DAYS
from .periods import Period, periods_of
from .terms import Direction, PeriodKind

_FIGURE = "figure"


def open_set(objectives: ObjectiveSet, *, at: datetime) -> list[Duty]:
    """Lay out the periods of every objective and open their duties; again changes nothing."""
    day = timezone.localdate(at)
    calendar = calendar_of(objectives.agency)
    days = figure_days(objectives)
    opened: list[Duty] = []
    for objective in _objectives(objectives):
        objective.objective_set = objectives
        wanted = [*_figures(objective, calendar, days, day), *_steps(objective)]
        opened += open_duties(objective, agency=objectives.agency, year=objectives.year, wanted=wanted, at=at)
    return opened


def close_set(objectives: ObjectiveSet, *, at: datetime) -> None:
    """Nothing more is owed for a closed year."""
    for objective in objectives.objectives.all():
        withdraw_duties(objective, at=at)


def figure_days(objectives: ObjectiveSet) -> int:
    """How many days after a period its figure is due."""
    found = Registration.objects.filter(agency=objectives.agency_id, year=objectives.year).first()
    return found.figure_days if found else DEFAULT_FIGURE_DAYS


def figure_key(figure: Figure) -> str:
    """The key of the duty that asks for it."""
    return f"{_FIGURE}:{figure.index}"


def measured_periods(objective: Objective) -> list[Period]:
    """The periods that begin before the objective's day is over; a milestone is asked for once."""
    year = objective.objective_set.year
    if objective.direction == Direction.MILESTONE:
        return periods_of(PeriodKind.YEAR, year)
    return [period for period in periods_of(PeriodKind(objective.period), year) if period.start <= objective.due_on]


def _objectives(objectives: ObjectiveSet) -> Iterable[Objective]:
    steps = Prefetch("steps", ObjectiveStep.objects.select_related("unit", "person"))
    return objectives.objectives.select_related("unit", "person").prefetch_related(steps)


def _figures(objective: Objective, calendar: WorkingCalendar, days: int, issued: date) -> Iterator[Wanted]:
    """The periods of an objective with figures of its own, and the duties that ask for them."""
    if objective.is_computed:
        return
    for period in measured_periods(objective):
        ends_on = objective.due_on if objective.direction == Direction.MILESTONE else period.end
        due = due_after(max(ends_on, issued), Offset(days, OffsetUnit.DAY), calendar)
        figure, _ = Figure.objects.get_or_create(
            objective=objective,
            index=period.index,
            defaults={"starts_on": period.start, "ends_on": ends_on, "due_on": due.day},
        )
        yield Wanted(
            key=figure_key(figure), kind=DutyKind.FIGURE, title=f"Nhập số liệu: {objective.statement}",
            unit=objective.unit, person=objective.person, context=str(objective.objective_set), period=period.label,
            opens_on=ends_on, due_on=figure.due_on, explanation=due.explanation,
            evidence_required=objective.evidence_required,
        )  # fmt: skip


def _steps(objective: Objective) -> Iterator[Wanted]:
    for step in objective.steps.all():
        found = slots(step.timing, objective.objective_set.year)
        for slot in found:
            yield _step(objective, step, slot, several=len(found) > 1)


def _step(objective: Objective, step: ObjectiveStep, slot: StepSlot, *, several: bool) -> Wanted:
    window = slot.window
    said = f"“{step.timing_text}”: mỗi quý báo tình hình một lần." if slot.check_in else explain(step.timing)
    return Wanted(
        key=f"step:{step.pk}:{slot.suffix}", kind=DutyKind.STEP, title=step.text, unit=step.unit, person=step.person,
        context=f"{objective.objective_set}: {objective.statement}",
        period=period_name(window) if window and several else "",
        opens_on=window.start if window else None, due_on=window.due if window else None,
        explanation=said, waits_for=slot.waits_for,
    )  # fmt: skip


def _address(objective: Objective) -> str:
    return reverse("objectives:detail", args=[objective.objective_set.year, objective.pk])


def _figure_of(duty: Duty) -> Figure | None:
    kind, _, index = duty.key.partition(":")
    if kind != _FIGURE:
        return None
    return Figure.objects.select_for_update(of=("self",)).get(objective=duty.object_id, index=int(index))


def _answered(duty: Duty, actor: User, at: datetime) -> None:
    """A figure's duty is done when the figure is there; "not applicable" means that nothing arose."""
    figure = _figure_of(duty)
    if figure is None or figure.is_entered:
        return
    if duty.state == DutyState.DONE:
        raise ValidationError({"state": "Nhập số liệu của kỳ ở trang mục tiêu; nhập xong thì việc này tự xong."})
    report = duty.reports.order_by("-at", "-pk").first()
    figure.nothing_arose, figure.note = True, report.text if report else ""
    figure.author, figure.author_name, figure.at = actor, str(actor), at
    figure.revision += 1
    figure.save()
    FigureVersion.objects.create(figure=figure, author=actor, author_name=str(actor), at=at, **figure.values())


def _reopened(duty: Duty, actor: User, at: datetime) -> None:
    """An answer given back lifts the lock of its period until the next entry."""
    figure = _figure_of(duty)
    if figure is not None:
        figure.reopened = True
        figure.save()


def join_rooms() -> None:
    """Tell the room of duties where these are read and what follows when one is answered; once, at the start."""
    register("objectives.objective", SourceKind(_address, _answered, _reopened))

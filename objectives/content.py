"""A set of objectives as plain data: what the history keeps of each step, and what the documents print."""

from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Prefetch

from .figures import figure_text
from .models import Objective, ObjectiveSet, ObjectiveStep
from .terms import Direction, Formula, PeriodKind


@dataclass(frozen=True)
class StepContent:
    """One step as it is printed."""

    text: str
    who: str
    support: str
    timing: str
    result: str


@dataclass(frozen=True)
class ObjectiveContent:
    """One objective as it is printed; `previous` says how last year's ended."""

    statement: str
    indicator: str
    target: str
    baseline: str
    period: str
    who: str
    due: str
    place: str
    basis: str
    clause: str
    resources: str
    monitoring: str
    serves: str
    previous: str
    steps: tuple[StepContent, ...]


def contents_of(objectives: ObjectiveSet, previous: dict[int, str] | None = None) -> list[ObjectiveContent]:
    """The objectives in their order. `previous` has, by the id of last year's objective, how it ended."""
    steps = Prefetch("steps", ObjectiveStep.objects.select_related("unit", "person"))
    rows = objectives.objectives.select_related("unit", "person", "serves", "clause").prefetch_related(steps)
    return [_content(row, (previous or {}).get(row.carried_from_id or 0, "")) for row in rows]


def snapshot_of(objectives: ObjectiveSet) -> dict[str, Any]:
    """The set as it stands, for the history."""
    return {
        "year": objectives.year, "owner": objectives.owner_name, "intro": objectives.intro,
        "objectives": [asdict(content) for content in contents_of(objectives)],
    }  # fmt: skip


def target_words(objective: Objective) -> str:
    """ "Ít nhất 95 %"."""
    words = objective.goal.words
    return words[0].upper() + words[1:]


def period_words(objective: Objective) -> str:
    """How often it is measured."""
    if objective.direction == Direction.MILESTONE:
        return "Một lần, khi đạt mốc"
    label = PeriodKind(objective.period).label
    return label[0].upper() + label[1:]


def indicator_words(objective: Objective) -> str:
    """The indicator and how it is computed, one per line."""
    share = f"{objective.numerator_label} / {objective.denominator_label}" if objective.numerator_label else ""
    formula = Formula(objective.formula)
    together = f"Tổng hợp: {formula.label}" if formula != Formula.OWN else ""
    return "\n".join(part for part in (objective.indicator, objective.method or share, together) if part)


def baseline_words(objective: Objective) -> str:
    """The level of today, or nothing."""
    return "" if objective.baseline is None else figure_text(objective.baseline, objective.unit_of_measure, 6)


def _content(row: Objective, previous: str) -> ObjectiveContent:
    return ObjectiveContent(
        statement=row.statement,
        indicator=indicator_words(row),
        target=target_words(row),
        baseline=baseline_words(row),
        period=period_words(row),
        who="\n".join(str(part) for part in (row.unit, row.person) if part),
        due=f"{row.due_on:%d/%m/%Y}",
        place=row.place,
        basis=row.basis,
        clause=str(row.clause or ""),
        resources=row.resources,
        monitoring=row.monitoring,
        serves=row.serves.statement if row.serves else "",
        previous=previous,
        steps=tuple(
            StepContent(
                s.text, "\n".join(str(part) for part in (s.unit, s.person) if part), s.support_text, s.timing_text,
                s.result,
            )
            for s in row.steps.all()
        ),
    )  # fmt: skip

"""The way of a plan from the first draft to its issue, as the screen tells it: what happened, what is to come."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from qms.workflow.models import HistoryEntry

from .desks import DESKS
from .enums import PlanState
from .models import Plan
from .workflow import PLAN_WORKFLOW, steps_of

_BACK = frozenset({"return", "withdraw"})
_STEPS = frozenset(step.name for step in PLAN_WORKFLOW.transitions)


@dataclass(frozen=True)
class StepLine:
    """One line of the list of steps. `entry` is the history row whose content can be looked at again."""

    label: str
    tone: str
    shape: str
    who: str = ""
    when: datetime | None = None
    comment: str = ""
    entry: HistoryEntry | None = None


@dataclass(frozen=True)
class Progress:
    """`earlier` holds the rounds that ended with a return, `done` the present round, `ahead` what is still to come."""

    earlier: tuple[StepLine, ...]
    done: tuple[StepLine, ...]
    ahead: tuple[StepLine, ...]


def desks_passed(plan: Plan) -> tuple[int, int]:
    """How many of the desks that the agency uses are behind the plan, and how many there are."""
    order = [PlanState.DRAFT, *steps_of(plan.agency), PlanState.NUMBERING]
    state = PlanState(plan.state)
    if state in order:
        return order.index(state), len(order)
    later = [s for s in order if list(DESKS).index(s) > list(DESKS).index(state)] if state in DESKS else []
    return len(order) - len(later), len(order)


def progress_of(plan: Plan, history: Iterable[HistoryEntry]) -> Progress:
    """The steps of a plan; `history` oldest first. No query where the agency came with its settings."""
    lines = [_drafted(plan), *map(_taken, history)]
    last_back = max((i for i, line in enumerate(lines) if line.entry and line.entry.transition in _BACK), default=0)
    return Progress(tuple(lines[:last_back]), tuple(lines[last_back:]), tuple(_ahead(plan)))


def _drafted(plan: Plan) -> StepLine:
    return StepLine("Lập dự thảo", "done", "✓", who=str(plan.author), when=plan.created_at)


def _taken(entry: HistoryEntry) -> StepLine:
    back = entry.transition in _BACK
    who = ", ".join(filter(None, (entry.actor_name, entry.actor_title)))
    label = f"{entry.sentence[:1].upper()}{entry.sentence[1:]}"
    tone, shape = ("soon", "↩") if back else ("done", "✓")
    kept = entry if entry.transition in _STEPS else None  # what follows from a step keeps no content of its own
    return StepLine(label, tone, shape, who, entry.at, entry.comment, kept)


def _ahead(plan: Plan) -> Sequence[StepLine]:
    """The desk the plan lies on now, and those after it that the agency uses."""
    state = PlanState(plan.state)
    if state not in DESKS:
        return ()
    order = list(DESKS)
    used = {*steps_of(plan.agency), PlanState.NUMBERING}
    later = [s for s in order[order.index(state) + 1 :] if s in used]
    return (_line(state, "active", "●"), *(_line(s, "dormant", "○") for s in later))


def _line(state: PlanState, tone: str, shape: str) -> StepLine:
    return StepLine(DESKS[state].label, tone, shape, who=DESKS[state].holder)

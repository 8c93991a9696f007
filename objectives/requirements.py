"""The five things that make a good objective, as a checklist. It advises and never stops anybody.

Specific, measurable, timed, feasible, and with a place: what departments ask of their divisions in their plans.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from qms.deadlines import TimingKind
from qms.text import fold

from .models import Objective, ObjectiveStep
from .terms import Direction, Measure

_VAGUE = re.compile(r"\b(nang cao|tang cuong|day manh|tot hon|cai thien|phan dau|quan tam|chu trong)\b")
_FEWEST_WORDS = 5


@dataclass(frozen=True)
class Requirement:
    """One of the five. `advice` says what would help; empty where it is met."""

    name: str
    advice: str = ""

    @property
    def is_met(self) -> bool:
        return not self.advice


def requirements_of(
    objective: Objective, steps: Iterable[ObjectiveStep] = (), *, fell_short: bool = False
) -> list[Requirement]:
    """The five, in their usual order. `fell_short`: last year's objective that this one goes on from was missed."""
    steps = list(steps)
    return [
        Requirement("Cụ thể", _unspecific(objective)),
        Requirement("Đo lường được", _unmeasurable(objective)),
        Requirement("Có thời gian", _untimed(objective, steps)),
        Requirement("Khả thi", _unfeasible(objective, steps, fell_short=fell_short)),
        Requirement("Có địa điểm thực hiện", "" if objective.place else "Ghi nơi thực hiện."),
    ]


def _unspecific(objective: Objective) -> str:
    if len(objective.statement.split()) < _FEWEST_WORDS:
        return "Nêu rõ làm gì, với việc nào hoặc đối tượng nào."
    if _VAGUE.search(fold(objective.statement)) and not objective.indicator:
        return "Lời văn còn chung (nâng cao, tăng cường…): nêu kết quả cụ thể hoặc chỉ số đo."
    return ""


def _unmeasurable(objective: Objective) -> str:
    if objective.direction == Direction.MILESTONE:
        return "" if objective.indicator else "Ghi dấu hiệu để biết đã đạt mốc (văn bản, sản phẩm nào)."
    lacking = [
        words
        for words, value in (
            ("chỉ số đo", objective.indicator),
            ("cách tính", objective.method or objective.is_computed or objective.measure == Measure.RATIO),
            ("đơn vị tính", objective.unit_of_measure),
        )
        if not value
    ]
    return f"Còn thiếu {', '.join(lacking)}." if lacking else ""


def _untimed(objective: Objective, steps: list[ObjectiveStep]) -> str:
    if objective.due_on.year != objective.objective_set.year:
        return f"Thời hạn nằm ngoài năm {objective.objective_set.year}."
    unclear = [step for step in steps if step.timing.kind == TimingKind.UNKNOWN or step.timing.needs_confirmation]
    if unclear:
        return f"{len(unclear)} biện pháp chưa rõ thời gian."
    return ""


def _unfeasible(objective: Objective, steps: list[ObjectiveStep], *, fell_short: bool) -> str:
    if not steps:
        return "Chưa có biện pháp thực hiện."
    if not objective.resources:
        return "Ghi nguồn lực (người, kinh phí, phương tiện)."
    previous = objective.carried_from
    if fell_short and previous is not None and _is_no_easier(objective, previous) and not objective.basis:
        return "Năm trước chưa đạt chỉ tiêu này: ghi căn cứ cho thấy năm nay đạt được."
    return ""


def _is_no_easier(objective: Objective, previous: Objective) -> bool:
    if objective.target is None or previous.target is None:
        return objective.direction == previous.direction
    if objective.direction == Direction.AT_MOST:
        return objective.target <= previous.target
    return objective.target >= previous.target

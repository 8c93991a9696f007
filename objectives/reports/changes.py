"""What changed since an earlier report: figures that were amended or came later, objectives that stand otherwise."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from objectives.models import FigureVersion
from objectives.terms import Standing

if TYPE_CHECKING:
    from .facts import Fact, FigureFact


@dataclass(frozen=True)
class Change:
    """One difference. `what` is "tình trạng" or the period of a figure; `reason` why a figure was amended."""

    objective: int
    unit: str
    statement: str
    what: str
    before: str
    now: str
    reason: str = ""


def changes_between(earlier: Iterable["Fact"], now: Iterable["Fact"]) -> tuple[Change, ...]:
    """The differences of the objectives that both reports tell of, new ones said as new. One query, or none."""
    known = {fact.objective: fact for fact in earlier}
    facts = list(now)
    amended = [figure.record for fact in facts for figure in fact.figures if figure.amended]
    reasons = _reasons(amended) if amended else {}
    return tuple(change for fact in facts for change in _changes(known.get(fact.objective), fact, reasons))


def _changes(earlier: "Fact | None", fact: "Fact", reasons: dict[int, str]) -> Iterator[Change]:
    head = (fact.objective, fact.unit, fact.statement)
    if earlier is None:
        yield Change(*head, "mục tiêu", "", "mới theo dõi từ kỳ này")
        return
    if earlier.standing != fact.standing:
        yield Change(*head, "tình trạng", Standing(earlier.standing).label, Standing(fact.standing).label)
    if earlier.target != fact.target:
        yield Change(*head, "chỉ tiêu", earlier.target, fact.target)
    before = {(figure.index, figure.label): figure for figure in earlier.figures}
    for figure in fact.figures:
        yield from _figure_change(head, before.get((figure.index, figure.label)), figure, reasons)


def _figure_change(
    head: tuple[int, str, str], before: "FigureFact | None", figure: "FigureFact", reasons: dict[int, str]
) -> Iterator[Change]:
    """Only of periods that the earlier report told of already; those that came since are the report itself."""
    if before is not None and before.words != figure.words:
        reason = reasons.get(figure.record, "")
        yield Change(*head, figure.label, before.words or "chưa có", figure.words or "chưa có", reason)


def _reasons(records: list[int]) -> dict[int, str]:
    """By figure, why it was amended the last time."""
    versions = FigureVersion.objects.filter(figure__in=records, is_amendment=True).order_by("at", "pk")
    return dict(versions.values_list("figure_id", "reason"))

"""What an amendment does with the duties of the plan it replaces: nothing that anybody wrote is lost.

Tasks are paired by their words (`plans.compare.pairs`). A duty follows its task with reports and extensions. Where the
amendment gives another day, the duty gets it with an explanation and its first day stays to be seen, as with an
extension; what has no place any more is withdrawn.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from qms.duties.enums import ANSWERED, OWED, DutyState
from qms.duties.models import Duty, Occurrence
from qms.duties.opening import Wanted, search_words
from qms.duties.waking import occurrence_id
from qms.text import short_date

from ..compare import pairs
from ..models import Plan, Task
from .fanout import Outcome, context_of, duties_of, tasks_with_units, wanted_of
from .members import Members

_FIELDS = (
    "object_id", "context", "title", "key", "state", "period", "opens_on", "due_on", "original_due_on", "explanation",
    "waits_for", "closed_on", "changed_at", "search",
)  # fmt: skip

_LIVE = OWED | {DutyState.DORMANT.value}


@dataclass
class _Tally:
    moved: int = 0
    changed: int = 0
    withdrawn: int = 0


def take_over(plan: Plan, *, at: datetime) -> Outcome:
    """Move the duties of the replaced plan to the tasks of the amendment. A constant number of queries."""
    old_plan = plan.replaces
    heirs = _heirs(tasks_with_units(old_plan), tasks_with_units(plan))
    members = Members(plan.agency_id, timezone.localdate(at))
    by_task: dict[int, list[Duty]] = defaultdict(list)
    for duty in duties_of(heirs).select_for_update(of=("self",)).order_by("pk"):
        by_task[duty.object_id].append(duty)
    tally = _Tally()
    for old, heir in heirs.items():
        wanted = wanted_of(heir, plan, members) if heir else []
        _Handover(old, heir, plan, at, tally).settle(by_task[old.pk], wanted)
    touched = [duty for duties in by_task.values() for duty in duties]
    Duty.objects.bulk_update(touched, _FIELDS, batch_size=200)
    _move_occurrences(heirs)
    return Outcome(moved=tally.moved, changed=tally.changed, withdrawn=tally.withdrawn)


def _heirs(before: list[Task], after: list[Task]) -> dict[Task, Task | None]:
    return {old: new for old, new in pairs(before, after, lambda task: task.title) if old is not None}


def _move_occurrences(heirs: dict[Task, Task | None]) -> None:
    kind = ContentType.objects.get_for_model(Task)
    new_ids = {old.pk: new.pk for old, new in heirs.items() if new}
    rows = list(Occurrence.objects.filter(content_type=kind, object_id__in=new_ids))
    for row in rows:
        row.object_id = new_ids[row.object_id]
    Occurrence.objects.bulk_update(rows, ["object_id"])


@dataclass
class _Handover:
    """One task and its heir."""

    old: Task
    heir: Task | None
    plan: Plan
    at: datetime
    tally: _Tally

    def settle(self, duties: list[Duty], wanted: Iterable[Wanted]) -> None:
        """Decide about each duty; what nobody wants any more is withdrawn where it is still owed."""
        matched = _matched(duties, list(wanted))
        for duty in duties:
            duty.changed_at = self.at
            if self.heir is not None:
                self._move(duty)
            if duty.state in _LIVE:
                self._renew(duty, matched.get(duty.pk))
            elif duty.pk in matched:
                self._take_up_again(duty, matched[duty.pk])

    def _move(self, duty: Duty) -> None:
        duty.object_id, duty.title = self.heir.pk, self.heir.title
        duty.context = context_of(self.heir, self.plan)[:300]
        duty.search = search_words(duty.title, duty.context, duty.period)
        self.tally.moved += 1

    def _take_up_again(self, duty: Duty, wanted: Wanted) -> None:
        """An earlier amendment had withdrawn it."""
        duty.state, duty.closed_on = (DutyState.IN_PROGRESS if duty.percent else DutyState.OPEN), None
        self._give_day(duty, wanted)

    def _renew(self, duty: Duty, wanted: Wanted | None) -> None:
        if self.heir is not None and occurrence_id(duty.key) is not None:
            return  # its event has happened; the words of the plan give it no other day
        if wanted is None:
            self._withdraw(duty)
        elif self.heir is not None and self.heir.timing_text != self.old.timing_text:
            self._give_day(duty, wanted)
        else:
            duty.key = wanted.key

    def _withdraw(self, duty: Duty) -> None:
        duty.state, duty.closed_on, duty.waits_for = DutyState.WITHDRAWN, timezone.localdate(self.at), ""
        self._explain(duty, f"Rút theo kế hoạch điều chỉnh {self.plan.reference}.")
        self.tally.withdrawn += 1

    def _give_day(self, duty: Duty, wanted: Wanted) -> None:
        before = duty.due_on
        first = duty.original_due_on or wanted.due_on
        duty.key, duty.period, duty.explanation = wanted.key, wanted.period, wanted.explanation
        duty.opens_on, duty.due_on, duty.waits_for = wanted.opens_on, wanted.due_on, wanted.waits_for
        duty.original_due_on = first if wanted.due_on else None
        if wanted.waits_for:
            duty.state = DutyState.DORMANT
        elif duty.state == DutyState.DORMANT:
            duty.state = DutyState.OPEN
        if before != duty.due_on:
            self._explain(duty, f"{_day_moved(before, duty)} theo kế hoạch điều chỉnh {self.plan.reference}.")
            self.tally.changed += 1

    def _explain(self, duty: Duty, sentence: str) -> None:
        duty.explanation = f"{duty.explanation} {sentence}".strip()


def _day_moved(before: object, duty: Duty) -> str:
    old = short_date(before) if before else "chưa có"
    return f"Hạn đổi từ {old} thành {short_date(duty.due_on) if duty.due_on else 'chưa có'}"


def _matched(duties: list[Duty], wanted: list[Wanted]) -> dict[int, Wanted]:
    """Which wanted duty each standing one becomes: by unit, part and period, or as the only one left of its side.

    Duties that came to a unit from one that was merged into it count as the unit's own, after those it had before.
    """
    answered = {_place(duty) for duty in duties if duty.state in ANSWERED}
    left = {row.key: row for row in wanted if row.key not in answered}
    open_ones = [duty for duty in duties if duty.state not in ANSWERED and occurrence_id(duty.key) is None]
    open_ones.sort(key=lambda duty: (duty.state == DutyState.WITHDRAWN, duty.key != _place(duty), duty.pk))
    found = {duty.pk: left.pop(_place(duty)) for duty in open_ones if _place(duty) in left}
    live = [duty for duty in open_ones if duty.pk not in found and duty.state in _LIVE]
    for duty in live:
        rows = [row for row in left.values() if _side(row.key) == _side(_place(duty))]
        rivals = [other for other in live if _side(_place(other)) == _side(_place(duty))]
        if len(rows) == len(rivals) == 1:
            found[duty.pk] = left.pop(rows[0].key)
    return found


def _place(duty: Duty) -> str:
    """The key as it would be if the plan named the unit that has the duty now."""
    return f"{duty.unit_id}:{duty.key.partition(':')[2]}"


def _side(key: str) -> str:
    return key.rpartition(":")[0]


def joined(first: Outcome, second: Outcome) -> Outcome:
    """What taking over and opening did together."""
    return replace(second, moved=first.moved, changed=first.changed, withdrawn=first.withdrawn)

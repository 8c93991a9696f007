"""How the tasks of an issued plan stand, for its pages: one query for all duties, however many tasks there are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.contrib.contenttypes.models import ContentType

from qms.duties.enums import ANSWERED, DutyState
from qms.duties.marks import duty_mark
from qms.duties.models import Duty, Occurrence
from qms.marks import Mark
from qms.organisation.models import User

from ..models import Plan, Task
from .events import ways_of
from .fanout import duties_of


@dataclass(frozen=True)
class DutyLine:
    """One unit's share of a task."""

    duty: Duty
    mark: Mark
    is_support: bool

    @property
    def day(self) -> date | None:
        return self.duty.due_on


@dataclass(frozen=True)
class Standing:
    """All that units owe of one task, as far as the reader may see it. Withdrawn duties do not count."""

    lines: tuple[DutyLine, ...] = ()

    @property
    def counted(self) -> list[DutyLine]:
        """What has a day or a state of its own: neither withdrawn nor asleep."""
        quiet = (DutyState.WITHDRAWN, DutyState.DORMANT)
        return [line for line in self.lines if line.duty.state not in quiet]

    @property
    def led(self) -> list[DutyLine]:
        """The result itself where there is one; the input of others where only that is seen."""
        return [line for line in self.counted if not line.is_support] or self.counted

    @property
    def percent(self) -> int:
        """The mean of what the leading units report; what does not apply counts as settled."""
        shares = [100 if line.duty.state in ANSWERED else line.duty.percent for line in self.led]
        return round(sum(shares) / len(shares)) if shares else 0

    @property
    def late(self) -> int:
        return sum(line.mark.tone == "late" for line in self.lines)

    @property
    def done(self) -> int:
        return sum(line.duty.state in ANSWERED for line in self.counted)

    def by_window(self) -> list[tuple[tuple[date | None, date | None], "Standing"]]:
        """The same by the period that the plan gave, the earliest first; what has no day is left out."""
        windows: dict[tuple[date | None, date | None], list[DutyLine]] = defaultdict(list)
        for line in self.counted:
            if line.duty.original_due_on:
                windows[line.duty.opens_on, line.duty.original_due_on].append(line)
        found = ((window, Standing(tuple(lines))) for window, lines in windows.items())
        return sorted(found, key=lambda pair: (pair[0][1] or date.max, pair[0][0] or date.min))

    @property
    def mark(self) -> Mark | None:
        """The task as a whole: late as soon as one unit is, done when all are."""
        if self.late:
            first = next(line.mark for line in self.lines if line.mark.tone == "late")
            return first if len(self.counted) == 1 else Mark("late", "▲", f"{self.late} việc trễ")
        if not self.counted:
            asleep = any(line.duty.state == DutyState.DORMANT for line in self.lines)
            return Mark("dormant", "◌", "chờ sự kiện") if asleep else None
        if self.done == len(self.counted):
            return Mark("done", "✓", "xong")
        soon = next((line.mark for line in self.counted if line.mark.tone == "soon"), None)
        if soon:
            return soon
        begun = self.done or self.percent
        return Mark("active", "●", f"{self.percent} %") if begun else Mark("dormant", "○", "chưa bắt đầu")

    @property
    def under_way(self) -> bool:
        """Whether the leading units have begun and not finished."""
        return 0 < self.percent < 100

    @property
    def share(self) -> str:
        """ "7/10 việc xong"."""
        return f"{self.done}/{len(self.counted)} việc xong" if len(self.counted) > 1 else ""


def standings(tasks: Iterable[Task], reader: User, *, today: date) -> dict[int, Standing]:
    """By task. Whoever does not see the whole progress sees the share of the own unit."""
    rows = Duty.objects.visible_to(reader).filter(pk__in=duties_of(tasks).values("pk")).select_related("unit")
    lines: dict[int, list[DutyLine]] = defaultdict(list)
    for duty in rows.order_by("unit__order", "unit__name", "due_on", "pk"):
        lines[duty.object_id].append(DutyLine(duty, duty_mark(duty, today), ":support:" in duty.key))
    return {pk: Standing(tuple(sorted(found, key=lambda line: line.is_support))) for pk, found in lines.items()}


@dataclass
class EventRow:
    """A task that may wait: how many units wait for it now, and what has happened."""

    number: str
    task: Task
    waits_for: str
    waiting: int = 0
    happened: list[Occurrence] = field(default_factory=list)

    @property
    def mark(self) -> Mark:
        if self.waiting:
            return Mark("dormant", "◌", "đang chờ")
        return Mark("done", "✓", "đã ghi nhận") if self.happened else Mark("dormant", "○", "khi có thì ghi")


def event_rows(plan: Plan) -> list[EventRow]:
    """The tasks to which an event may give a day, in the order of the plan. Three queries."""
    tasks = list(plan.tasks.select_related("phase").order_by("phase__order", "order", "pk"))
    rows = {
        task.pk: EventRow(task.ordinal or str(place), task, task.timing.trigger or task.timing_text)
        for place, task in enumerate(tasks, start=1)
        if ways_of(task)
    }
    asleep = Duty.objects.filter(pk__in=duties_of(tasks).values("pk"), state=DutyState.DORMANT)
    for pk, waits_for in asleep.values_list("object_id", "waits_for"):
        if pk in rows:
            rows[pk].waiting += 1
            rows[pk].waits_for = waits_for
    kind = ContentType.objects.get_for_model(Task)
    for entry in Occurrence.objects.filter(content_type=kind, object_id__in=rows).select_related("file", "actor"):
        rows[entry.object_id].happened.append(entry)
    return list(rows.values())

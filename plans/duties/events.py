"""Recording what waiting tasks wait for: an event, another task's end, another body's plan, a case, a day.

An `Occurrence` keeps what happened, on what day, by what document; the duties it wakes get their day from the words of
the plan and the agency's working calendar, or from the person who records it where the words give none.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from qms.deadlines import Timing, TimingKind, Window, WorkingCalendar, due_after, explain
from qms.duties.enums import DutyState
from qms.duties.models import Duty, Occurrence
from qms.duties.opening import Wanted, open_many
from qms.duties.rules import why_not_record
from qms.duties.waking import occurrence_id, put_to_sleep, wake_duties, woken_key
from qms.files.actions import store_file
from qms.files.together import files_and_rows
from qms.organisation.access import require
from qms.organisation.calendar import calendar_of
from qms.organisation.models import Unit, User
from qms.text import nfc, one_line, short_date
from qms.workflow.engine import record

from ..enums import PlanState, UnitPart
from ..models import Plan, Task
from .fanout import duties_of, parts_of, want
from .members import Members
from .slots import WAITING, Slot, case_words, dated_slots, slots, waiting_words

_ANNOUNCED = frozenset({TimingKind.AFTER_TASK, TimingKind.EXTERNAL, TimingKind.UNKNOWN})


@dataclass(frozen=True)
class Way:
    """One way in which a waiting task gets its day. `timing` None: the person who records says the last day."""

    name: str
    label: str
    timing: Timing | None = None

    @property
    def asks_due(self) -> bool:
        """Whether the words give no day."""
        return self.timing is None or not (self.timing.offset or self.timing.occurrences)

    @property
    def counts(self) -> bool:
        """Whether the day is counted from the day of the event."""
        return self.timing is not None and self.timing.offset is not None

    @property
    def announced(self) -> bool:
        """Whether the day may lie ahead: a meeting that was called, another body's inspection."""
        if self.timing is None:
            return True
        offset = self.timing.offset
        return self.timing.kind in _ANNOUNCED or (offset is not None and offset.amount < 0)


@dataclass(frozen=True)
class Said:
    """What the person says. `units`: ids of those concerned, None for all the task names; `after`: the id of the task
    whose end it is, as far as the words tell.
    """

    way: str = ""
    day: date | None = None
    what: str = ""
    reference: str = ""
    due_on: date | None = None
    upload: UploadedFile | None = None
    units: frozenset[int] | None = None
    after: int | None = None


def ways_of(task: Task) -> list[Way]:
    """How a day may be given to that task; empty where it waits for nothing."""
    timing = task.timing
    if timing.kind == TimingKind.CONDITIONAL:
        return [Way(str(i), case_words(branch), branch) for i, branch in enumerate(timing.branches)]
    if not waiting_words(timing, confirmed=task.timing_confirmed):
        return [Way("0", timing.trigger)] if timing.trigger else []
    if timing.occurrences:
        return [
            Way("0", f"Đúng như đã hiểu: {explain(replace(timing, reasons=()))}", timing),
            Way("1", "Theo ngày khác"),
        ]
    return [Way("0", timing.trigger or timing.text or "Định thời gian", timing)]


def found_slots(task: Task, said: Said, *, calendar: WorkingCalendar, first_day: date, at: datetime) -> list[Slot]:
    """The slots that open, each with its day and why. Raises ValidationError by field; writes nothing."""
    way = next((way for way in ways_of(task) if way.name == said.way), None)
    if way is None:
        raise ValidationError({"way": "Chọn một trường hợp."})
    errors = _wrong_days(way, said, task.plan.year, first_day, timezone.localdate(at))
    if errors:
        raise ValidationError(errors)
    prefix = f"b{way.name}." if task.timing.kind == TimingKind.CONDITIONAL else ""
    happened = _happened(said)
    return [
        replace(slot, explanation=f"{happened} {slot.explanation}".strip())
        for slot in _dated_by(way, said, prefix, calendar)
    ]


def _dated_by(way: Way, said: Said, prefix: str, calendar: WorkingCalendar) -> list[Slot]:
    if way.counts:
        return [counted_slot(way.timing, said.day, calendar, suffix=f"{prefix}{WAITING}")]
    if way.asks_due:
        return [Slot(f"{prefix}{WAITING}", Window(None, said.due_on), explanation="Người ghi nhận định hạn này.")]
    return dated_slots(way.timing, prefix=prefix)


def counted_slot(timing: Timing, day: date, calendar: WorkingCalendar, *, suffix: str) -> Slot:
    """The slot of an event on that day, counted by the words of the plan. ValidationError beyond the calendar."""
    try:
        computed = due_after(day, timing.offset, calendar)
    except OverflowError:
        raise ValidationError({"day": "Ngày này nằm ngoài lịch."}) from None
    start = day if timing.offset.amount > 0 else None
    return Slot(suffix, Window(start, computed.day), explanation=computed.explanation)


def _happened(said: Said) -> str:
    words = one_line(nfc(said.what)).rstrip(".")
    on = f" ngày {short_date(said.day)}" if said.day else ""
    by = f" ({one_line(nfc(said.reference))})" if said.reference.strip() else ""
    return f"{words}{on}{by}." if words else ""


def _wrong_days(way: Way, said: Said, year: int, first_day: date, today: date) -> dict[str, str]:
    errors = {}
    if wrong := _wrong_day(way, said.day, year, first_day, today):
        errors["day"] = wrong
    if way.asks_due and (wrong := _wrong_due(said, first_day, today)):
        errors["due_on"] = wrong
    if not said.what.strip():
        errors["what"] = "Ghi sự kiện đã xảy ra."
    return errors


def _wrong_day(way: Way, day: date | None, year: int, first_day: date, today: date) -> str:
    if day is None:
        return "Ghi ngày xảy ra."
    if day < first_day:
        return f"Kế hoạch ban hành ngày {short_date(first_day)}, không ghi nhận sự kiện trước ngày đó."
    if day > today and not way.announced:
        return "Sự kiện chưa xảy ra thì chưa tính hạn; ghi nhận khi đã có."
    return f"Ngày phải trong năm {year} hoặc {year + 1}." if day.year > year + 1 else ""


def _wrong_due(said: Said, first_day: date, today: date) -> str:
    if said.due_on is None:
        return "Ghi hạn hoàn thành; kế hoạch không nêu số ngày."
    earliest = said.day if said.day and first_day <= said.day <= today else first_day
    if said.due_on < earliest:
        return f"Hạn không được trước ngày {short_date(earliest)}."
    return "Hạn nằm quá xa." if said.due_on.year > today.year + 5 else ""


def first_day_of(plan: Plan) -> date:
    """The day of issue; of an amendment that of the plan it began with."""
    while plan.replaces_id:
        plan = plan.replaces
    return plan.date or timezone.localdate(plan.issued_at)


@files_and_rows()
def record_event(task: Task, said: Said, *, actor: User, at: datetime) -> Occurrence:
    """Write down what happened and open the duties it calls for.

    Duties that wait are woken; where none of a unit waits (it happened before), a new one opens. Raises
    PermissionDenied, or ValidationError by field; then nothing was changed.
    """
    plan = Plan.objects.select_for_update(of=("self",)).select_related("agency", "replaces").get(pk=task.plan_id)
    require(why_not_record(plan.agency_id, actor))
    if plan.state != PlanState.ISSUED:
        raise ValidationError("Chỉ ghi nhận sự kiện cho kế hoạch đang thực hiện.")
    task.plan = plan
    calendar = calendar_of(plan.agency)
    found = found_slots(task, said, calendar=calendar, first_day=first_day_of(plan), at=at)
    chosen = _chosen(task, said.units, at)
    stored = _stored(said, plan, actor, at)
    occurrence = Occurrence.objects.create(
        agency=plan.agency, content_type=ContentType.objects.get_for_model(Task), object_id=task.pk, day=said.day,
        what=nfc(said.what).strip(), reference=one_line(nfc(said.reference))[:300], file=stored, actor=actor, at=at,
    )  # fmt: skip
    open_for(occurrence, task, found, chosen, at=at)
    return occurrence


def _stored(said: Said, plan: Plan, actor: User, at: datetime):
    if said.upload is None:
        return None
    try:
        return store_file(said.upload, agency=plan.agency, actor=actor, at=at)
    except ValidationError as error:
        raise ValidationError({"file": error.messages}) from None


def units_of(task: Task, *, on: date) -> list[tuple[Unit, UnitPart]]:
    """The units that an event of that task may concern, with their part, as they stand that day."""
    return list(parts_of(task, Members(task.plan.agency_id, on)))


def _chosen(task: Task, ids: Collection[int] | None, at: datetime) -> list[tuple[Unit, UnitPart]]:
    everybody = units_of(task, on=timezone.localdate(at))
    chosen = [(unit, part) for unit, part in everybody if ids is None or unit.pk in ids]
    if not chosen:
        raise ValidationError({"units": "Chọn ít nhất một đơn vị."})
    return chosen


def open_for(
    occurrence: Occurrence, task: Task, found: list[Slot], chosen: list[tuple[Unit, UnitPart]], *, at: datetime
) -> None:
    """Wake the dormant duties of these units, and open the others that the event calls for."""
    asleep = {
        (duty.unit_id, part_of(duty.key)): duty
        for duty in duties_of([task]).filter(state=DutyState.DORMANT).select_for_update(of=("self",))
    }
    woken, fresh = [], []
    for unit, part in chosen:
        rows = [_wanted(task, unit, part, slot, occurrence) for slot in found]
        sleeper = asleep.get((unit.pk, part.value))
        if sleeper is not None:
            woken.append((sleeper, rows.pop(0)))
        fresh += [(task, row) for row in rows]
    wake_duties(woken, at=at)
    open_many(fresh, agency=task.plan.agency, year=task.plan.year, at=at)


def _wanted(task: Task, unit: Unit, part: UnitPart, slot: Slot, occurrence: Occurrence) -> Wanted:
    wanted = want(task, task.plan, unit, part, slot)
    period = wanted.period or f"sự kiện {short_date(occurrence.day)}"
    return replace(wanted, key=woken_key(wanted.key, occurrence), period=period)


@transaction.atomic
def retract_event(occurrence: Occurrence, *, actor: User, at: datetime) -> None:
    """Take a wrong entry back while nobody has answered: what it woke waits again.

    Raises PermissionDenied, or ValidationError where somebody has reported on one of its duties.
    """
    require(why_not_record(occurrence.agency_id, actor))
    if any(map(is_touched, woken_by(occurrence))):
        raise ValidationError("Đã có đơn vị báo cáo theo sự kiện này, không bỏ được.")
    undo(occurrence, actor=actor, at=at)


def undo(occurrence: Occurrence, *, actor: User, at: datetime) -> None:
    """Let the duties of that event wait again where nobody has answered; forget it where nothing hangs on it.

    The history of the plan keeps that it was there.
    """
    task = Task.objects.select_related("plan__agency").get(pk=occurrence.object_id)
    free = [duty for duty in woken_by(occurrence) if not is_touched(duty)]
    others = duties_of([task]).exclude(pk__in=[duty.pk for duty in free]).exclude(state=DutyState.WITHDRAWN)
    taken = {(unit, part_of(key)) for unit, key in others.values_list("unit", "key")}
    resting = {(d.unit_id, part_of(d.key)): d for d in free if (d.unit_id, part_of(d.key)) not in taken}
    put_to_sleep([(duty, again) for duty in resting.values() if (again := _asleep(task, duty))], at=at)
    left = Duty.objects.filter(pk__in=[duty.pk for duty in free]).exclude(state=DutyState.DORMANT)
    left.update(state=DutyState.WITHDRAWN, closed_on=timezone.localdate(at), changed_at=at)
    if not any(map(is_touched, woken_by(occurrence))):
        words = f"{occurrence.what} ngày {short_date(occurrence.day)}"
        record(task.plan, name="retract_event", sentence="bỏ ghi nhận sự kiện", actor=actor, at=at, comment=words)
        occurrence.delete()


def _asleep(task: Task, duty: Duty) -> Wanted | None:
    """The duty as it waits; None for a task that asks for something else beside its event."""
    found = slots(task.timing, task.plan.year, confirmed=task.timing_confirmed)
    waiting = next((slot for slot in found if slot.waits_for), None)
    return want(task, task.plan, duty.unit, UnitPart(part_of(duty.key)), waiting) if waiting else None


def part_of(key: str) -> str:
    """The part that stands in the key of a plan's duty: "lead" or "support"."""
    return key.split(":")[1]


def is_touched(duty: Duty) -> bool:
    """Whether somebody has reported on it or asked for more time."""
    return duty.reports.exists() or duty.extensions.exists()


def woken_by(occurrence: Occurrence) -> list[Duty]:
    """The duties that owe their day to that event."""
    rows = duties_of([Task(pk=occurrence.object_id)]).filter(key__endswith=f"#{occurrence.pk}").select_related("unit")
    return [duty for duty in rows if occurrence_id(duty.key) == occurrence.pk]

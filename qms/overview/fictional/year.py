"""How the year goes: reports with evidence, what came late, what was put off, handed over or given back.

Everything goes through the doors that people use, each at the time at which it would have happened; what lies ahead of
the day of loading has not happened yet. So the year looks alive whatever the day.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from plans.duties.events import Said, record_event
from plans.duties.fanout import duties_of
from plans.models import Plan, Task
from qms.deadlines import WorkingCalendar
from qms.duties.actions import Proof, ask_extension, decide_extension, hand_over, report, return_report
from qms.duties.enums import OWED, DutyKind, DutyState
from qms.duties.models import Duty
from qms.organisation.calendar import calendar_of
from qms.organisation.enums import Role
from qms.organisation.models import Agency, PositionHolding, User

from .answers import INPUT, PLAIN, REASONS, WORDS, Words
from .proofs import Proofs

_ANSWERING = {Role.HEAD, Role.STAFF, Role.CHIEF, Role.SECRETARY, Role.DEPUTY}


@dataclass(frozen=True)
class Event:
    """Something that wakes a task, at so many days after the plan or before the day of loading."""

    task: str
    what: str
    reference: str
    day: date
    units: frozenset[str] = frozenset()
    due_on: date | None = None


@dataclass
class Story:
    """One plan's year until a day. `over`: the year is long past, everything that was owed has been answered."""

    agency: Agency
    plan: Plan
    people: dict[str, User]
    until: date
    over: bool = False
    _staff: dict[int, list[User]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self._calendar: WorkingCalendar = calendar_of(self.agency)
        self._proofs = Proofs(self.plan.year)
        self._tasks: dict[int, Task] = {task.pk: task for task in self.plan.tasks.all()}
        held = PositionHolding.objects.in_force(self.until).filter(position__unit__agency=self.agency)
        for holding in held.select_related("position").order_by("position__rank", "pk"):
            if _ANSWERING & {Role(role) for role in holding.position.roles}:
                person = next(p for p in self.people.values() if p.pk == holding.user_id)
                self._staff[holding.position.unit_id].append(person)

    def tell(self) -> None:
        """From the first event to the day of loading."""
        for event in self._events():
            if self.plan.date < event.day <= self.until:
                self._happen(event)
        owed = duties_of(self._tasks.values()).filter(state__in=OWED).select_related("unit").order_by("due_on", "pk")
        duties = [duty for duty in owed if duty.due_on]
        past = [duty for duty in duties if duty.due_on < self.until]
        if self.over:
            self._settle_all(past)
        else:
            self._tell_the_past(past)
            self._tell_the_present([duty for duty in duties if duty.due_on >= self.until])

    def _events(self) -> list[Event]:
        year = self.plan.year
        lately = date(year, 9, 1) if self.over else self.until
        return [
            Event("5", "Phó Giám đốc Sở được phân công làm Phó Trưởng Ban Chỉ đạo", "112/TB-SNNMT", date(year, 3, 10),
                  due_on=date(year, 4, 10)),
            Event("14", "Nhận báo cáo đánh giá nội bộ", "31/BC-ĐĐG", date(year, 10, 1)),
            Event("8", "Nhận quyết định công bố thủ tục hành chính lĩnh vực đất đai, môi trường", "1186/QĐ-UBND",
                  self._worked(max(self.plan.date + timedelta(days=7), lately - timedelta(days=18))),
                  frozenset({"Phòng Quản lý đất đai", "Phòng Quản lý môi trường"})),
        ]  # fmt: skip

    def _happen(self, event: Event) -> None:
        task = next(task for task in self._tasks.values() if task.ordinal == event.task)
        chosen = self.agency.units.filter(name__in=event.units).values_list("pk", flat=True)
        units = frozenset(chosen) if event.units else None
        said = Said("0", event.day, event.what, event.reference, event.due_on, units=units)
        record_event(task, said, actor=self.people["thuky"], at=_at(event.day, 15))

    def _settle_all(self, duties: Iterable[Duty]) -> None:
        for n, duty in enumerate(duties):
            self._finish(duty, n)

    def _tell_the_past(self, past: list[Duty]) -> None:
        """The latest ones show what may happen to a duty; all before them were answered."""
        latest = self._latest(past)
        special = {duty.pk for duty in latest}  # the second and the third are late without a word
        self._settle_all(duty for duty in past if duty.pk not in special)
        for duty in latest[:1]:
            self._give_back(duty)
        for duty in latest[3:4]:
            self._put_off(duty)
        for reason, duty in zip(REASONS, latest[4:6], strict=False):
            self._report(duty, self._worked(self.until - timedelta(days=2)), DutyState.IN_PROGRESS, reason, percent=60)

    def _latest(self, past: list[Duty]) -> list[Duty]:
        """Leading duties that fell due last, at most two of one task."""
        found: list[Duty] = []
        for duty in reversed(past):
            same = sum(other.object_id == duty.object_id for other in found)
            if duty.kind == DutyKind.PLAN_TASK and self._head(duty) and same < 2:
                found.append(duty)
        return found[:6]

    def _tell_the_present(self, ahead: list[Duty]) -> None:
        current = [duty for duty in ahead if duty.opens_on is None or duty.opens_on <= self.until]
        asked = next((duty for duty in current if duty.kind == DutyKind.PLAN_TASK and self._head(duty)), None)
        for n, duty in enumerate(duty for duty in current if duty is not asked):
            if n % 4 == 0:
                self._report(duty, self._lately(n), DutyState.DONE, self._words(duty).done, proof=n % 8 == 0)
            elif n % 4 == 1:
                percent = 20 + n * 7 % 60
                self._report(duty, self._lately(n), DutyState.IN_PROGRESS, self._words(duty).under_way, percent=percent)
        if asked:
            ask_extension(
                asked, new_due_on=self._calendar.next_working(asked.due_on + timedelta(days=14)),
                reason="Chờ hướng dẫn của Bộ về biểu mẫu mới.", actor=self._head(asked), at=_at(self._lately(0), 10),
            )  # fmt: skip
        self._hand_over_one(current)

    def _hand_over_one(self, current: list[Duty]) -> None:
        unit = self.agency.units.get(name="Phòng Quản lý đất đai")
        duty = next((d for d in current if d.unit_id == unit.pk and d.pk and self._is_open(d)), None)
        if duty:
            hand_over(
                duty, person=self._staff[unit.pk][-1], actor=self.people["truongphong"], at=_at(self._lately(1), 8)
            )

    def _is_open(self, duty: Duty) -> bool:
        duty.refresh_from_db(fields=["state"])
        return duty.state in OWED

    def _give_back(self, duty: Duty) -> None:
        day = self._worked(duty.due_on - timedelta(days=1))
        self._report(duty, day, DutyState.DONE, self._words(duty).done, by=self._head(duty))
        reason = "Minh chứng chưa có chữ ký xác nhận; đề nghị bổ sung."
        return_report(duty, reason=reason, actor=self.people["thuky"], at=_at(self._worked(self.until), 7))

    def _put_off(self, duty: Duty) -> None:
        asked_on = self._worked(duty.due_on - timedelta(days=3))
        extension = ask_extension(
            duty, new_due_on=self._calendar.next_working(max(duty.due_on, self.until) + timedelta(days=7)),
            reason="Đơn vị phối hợp gửi số liệu muộn.", actor=self._head(duty), at=_at(asked_on, 10),
        )  # fmt: skip
        decide_extension(
            extension, grant=True, answer="Đồng ý, không gia hạn thêm.", actor=self.people["phogiamdoc"],
            at=_at(self._worked(duty.due_on - timedelta(days=1)), 16),
        )  # fmt: skip
        self._report(duty, self._lately(2), DutyState.IN_PROGRESS, self._words(duty).under_way, percent=70)

    def _finish(self, duty: Duty, n: int) -> None:
        """Four in five in time, the others some days late; one in forty does not apply."""
        late = n % 5 == 3
        target = duty.due_on + timedelta(days=2 + n % 9) if late else duty.due_on - timedelta(days=1 + n * 5 % 13)
        day = max(self._worked(min(target, self.until - timedelta(days=1))), self._first_day(duty))
        if n % 40 == 17:
            self._report(duty, day, DutyState.NOT_APPLICABLE, "Trong kỳ không phát sinh.")
            return
        words = self._words(duty)
        if n % 6 == 1 and day - timedelta(days=8) > self._first_day(duty):
            before = self._worked(day - timedelta(days=8))
            self._report(duty, before, DutyState.IN_PROGRESS, words.under_way, percent=50)
        text = words.done if duty.kind != DutyKind.CONTRIBUTION else INPUT
        self._report(duty, day, DutyState.DONE, text, proof=duty.kind != DutyKind.CONTRIBUTION and n % 2 == 0)

    def _report(
        self, duty: Duty, day: date, state: DutyState, text: str, *, percent: int = 0, proof: bool = False,
        by: User | None = None,
    ) -> None:  # fmt: skip
        people = [by] if by else self._staff[duty.unit_id]
        if not people:
            return
        duty.refresh_from_db()
        file = self._words(duty).file
        proofs = [Proof(day, self._proofs.upload(file, str(duty.unit), duty.title, day))] if proof else []
        report(
            duty, state=state, percent=percent, text=text, proofs=proofs, revision=duty.revision,
            actor=people[duty.pk % len(people)], at=_at(day, 8 + duty.pk % 8),
        )  # fmt: skip

    def _words(self, duty: Duty) -> Words:
        return WORDS.get(self._tasks[duty.object_id].ordinal, PLAIN)

    def _head(self, duty: Duty) -> User | None:
        """Who speaks for the unit, the secretary excepted, who is asked and gives back."""
        others = [person for person in self._staff[duty.unit_id] if person.username != "thuky"]
        return others[0] if others else None

    def _first_day(self, duty: Duty) -> date:
        opened = max(duty.opens_on or self.plan.date, self.plan.date)
        return self._calendar.next_working(min(opened + timedelta(days=1), self.until - timedelta(days=1)))

    def _lately(self, n: int) -> date:
        """One of the last working days."""
        return max(self._worked(self.until - timedelta(days=1 + n * 3 % 9)), self.plan.date)

    def _worked(self, day: date) -> date:
        return self._calendar.previous_working(day)


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, 20)))

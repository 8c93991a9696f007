"""Duties follow their unit: when it is merged, split or dissolved, what is still owed goes to its heirs."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from qms.organisation.actions import on_begin_day
from qms.organisation.handover import Held, on_handover
from qms.organisation.models import PositionHolding, Reorganisation, Unit, UnitSuccession, User
from qms.organisation.reorganising.order import OpenWork, Order
from qms.organisation.reorganising.registry import Heirs, on_reorganisation
from qms.text import short_date

from .enums import OWED, DutyState
from .models import Duty

_LIVE = [*OWED, DutyState.DORMANT]
_MOVED_FIELDS = ["unit", "person", "explanation", "changed_at"]


def duties_touched(order: Order) -> list[OpenWork]:
    """What an order does to duties: one line per unit that ends."""
    counted = Duty.objects.filter(unit__in=order.ends, state__in=_LIVE).order_by("unit__order", "unit")
    rows = counted.values("unit__name").annotate(
        owed=Count("pk", filter=Q(state__in=OWED)), asleep=Count("pk", filter=Q(state=DutyState.DORMANT))
    )  # fmt: skip
    return [OpenWork(_count_words(row), _becomes(order)) for row in rows]


def _count_words(row: dict) -> str:
    counts = ((row["owed"], "việc đang phải làm"), (row["asleep"], "việc chờ sự kiện"))
    return f"{row['unit__name']}: {', '.join(f'{count} {words}' for count, words in counts if count)}"


def _becomes(order: Order) -> str:
    heirs = ", ".join(map(str, order.into))
    if not heirs:
        return "chưa có đơn vị nhận, cần điều chỉnh kế hoạch"
    when = f"từ ngày {short_date(order.effective_on)}"
    if len(order.into) == 1:
        return f"chuyển sang {heirs} {when}, giữ nguyên báo cáo"
    return f"chuyển sang {order.into[0]} cùng báo cáo, mỗi đơn vị nhận khác có việc mới ({heirs}) {when}"


def follow_units(reorganisation: Reorganisation, heirs: Heirs) -> None:
    """Move duties at once where the decision is in force already; otherwise the day it takes effect does it."""
    adopt_duties(timezone.localdate(reorganisation.at))


def adopt_duties(on: date) -> int:
    """Hand what is owed by units that ended before that day to their heirs. Returns how many duties moved.

    The first heir gets the duty itself with its reports; where a unit was split, each further heir owes one of its own.
    A unit that ended without an heir keeps what it owes, to be seen.
    """
    stranded = Duty.objects.filter(state__in=_LIVE, unit__valid_to__lt=on)
    return _adopt(stranded, on) if stranded.exists() else 0


@transaction.atomic
def _adopt(stranded: QuerySet, on: date) -> int:
    duties = list(stranded.select_related("unit").select_for_update(of=("self",)).order_by("pk"))
    line = _Line({duty.unit for duty in duties}, on)
    moved, further = [], []
    for duty in duties:
        heirs = line.heirs_of(duty.unit)
        if heirs:
            further += [_copy(duty, heir) for heir in heirs[1:]]
            moved.append(_moved(duty, heirs[0], line))
    Duty.objects.bulk_update(moved, _MOVED_FIELDS, batch_size=200)
    known = set(Duty.objects.filter(key__in={copy.key for copy in further}).values_list("object_id", "key"))
    Duty.objects.bulk_create(copy for copy in further if (copy.object_id, copy.key) not in known)
    return len(moved)


def _moved(duty: Duty, heir: Unit, line: "_Line") -> Duty:
    duty.explanation = f"{duty.explanation} {_from(duty.unit, line)}".strip()
    duty.unit, duty.changed_at = heir, line.at
    if duty.person_id not in line.people_of(heir):
        duty.person = None
    return duty


def _copy(duty: Duty, heir: Unit) -> Duty:
    """The same duty for another heir, without reports; its key begins with the heir."""
    return Duty(
        agency_id=duty.agency_id, content_type_id=duty.content_type_id, object_id=duty.object_id,
        key=f"{heir.pk}/{duty.key}", kind=duty.kind, year=duty.year, title=duty.title, context=duty.context,
        period=duty.period, unit=heir, state=DutyState.DORMANT if duty.state == DutyState.DORMANT else DutyState.OPEN,
        opens_on=duty.opens_on, due_on=duty.due_on, original_due_on=duty.original_due_on, waits_for=duty.waits_for,
        explanation=f"{duty.explanation} Nhận khi tách {duty.unit}.".strip(), opened_at=timezone.now(),
        changed_at=timezone.now(), evidence_required=duty.evidence_required, search=duty.search,
    )  # fmt: skip


def _from(unit: Unit, line: "_Line") -> str:
    return f"Nhận từ {unit} theo {line.decision_of(unit).decision_number}."


class _Line:
    """Who follows whom, and who sits there: two queries, and one more for each further decision in between."""

    def __init__(self, ended: Iterable[Unit], on: date) -> None:
        self.at, self._on = timezone.now(), on
        self._steps: dict[int, list[UnitSuccession]] = defaultdict(list)
        wave = {unit.pk for unit in ended}
        while wave:
            rows = UnitSuccession.objects.filter(predecessor__in=wave, successor__isnull=False)
            found = list(rows.select_related("successor", "reorganisation").order_by("pk"))
            for step in found:
                self._steps[step.predecessor_id].append(step)
            wave = {step.successor_id for step in found} - set(self._steps)
        self._people: dict[int, set[int]] = defaultdict(set)
        units = {step.successor_id for steps in self._steps.values() for step in steps}
        held = PositionHolding.objects.in_force(on).filter(position__unit__in=units)
        for unit, user in held.values_list("position__unit", "user"):
            self._people[unit].add(user)

    def heirs_of(self, unit: Unit) -> list[Unit]:
        """The units in force that came after it, each once."""
        found: dict[Unit, None] = {}
        queue, seen = [unit], set()
        while queue:
            for step in self._steps.get(queue.pop(0).pk, []):
                if step.pk not in seen:
                    seen.add(step.pk)
                    heir = step.successor
                    found |= {heir: None} if heir.is_in_force(self._on) else {}
                    queue += [] if heir.is_in_force(self._on) else [heir]
        return list(found)

    def decision_of(self, unit: Unit) -> Reorganisation:
        """The decision that ended it."""
        return self._steps[unit.pk][0].reorganisation

    def people_of(self, unit: Unit) -> set[int]:
        """Who holds a position there that day."""
        return self._people[unit.pk]


def duties_held(user: User) -> list[Held]:
    """The open duties that were handed to a person, for whoever takes over the desk."""
    rows = Duty.objects.owed().filter(person=user).select_related("unit").order_by("due_on", "pk")
    return [Held(duty.title, _held_words(duty), reverse("duties:detail", args=[duty.pk])) for duty in rows]


def _held_words(duty: Duty) -> str:
    day = f"hạn {short_date(duty.due_on)}" if duty.due_on else "chưa có hạn"
    return ", ".join(filter(None, (str(duty.unit), duty.period, day)))


def join_rooms() -> None:
    """From now on the organisation asks here what a decision, a new day and a person who leaves mean for duties."""
    on_reorganisation(preview=duties_touched, apply=follow_units)
    on_begin_day(adopt_duties)
    on_handover(duties_held)

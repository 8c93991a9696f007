"""The duties of the first page, in one query: what waits for a decision, what is late, what comes, what was just done.

Whoever follows the agency or decides there looks at all of it; everybody else at what they owe themselves.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.functions import Cast, Concat, DenseRank, JSONObject

from plans.enums import PlanState
from plans.models import Plan
from qms.duties.enums import OWED, DutyState, ExtensionState
from qms.duties.marks import SOON_DAYS
from qms.duties.models import Duty, Extension, answerable
from qms.organisation.access import access_of
from qms.organisation.models import PositionHolding, User
from qms.text import fold, short_date

from .duty_rows import DutyRow, duty_rows, duty_url, with_story

SHOWN = 6
SHOWN_NEXT = 3
_CLOSED = "closed"
"""With the year behind it the group of what is late of a year whose plan is closed: counted, never listed."""
_PEOPLE_WORDS = ("thanh vien", "nhan su", "kien toan", "phan cong", "dieu dong", "luan chuyen")
_PEOPLE_DAYS = 45


class Group(StrEnum):
    """Why a duty is on the first page; a duty is in the first group that fits."""

    DECIDE = "decide"
    LATE = "late"
    SOON = "soon"
    NEXT = "next"
    CHECK = "check"
    DORMANT = "dormant"


@dataclass(frozen=True)
class Shelf:
    """One group: the first rows, and how many there are in all."""

    rows: tuple[DutyRow, ...] = ()
    count: int = 0

    @property
    def hidden(self) -> int:
        return self.count - len(self.rows)


@dataclass(frozen=True)
class Sleeping:
    """What waits for one event, for however many units. `sign` is why the event is probable, if anything says so."""

    title: str
    context: str
    waits_for: str
    url: str
    units: int
    sign: str = ""


@dataclass(frozen=True)
class Cockpit:
    """All groups. `late_count` counts late duties in whatever group, `pressing` one's own late and soon ones.

    Of years whose plan is closed only `closed_years` speaks: (year, how many are still owed late), the newest first;
    `late_count` leaves them out. `whole`: the agency is looked at.
    """

    shelves: dict[Group, Shelf] = field(default_factory=dict)
    sleeping: tuple[Sleeping, ...] = ()
    late_count: int = 0
    pressing: int = 0
    whole: bool = False
    closed_years: tuple[tuple[int, int], ...] = ()

    @property
    def closed_count(self) -> int:
        return sum(count for _, count in self.closed_years)

    def __getattr__(self, name: str) -> Shelf:
        """The shelf of that name, for templates."""
        if name not in set(Group):
            raise AttributeError(name)
        return self.shelves.get(Group(name), Shelf())


def whole_agencies(user: User) -> frozenset[int]:
    """Where this person follows the duties of all units, or decides about them."""
    access = access_of(user)
    return access.agencies_with("follow_duties") | access.agencies_with("decide_extensions")


def cockpit(user: User, *, today: date) -> Cockpit:
    """One query."""
    found = list(with_story(_shelved(user, today), on=today))
    inside = access_of(user).agencies_with("read_agency")
    shelves = {}
    for group in Group:
        duties = [duty for duty in found if duty.group == group]
        if duties and group != Group.DORMANT:
            shown = duties[:SHOWN_NEXT] if group == Group.NEXT else duties
            shelves[group] = Shelf(tuple(duty_rows(shown, today, inside=inside)), duties[0].total)
    dormant = [duty for duty in found if duty.group == Group.DORMANT]
    late_count, pressing = (found[0].late_count, found[0].pressing) if found else (0, 0)
    closed = {duty.year: duty.total for duty in found if duty.group.startswith(_CLOSED)}
    return Cockpit(
        shelves, _sleeping(dormant), late_count - sum(closed.values()), pressing, bool(whole_agencies(user)),
        tuple(sorted(closed.items(), reverse=True)),
    )  # fmt: skip


def _shelved(user: User, today: date) -> QuerySet[Duty]:
    whole = whole_agencies(user)
    duties = (
        Duty.objects.filter(Q(agency__in=whole) | answerable(user)) if whole else Duty.objects.filter(answerable(user))
    )
    mine = Case(When(answerable(user), then=Value(True)), default=Value(False), output_field=BooleanField())
    grouped = duties.filter(_recent(today)).annotate(mine=mine, group=_group(user, today)).exclude(group="")
    late = Case(When(state__in=OWED, due_on__lt=today, then=Value(1)), output_field=IntegerField())
    soon = today + timedelta(days=SOON_DAYS)
    pressing = Case(When(mine=True, state__in=OWED, due_on__lte=soon, then=Value(1)), output_field=IntegerField())
    counted = grouped.annotate(
        place=Window(DenseRank(), partition_by=F("group"), order_by=_order()),
        total=Window(Count("pk"), partition_by=F("group")),
        late_count=Window(Count(late)),
        pressing=Window(Count(pressing)),
        change=_change_of_people(user, today),
    )
    return counted.filter(place__lte=SHOWN).order_by("place", "pk")


def _recent(today: date) -> Q:
    just_done = Q(state=DutyState.DONE, closed_on__gte=today - timedelta(days=SOON_DAYS))
    asleep = Q(state=DutyState.DORMANT, year__gte=today.year)
    return Q(state__in=OWED) | asleep | just_done


def _group(user: User, today: date) -> Case:
    access = access_of(user)
    asked = Extension.objects.filter(duty=OuterRef("pk"), state=ExtensionState.ASKED).exclude(asked_by=user)
    decides = Q(agency__in=access.agencies_with("decide_extensions"), state__in=OWED) & Q(Exists(asked))
    checks = Q(state=DutyState.DONE, agency__in=access.agencies_with("follow_duties")) & ~answerable(user)
    late = Q(due_on__lt=today)
    names: tuple[tuple[Q, Any], ...] = (
        (decides, Group.DECIDE),
        (checks, Group.CHECK),
        (Q(state=DutyState.DONE), ""),
        (Q(state=DutyState.DORMANT), Group.DORMANT),
        (late & Q(year__lt=today.year) & Q(Exists(_closed_plan())), Concat(Value(_CLOSED), Cast("year", CharField()))),
        (late, Group.LATE),
        (Q(due_on__lte=today + timedelta(days=SOON_DAYS)), Group.SOON),
    )
    whens = (When(condition, then=Value(str(name)) if isinstance(name, str) else name) for condition, name in names)
    return Case(*whens, default=Value(Group.NEXT.value), output_field=CharField())


def _closed_plan() -> QuerySet[Plan]:
    """The closed plan of the duty's agency and year."""
    return Plan.objects.filter(agency=OuterRef("agency"), year=OuterRef("year"), state=PlanState.CLOSED)


def _order() -> list[object]:
    """One's own first, then by day. Dormant duties of one source share a place; others have each their own."""
    asleep = Q(state=DutyState.DORMANT)
    source = Case(When(asleep, then=F("object_id")), default=Value(0), output_field=BigIntegerField())
    self = Case(When(asleep, then=Value(0)), default=F("pk"), output_field=BigIntegerField())
    mine = Case(When(asleep, then=Value(False)), default=F("mine"), output_field=BooleanField())
    return [mine.desc(), source.asc(), F("due_on").asc(nulls_last=True), self.asc()]


def _sleeping(duties: Iterable[Duty]) -> tuple[Sleeping, ...]:
    sources: dict[tuple[int, int], list[Duty]] = {}
    for duty in duties:
        sources.setdefault((duty.content_type_id, duty.object_id), []).append(duty)
    return tuple(sorted(map(_one, sources.values()), key=lambda one: not one.sign))


def _one(same: list[Duty]) -> Sleeping:
    duty = same[0]
    sign = _sign(duty) if duty.change and _is_about_people(duty) else ""
    return Sleeping(duty.title, duty.context, duty.waits_for, duty_url(duty), len(same), sign)


def _is_about_people(duty: Duty) -> bool:
    words = fold(f"{duty.title} {duty.waits_for}")
    return any(word in words for word in _PEOPLE_WORDS)


def _change_of_people(user: User, today: date) -> Subquery:
    """The change of office nearest to today in the agencies looked at, as {…} or None; the same for every row."""
    near = (today - timedelta(days=_PEOPLE_DAYS), today + timedelta(days=_PEOPLE_DAYS))
    agencies = whole_agencies(user) or frozenset(filter(None, [user.agency_id]))
    held = PositionHolding.objects.filter(position__unit__agency__in=agencies)
    held = held.filter(Q(valid_to__range=near) | Q(valid_from__range=near)).order_by(
        F("valid_to").desc(nulls_last=True), F("valid_from").desc(nulls_last=True), "-pk"
    )
    change = JSONObject(who="user__full_name", title="position__title", begin="valid_from", end="valid_to")
    return Subquery(held.values(change=change)[:1])


def _sign(duty: Duty) -> str:
    """ "Ông A thôi giữ từ ngày …: Trưởng phòng." for a change of people; the office ends, or it begins."""
    change = duty.change
    if change["end"]:
        day = date.fromisoformat(change["end"]) + timedelta(days=1)
        what = f"{change['who']} thôi giữ từ {short_date(day)}"
    else:
        what = f"{change['who']} giữ từ {short_date(date.fromisoformat(change['begin']))}"
    return f"{what}: {change['title']}. Cân nhắc ghi nhận sự kiện."

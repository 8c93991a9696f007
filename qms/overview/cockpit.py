"""The duties of the first page, in one query: what waits for a decision, what is late, what comes, what was just done.

Whoever follows the agency or decides there looks at all of it; everybody else at what they owe themselves.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

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
    Value,
    When,
    Window,
)
from django.db.models.functions import DenseRank

from qms.duties.enums import OWED, DutyState, ExtensionState
from qms.duties.marks import SOON_DAYS
from qms.duties.models import Duty, Extension
from qms.organisation.access import access_of
from qms.organisation.models import PositionHolding, User
from qms.text import fold, short_date

from .duty_rows import DutyRow, duty_rows, with_story

SHOWN = 6
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
    """All groups. `late_count` counts late duties in whatever group; `whole`: the agency is looked at."""

    shelves: dict[Group, Shelf] = field(default_factory=dict)
    sleeping: tuple[Sleeping, ...] = ()
    late_count: int = 0
    whole: bool = False

    def __getattr__(self, name: str) -> Shelf:
        """The shelf of that name, for templates."""
        if name not in set(Group):
            raise AttributeError(name)
        return self.shelves.get(Group(name), Shelf())


def whole_agencies(user: User) -> frozenset[int]:
    """Where this person follows the duties of all units, or decides about them."""
    access = access_of(user)
    return access.agencies_with("follow_duties") | access.agencies_with("decide_extensions")


def owed_by(user: User) -> Q:
    """What this person answers: handed to them, or to nobody in a unit of theirs, or anything where they lead."""
    access = access_of(user)
    unclaimed = Q(unit__in=access.units_with("answer_for_unit"), person__isnull=True)
    return Q(person=user.pk) | unclaimed | Q(unit__in=access.units_with("lead_unit"))


def cockpit(user: User, *, today: date) -> Cockpit:
    """One query, and a second one where something waits for a change of people."""
    found = list(with_story(_shelved(user, today), on=today))
    shelves = {}
    for group in Group:
        duties = [duty for duty in found if duty.group == group]
        if duties and group != Group.DORMANT:
            shelves[group] = Shelf(tuple(duty_rows(duties, today)), duties[0].total)
    dormant = [duty for duty in found if duty.group == Group.DORMANT]
    late_count = found[0].late_count if found else 0
    return Cockpit(shelves, _sleeping(dormant, today), late_count, bool(whole_agencies(user)))


def _shelved(user: User, today: date) -> QuerySet[Duty]:
    whole = whole_agencies(user)
    duties = Duty.objects.filter(Q(agency__in=whole) | owed_by(user)) if whole else Duty.objects.filter(owed_by(user))
    mine = Case(When(owed_by(user), then=Value(True)), default=Value(False), output_field=BooleanField())
    grouped = duties.filter(_recent(today)).annotate(mine=mine, group=_group(user, today)).exclude(group="")
    late = Case(When(state__in=OWED, due_on__lt=today, then=Value(1)), output_field=IntegerField())
    counted = grouped.annotate(
        place=Window(DenseRank(), partition_by=F("group"), order_by=_order()),
        total=Window(Count("pk"), partition_by=F("group")),
        late_count=Window(Count(late)),
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
    checks = Q(state=DutyState.DONE, agency__in=access.agencies_with("follow_duties")) & ~owed_by(user)
    names = (
        (decides, Group.DECIDE),
        (checks, Group.CHECK),
        (Q(state=DutyState.DONE), ""),
        (Q(state=DutyState.DORMANT), Group.DORMANT),
        (Q(due_on__lt=today), Group.LATE),
        (Q(due_on__lte=today + timedelta(days=SOON_DAYS)), Group.SOON),
    )
    whens = (When(condition, then=Value(str(name))) for condition, name in names)
    return Case(*whens, default=Value(Group.NEXT.value), output_field=CharField())


def _order() -> list[object]:
    """One's own first, then by day. Dormant duties of one source share a place; others have each their own."""
    asleep = Q(state=DutyState.DORMANT)
    source = Case(When(asleep, then=F("object_id")), default=Value(0), output_field=BigIntegerField())
    self = Case(When(asleep, then=Value(0)), default=F("pk"), output_field=BigIntegerField())
    mine = Case(When(asleep, then=Value(False)), default=F("mine"), output_field=BooleanField())
    return [mine.desc(), source.asc(), F("due_on").asc(nulls_last=True), self.asc()]


def _sleeping(duties: Iterable[Duty], today: date) -> tuple[Sleeping, ...]:
    sources: dict[tuple[int, int], list[Duty]] = {}
    for duty in duties:
        sources.setdefault((duty.content_type_id, duty.object_id), []).append(duty)
    firsts = [same[0] for same in sources.values()]
    sign = _change_of_people(firsts, today)
    found = [_one(same, sign) for same in sources.values()]
    return tuple(sorted(found, key=lambda one: not one.sign))


def _one(same: list[Duty], sign: str) -> Sleeping:
    duty = same[0]
    (row,) = duty_rows([duty], duty.opened_at.date())
    return Sleeping(
        duty.title, duty.context, duty.waits_for, row.url, len(same), sign if _is_about_people(duty) else ""
    )


def _is_about_people(duty: Duty) -> bool:
    words = fold(f"{duty.title} {duty.waits_for}")
    return any(word in words for word in _PEOPLE_WORDS)


def _change_of_people(duties: list[Duty], today: date) -> str:
    """The change of office nearest to today in the agencies of those that wait for one, as a sentence."""
    agencies = {duty.agency_id for duty in duties if _is_about_people(duty)}
    if not agencies:
        return ""
    near = (today - timedelta(days=_PEOPLE_DAYS), today + timedelta(days=_PEOPLE_DAYS))
    held = PositionHolding.objects.filter(position__unit__agency__in=agencies)
    held = held.filter(Q(valid_to__range=near) | Q(valid_from__range=near)).select_related("user", "position")
    found = held.order_by("-valid_to", "-valid_from", "-pk").first()
    return _change_words(found, near) if found else ""


def _change_words(holding: PositionHolding, near: tuple[date, date]) -> str:
    ends = holding.valid_to is not None and near[0] <= holding.valid_to <= near[1]
    when = (
        f"thôi giữ từ {short_date(holding.valid_to + timedelta(days=1))}"
        if ends
        else (f"giữ từ {short_date(holding.valid_from)}")
    )
    return f"{holding.user} {when}: {holding.position.title}. Cân nhắc ghi nhận sự kiện."

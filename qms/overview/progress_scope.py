"""Whose progress somebody may see, and which part of it was asked for.

Whoever sees a whole agency (or oversees it) looks at that agency; a head or a person of a unit at the own units.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet

from plans.enums import IN_FORCE_OR_PAST
from plans.models import Plan, Task
from qms.duties.enums import DutyKind
from qms.duties.models import Duty
from qms.organisation.access import access_of
from qms.organisation.models import Agency, User
from qms.text import fold, roman


@dataclass(frozen=True)
class Scope:
    """Ids of the agencies seen whole; where there are none, of one's own units."""

    agencies: frozenset[int]
    units: frozenset[int]

    def __bool__(self) -> bool:
        return bool(self.agencies or self.units)

    def duties(self) -> QuerySet[Duty]:
        """All duties within."""
        if self.agencies:
            return Duty.objects.filter(agency__in=self.agencies)
        return Duty.objects.filter(unit__in=self.units)

    def narrowed(self, agency: Agency | None) -> "Scope":
        """Only that agency of several."""
        return self if agency is None else Scope(frozenset({agency.pk}), self.units)


def scope_of(user: User) -> Scope:
    """What this person may follow."""
    access = access_of(user)
    units = access.units_with("lead_unit") | access.units_with("answer_for_unit")
    return Scope(access.agencies_with("see_progress") | access.overseen, units)


@dataclass(frozen=True)
class Period:
    """Months `first` to `last` of a year, both counted."""

    key: str
    label: str
    first: int
    last: int

    def begin(self, year: int) -> date:
        return date(year, self.first, 1)

    def end(self, year: int) -> date:
        """The last day of the period."""
        following = date(year + self.last // 12, self.last % 12 + 1, 1)
        return date.fromordinal(following.toordinal() - 1)


WHOLE_YEAR = Period("nam", "Cả năm", 1, 12)
HALVES = (Period("6t1", "6 tháng đầu năm", 1, 6), Period("6t2", "6 tháng cuối năm", 7, 12))
QUARTERS = tuple(Period(f"q{n}", f"Quý {roman(n)}", 3 * n - 2, 3 * n) for n in range(1, 5))
MONTHS = tuple(Period(f"t{n}", f"Tháng {n}", n, n) for n in range(1, 13))
PERIODS: dict[str, Period] = {period.key: period for period in (WHOLE_YEAR, *HALVES, *QUARTERS, *MONTHS)}


@dataclass(frozen=True)
class Asked:
    """What the address asks for; anything senseless is taken as not asked."""

    given: Mapping[str, str]
    today: date

    @cached_property
    def year(self) -> int:
        """The year looked at, the present one by default."""
        text = self.given.get("nam", "")
        return int(text) if text.isdecimal() and len(text) == 4 and int(text) > 1 else self.today.year

    @property
    def unit(self) -> int | None:
        return _number(self.given.get("don_vi", ""))

    @property
    def plan(self) -> int | None:
        return _number(self.given.get("ke_hoach", ""))

    @property
    def kind(self) -> str:
        kind = self.given.get("loai", "")
        return kind if kind in DutyKind.values else ""

    @property
    def period(self) -> Period | None:
        """A part of the year, by the day on which duties are due."""
        found = PERIODS.get(self.given.get("ky", ""))
        return None if found == WHOLE_YEAR else found

    def words(self) -> list[str]:
        """What was searched for, folded."""
        return fold(self.given.get("q", "")).split()

    @property
    def narrowed(self) -> bool:
        """Whether anything beside the year was asked for."""
        return bool(self.unit or self.plan or self.kind or self.period)

    def of(self, duties: QuerySet[Duty]) -> QuerySet[Duty]:
        """The part of these duties that was asked for, of all units, of this year and the one before."""
        if self.kind:
            duties = duties.filter(kind=self.kind)
        if self.plan:
            tasks = Task.objects.filter(plan=self.plan).values("pk")
            duties = duties.filter(content_type=ContentType.objects.get_for_model(Task), object_id__in=tasks)
        return duties.filter(self._in_period()) if self.period else duties

    def of_unit(self, duties: QuerySet[Duty]) -> QuerySet[Duty]:
        """Those of the unit that was asked for, if one was."""
        return duties.filter(unit=self.unit) if self.unit else duties

    def _in_period(self) -> Q:
        period = self.period
        years = (self.year, self.year - 1)
        either = (Q(year=year, due_on__gte=period.begin(year), due_on__lte=period.end(year)) for year in years)
        return next(either) | next(either)


def _number(text: str) -> int | None:
    return int(text[:15]) if text.isdecimal() and int(text[:15]) else None


def plans_of(user: User, year: int) -> QuerySet[Plan]:
    """The plans of that year whose duties can be told apart."""
    return Plan.objects.visible_to(user).filter(year=year, state__in=IN_FORCE_OR_PAST).order_by("pk")


def years_of(duties: QuerySet[Duty], today: date) -> list[int]:
    """The years with a duty, and the present one, newest first."""
    known = duties.order_by().values_list("year", flat=True).distinct()
    return sorted({*known, today.year}, reverse=True)

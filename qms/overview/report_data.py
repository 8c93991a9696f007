"""What a progress report counts: the duties of a period as they stood on a day, each of them kept, so that every

number can be traced. The numbers are sums over the kept duties and nothing else.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from plans.enums import PlanState
from plans.models import Plan
from qms.duties.enums import DutyState
from qms.duties.models import Duty
from qms.organisation.models import Agency
from qms.text import long_date, short_date

from .duty_rows import who, why, with_story
from .progress import Numbers, Rate, Standing, standing_on, year_before
from .progress_scope import PERIODS, Period

_ORDER = ("unit__order", "unit__name", "unit", F("due_on").asc(nulls_last=True), "pk")


@dataclass(frozen=True)
class Fact:
    """One duty as it stood. `carried`: it was due before the period; days are ISO texts, "" for none."""

    unit: str
    title: str
    context: str
    period: str
    original_due: str
    due: str
    closed: str
    standing: str
    carried: bool
    reason: str
    who: str

    @property
    def days_late(self) -> int | None:
        """How long after its day it was done; None where it was not, or had no day."""
        if not (self.closed and self.due):
            return None
        return days_between(self.due, self.closed)


@dataclass(frozen=True)
class ReportData:
    """The facts in the house's order of units, the plans they come from, and the on-time rate a year before.

    What was due before `late_before` and not done by `as_of` is late.
    """

    as_of: str
    late_before: str
    facts: tuple[Fact, ...]
    plans: tuple[str, ...]
    before: Rate

    def to_storage(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return asdict(self)

    @classmethod
    def from_storage(cls, kept: Mapping[str, Any]) -> "ReportData":
        facts = tuple(Fact(**fact) for fact in kept["facts"])
        return cls(kept["as_of"], kept["late_before"], facts, tuple(kept["plans"]), Rate(**kept["before"]))

    @property
    def numbers(self) -> Numbers:
        """Of all units."""
        return self.sum(self.facts)

    def sum(self, facts: Iterable[Fact]) -> Numbers:
        """The sum over some of the facts."""
        found = Numbers()
        for fact in facts:
            found += self._one(fact)
        return found

    def _one(self, fact: Fact) -> Numbers:
        done = fact.standing == Standing.DONE
        owed = fact.standing in (Standing.LATE, Standing.ACTIVE, Standing.OPEN)
        return Numbers(
            **{fact.standing: 1},
            dated_done=int(done and bool(fact.due)),
            on_time=int(done and fact.closed <= fact.due),
            on_time_first=int(done and fact.closed <= fact.original_due),
            past_first=int(owed and "" < fact.original_due < self.late_before),
        )

    def by_unit(self) -> Iterator[tuple[str, list[Fact]]]:
        """The facts of each unit."""
        for unit, facts in groupby(self.facts, key=lambda fact: fact.unit):
            yield unit, list(facts)

    def of(self, standing: Standing) -> list[Fact]:
        """Those that stand there."""
        return [fact for fact in self.facts if fact.standing == standing]


def collect(agency: Agency, *, year: int, period: str, as_of: date, today: date) -> ReportData:
    """Read the period as it stood at the end of `as_of`, or so far where that is `today`. For one agency and year."""
    span, late_before = PERIODS[period], min(as_of + timedelta(days=1), today)
    duties = _standing(agency, year, span, as_of, late_before)
    ordered = with_story(duties, on=as_of, until=as_of).order_by(*_ORDER)
    facts = tuple(_fact(duty, span.begin(year), as_of) for duty in ordered)
    before = _standing(agency, year - 1, span, year_before(as_of), year_before(late_before))
    return ReportData(as_of.isoformat(), late_before.isoformat(), facts, tuple(_plans(agency, year)), _rate(before))


def _standing(agency: Agency, year: int, span: Period, as_of: date, late_before: date) -> QuerySet[Duty]:
    duties = Duty.objects.filter(_within(span, year), agency=agency, year=year).exclude(state=DutyState.WITHDRAWN)
    return duties.annotate(standing=standing_on(as_of, late_before=late_before))


def _within(span: Period, year: int) -> Q:
    """Due in the period, or done in it, or due before it and not closed by then; dormant ones are told beside."""
    begin, end = span.begin(year), span.end(year)
    asleep = Q(state=DutyState.DORMANT)
    if span.key == "nam":
        return Q()
    due = Q(due_on__gte=begin, due_on__lte=end)
    closed = Q(closed_on__gte=begin, closed_on__lte=end)
    carried = Q(due_on__lt=begin) & (Q(closed_on__isnull=True) | Q(closed_on__gte=begin))
    return asleep | due | closed | carried


def _fact(duty: Duty, begin: date, as_of: date) -> Fact:
    closed = duty.closed_on if duty.closed_on and duty.closed_on <= as_of else None
    return Fact(
        unit=duty.unit.name, title=duty.title, context=duty.context, period=duty.period,
        original_due=_iso(duty.original_due_on), due=_iso(duty.due_on), closed=_iso(closed), standing=duty.standing,
        carried=duty.due_on is not None and duty.due_on < begin, reason=" ".join(why(duty, as_of)), who=who(duty),
    )  # fmt: skip


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _plans(agency: Agency, year: int) -> Iterator[str]:
    """The plans whose duties are told of, as a document cites them."""
    issued: QuerySet[Plan] = agency.plans.filter(year=year, state__in=[PlanState.ISSUED, PlanState.CLOSED])
    for plan in issued.order_by("date", "pk"):
        named = f"Kế hoạch số {plan.reference} {long_date(plan.date)}" if plan.reference and plan.date else str(plan)
        about = f" về {plan.subject[:1].lower()}{plan.subject[1:]}" if plan.subject else ""
        yield f"{named} của {plan.issuer}{about}"


def _rate(duties: QuerySet[Duty]) -> Rate:
    """The on-time rate of duties with their `standing`, by the day as extended; one query."""
    done = Q(standing=Standing.DONE, due_on__isnull=False)
    counts = duties.order_by().aggregate(
        good=Count("pk", filter=done & Q(closed_on__lte=F("due_on"))),
        of=Count("pk", filter=done | Q(standing=Standing.LATE)),
    )
    return Rate(**counts)


def days_between(first: str, last: str) -> int:
    """From one ISO day to another."""
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def day_text(iso: str) -> str:
    """05/11/2026, or nothing."""
    return short_date(date.fromisoformat(iso)) if iso else ""

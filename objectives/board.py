"""A year of objectives with their figures, judged on a day. Two queries, however many objectives there are.

An objective with a formula has no figures of its own: its periods are put together from those of the objectives that
serve it, each gathered over the days of that period first.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import cached_property

from django.db.models import F, Q, QuerySet

from qms.organisation.models import Agency

from .aggregate import Part, Total, combine, gather
from .enums import IN_FORCE_OR_PAST, SetState
from .figures import figure_text
from .marks import standing_mark
from .models import Figure, Objective
from .periods import Period, count_of, periods_of
from .status import Entry, Slot, Verdict, judge, judge_period
from .terms import Formula, Gathering, PeriodKind, Presence, Standing

NOT_ISSUED = Verdict(Standing.NOT_YET_DUE, "Chưa ban hành.")
_GOOD = (Standing.ACHIEVED, Standing.ON_TRACK)
_BAD = (Standing.MISSED, Standing.AT_RISK)


@dataclass
class Judged:
    """One objective with its figures (own ones, in their order), those who serve it, and how it stands."""

    objective: Objective
    today: date
    figures: list[Figure] = field(default_factory=list)
    serving: list["Judged"] = field(default_factory=list)

    @cached_property
    def slots(self) -> list[Slot]:
        """Its periods, own ones or put together."""
        if not self.objective.is_computed:
            return [figure.slot for figure in self.figures]
        return [self._together(period) for period in self._periods()]

    @cached_property
    def verdict(self) -> Verdict:
        """How it stands today, and why."""
        if self.objective.objective_set.state not in IN_FORCE_OR_PAST:
            return NOT_ISSUED
        found = judge(self.objective.goal, self.slots, self.today)
        if self.objective.is_computed and not self.serving:
            return Verdict(Standing.NO_DATA, "Chưa có mục tiêu nào của đơn vị phục vụ mục tiêu này.")
        return found

    def period_verdict(self, index: int) -> Verdict:
        """How one of its periods stands; `index` is its place in `slots`."""
        return judge_period(self.objective.goal, self.slots, index, self.today)

    @property
    def mark(self):
        """The standing as a pill."""
        return standing_mark(self.verdict.standing)

    @property
    def figure(self) -> str:
        """The figure that was judged, or nothing."""
        value = self.verdict.value
        return "" if value is None else figure_text(value, self.objective.unit_of_measure)

    @property
    def provenance(self) -> str:
        """Where the figure of an objective with a formula comes from."""
        if not self.objective.is_computed or not self.serving:
            return ""
        return f"Tổng hợp từ {len(self.serving)} mục tiêu phục vụ: {Formula(self.objective.formula).label}."

    def standing_until(self, day: date) -> Standing:
        """How it stood with the figures of the periods that end by that day."""
        known = [s if s.period.end <= day else Slot(s.period, s.due_on) for s in self.slots]
        return judge(self.objective.goal, known, self.today).standing

    def _periods(self) -> list[Period]:
        """Its own kind, or the coarsest of those who serve it, so that each of theirs lies whole in one."""
        kinds = [PeriodKind(self.objective.period), *(slot.period.kind for j in self.serving for slot in j.slots)]
        return periods_of(min(kinds, key=count_of), self.objective.objective_set.year)

    def _together(self, period: Period) -> Slot:
        inside = [[slot for slot in j.slots if period.covers(slot.period)] for j in self.serving]
        formula = Formula(self.objective.formula)
        counting = formula == Formula.COUNT_ACHIEVED
        pairs = zip(self.serving, inside, strict=True)
        parts = [j.success(period) if counting else j.part(slots, formula) for j, slots in pairs]
        total = combine(formula, parts, self.objective.goal)
        every = [slot for slots in inside for slot in slots]
        due_on = max((slot.due_on for slot in every), default=period.end)
        filled = sum((slot.filled for slot in every if slot.entry), Fraction(0))
        return Slot(period, due_on, _entry(total), filled / len(every) if every else Fraction(1))

    def part(self, slots: list[Slot], formula: Formula) -> Part:
        """What these of its periods contribute to the objective that it serves."""
        goal = self.objective.goal
        if formula == Formula.RATIO_OF_SUMS:  # every case is counted once, however the unit itself sums up its year
            goal = replace(goal, gathering=Gathering.RATIO_OF_SUMS)
        total = gather([_part_of(slot, self.today) for slot in slots], goal)
        weight = Fraction(self.objective.weight)
        return Part(total.presence, total.value, total.numerator, total.denominator, weight)

    def success(self, period: Period) -> Part:
        """Whether it was achieved or on its way at the end of that period, to be counted."""
        standing = self.standing_until(period.end)
        if standing not in (*_GOOD, *_BAD):
            missing = standing == Standing.NO_DATA
            return Part(Presence.MISSING if missing else Presence.NOT_DUE)
        return Part(Presence.GIVEN, achieved=standing in _GOOD)


def _part_of(slot: Slot, today: date) -> Part:
    entry = slot.entry or Entry()
    return Part(slot.presence(today), entry.value, entry.numerator, entry.denominator)


def _entry(total: Total) -> Entry | None:
    if total.presence == Presence.NOTHING:
        return Entry()
    return None if total.value is None else Entry(total.value, total.numerator, total.denominator)


def judged(objectives: Iterable[Objective], today: date) -> dict[int, Judged]:
    """By id. The objectives come with their sets; those who serve one another must be among them. One query."""
    found = {objective.pk: Judged(objective, today) for objective in objectives}
    figures = Figure.objects.filter(objective__in=list(found)).select_related("miss").order_by("objective_id", "index")
    for figure in figures:
        entry = found[figure.objective_id]
        figure.objective = entry.objective
        entry.figures.append(figure)
    for entry in found.values():
        above = found.get(entry.objective.serves_id or 0)
        if above and entry.objective.objective_set.state in IN_FORCE_OR_PAST:
            above.serving.append(entry)
    return found


def objectives_of(agency: Agency, year: int) -> QuerySet[Objective]:
    """All of a year in the order of the tree, dropped sets left out, with what a row shows."""
    return (
        Objective.objects.filter(objective_set__agency=agency, objective_set__year=year)
        .exclude(objective_set__state=SetState.DROPPED)
        .select_related("objective_set__unit", "unit", "person", "clause")
        .order_by(F("objective_set__unit__order").asc(nulls_first=True), "objective_set_id", "order", "pk")
    )


def board_of(agency: Agency, year: int, today: date) -> dict[int, Judged]:
    """The judged objectives of an agency and year, by id. Two queries."""
    return judged(objectives_of(agency, year), today)


def with_those_below(own: Q) -> QuerySet[Objective]:
    """The objectives that fit, and all that their figures may be put together from, two levels down."""
    found = Objective.objects.filter(own).values("pk")
    rows = Objective.objects.filter(Q(pk__in=found) | Q(serves__in=found) | Q(serves__serves__in=found))
    return rows.exclude(objective_set__state=SetState.DROPPED).select_related("objective_set__unit", "unit", "person")


def family(objective: Objective, today: date) -> dict[int, Judged]:
    """An objective, the one it goes on from, and what both are put together from, judged. Two queries."""
    return judged(with_those_below(Q(pk__in=[objective.pk, objective.carried_from_id or 0])), today)


def counted(rows: Iterable[Judged]) -> dict[Standing, int]:
    """How many stand how."""
    counts: dict[Standing, int] = defaultdict(int)
    for row in rows:
        counts[row.verdict.standing] += 1
    return dict(counts)

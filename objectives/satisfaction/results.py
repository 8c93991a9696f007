"""What surveys say: by period, by unit and by criterion. Sums over sums, in two queries whatever is asked."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from django.db.models import QuerySet, Sum

from objectives.figures import figure_text
from objectives.periods import Period, period_on, periods_of
from objectives.terms import PeriodKind
from qms.organisation.models import Agency, Unit
from qms.text import fold

from .chart import Chart, chart
from .models import WHOLE, Answers, Channel, Survey
from .scheme import Share

YEARS_BACK = 2
"""Besides the year that is looked at."""
MOST_PERIODS = 12


@dataclass(frozen=True)
class Asked:
    """What is looked at. `year` ends the trend; `period` is the one the tables by unit show."""

    kind: PeriodKind
    year: int
    period: Period
    unit: int | None = None
    criterion: str = ""
    channel: str = ""


@dataclass
class Total:
    """Sums of a period or a unit. `sent` where it is known, `received_of_sent` what came back of that."""

    share: Share = field(default_factory=Share)
    received: int = 0
    sent: int = 0
    received_of_sent: int = 0
    by_criterion: dict[str, Share] = field(default_factory=lambda: defaultdict(Share))

    @property
    def rate(self) -> str:
        """The response rate in words, or a dash where nobody counted what was sent."""
        if not self.sent:
            return "–"
        return figure_text(Fraction(100 * self.received_of_sent, self.sent), "%", 1)


@dataclass(frozen=True)
class Results:
    """Everything the page shows. `periods` from the oldest on, `units` in their order, `criteria` as first met."""

    asked: Asked
    periods: list[tuple[Period, Total]]
    units: list[tuple[str, Total]]
    whole: Total
    criteria: list[str]
    longer: int
    chart: Chart

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in any period."""
        return not any(total.received for _, total in self.periods)

    def cells(self) -> list[tuple[str, Total, list[tuple[str, Share]]]]:
        """(unit, its sums, (criterion, its share)) for a table, the whole last."""
        rows = [*self.units, ("Cộng", self.whole)]
        return [(name, total, [(c, total.by_criterion[c]) for c in self.criteria]) for name, total in rows]


def asked_of(asked: Mapping[str, str], *, on: date) -> Asked:
    """What an address asks for: `loai`, `nam`, `ky`, `don_vi`, `tieu_chi`, `hinh_thuc`; what makes no sense is left."""
    kind = next((kind for kind in PeriodKind if kind.value == asked.get("loai")), PeriodKind.QUARTER)
    year = _number(asked.get("nam", "")) or on.year
    year = year if 2000 <= year <= 2100 else on.year
    latest = period_on(kind, on) if year == on.year else periods_of(kind, year)[-1]
    index = _number(asked.get("ky", ""))
    chosen = next((period for period in periods_of(kind, year) if period.index == index), latest)
    channel = asked.get("hinh_thuc", "")
    return Asked(
        kind, year, chosen, _number(asked.get("don_vi", "")), asked.get("tieu_chi", "")[:200],
        channel if channel in Channel.values else "",
    )  # fmt: skip


def _number(text: str) -> int | None:
    return int(text[:9]) if text[:9].isdecimal() else None


def surveys_of(agency: Agency, asked: Asked) -> QuerySet[Survey]:
    """The standing surveys of the years looked at, of that unit and channel."""
    surveys = Survey.objects.standing().filter(
        agency=agency, ends_on__gte=date(asked.year - YEARS_BACK, 1, 1), ends_on__lte=date(asked.year, 12, 31)
    )  # fmt: skip
    if asked.unit is not None:
        surveys = surveys.filter(unit=asked.unit)
    return surveys.filter(channel=asked.channel) if asked.channel else surveys


def results_of(agency: Agency, asked: Asked, units: list[Unit]) -> Results:
    """Two queries. Surveys whose period is longer than the kind asked for are counted in `longer` and left out."""
    surveys = surveys_of(agency, asked)
    gathered = _Gathered(asked)
    gathered.take_surveys(surveys)
    gathered.take_answers(Answers.objects.filter(survey__in=surveys))
    names = {unit.pk: unit.name for unit in units}
    order = [pk for pk in names if pk in gathered.units] + [pk for pk in gathered.units if pk not in names]
    periods = gathered.timeline()
    return Results(
        asked=asked,
        periods=periods,
        units=[(names.get(pk, gathered.names.get(pk, WHOLE)), gathered.units[pk]) for pk in order],
        whole=gathered.periods[asked.period],
        criteria=gathered.criteria,
        longer=gathered.longer,
        chart=chart([(_short(period), total.share) for period, total in periods], title="Tỷ lệ hài lòng qua các kỳ"),
    )


def _short(period: Period) -> str:
    return f"{period.short}/{period.year % 100:02d}" if period.kind != PeriodKind.YEAR else str(period.year)


class _Gathered:
    """Sums by period, and by unit in the period asked for."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.folded = fold(asked.criterion)
        self.periods: dict[Period, Total] = defaultdict(Total)
        self.units: dict[int | None, Total] = defaultdict(Total)
        self.names: dict[int | None, str] = {}
        self.criteria: list[str] = []
        self.longer = 0
        self._named: dict[str, str] = {}

    def take_surveys(self, surveys: QuerySet[Survey]) -> None:
        """Sent and received."""
        rows = surveys.order_by("ends_on", "unit__order", "pk").values_list(
            "starts_on", "ends_on", "unit", "unit__name", "sent", "received"
        )
        for starts_on, ends_on, unit, name, sent, received in rows:
            totals = self._totals(starts_on, ends_on, unit)
            self.longer += not totals
            self.names[unit] = name or WHOLE
            for total in totals:
                total.received += received
                total.sent += sent or 0
                total.received_of_sent += received if sent is not None else 0

    def take_answers(self, answers: QuerySet[Answers]) -> None:
        """Marks, by criterion."""
        rows = (
            answers.order_by("order", "folded")
            .values_list("survey__starts_on", "survey__ends_on", "survey__unit", "folded", "criterion", "order")
            .annotate(satisfied=Sum("satisfied"), answered=Sum("answered"))
        )
        for starts_on, ends_on, unit, folded, criterion, _, satisfied, answered in rows:
            totals = self._totals(starts_on, ends_on, unit)
            if totals:
                self._add(totals, folded, criterion, Share(satisfied, answered))

    def _add(self, totals: list[Total], folded: str, criterion: str, share: Share) -> None:
        name = self._named.setdefault(folded, criterion)
        if name not in self.criteria:
            self.criteria.append(name)
        for total in totals:
            total.by_criterion[name] += share
            if not self.folded or folded == self.folded:
                total.share += share

    def _totals(self, starts_on: date, ends_on: date, unit: int | None) -> list[Total]:
        """What a survey of those days is added to."""
        period = period_on(self.asked.kind, starts_on)
        if period.end < ends_on:
            return []
        here = [self.units[unit]] if period == self.asked.period else []
        return [self.periods[period], *here]

    def timeline(self) -> list[tuple[Period, Total]]:
        """The periods up to the one asked for, from the first with answers on, the last `MOST_PERIODS`."""
        years = range(self.asked.year - YEARS_BACK, self.asked.year + 1)
        every = [period for year in years for period in periods_of(self.asked.kind, year)]
        last = max([self.asked.period, *self.periods])
        first = min(self.periods, default=self.asked.period)
        return [(p, self.periods[p]) for p in every if first <= p <= last][-MOST_PERIODS:]

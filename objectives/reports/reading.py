"""Reading the data of a report: facts, what units sent, what changed since the report before."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.utils import timezone

from objectives.enums import DocumentKind
from objectives.models import Figure, ObjectiveDocument
from qms.organisation.models import Unit
from qms.text import long_date

from .changes import Change, changes_between
from .drawings import drawings
from .duties import duties_of, reporting_units
from .facts import Fact, ReportData, UnitReport, facts_of, last_years, rows_of
from .models import FINAL, ObjectiveReport, ReportRound, ReportState


def read(found: ReportRound, unit: Unit | None, day: date) -> ReportData:
    """The data of a report of a unit, or of the department, as the records stand on that day."""
    rows = rows_of(found.agency, found.year, day, unit)
    previous = last_years(found.agency, rows, day)
    facts = facts_of(rows, found.period, day, previous)
    before = report_before(found, unit)
    changes = changes_between(_facts_in(before), facts) if before else ()
    return ReportData(
        day.isoformat(), facts, tuple(_units(found, day)) if unit is None else (), changes, _named(before),
        tuple(_bases(found, unit)), tuple(drawings(rows, found.period, previous, heat=unit is None)),
    )  # fmt: skip


def report_before(found: ReportRound, unit: Unit | None) -> ObjectiveReport | None:
    """The last final report of the same owner in this year, of a period that ended before."""
    reports = ObjectiveReport.objects.filter(round__agency=found.agency_id, round__year=found.year, unit=unit)
    reports = reports.filter(state__in=FINAL).exclude(round=found).select_related("round", "unit")
    earlier = [report for report in reports if report.round.period.end <= found.period.end]
    return max(earlier, key=lambda report: (report.round.period.end, report.pk), default=None)


def changed_since(data: ReportData) -> list[Change]:
    """The figures of the report that now read otherwise. One query."""
    told = {figure.record: (fact, figure) for fact in data.facts for figure in fact.figures if figure.record}
    now = Figure.objects.filter(pk__in=told).select_related("objective").order_by("objective", "index")
    return [
        Change(fact.objective, fact.unit, fact.statement, figure.label, figure.words or "chưa có", words or "chưa có")
        for row in now
        for fact, figure in [told[row.pk]]
        if (words := row.words(row.objective.unit_of_measure)) != figure.words
    ]


def accepted_reports(found: ReportRound) -> list[ObjectiveReport]:
    """The reports of units that the secretary took, in the house's order of units."""
    reports = found.reports.filter(unit__isnull=False, state=ReportState.ACCEPTED).select_related("unit", "round")
    return list(reports.order_by("unit__order", "unit__name"))


def _facts_in(report: ObjectiveReport) -> tuple[Fact, ...]:
    return ReportData.from_storage(report.data).facts


def _named(report: ObjectiveReport | None) -> str:
    if report is None:
        return ""
    number = f" số {report.reference}" if report.reference else ""
    day = f" {long_date(report.date)}" if report.date else ""
    return f"Báo cáo{number}{day} ({report.round.period_words})"


def _units(found: ReportRound, day: date) -> Iterator[UnitReport]:
    """Every unit that owes a report, and what became of it."""
    reports = {
        report.unit_id: report
        for report in found.reports.filter(unit__isnull=False).exclude(state=ReportState.DROPPED).defer("data")
    }
    duties = duties_of(found)
    for unit in reporting_units(found):
        report, duty = reports.get(unit.pk), duties.get(unit.pk)
        sent = timezone.localdate(report.submitted_at) if report and report.submitted_at else None
        due = duty.due_on if duty and duty.due_on else found.submit_by
        late = max(0, ((sent or day) - due).days)
        yield UnitReport(
            unit.name, report.pk if report else 0, report.state if report else "", sent.isoformat() if sent else "",
            late,
        )  # fmt: skip


def _bases(found: ReportRound, unit: Unit | None) -> Iterator[str]:
    """The issued objectives that are reported on, as a document cites them."""
    owner = Q(objective_set__unit=unit) if unit else Q(objective_set__unit__isnull=True)
    issued = ObjectiveDocument.objects.filter(
        owner, objective_set__agency=found.agency_id, objective_set__year=found.year, kind=DocumentKind.TARGETS
    )
    for document in issued.select_related("objective_set"):
        issuer = document.objective_set.issuer
        yield f"{document.get_kind_display()} số {document.reference} {long_date(document.date)} của {issuer}"

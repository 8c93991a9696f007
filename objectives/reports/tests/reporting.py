"""A half-year to report on: the planning division with figures, the department's objective put together from them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from objectives.measuring import Given, enter_figure
from objectives.models import Figure, Objective
from objectives.reports.actions import change_words, draft_report, open_round, take_step
from objectives.reports.models import ObjectiveReport, ReportRound
from objectives.terms import Formula, Gathering, Measure, PeriodKind
from objectives.tests.year import YEAR, Year, found_year, on

JULY = on(date(YEAR, 7, 6))
SUBMIT_BY = date(YEAR, 7, 10)
_RATIO = {"measure": Measure.RATIO.value, "gathering": Gathering.RATIO_OF_SUMS.value}
MISS = {"cause": "Thiếu người trực.", "correction": "Đã làm bù.", "action": "Phân công dự phòng."}


@dataclass
class Reporting:
    """The department, its objectives in force, and a round for the first half of the year."""

    place: Year
    top: Objective
    own: Objective
    round: ReportRound

    def __getitem__(self, username: str) -> Any:
        return self.place[username]

    def draft(self, key: str | None = "kh", at: Any = JULY) -> ObjectiveReport:
        """The draft of a unit by its staff, or of the department by the secretary."""
        unit = self.place.unit(key) if key else None
        writer = {"kh": "lan", "tc": "nam", None: "thuky"}[key]
        return draft_report(self.round, unit=unit, actor=self[writer], at=at)

    def step(self, report: ObjectiveReport, name: str, who: str, at: Any = JULY, **more: Any) -> ObjectiveReport:
        """Take one step as that person."""
        return take_step(report, name, actor=self[who], at=at, **more)

    def accepted(self, key: str = "kh") -> ObjectiveReport:
        """A unit's report that the secretary took."""
        head = {"kh": "truong", "tc": "truong2"}[key]
        return self.step(self.step(self.draft(key), "send", head), "accept", "thuky")

    def issued(self, at: Any = JULY) -> ObjectiveReport:
        """The department's report, signed and numbered."""
        report = self.step(self.step(self.draft(None, at), "submit", "thuky", at), "approve", "giamdoc", at)
        return self.step(report, "issue", "vanthu", at, data={"date": at.date()})


def enter(place: Year, objective: Objective, index: int, share: tuple[int, int], at: Any = JULY, **more: Any) -> None:
    """A figure of the planning division."""
    figure = Figure.objects.get(objective=objective, index=index)
    given = Given(numerator=Decimal(share[0]), denominator=Decimal(share[1]), **MISS)
    enter_figure(figure, given=given, revision=figure.revision, actor=place["lan"], at=at, **more)


def found_reporting() -> Reporting:
    """Quý I 96/100, quý II 90/100 (missed, explained); the round is open until 10 July."""
    place = found_year()
    department = place.draft(None)
    top = place.objective(department, formula=Formula.RATIO_OF_SUMS.value, **_RATIO)
    place.in_force(department)
    division = place.draft("kh")
    own = place.objective(division, serves=top, **_RATIO)
    place.in_force(division)
    enter(place, own, 1, (96, 100), on(date(YEAR, 4, 2)))
    enter(place, own, 2, (90, 100), on(date(YEAR, 7, 2)))
    found = open_round(
        agency=place.agency, year=YEAR, kind=PeriodKind.HALF_YEAR, index=1, submit_by=SUBMIT_BY, note="",
        actor=place["thuky"], at=on(date(YEAR, 6, 20)),
    )  # fmt: skip
    return Reporting(place, top, own, found)


def words(report: ObjectiveReport, **changed: str) -> dict[str, str]:
    """The texts of a report as its form would send them."""
    names = ("subject", "conclusions", "causes", "next_steps", "proposals")
    return {**{name: getattr(report, name) for name in names}, "recipients": "Thư ký ISO", **changed}


def rewrite(half: Reporting, report: ObjectiveReport, who: str = "lan", **changed: str) -> ObjectiveReport:
    """Somebody changes the words."""
    return change_words(
        report, words=words(report, **changed), revision=report.revision, actor=half[who], at=JULY
    )  # fmt: skip

"""The register of context since last year: found, acted on, looked at again this year, through the doors people use."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from objectives.context.actions import add_action, add_row, assess, judge_action, retire_row, review_row
from objectives.context.duties import duties_of
from objectives.context.models import Issue, Party, RegisterRow, Risk
from objectives.models import Objective
from qms.duties.actions import report
from qms.duties.enums import DutyState
from qms.organisation.models import Agency, Unit, User
from qms.standards.models import Clause
from qms.standards.selectors import edition_of

from .context_words import ISSUES, PARTIES, RISKS, ActionRow, IssueRow, PartyRow, RiskRow
from .objectives import HANDS

_LOOK = (2, 24)
"""The day (month, day) on which the register is written and, a year later, looked at again."""
_KEEPERS = {key: hands[0] for key, hands in HANDS.items()} | {"khtc": "ngovanthang", "tccb": "lythithuhien"}


@dataclass
class ContextStory:
    """The register of the department until a day."""

    agency: Agency
    units: dict[str, Unit]
    people: dict[str, User]
    until: date
    _clauses: dict[str, Clause] = field(default_factory=dict)
    _sources: dict[str, Any] = field(default_factory=dict)

    def tell(self, year: int) -> None:
        """What stood last year; then this year's look with what came of it."""
        self._clauses = {clause.number: clause for clause in edition_of(self.agency, on=self.until).clauses.all()}
        begin, look = date(year - 1, *_LOOK), date(year, *_LOOK)
        for issue in ISSUES:
            self._sources[issue.key] = self._add(Issue, issue, "4.1", begin, side=issue.side)
        for party in PARTIES:
            self._sources[party.key] = self._add(Party, party, "4.2", begin)
        risks = [(row, self._found(row, begin)) for row in RISKS if row.first]
        if look > self.until:
            return
        for source in (*ISSUES, *PARTIES):
            self._look(source, look)
        risks += [(row, self._risk(row, look, _objective(self.agency, year, row))) for row in RISKS if not row.first]
        for row, risk in risks:
            self._judge(risk, row, row.again, look)
            self._act(risk, row, row.action, look)

    def _add(
        self, model: type[RegisterRow], row: IssueRow | PartyRow | RiskRow, clause: str, day: date, **links: Any
    ) -> Any:
        fields = {name: getattr(row, name) for name in (*model.TEXTS, "climate")}
        fields |= {"clause": self._clauses[clause], **links}
        return add_row(model, unit=self.units[row.unit], fields=fields, **self._hand(row.unit, day))

    def _risk(self, row: RiskRow, day: date, objective: Objective | None = None) -> Risk:
        return self._add(
            Risk, row, row.clause, day, kind=row.kind, owner=self.people[_KEEPERS[row.unit]], objective=objective,
            issue=self._sources.get(row.issue), party=self._sources.get(row.party),
        )  # fmt: skip

    def _found(self, row: RiskRow, day: date) -> Risk:
        risk = self._risk(row, day)
        self._judge(risk, row, row.first, day)
        self._act(risk, row, row.last_action, day)
        return risk

    def _look(self, row: IssueRow | PartyRow, day: date) -> None:
        source, hand = self._sources[row.key], self._hand(row.unit, day)
        if isinstance(row, IssueRow) and row.retired:
            retire_row(source, reason=row.retired, **hand)
        else:
            review_row(source, **hand)

    def _judge(self, risk: Risk, row: RiskRow, marks: tuple[int, int] | None, day: date, note: str = "") -> None:
        if marks:
            assess(risk, likelihood=marks[0], effect=marks[1], note=note, **self._hand(row.unit, day))

    def _act(self, risk: Risk, row: RiskRow, wanted: ActionRow | None, day: date) -> None:
        """An action is promised, reported on its day, judged by the secretary two weeks later; then the risk is anew."""
        if wanted is None:
            return
        action = add_action(
            risk, text=wanted.text, unit=self.units[wanted.unit], person=None,
            timing_text=wanted.timing.format(year=day.year), **self._hand(row.unit, day),
        )  # fmt: skip
        if wanted.done is None or (done := date(day.year, *wanted.done)) > self.until:
            return
        duty = duties_of(action).get()
        report(
            duty, state=DutyState.DONE, percent=100, text=wanted.result, revision=duty.revision,
            **self._hand(wanted.unit, done),
        )  # fmt: skip
        if (judged := done + timedelta(days=14)) <= self.until:
            judge_action(
                action, effective=wanted.effective, verdict=wanted.verdict, actor=self.people["thuky"], at=_at(judged)
            )  # fmt: skip
            if wanted.effective:
                self._judge(risk, row, row.after, judged, "Đánh giá lại sau khi biện pháp có hiệu lực.")

    def _hand(self, unit: str, day: date) -> dict[str, Any]:
        """The head of that unit, on that day."""
        return {"actor": self.people[_KEEPERS[unit]], "at": _at(day)}


def _objective(agency: Agency, year: int, row: RiskRow) -> Objective | None:
    if not row.objective:
        return None
    found = Objective.objects.filter(objective_set__agency=agency, objective_set__year=year, objective_set__unit=None)
    return found.filter(search__contains=row.objective).first()


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9, 30)))

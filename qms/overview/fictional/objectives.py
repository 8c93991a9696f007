"""Last year's objectives with their results, and this year's with figures to date, through the doors people use."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from objectives.actions import open_registration, save_objective, start_set, take_step
from objectives.enums import Level
from objectives.figures import read_number
from objectives.measuring import Given, enter_figure
from objectives.models import Figure, Objective, ObjectiveSet
from qms.duties.actions import report
from qms.duties.enums import OWED, DutyKind, DutyState
from qms.duties.models import Duty
from qms.organisation.models import Agency, Unit, User

from .objective_words import DEPARTMENT, UNITS, WAITING, ObjectiveRow

# Who registers for a unit (its head) and who enters its figures.
HANDS = {
    "vp": ("chanhvanphong", "chuyenvien"), "dd": ("truongphong", "lamhoangphuc"), "mt": ("duongvanloi", "maithiyen"),
    "tn": ("dinhcongson", "kieuvantuan"), "tt": ("thaithihongnhung", "quachvandat"), "kl": ("chicuc", "samvanquy"),
    "nt": ("tongocvinh", "hathixuan"),
}  # fmt: skip
_BASES = (
    "Căn cứ Quyết định số 19/2014/QĐ-TTg ngày 05 tháng 3 năm 2014 của Thủ tướng Chính phủ",
    "Căn cứ Kế hoạch áp dụng, duy trì và cải tiến Hệ thống quản lý chất lượng năm {year} của Sở",
)


@dataclass
class Telling:
    """The objectives of the department until a day."""

    agency: Agency
    units: dict[str, Unit]
    people: dict[str, User]
    until: date
    _known: dict[str, Objective] = field(default_factory=dict)

    def tell(self, year: int) -> None:
        """Last year closed, this year under way."""
        last = self._last_year(year - 1)
        open_registration(
            agency=self.agency, year=year, register_by=date(year, 2, 10), figure_days=5, actor=self.people["thuky"],
            at=_at(date(year, 1, 19)), note="Mỗi mục tiêu gắn với nhiệm vụ được giao và một mục tiêu của Sở.",
        )  # fmt: skip
        self._department(year, last)
        for key, rows in UNITS.items():
            self._issue(self._unit(key, rows, year), date(year, 2, 9), submitter=HANDS[key][0])
        for key, rows in WAITING.items():
            self._submit(self._unit(key, rows, year), date(year, 2, 9), HANDS[key][0])
        self._figures((*DEPARTMENT, *(row for rows in UNITS.values() for row in rows)))
        self._steps(year)

    def _last_year(self, year: int) -> dict[str, Objective]:
        rows = [row for row in DEPARTMENT if row.last]
        objectives = self._start(None, year, date(year, 1, 20))
        made = {}
        for row in rows:
            target, _, _ = row.last  # type: ignore[misc]
            made[row.key] = self._store(objectives, row, {**row.fields, "formula": "own", "target": target}, "thuky")
        self._issue(objectives, date(year, 2, 2), submitter="thuky")
        for row in rows:
            _, figures, cause = row.last  # type: ignore[misc]
            self._enter_all(
                made[row.key], figures, {1: (cause, "", ""), 2: (cause, "", "")}, until=date(year + 1, 1, 12)
            )
        take_step(objectives, "close", actor=self.people["thuky"], at=_at(date(year + 1, 1, 12)))
        return made

    def _department(self, year: int, last: dict[str, Objective]) -> None:
        objectives = self._start(None, year, date(year, 1, 21))
        for row in DEPARTMENT:
            fields = {**row.fields, "carried_from": last.get(row.key)}
            self._known[row.key] = self._store(objectives, row, fields, "thuky")
        self._issue(objectives, date(year, 1, 30), submitter="thuky")

    def _unit(self, key: str, rows: Iterable[ObjectiveRow], year: int) -> ObjectiveSet:
        objectives = self._start(key, year, date(year, 2, 4))
        for row in rows:
            fields = {**row.fields, "serves": self._known.get(row.serves)}
            self._known[row.key] = self._store(objectives, row, fields, HANDS[key][0])
        return objectives

    def _start(self, key: str | None, year: int, day: date) -> ObjectiveSet:
        actor = self.people[HANDS[key][0] if key else "thuky"]
        unit = self.units[key] if key else None
        bases = [text.format(year=year) for text in _BASES]
        return start_set(agency=self.agency, year=year, unit=unit, actor=actor, at=_at(day), bases=bases)

    def _store(self, objectives: ObjectiveSet, row: ObjectiveRow, fields: dict[str, Any], who: str) -> Objective:
        year = objectives.year
        words = {name: value.format(year=year) if isinstance(value, str) else value for name, value in fields.items()}
        due = words.pop("due", (12, 31))
        clause = objectives.edition.clauses.filter(number=words.pop("clause", "")).first()
        level = Level.PERSON if row.person else Level.DIVISION if objectives.unit else Level.DEPARTMENT
        return save_objective(
            objectives, actor=self.people[who], at=objectives.created_at,
            fields={
                "statement": row.statement, "level": level, "unit": objectives.unit or self.units["vp"],
                "person": self.people[row.person] if row.person else None,
                "place": objectives.unit.name if objectives.unit else self.agency.name, "due_on": date(year, *due), "clause": clause,
                **words,
            },
            steps=[
                {"text": s.text, "timing_text": s.timing.format(year=year), "result": s.result, "support_text": s.support}
                for s in row.steps
            ],
        )  # fmt: skip

    def _submit(self, objectives: ObjectiveSet, day: date, who: str) -> ObjectiveSet:
        return take_step(objectives, "submit", actor=self.people[who], at=_at(day))

    def _issue(self, objectives: ObjectiveSet, day: date, *, submitter: str) -> ObjectiveSet:
        objectives = self._submit(objectives, day, submitter)
        if objectives.unit_id:
            objectives = take_step(objectives, "review", actor=self.people["thuky"], at=_at(day, 11))
        signed = day + timedelta(days=1)
        objectives = take_step(objectives, "approve", actor=self.people["giamdoc"], at=_at(signed))
        return take_step(objectives, "issue", actor=self.people["vanthu"], at=_at(signed, 15), data={"date": signed})

    def _figures(self, rows: Iterable[ObjectiveRow]) -> None:
        for row in rows:
            self._enter_all(self._known[row.key], row.figures, row.causes, until=self.until)

    def _enter_all(
        self, objective: Objective, figures: Iterable[object], causes: dict[int, tuple[str, str, str]], *, until: date
    ) -> None:
        """Two days before each figure is due; what is not due by then has not been entered."""
        who = objective.person or self.people[self._hand(objective)]
        rows = Figure.objects.filter(objective=objective).order_by("index")
        for figure, said in zip(rows, figures, strict=False):
            day = max(figure.ends_on + timedelta(days=1), figure.due_on - timedelta(days=2))
            if day > until:
                return
            given = _given(said, causes.get(figure.index, ("", "", "")))
            enter_figure(figure, given=given, revision=figure.revision, actor=who, at=_at(day, 14))

    def _hand(self, objective: Objective) -> str:
        return next(HANDS[key][1] for key, unit in self.units.items() if unit.pk == objective.unit_id)

    def _steps(self, year: int) -> None:
        """Steps whose day has passed are done in time, but for the last one."""
        duties = Duty.objects.filter(
            agency=self.agency, year=year, kind=DutyKind.STEP, state__in=OWED, due_on__lt=self.until
        ).order_by("due_on", "pk")
        for duty in list(duties)[:-1]:
            hand = next(HANDS[key][1] for key, unit in self.units.items() if unit.pk == duty.unit_id)
            report(
                duty, state=DutyState.DONE, percent=100, text="Đã thực hiện, có hồ sơ kèm theo tại đơn vị.",
                revision=duty.revision, actor=duty.person or self.people[hand],
                at=_at(duty.due_on - timedelta(days=1), 16),
            )  # fmt: skip


def _given(said: object, causes: tuple[str, str, str]) -> Given:
    cause, correction, action = causes
    why = {"cause": cause, "correction": correction, "action": action}
    if isinstance(said, tuple):
        return Given(numerator=Decimal(said[0]), denominator=Decimal(said[1]), **why)
    return Given(value=read_number(str(said)), **why)


def _at(day: date, hour: int = 9) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, 20)))

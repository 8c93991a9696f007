"""A year of objectives in the small department of `qms.organisation.tests.cast`: who registers, who decides."""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.utils import timezone

from objectives.actions import open_registration, save_objective, start_set, take_step
from objectives.duties import open_set
from objectives.enums import Level, SetState
from objectives.models import Figure, Objective, ObjectiveSet
from objectives.terms import Direction, Gathering, Measure, PeriodKind
from qms.organisation.models import Unit
from qms.organisation.tests.cast import House, found_house
from qms.standards.models import Edition

YEAR = 2026
# The step that leads on from a state, and who takes it for a unit's set.
ONWARD = {
    SetState.DRAFT: ("submit", "truong"),
    SetState.REVIEW: ("review", "thuky"),
    SetState.APPROVAL: ("approve", "giamdoc"),
    SetState.NUMBERING: ("issue", "vanthu"),
    SetState.ISSUED: ("close", "thuky"),
}


def on(day: date, hour: int = 9) -> datetime:
    """That day at nine in the morning, by the clock in Việt Nam."""
    return timezone.make_aware(datetime.combine(day, time(hour)))


FEBRUARY = on(date(YEAR, 2, 10))


@dataclass
class Year:
    """The department with its objectives of one year."""

    house: House

    def __getitem__(self, username: str) -> Any:
        return self.house[username]

    @property
    def agency(self) -> Any:
        return self.house.agency

    def unit(self, key: str = "kh") -> Unit:
        return self.house.unit(key)

    def open(self, day: date = date(YEAR, 2, 28)) -> Any:
        """The round of registration."""
        return open_registration(
            agency=self.agency, year=YEAR, register_by=day, figure_days=5, note="", actor=self["thuky"], at=FEBRUARY
        )

    def draft(self, key: str | None = "kh", year: int = YEAR) -> ObjectiveSet:
        """An empty draft of a unit by its head, or of the department by the secretary."""
        unit = self.unit(key) if key else None
        actor = self["truong" if key == "kh" else "truong2" if key == "tc" else "thuky"]
        return start_set(agency=self.agency, year=year, unit=unit, actor=actor, at=FEBRUARY)

    def objective(self, objectives: ObjectiveSet, steps: Any = (), **fields: Any) -> Objective:
        """One more objective: at least 95 % by quarters, counted, unless said otherwise."""
        head = {"kh": "truong", "tc": "truong2"}
        key = next((key for key, unit in self.house.units.items() if unit.pk == objectives.unit_id), "")
        return save_objective(
            objectives, fields=fields_of(self, objectives, **fields), steps=steps, actor=self[head.get(key, "thuky")],
            at=FEBRUARY,
        )  # fmt: skip

    def step(self, objectives: ObjectiveSet, name: str, who: str, at: datetime = FEBRUARY, **more: Any) -> ObjectiveSet:
        """Take one step as that person."""
        return take_step(objectives, name, actor=self[who], at=at, **more)

    def bring(self, objectives: ObjectiveSet, state: SetState, at: datetime = FEBRUARY) -> ObjectiveSet:
        """A set brought to that state by its own people."""
        while objectives.state != state:
            name, who = ONWARD[SetState(objectives.state)]
            if name == "submit" and objectives.unit_id is None:
                who = "thuky"
            elif name == "submit" and objectives.unit_id == self.house.units["tc"].pk:
                who = "truong2"
            data = {"date": timezone.localdate(at)} if name == "issue" else None
            objectives = self.step(objectives, name, who, at=at, data=data)
        return objectives

    def issued(self, **fields: Any) -> Objective:
        """The only objective of an issued set of the planning division."""
        objectives = self.draft()
        objective = self.objective(objectives, **fields)
        self.in_force(objectives)
        return fresh(objective)

    def in_force(self, objectives: ObjectiveSet, at: datetime = FEBRUARY) -> ObjectiveSet:
        """A set in force with its duties, without the hands and the files of its issue (`bring` has them)."""
        signed = {"approved_by": self["giamdoc"], "approved_at": at, "issued_at": at}
        ObjectiveSet.objects.filter(pk=objectives.pk).update(state=SetState.ISSUED, **signed)
        objectives = ObjectiveSet.objects.select_related("agency", "unit").get(pk=objectives.pk)
        open_set(objectives, at=at)
        return objectives


def fields_of(house: Year, objectives: ObjectiveSet, /, **fields: Any) -> dict[str, Any]:
    """Everything an objective needs."""
    return {
        "level": Level.DIVISION if objectives.unit_id else Level.DEPARTMENT,
        "serves": None,
        "statement": "Giải quyết hồ sơ thủ tục hành chính đúng hạn",
        "indicator": "Tỷ lệ hồ sơ giải quyết đúng hạn",
        "method": "Hồ sơ đúng hạn / hồ sơ đã giải quyết",
        "measure": Measure.NUMBER.value,
        "unit_of_measure": "%",
        "direction": Direction.AT_LEAST.value,
        "target": Decimal(95),
        "upper": None,
        "period": PeriodKind.QUARTER.value,
        "gathering": Gathering.MEAN.value,
        "due_on": date(objectives.year, 12, 31),
        "unit": objectives.unit or house.unit("vp"),
        "person": None,
        "place": "Sở Khoa học và Công nghệ",
        **fields,
    }


def found_year() -> Year:
    """The department, nothing registered yet."""
    Edition.objects.get_or_create(code="TCVN ISO 9001:2015", defaults={"order": 1})
    return Year(found_house())


def fresh(objective: Objective) -> Objective:
    """As a page would load it."""
    return Objective.objects.select_related("objective_set__unit", "objective_set__agency", "unit").get(pk=objective.pk)


def figure(objective: Objective, index: int) -> Figure:
    """The figure of one period."""
    return Figure.objects.select_related("objective__objective_set").get(objective=objective, index=index)

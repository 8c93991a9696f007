"""Plans that are being carried out: issued as of a day of one year, with tasks made of a few words."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from plans.actions import amend_plan
from plans.content import PhaseContent, TaskContent
from plans.models import Plan, Task
from plans.selectors import plan_content
from qms.duties.actions import report
from qms.duties.enums import DutyState
from qms.duties.models import Duty
from qms.organisation.models import GroupMember
from qms.organisation.tests.cast import LONG_AGO, moment

from .contents import content_of
from .journey import Department, department

YEAR = 2026  # its days off are known
ISSUED_ON = date(YEAR, 1, 12)
OFFICE, KH, TC = "Văn phòng Sở", "Phòng Kế hoạch - Tài chính", "Phòng Tổ chức cán bộ"
GROUP, ADVISER = "Các phòng chuyên môn", "Đơn vị tư vấn"


def row(title: str, timing: str, lead: str = KH, support: str = "", outputs: tuple[str, ...] = ()) -> TaskContent:
    """A task without a number; `Running.issue` counts them."""
    return TaskContent("", title, outputs, lead, support, timing=timing)


@dataclass
class Running:
    """A department whose two divisions are in the group, and its plans in force."""

    place: Department
    year: int = YEAR

    def __getitem__(self, username: str) -> Any:
        return self.place[username]

    def unit(self, key: str) -> Any:
        return self.place.house.unit(key)

    def issue(self, *rows: TaskContent, on: date = ISSUED_ON, number: str = "5") -> Plan:
        """A plan of these tasks, issued that day."""
        tasks = tuple(replace(task, ordinal=str(i)) for i, task in enumerate(rows, start=1))
        content = replace(content_of(PhaseContent(tasks=tasks)), year=self.year, symbol="KH-SKHCN")
        return self.take_effect(self.place.store(content), on=on, number=number)

    def take_effect(self, plan: Plan, *, on: date, number: str, confirmed_on: date | None = None) -> Plan:
        """The paper plan of that day, confirmed then or later."""
        day = confirmed_on or on
        Plan.objects.filter(pk=plan.pk).update(number=number, date=on)
        plan.refresh_from_db()
        self.place.step(plan, "record_paper", "thuky", at=moment(day, 8))
        return self.place.step(plan, "confirm_paper", "vanthu", at=moment(day))

    def amend(self, plan: Plan, *rows: TaskContent, on: date, number: str = "9") -> Plan:
        """The plan that replaces it, with these tasks, issued that day."""
        draft = amend_plan(plan, reason="Điều chỉnh.", actor=self["thuky"], at=moment(on, 8))
        tasks = tuple(replace(task, ordinal=str(i)) for i, task in enumerate(rows, start=1))
        content = replace(plan_content(draft), phases=(PhaseContent(tasks=tasks),))
        links = {"replaces": plan, "amendment_reason": "Điều chỉnh."}
        draft.delete()
        return self.take_effect(self.place.store(content, **links), on=on, number=number)

    def answer(self, duty: Duty, who: str, *, on: date, state: DutyState = DutyState.DONE, percent: int = 100) -> Duty:
        """A report on that day by that person."""
        duty.refresh_from_db()
        report(
            duty, state=state, percent=percent, text="Đã làm.", revision=duty.revision, actor=self[who],
            at=moment(on),
        )  # fmt: skip
        duty.refresh_from_db()
        return duty


def running(year: int = YEAR) -> Running:
    """The department of the tests with its group filled, and the year of its plans."""
    place = department()
    for key in ("kh", "tc"):
        GroupMember.objects.create(
            group=place.house.units["nhom"], member=place.house.units[key], valid_from=LONG_AGO
        )  # fmt: skip
    return Running(place, year)


def task_of(plan: Plan, title: str) -> Task:
    """The task of that title."""
    return plan.tasks.select_related("plan__agency").get(title=title)


def duties(plan: Plan, title: str = "") -> list[Duty]:
    """The duties of a plan in the order of units and days."""
    tasks = plan.tasks.filter(title=title) if title else plan.tasks.all()
    found = Duty.objects.filter(content_type__model="task", object_id__in=tasks.values("pk")).select_related("unit")
    return list(found.order_by("unit__order", "due_on", "pk"))


def told(plan: Plan, title: str = "") -> list[tuple[str, Any, str]]:
    """Unit, last day and state of each duty."""
    return [(str(duty.unit), duty.due_on, duty.state) for duty in duties(plan, title)]

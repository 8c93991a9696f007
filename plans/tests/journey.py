"""A plan on its way through a whole department: who takes which step, and how far."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from plans.actions import store_plan, take_step
from plans.content import PhaseContent, PlanContent
from plans.enums import PlanState
from plans.models import Plan
from qms.organisation.enums import SigningForm
from qms.organisation.models import Delegation
from qms.organisation.tests.cast import LONG_AGO, House, found_house

from .contents import content_of, task_row

YEAR = timezone.localdate().year
# The step that leads on from a state, and who takes it.
ONWARD = {
    PlanState.DRAFT: ("submit", "thuky"),
    PlanState.CONSULTATION: ("end_consultation", "thuky"),
    PlanState.CONTENT_CHECK: ("pass_content", "chanh"),
    PlanState.LAYOUT_CHECK: ("pass_layout", "vanthu"),
    PlanState.APPROVAL: ("approve", "giamdoc"),
    PlanState.NUMBERING: ("issue", "vanthu"),
    PlanState.ISSUED: ("close", "thuky"),
}


@dataclass
class Department:
    """The people of `qms.organisation.tests.cast`, with a deputy who signs for the head."""

    house: House

    def __getitem__(self, username: str) -> Any:
        return self.house[username]

    @property
    def agency(self) -> Any:
        return self.house.agency

    def draft(self, tasks: int = 2) -> Plan:
        """A complete draft of this year by the secretary."""
        return self.store(plan_content_of(tasks))

    def store(self, content: PlanContent, **links: Any) -> Plan:
        """A draft of that content by the secretary."""
        return store_plan(agency=self.agency, content=content, actor=self["thuky"], at=timezone.now(), **links)

    def step(self, plan: Plan, name: str, who: str, comment: str = "", at: datetime | None = None, **data: Any) -> Plan:
        """Take one step as that person."""
        return take_step(plan, name, actor=self[who], at=at or timezone.now(), comment=comment, data=data)

    def plan_in(self, state: PlanState, plan: Plan | None = None) -> Plan:
        """A plan brought to that state by its own people."""
        plan = plan or self.draft()
        while plan.state != state:
            name, who = ONWARD[PlanState(plan.state)]
            plan = self.step(plan, name, who, **({"date": timezone.localdate()} if name == "issue" else {}))
        return plan


def department(code: str = "so-khcn", **names: str) -> Department:
    """A department whose deputy signs for the head."""
    house = found_house(code, **names)
    Delegation.objects.create(
        agency=house.agency, grantor=house.people["giamdoc"], delegate=house.people["pho"], form=SigningForm.KT,
        valid_from=LONG_AGO, basis="Thông báo số 07/TB-SKHCN",
    )  # fmt: skip
    return Department(house)


def plan_content_of(tasks: int = 2) -> PlanContent:
    """A complete plan of this year with so many tasks in one table."""
    rows = tuple(task_row(i, timing=f"Trước ngày 05/{1 + i % 12:02d}/{YEAR}") for i in range(1, tasks + 1))
    return replace(content_of(PhaseContent(tasks=rows)), year=YEAR, symbol="KH-SKHCN")

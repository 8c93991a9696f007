"""Writing the fictional year through the same doors that people use."""

from datetime import date, datetime, time, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from plans.actions import comment_on_plan, store_plan, take_step
from plans.content import PlanContent
from plans.models import Plan
from qms.duties.successors import adopt_duties
from qms.organisation.enums import ReorganisationKind, Role, SigningForm
from qms.organisation.models import (
    Agency,
    Delegation,
    GroupMember,
    Position,
    PositionHolding,
    Reorganisation,
    Unit,
    UnitAlias,
    UnitSuccession,
    User,
)
from qms.organisation.roles import sync_roles_of
from qms.standards.loading import align_standards
from qms.text import fold

from . import organisation as data
from .context import ContextStory
from .objective_reports import ReportStory
from .objectives import Telling
from .plan import last_years_plan, plan_of
from .satisfaction import tell_surveys
from .year import Story


def story_year(today: date) -> int:
    """The year that is told: until mid-February it is still last year, because the plan is issued late in January."""
    return (today - timedelta(days=45)).year


@transaction.atomic
def load(*, today: date) -> Agency:
    """Write the department and its plans, once. Running it again changes nothing."""
    align_standards()
    agency = Agency.objects.filter(code=data.AGENCY["code"]).first()
    if agency:
        return agency
    agency = Agency.objects.create(**data.AGENCY)
    year = story_year(today)
    units = _units(agency, year)
    people = _people(units, year)
    _merge(agency, units, people, year)
    sync_roles_of(people.values(), on=today)
    _plans(agency, people, year, today)
    Telling(agency, units, people, until=today).tell(year)
    ContextStory(agency, units, people, until=today).tell(year)
    tell_surveys(agency, units, people, year, until=today)
    ReportStory(agency, units, people, until=today).tell(year)
    return agency


def _units(agency: Agency, year: int) -> dict[str, Unit]:
    founded = date(year - 2, 3, 1)
    units: dict[str, Unit] = {}
    for order, row in enumerate((*data.UNITS, data.FORMER_UNIT), start=1):
        units[row.key] = unit = Unit.objects.create(
            agency=agency, kind=row.kind, name=row.name, short_name=row.short, order=order,
            valid_from=founded, parent=units.get(row.parent),
        )  # fmt: skip
        for alias in filter(None, row.aliases.split("|")):
            UnitAlias.objects.create(agency=agency, unit=unit, text=alias)
    for group, members in data.GROUPS.items():
        for member in members:
            GroupMember.objects.create(group=units[group], member=units[member], valid_from=founded)
    return units


def _people(units: dict[str, Unit], year: int) -> dict[str, User]:
    since = date(year - 2, 3, 1)
    password = make_password(data.PASSWORD)  # one hash for all: forty would take a minute
    people: dict[str, User] = {}
    for row in data.PEOPLE:
        username = row.username or fold(row.name).replace(" ", "")
        user = User(
            username=username, full_name=row.name, email=f"{username}@songgiang.example", password=password,
            agency=units[row.unit].agency,
        )  # fmt: skip
        user.save()
        people[username] = user
        _appoint(user, units[row.unit], row.title, row.roles, row.rank, since)
    for username, unit, title, roles in data.SECOND_OFFICES:
        _appoint(people[username], units[unit], title, roles, 90, since)
    Delegation.objects.create(
        agency=units["ld"].agency, grantor=people["giamdoc"], delegate=people["phogiamdoc"], form=SigningForm.KT,
        valid_from=since, basis="Thông báo phân công nhiệm vụ trong Lãnh đạo Sở, số 07/TB-SNNMT",
    )  # fmt: skip
    return people


def _appoint(user: User, unit: Unit, title: str, roles: tuple[Role, ...], rank: int, since: date) -> None:
    position = Position.objects.create(
        unit=unit, title=title, roles=[role.value for role in roles], rank=rank, valid_from=since
    )
    PositionHolding.objects.create(position=position, user=user, valid_from=since)


def _merge(agency: Agency, units: dict[str, Unit], people: dict[str, User], year: int) -> None:
    """The division of the sea went into another one in the middle of last year."""
    effective = date(year - 1, 7, 1)
    former = units[data.FORMER_UNIT.key]
    former.valid_to = effective - timedelta(days=1)
    former.save()
    step = Reorganisation.objects.create(
        agency=agency, kind=ReorganisationKind.MERGE, decision_number="86/QĐ-SNNMT",
        decision_date=date(year - 1, 6, 20), effective_on=effective, actor=people["thuky"], at=_at(effective, 8),
    )  # fmt: skip
    UnitSuccession.objects.create(reorganisation=step, predecessor=former, successor=units[data.FORMER_UNIT_HEIR])


def _plans(agency: Agency, people: dict[str, User], year: int, today: date) -> None:
    last = _draft(agency, last_years_plan(year - 1), people, date(year - 1, 1, 13))
    last = _issue(last, people, date(year - 1, 1, 13), signer="giamdoc")
    adopt_duties(today)
    Story(agency, last, people, until=date(year, 1, 8), over=True).tell()
    take_step(last, "close", actor=people["thuky"], at=_at(date(year, 1, 9), 9))
    this = _draft(agency, plan_of(year), people, date(year, 1, 12))
    this = _issue(this, people, date(year, 1, 12), signer="phogiamdoc")
    Story(agency, this, people, until=today).tell()
    _send_round(_draft(agency, plan_of(year + 1), people, today - timedelta(days=6)), people, today - timedelta(days=6))


def _draft(agency: Agency, content: PlanContent, people: dict[str, User], day: date) -> Plan:
    return store_plan(agency=agency, content=content, actor=people["thuky"], at=_at(day, 9))


def _send_round(plan: Plan, people: dict[str, User], day: date) -> Plan:
    """Next year's draft has been commented on and checked; it waits for the director."""
    plan = take_step(plan, "submit", actor=people["thuky"], at=_at(day, 10))
    comment_on_plan(
        plan, text="Đề nghị lùi hạn đăng ký mục tiêu một tuần để kịp giao chỉ tiêu của tỉnh.", agrees=False,
        actor=people["truongphong"], at=_at(day + timedelta(days=1), 9),
    )  # fmt: skip
    comment_on_plan(plan, text="", agrees=True, actor=people["chicuc"], at=_at(day + timedelta(days=1), 15))
    steps = (("end_consultation", "thuky", 2), ("pass_content", "chanhvanphong", 3), ("pass_layout", "vanthu", 4))
    for name, username, after in steps:
        plan = take_step(plan, name, actor=people[username], at=_at(day + timedelta(days=after), 10))
    return plan


def _issue(plan: Plan, people: dict[str, User], day: date, *, signer: str) -> Plan:
    plan = _send_round(plan, people, day)
    approved = day + timedelta(days=7)
    plan = take_step(plan, "approve", actor=people[signer], at=_at(approved, 14))
    return take_step(plan, "issue", actor=people["vanthu"], at=_at(approved, 16), data={"date": approved})


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, 15)))

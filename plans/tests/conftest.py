"""A small department for the tests of plans: who drafts, who helps, who signs, and a stranger from another one."""

from collections.abc import Callable
from copy import deepcopy
from datetime import date, datetime

import pytest
from django.utils import timezone

from plans.actions import store_plan
from plans.content import PhaseContent
from plans.models import Plan
from qms.organisation.enums import Role, UnitKind
from qms.organisation.models import Agency, Position, PositionHolding, Unit, User
from qms.organisation.roles import sync_roles
from tests.founding import once_a_file

from .contents import content_of, task_row
from .journey import Department, department
from .running import Running, running

AT = datetime(2026, 1, 12, 9, 0, tzinfo=timezone.get_default_timezone())
DAY = AT.date()


def make_agency(code: str, name: str) -> Agency:
    """An agency with three units and nobody in it."""
    agency = Agency.objects.create(
        code=code, name=name, superior="UBND TỈNH SÔNG", abbreviation=code.upper(), place="Sông"
    )
    for order, (unit, short, kind) in enumerate((
        ("Văn phòng Sở", "VP", UnitKind.DIVISION),
        ("Phòng Đất đai", "ĐĐ", UnitKind.DIVISION),
        ("Các phòng chuyên môn", "", UnitKind.GROUP),
    )):  # fmt: skip
        Unit.objects.create(agency=agency, kind=kind, name=unit, short_name=short, order=order)
    return agency


def appoint(agency: Agency, username: str, name: str, *roles: Role) -> User:
    """A person who holds an office with these roles in the agency's first unit."""
    user = User.objects.create(username=username, full_name=name, agency=agency)
    position = Position.objects.create(unit=agency.units.first(), title="Chuyên viên", roles=[r.value for r in roles])
    PositionHolding.objects.create(position=position, user=user, valid_from=date(2020, 1, 1))
    sync_roles(user, on=timezone.localdate())
    return user


@pytest.fixture
def agency(db: None) -> Agency:
    return make_agency("skh", "Sở Khoa học")


@pytest.fixture
def secretary(agency: Agency) -> User:
    return appoint(agency, "thuky", "Trần Thị Mai", Role.SECRETARY)


@pytest.fixture
def colleague(agency: Agency) -> User:
    """Another one who drafts."""
    return appoint(agency, "hoa", "Nguyễn Thị Hoa", Role.SECRETARY)


@pytest.fixture
def reader(agency: Agency) -> User:
    """Somebody of the agency who reads and comments."""
    return appoint(agency, "chuyenvien", "Lê Văn Bình", Role.STAFF)


@pytest.fixture
def stranger(db: None) -> User:
    """A secretary of another agency."""
    return appoint(make_agency("snv", "Sở Khác"), "la", "Phạm Văn Lạ", Role.SECRETARY)


MakeDraft = Callable[..., Plan]


@pytest.fixture
def make_draft(agency: Agency, secretary: User) -> MakeDraft:
    """`make_draft(3, 2)`: a draft with two phases of three and two tasks, counted through; `restart=True` per phase."""

    def make(*sizes: int, restart: bool = False) -> Plan:
        phases, last = [], 0
        for number, size in enumerate(sizes or (3,), start=1):
            first = 0 if restart else last
            tasks = tuple(task_row(first + i) for i in range(1, size + 1))
            last = first + size
            phases.append(
                PhaseContent(str(number), f"Đợt {number}", tasks) if len(sizes) > 1 else PhaseContent(tasks=tasks)
            )
        return store_plan(agency=agency, content=content_of(*phases), actor=secretary, at=AT)

    return make


@pytest.fixture
def draft(make_draft: MakeDraft) -> Plan:
    """A draft with three tasks."""
    return make_draft(3)


founded = once_a_file(department)


@pytest.fixture
def place(founded: Department, db: None) -> Department:
    """A whole department that makes plans."""
    return deepcopy(founded)


@pytest.fixture(scope="module")
def at_work(module_db: None) -> Running:
    """Founded once for all tests of a file."""
    found = running()
    found.place.house.read_roles()
    return found


@pytest.fixture
def desk(at_work: Running, db: None) -> Running:
    """The department that carries out its plans of the year."""
    return deepcopy(at_work)

"""A small department for the tests of plans: who drafts, who helps, who signs, and a stranger from another one."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.utils import timezone

from plans.actions import store_plan
from plans.content import PhaseContent, PlanContent, ResponsibilityContent, SectionContent, SectionKind, TaskContent
from plans.models import Plan
from qms.organisation.enums import Role, UnitKind
from qms.organisation.models import Agency, Position, PositionHolding, Unit, User
from qms.organisation.roles import sync_roles

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


def task_row(number: int, **fields: str) -> TaskContent:
    """A plain task."""
    words = {"title": f"Việc {number}", "lead": "Văn phòng Sở", "timing": f"Trước ngày 05/{number:02d}/2026", **fields}
    return TaskContent(str(number), outputs=("Báo cáo",), **words)


def content_of(*phases: PhaseContent) -> PlanContent:
    """A whole small plan around these tables."""
    return PlanContent(
        agency="SỞ KHOA HỌC",
        parent_agency="UBND TỈNH SÔNG",
        symbol="KH-SKH",
        place="Sông",
        subject="Duy trì hệ thống năm 2026",
        year=2026,
        bases=("Căn cứ Quyết định số 19/2014/QĐ-TTg;", "Căn cứ Thông tư số 26/2014/TT-BKHCN."),
        intro="Sở Khoa học xây dựng kế hoạch như sau:",
        sections=(
            SectionContent("I", "MỤC ĐÍCH", "- Duy trì hệ thống."),
            SectionContent("II", "NHIỆM VỤ", "", SectionKind.TASKS),
            SectionContent("III", "TỔ CHỨC THỰC HIỆN", "", SectionKind.RESPONSIBILITIES),
        ),
        phases=phases,
        responsibilities=(
            ResponsibilityContent("Văn phòng Sở", "- Theo dõi.", "1"),
            ResponsibilityContent("Các phòng chuyên môn", "- Thực hiện.", "2"),
        ),
        closing="Trên đây là kế hoạch./.",
        recipients=("Lãnh đạo Sở", "Lưu: VT"),
    )


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

"""The people of the tests: a small department, its neighbour that nobody may look into, and one who oversees both."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Self

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from qms.organisation.access import forget_access
from qms.organisation.enums import Role, UnitKind
from qms.organisation.models import Agency, Position, PositionHolding, Unit, User
from qms.organisation.roles import sync_roles, sync_roles_of

LONG_AGO = date(2020, 1, 1)
TODAY = timezone.localdate()
NOW = timezone.now()
TOMORROW = TODAY + timedelta(days=1)
YESTERDAY = TODAY - timedelta(days=1)

# username, full name, unit, title, roles, rank
STAFF = (
    ("giamdoc", "Phạm Quang Huy", "ld", "Giám đốc", (Role.DIRECTOR,), 1),
    ("pho", "Lê Thị Hà", "ld", "Phó Giám đốc", (Role.DEPUTY,), 2),
    ("chanh", "Nguyễn Hữu Phước", "vp", "Chánh Văn phòng", (Role.CHIEF,), 10),
    ("thuky", "Trần Thị Mai", "vp", "Phó Chánh Văn phòng", (Role.SECRETARY,), 11),
    ("vanthu", "Vũ Ngọc Ánh", "vp", "Văn thư", (Role.CLERK,), 50),
    ("quantri", "Hoàng Đức Anh", "vp", "Chuyên viên công nghệ thông tin", (Role.ADMIN,), 50),
    ("truong", "Ngô Văn Thắng", "kh", "Trưởng phòng", (Role.HEAD,), 10),
    ("lan", "Phan Thị Lan", "kh", "Chuyên viên", (Role.STAFF,), 50),
    ("truong2", "Lý Thu Hiền", "tc", "Trưởng phòng", (Role.HEAD,), 10),
    ("nam", "Hồ Văn Nam", "tc", "Chuyên viên", (Role.STAFF,), 50),
    ("tuvan", "La Minh Khôi", "tv", "Chuyên gia tư vấn", (Role.CONSULTANT,), 50),
    ("danhgia", "Tạ Phương Thảo", "tc", "Chuyên gia đánh giá", (Role.AUDITOR,), 60),
)


@dataclass
class House:
    """One department: its units by key and its people by login name."""

    agency: Agency
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)

    def __getitem__(self, username: str) -> User:
        """The person, fresh and with the roles of today, as a new request would load them."""
        person = User.objects.get(pk=self.people[username].pk)
        if person.roles_synced_on is None:
            self.read_roles()
            person.refresh_from_db()
        return person

    def read_roles(self) -> Self:
        """The roles of today for everybody whose roles nobody read yet: all at once costs little more than one."""
        people = [person.pk for person in self.people.values()]
        sync_roles_of(User.objects.filter(pk__in=people, roles_synced_on=None), on=TODAY)
        return self

    def unit(self, key: str) -> Unit:
        """The unit as it stands in the database now."""
        return Unit.objects.get(pk=self.units[key].pk)

    def position(self, username: str) -> Position:
        """The first position that person was given."""
        return self.people[username].holdings.order_by("pk").first().position


def found_house(code: str = "so-khcn", **names: str) -> House:
    """The department with its units and people, all in force since long ago."""
    text = {"name": "Sở Khoa học và Công nghệ", "superior": "UBND TỈNH SÔNG GIANG", "abbreviation": "SKHCN"}
    house = House(Agency.objects.create(code=code, place="Sông Giang", **(text | names)))
    for order, (key, kind, name) in enumerate(UNITS):
        house.units[key] = Unit.objects.create(
            agency=house.agency, kind=kind, name=name, order=order, valid_from=LONG_AGO
        )  # fmt: skip
    for username, full_name, unit, title, roles, rank in STAFF:
        prefix = "" if code == "so-khcn" else f"{code}-"
        add_person(house, f"{prefix}{username}", full_name, house.units[unit], title, roles, rank, key=username)
    return house


UNITS = (
    ("ld", UnitKind.LEADERSHIP, "Lãnh đạo Sở"),
    ("vp", UnitKind.DIVISION, "Văn phòng Sở"),
    ("kh", UnitKind.DIVISION, "Phòng Kế hoạch - Tài chính"),
    ("tc", UnitKind.DIVISION, "Phòng Tổ chức cán bộ"),
    ("nhom", UnitKind.GROUP, "Các phòng chuyên môn"),
    ("tv", UnitKind.EXTERNAL, "Đơn vị tư vấn"),
)


def add_person(
    house: House,
    username: str,
    full_name: str,
    unit: Unit | None = None,
    title: str = "Chuyên viên",
    roles: tuple[Role, ...] = (Role.STAFF,),
    rank: int = 50,
    *,
    key: str = "",
) -> User:
    """One more person, with a position where a unit is given; roles are read at the next `house[…]`."""
    person = User.objects.create(
        username=username, full_name=full_name, email=f"{username}@songgiang.example", agency=house.agency,
        password=make_password(None),
    )  # fmt: skip
    if unit:
        position = Position.objects.create(unit=unit, title=title, roles=list(roles), rank=rank, valid_from=LONG_AGO)
        PositionHolding.objects.create(position=position, user=person, valid_from=LONG_AGO)
    house.people[key or username] = person
    return person


def overseer_of(house: House, child: House) -> User:
    """Somebody of the first who sees what the second issued."""
    Agency.objects.filter(pk=child.agency.pk).update(parent=house.agency)
    add_person(house, "theodoi", "Người Theo Dõi", house.units["vp"], roles=(Role.OVERSEER,))
    return house["theodoi"]


def on_day(person: User, day: date) -> User:
    """The person as the first request of that day would see them."""
    sync_roles(person, on=day)
    forget_access(person)
    return person


def moment(day: date, hour: int = 9) -> datetime:
    """That day at nine in the morning, by the clock in Việt Nam."""
    return timezone.make_aware(datetime.combine(day, time(hour)))

"""Duties by the million: one agency with ten years is made through the models, the others are copies of it in SQL.

`python -m bench.duties_fill` fills an empty database: AGENCIES agencies, each with UNITS units and its people, and
10,000 duties of the first agency. `… 100` gives the same to others, so that a hundred agencies have them.
"""

import json
import os
import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

from django.conf import settings  # noqa: E402 - after django.setup()
from django.contrib.contenttypes.models import ContentType  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, models, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from qms.duties.enums import DutyKind, DutyState  # noqa: E402
from qms.duties.models import Duty, Report  # noqa: E402
from qms.organisation.enums import Role, UnitKind  # noqa: E402
from qms.organisation.models import Agency, Position, PositionHolding, Unit, User  # noqa: E402
from qms.text import fold  # noqa: E402

AGENCIES, UNITS, YEARS, PER_YEAR = 100, 20, 10, 1000
LONG_AGO = date(2010, 1, 1)
TODAY = timezone.localdate()
NOW = timezone.now()
TITLES = (
    "Rà soát, cập nhật chính sách và mục tiêu chất lượng", "Đánh giá nội bộ hệ thống quản lý chất lượng",
    "Báo cáo kết quả thực hiện mục tiêu chất lượng", "Cập nhật quy trình giải quyết thủ tục hành chính",
    "Khắc phục điểm không phù hợp sau đánh giá", "Đo lường sự hài lòng của tổ chức, cá nhân",
    "Xem xét của lãnh đạo về hệ thống", "Đào tạo nhận thức tiêu chuẩn cho công chức mới",
)  # fmt: skip
ORDINARY = ("chuyenvien3", "truong3", "thuky", "giamdoc")
SESSIONS = settings.DATA_DIR / "bench-sessions.json"
STAFF = (("giamdoc", Role.DIRECTOR, 0), ("thuky", Role.SECRETARY, 1))


def small() -> None:
    """People of all agencies, duties of the first."""
    call_command("migrate", interactive=False, verbosity=0)
    with transaction.atomic():
        for number in range(AGENCIES):
            found(number)
        first = Agency.objects.order_by("pk")[0]
        duties = Duty.objects.bulk_create(duties_of(first), batch_size=2000)
        Report.objects.bulk_create(reports_of(first, duties), batch_size=2000)
    sign_in()
    analyse()


def sign_in() -> None:
    """Sessions of those whose pages are measured; SESSIONS tells their keys."""
    sessions = {}
    for name in ORDINARY:
        client = Client(headers={"host": "127.0.0.1"})
        client.force_login(User.objects.get(username=f"{name}.0"), backend=settings.AUTHENTICATION_BACKENDS[0])
        sessions[f"{name}.0"] = client.cookies[settings.SESSION_COOKIE_NAME].value
    SESSIONS.write_text(json.dumps(sessions))


def copies(agencies: int) -> None:
    """The duties and reports of the first agency once more for the next ones, so that so many have them."""
    first, *others = Agency.objects.order_by("pk").values_list("pk", flat=True)[:agencies]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL session_replication_role = replica"
        )  # copies of sound rows need no look at their keys
        for number, agency in enumerate(others, start=1):
            copy_to(cursor, first, agency, number)
    analyse()


def found(number: int) -> Agency:
    """An agency with its units; a director, a secretary, and in every unit a head and one of the staff."""
    agency = Agency.objects.create(
        code=f"so-{number}", name=f"Sở thứ {number}", abbreviation=f"S{number}", place="Sông Giang"
    )
    units = Unit.objects.bulk_create(
        Unit(
            agency=agency,
            kind=UnitKind.DIVISION,
            name=f"Phòng số {n}",
            search=f"phong so {n}",
            order=n,
            valid_from=LONG_AGO,
        )
        for n in range(UNITS)
    )
    wanted = list(STAFF)
    for n in range(UNITS):
        wanted += [(f"truong{n}", Role.HEAD, n), (f"chuyenvien{n}", Role.STAFF, n)]
    users = User.objects.bulk_create(
        User(
            username=f"{name}.{number}",
            full_name=name,
            sort_name=name,
            agency=agency,
            email=f"{name}@s{number}.example",
        )
        for name, _, _ in wanted
    )
    positions = Position.objects.bulk_create(
        Position(unit=units[n], title=name, roles=[role], rank=10, valid_from=LONG_AGO) for name, role, n in wanted
    )
    PositionHolding.objects.bulk_create(
        PositionHolding(position=position, user=user, valid_from=LONG_AGO)
        for position, user in zip(positions, users, strict=True)
    )
    return agency


def duties_of(agency: Agency) -> Iterator[Duty]:
    """PER_YEAR for each of YEARS years; the past is answered, this year is as years are in autumn."""
    chance = random.Random(1)
    units = list(agency.units.order_by("order"))
    people = dict(PositionHolding.objects.filter(position__unit__in=units).values_list("position__unit", "user"))
    kind = ContentType.objects.get_for_model(Agency)
    for number in range(YEARS * PER_YEAR):
        year = TODAY.year - number // PER_YEAR
        unit = chance.choice(units)
        due = date(year, 1, 1) + timedelta(days=chance.randrange(365))
        title = f"{chance.choice(TITLES)} lần {number % 50}"
        yield Duty(
            agency=agency, content_type=kind, object_id=number + 1, key="1", year=year,
            kind=chance.choice(DutyKind.values),
            title=title, context=f"Kế hoạch năm {year}", unit=unit, opens_on=due - timedelta(days=60),
            person_id=people[unit.pk] if chance.random() < 0.2 else None,
            opened_at=NOW, changed_at=NOW, search=fold(f"{title} Kế hoạch năm {year}"), **standing(chance, due),
        )  # fmt: skip


def standing(chance: random.Random, due: date) -> dict[str, object]:
    """State, percent and days."""
    state = _state(chance, due)
    closed = min(due + timedelta(days=chance.randrange(-20, 10)), TODAY)
    answered = state in (DutyState.DONE, DutyState.NOT_APPLICABLE, DutyState.WITHDRAWN)
    dormant = state == DutyState.DORMANT
    return {
        "state": state,
        "percent": {DutyState.DONE: 100, DutyState.IN_PROGRESS: 50}.get(state, 0),
        "closed_on": closed if answered else None,
        "due_on": None if dormant else due,
        "original_due_on": None if dormant else due,
        "waits_for": "khi có sự thay đổi" if dormant else "",
    }


def _state(chance: random.Random, due: date) -> DutyState:
    roll = chance.random()
    if roll < 0.04:
        return DutyState.NOT_APPLICABLE
    if roll < 0.06:
        return DutyState.WITHDRAWN
    if due < TODAY - timedelta(days=60):
        return DutyState.DONE if roll < 0.995 else DutyState.IN_PROGRESS
    if due < TODAY:
        return DutyState.DONE if roll < 0.8 else DutyState.OPEN
    return DutyState.DORMANT if roll < 0.2 else DutyState.IN_PROGRESS if roll < 0.5 else DutyState.OPEN


def reports_of(agency: Agency, duties: list[Duty]) -> Iterator[Report]:
    """One for every answer and for all that is under way."""
    author = User.objects.filter(agency=agency).order_by("pk")[0]
    for duty in duties:
        if duty.state in (DutyState.DONE, DutyState.NOT_APPLICABLE, DutyState.IN_PROGRESS):
            yield Report(
                duty=duty, state=duty.state, percent=duty.percent, text="Đã thực hiện theo kế hoạch", author=author,
                author_name=str(author), at=NOW,
            )  # fmt: skip


def copy_to(cursor: object, first: int, agency: int, number: int) -> None:
    """All rows of the first agency for another one, whose units and people have the same order."""
    size = YEARS * PER_YEAR
    shift = number * size
    units, people = _shift(Unit, agency) - _shift(Unit, first), _shift(User, agency) - _shift(User, first)
    changed = {
        "id": f"id + {shift}", "agency_id": str(agency), "unit_id": f"unit_id + {units}",
        "person_id": f"person_id + {people}", "object_id": f"object_id + {shift}",
    }  # fmt: skip
    _copy(cursor, Duty, changed, f"agency_id = {first}")
    own = {"id": f"id + {shift}", "duty_id": f"duty_id + {shift}", "author_id": f"author_id + {people}"}
    _copy(cursor, Report, own, f"duty_id IN (SELECT id FROM {Duty._meta.db_table} WHERE agency_id = {first})")


def _shift(model: type[models.Model], agency: int) -> int:
    return model._default_manager.filter(agency=agency).order_by("pk").values_list("pk", flat=True)[0]


def _copy(cursor: object, model: type[models.Model], changed: dict[str, str], where: str) -> None:
    columns = [field.column for field in model._meta.local_concrete_fields]
    values = ", ".join(changed.get(column, f'"{column}"') for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    cursor.execute(
        f"INSERT INTO {model._meta.db_table} ({names}) SELECT {values} FROM {model._meta.db_table} WHERE {where}"
    )


def analyse() -> None:
    """What autovacuum does within a minute on a server that lives."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    print(f"{Duty.objects.count()} duties, {Report.objects.count()} reports")


if __name__ == "__main__":
    small() if len(sys.argv) == 1 else copies(int(sys.argv[1]))

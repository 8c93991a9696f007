"""The search at scale, on PostgreSQL: p50 and p95 of a page for people who see little, one agency, and everything.

Started by bench/search.sh, which makes an empty database; a DATABASE_URL with duties in it is measured as it is. A
tenth of the duties is written first and measured, then copied nine times: the growth is that of one run on one machine.
Times are of processor and database together for a whole page, without the network.
"""

import os
import random
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qms.settings")
django.setup()

from django.conf import settings  # noqa: E402 - after django.setup()
from django.contrib.contenttypes.models import ContentType  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from plans.models import Plan  # noqa: E402
from qms.duties.enums import DutyKind  # noqa: E402
from qms.duties.models import Duty  # noqa: E402
from qms.organisation.enums import Role, UnitKind  # noqa: E402
from qms.organisation.models import Agency, Position, PositionHolding, Unit, User  # noqa: E402
from qms.text import fold  # noqa: E402

AGENCIES, UNITS, YEARS = 100, 10, 10
DUTIES = int(os.environ.get("BENCH_DUTIES", "200000"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "15"))
QUESTIONS = {
    "one rare word": "q=thuy+loi",
    "several words": "q=danh+gia+noi+bo+quy",
    "a word in every row": "q=ke+hoach",
    "a number": "q=05/KH-S7",
    "a phrase, one kind": 'q="xem+xet+cua+lanh+dao"&loai=viec',
    "nothing found": "q=khong+he+co",
}
_SUBJECTS = (
    "Đánh giá nội bộ", "Họp xem xét của lãnh đạo", "Báo cáo kết quả thực hiện mục tiêu chất lượng", "Rà soát quy trình",
    "Cập nhật văn bản bên ngoài", "Khắc phục sự không phù hợp", "Lấy ý kiến tổ chức, cá nhân", "Đào tạo nhận thức ISO",
)  # fmt: skip
_FIELDS = ("đất đai", "môi trường", "lâm nghiệp", "trồng trọt", "chăn nuôi", "khoáng sản", "thú y", "nước sạch")
_MATTERS = ("thủy lợi", *(f"{field} {number}" for field in _FIELDS for number in range(1, 40)))


def main() -> None:
    """Prints a Markdown table: milliseconds of a whole page, with few and with many duties."""
    if connection.vendor != "postgresql":
        sys.exit("DATABASE_URL phải là PostgreSQL; hãy chạy bench/search.sh.")
    call_command("migrate", interactive=False, verbosity=0)
    settings.ALLOWED_HOSTS = ["testserver"]
    if Duty.objects.exists():
        print_table({Duty.objects.count(): measured()})
        return
    found_agencies()
    fill(DUTIES // 10)
    few = {Duty.objects.count(): measured()}
    copy(times=9)
    print_table({**few, Duty.objects.count(): measured()})


def found_agencies() -> None:
    """Agencies under one, each with units, a secretary and a head."""
    top = Agency.objects.create(code="s0", name="Sở Theo dõi", abbreviation="S0", place="Sông Giang")
    for number in range(AGENCIES):
        agency = top if number == 0 else Agency.objects.create(
            code=f"s{number}", name=f"Sở số {number}", abbreviation=f"S{number}", place="Sông Giang", parent=top
        )  # fmt: skip
        units = Unit.objects.bulk_create(
            Unit(agency=agency, kind=UnitKind.DIVISION, name=f"Phòng {n}", search=f"phong {n}") for n in range(UNITS)
        )
        roles = (Role.SECRETARY, Role.OVERSEER) if number == 0 else (Role.SECRETARY,)
        appoint(f"thuky{number}", units[0], roles)
        appoint(f"truong{number}", units[1], (Role.HEAD,))


def appoint(username: str, unit: Unit, roles: tuple[Role, ...]) -> None:
    """Somebody in a position of that unit."""
    person = User.objects.create(username=username, full_name=f"Trần {username}", agency=unit.agency)
    position = Position.objects.create(unit=unit, title="Vị trí", roles=list(roles))
    PositionHolding.objects.create(position=position, user=person)


def fill(count: int) -> None:
    """So many duties, spread over agencies, units and years; the planner then knows of them."""
    Duty.objects.bulk_create(duties(count), batch_size=5000)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def copy(*, times: int) -> None:
    """The same duties so many times again, under other keys."""
    columns = ", ".join(f.column for f in Duty._meta.concrete_fields if f.name not in ("id", "key"))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO duties_duty (key, {columns}) SELECT n, {columns} FROM duties_duty, generate_series(1, %s) n",
            [times],
        )
        cursor.execute("VACUUM ANALYZE")


def duties(count: int) -> Iterator[Duty]:
    """Reproducible ones: every word of the questions is somewhere, "thủy lợi" in about one of three hundred."""
    chance = random.Random(1)
    kind = ContentType.objects.get_for_model(Plan)
    units = list(Unit.objects.select_related("agency").order_by("pk"))
    this_year, at = timezone.localdate().year, timezone.now()
    for number in range(count):
        unit, year = chance.choice(units), this_year - chance.randrange(YEARS)
        title = f"{chance.choice(_SUBJECTS)} lĩnh vực {chance.choice(_MATTERS)}"
        plan = f"{chance.randint(1, 60):02d}/KH-{unit.agency.abbreviation}"
        context = f"Kế hoạch {plan}, nhiệm vụ {chance.randint(1, 30)}"
        period = f"Quý {chance.choice(('I', 'II', 'III', 'IV'))}/{year}"
        due, done = date(year, 1, 1) + timedelta(days=chance.randrange(360)), year < this_year
        yield Duty(
            agency=unit.agency, unit=unit, content_type=kind, object_id=number + 1, key="0", kind=DutyKind.PLAN_TASK,
            year=year, title=title, context=context, period=period, due_on=due, original_due_on=due, opened_at=at,
            changed_at=at, search=fold(f"{title} {context} {period}"), state="done" if done else "open",
            percent=100 if done else 0, closed_on=due if done else None,
        )  # fmt: skip


def readers() -> dict[str, User]:
    """Three people by what they see; in a database that was given, whoever is there."""
    known = User.objects.filter(is_active=True, agency__isnull=False)
    overseer = known.filter(holdings__position__roles__icontains=Role.OVERSEER.value).first()
    secretary = known.filter(holdings__position__roles__icontains=Role.SECRETARY.value, agency__parent__isnull=False)
    head = known.filter(holdings__position__roles__icontains=Role.HEAD.value, agency__parent__isnull=False)
    people = {"head of a unit": head.first(), "secretary": secretary.first(), "overseer of all": overseer}
    return {name: person for name, person in people.items() if person}


def measured() -> dict[tuple[str, str], tuple[float, float]]:
    """(p50, p95) in milliseconds by reader and question, questions interleaved."""
    taken: dict[tuple[str, str], list[float]] = {}
    for reader, person in readers().items():
        client = Client()
        client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
        for turn in range(ROUNDS + 1):
            for name, query in QUESTIONS.items():
                spent = seconds(client, query)
                taken.setdefault((reader, name), []).extend([spent] if turn else [])  # the first one warms up
    return {key: (1000 * statistics.median(times), 1000 * p95(times)) for key, times in taken.items()}


def seconds(client: Client, query: str) -> float:
    began = time.perf_counter()
    status = client.get(f"{reverse('search')}?{query}").status_code
    if status != 200:
        sys.exit(f"{query}: {status}")
    return time.perf_counter() - began


def p95(times: list[float]) -> float:
    """The time that 95 of 100 stay below."""
    return sorted(times)[max(0, round(0.95 * len(times)) - 1)]


def print_table(runs: dict[int, dict[tuple[str, str], tuple[float, float]]]) -> None:
    """Milliseconds by number of duties; with two runs, how the p95 grew."""
    heads = [f"{word}, {count:,}" for count in runs for word in ("p50", "p95")] + ["p95 ×"] * (len(runs) - 1)
    print(f"| who | question | {' | '.join(heads)} |")
    print(f"|---|---|{'---:|' * len(heads)}")
    for key in next(iter(runs.values())):
        cells = [f"{value:.0f}" for run in runs.values() for value in run[key]]
        highs = [run[key][1] for run in runs.values()]
        growth = [f"{highs[-1] / highs[0]:.2f}"] * (len(runs) - 1)
        print(f"| {' | '.join([*key, *cells, *growth])} |")


if __name__ == "__main__":
    main()

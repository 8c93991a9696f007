"""Fifty users report on the duties of one plan at once for a minute; then the database is asked what became of it.

Started by bench/duties_parallel.sh on PostgreSQL and gunicorn. Several users share each duty, so that many reports are
overtaken by another one: those must be answered with 409 and leave nothing behind. Every report that was answered with
200 must be there, once, in the order of the revisions; so must its evidence, as a row and as a file.
"""

import itertools
import os
import random
import threading
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

from django.conf import settings  # noqa: E402 - after django.setup()
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.load import Visitor, form_fields  # noqa: E402
from plans.models import Plan, Task  # noqa: E402
from qms.duties.enums import OWED  # noqa: E402
from qms.duties.models import Duty, Report  # noqa: E402
from qms.files.actions import FOLDER  # noqa: E402
from qms.files.models import StoredFile  # noqa: E402
from qms.organisation.enums import Role  # noqa: E402
from qms.organisation.models import Position, PositionHolding, Unit, User  # noqa: E402
from qms.organisation.roles import sync_roles  # noqa: E402

PORT = int(os.environ.get("QMS_PORT", "8097"))
SECONDS = float(os.environ.get("BENCH_SECONDS", "60"))
USERS = 50
WITH_FILE = 5  # every fifth report brings a file
BOUNDARY = "----bench"


@dataclass
class Outcome:
    """What one user was told: status by status, the texts that were accepted by duty, seconds per report."""

    statuses: Counter = field(default_factory=Counter)
    accepted: list[tuple[int, str, bool]] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


def main() -> None:
    """Fills, loads, verifies; ends with an error where a report was lost."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("demo", force=True, verbosity=0)
    duties = duties_of_one_plan()
    before = {duty.pk: (duty.revision, duty.reports.count()) for duty in duties}
    files = StoredFile.objects.count()
    people = [
        reporter(number, unit) for number, unit in zip(range(USERS), itertools.cycle(units_of(duties)), strict=False)
    ]
    outcomes = run([(Visitor(PORT, cookies_of(person)), own_duties(person, duties)) for person in people])
    print_outcome(outcomes, len(duties))
    verify(outcomes, before, files)


def duties_of_one_plan() -> list[Duty]:
    """Those of the plan with the most that are owed."""
    plans = defaultdict(list)
    owed = Duty.objects.filter(state__in=OWED, content_type__model="task", person=None).order_by("pk")
    of_task = dict(Task.objects.values_list("pk", "plan"))
    for duty in owed:
        plans[of_task[duty.object_id]].append(duty)
    plan, duties = max(plans.items(), key=lambda item: len(item[1]))
    print(f"{Plan.objects.get(pk=plan)}: {len(duties)} duties are owed")
    return duties


def units_of(duties: list[Duty]) -> list[Unit]:
    """Those of today, in the order of their keys."""
    owing = Unit.objects.filter(pk__in={duty.unit_id for duty in duties})
    return list(owing.in_force(timezone.localdate()).order_by("pk"))


def reporter(number: int, unit: Unit) -> User:
    """One more head of that unit, so that all of its duties may be answered."""
    user = User.objects.create(username=f"bench.{number}", full_name=f"Bench {number}", agency=unit.agency)
    day = timezone.localdate()
    position = Position.objects.create(unit=unit, title=f"Phó {number}", roles=[Role.HEAD], rank=20, valid_from=day)
    PositionHolding.objects.create(position=position, user=user, valid_from=day)
    sync_roles(user, on=day)  # what the first request of a day does
    return user


def cookies_of(user: User) -> dict[str, str]:
    """A session that the server knows."""
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value, "csrftoken": "0" * 32}


def own_duties(person: User, duties: list[Duty]) -> list[int]:
    """Of the person's unit."""
    mine = Duty.objects.answerable_by(User.objects.get(pk=person.pk))
    return list(mine.filter(pk__in=[duty.pk for duty in duties]).values_list("pk", flat=True))


def run(users: list[tuple[Visitor, list[int]]]) -> list[Outcome]:
    """All of them at once until the time is up."""
    outcomes = [Outcome() for _ in users]
    end = time.monotonic() + SECONDS
    threads = [
        threading.Thread(target=work, args=[visitor, duties, outcome, number, end])
        for number, ((visitor, duties), outcome) in enumerate(zip(users, outcomes, strict=True))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def work(visitor: Visitor, duties: list[int], outcome: Outcome, number: int, end: float) -> None:
    """One user: open the form of a duty, answer it, take the next."""
    chance = random.Random(number)
    for turn in itertools.count():
        if time.monotonic() >= end:
            return
        duty, text = chance.choice(duties), f"báo cáo {number}.{turn}"
        began = time.perf_counter()
        status = answer(visitor, duty, text, turn % WITH_FILE == 0)
        outcome.seconds.append(time.perf_counter() - began)
        outcome.statuses[status] += 1
        if status == 200:
            outcome.accepted.append((duty, text, turn % WITH_FILE == 0))


def answer(visitor: Visitor, duty: int, text: str, with_file: bool) -> int:
    """The form as it was opened, filled in; the status of its answer."""
    path = reverse("duties:report", args=[duty])
    status, body = visitor.get(path, **{"HX-Request": "true", "Accept-Encoding": "identity"})
    if status != 200:
        return status
    form = {**form_fields(body.decode(), path), "state": "in_progress", "percent": "50", "text": text}
    form.pop("files", None)
    if not with_file:
        return visitor.post(path, form)[0]
    headers = {
        "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
        "X-CSRFToken": "0" * 32,
        "HX-Request": "true",
    }
    return visitor.ask("POST", path, multipart(form, f"{text}.txt"), headers)[0]


def multipart(form: dict[str, str], name: str) -> bytes:
    """The fields and one small file."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
        for key, value in form.items()
    ]
    parts.append(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n'
        f"Content-Type: text/plain\r\n\r\n{name}\r\n--{BOUNDARY}--\r\n"
    )
    return "".join(parts).encode()


def print_outcome(outcomes: list[Outcome], duties: int) -> None:
    """One line per status, and how long an answer took."""
    statuses: Counter = sum((outcome.statuses for outcome in outcomes), Counter())
    seconds = sorted(itertools.chain.from_iterable(outcome.seconds for outcome in outcomes))
    rate = len(seconds) / SECONDS
    print(f"{USERS} users, {duties} duties, {SECONDS:.0f} s: {len(seconds)} answers, {rate:.0f} per second")
    print("| status | answers |\n|---|---:|")
    for status, count in sorted(statuses.items()):
        print(f"| {status} | {count} |")
    print(f"form and answer: p50 {seconds[len(seconds) // 2]:.2f} s, p95 {seconds[len(seconds) * 95 // 100]:.2f} s")


def verify(outcomes: list[Outcome], before: dict[int, tuple[int, int]], files: int) -> None:
    """Whatever was accepted is there, once; nothing else is; no revision was skipped or given twice."""
    accepted = [entry for outcome in outcomes for entry in outcome.accepted]
    per_duty = Counter(duty for duty, _, _ in accepted)
    kept = Counter(Report.objects.filter(duty__in=before, text__startswith="báo cáo ").values_list("duty", "text"))
    expect("statuses other than 200 and 409", {s for o in outcomes for s in o.statuses} - {200, 409}, set())
    expect("accepted reports", Counter((duty, text) for duty, text, _ in accepted), kept)
    for duty in Duty.objects.filter(pk__in=before):
        revision, reports = before[duty.pk]
        expect(f"revision of {duty.pk}", duty.revision - revision, per_duty[duty.pk])
        expect(f"reports of {duty.pk}", duty.reports.count() - reports, per_duty[duty.pk])
    with_file = sum(1 for _, _, sent in accepted if sent)
    on_disk = sum(path.is_file() for path in (Path(settings.MEDIA_ROOT) / FOLDER).rglob("*"))
    expect("rows of evidence", StoredFile.objects.count() - files, with_file)
    expect("files on disk", on_disk, StoredFile.objects.count())
    print(f"{len(accepted)} accepted reports and {with_file} files are all there, none twice; no file without a row")


def expect(what: str, found: object, wanted: object) -> None:
    """Ends the program where they differ."""
    if found != wanted:
        raise SystemExit(f"{what}: {found!r} instead of {wanted!r}")


if __name__ == "__main__":
    main()

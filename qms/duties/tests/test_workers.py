"""Real worker and beat processes on PostgreSQL and Redis: killed at random moments, nothing is lost or doubled."""

import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from qms.celery import app
from qms.notifications.models import Digest, Message, ReminderRun, ReminderSettings
from qms.notifications.tests.post import Catcher, free_port, mail_server
from qms.organisation.models import DecreedDay
from qms.organisation.tests.cast import TODAY, House, found_house

from .scene import owe
from .workers import broker_url, environment, kill, start, wait_until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgres,
    pytest.mark.slow,
    pytest.mark.skipif(not settings.REDIS_URL, reason="needs Redis"),
]
KILLS = int(os.environ.get("BENCH_KILLS", "3"))  # 50 for the results of record (bench/README.md)
PEOPLE, DUTIES = 12, 25
seen: set[int] = set()  # the runs that an earlier worker began


@pytest.fixture
def house(transactional_db: None) -> House:
    """A department that works today, whatever day it is, and whose hour has come."""
    found = found_house()
    DecreedDay.objects.create(agency=found.agency, day=TODAY, is_off=False, name="Làm bù", source="thử")
    ReminderSettings.objects.create(agency=found.agency, hour=0)
    for username in found.people:
        person, unit = found[username], unit_of(found, username)
        for number in range(DUTIES):
            owe(found, TODAY, person=person, unit=unit, title=f"Việc {number}")
    return found


def unit_of(house: House, username: str) -> str:
    """The key of the unit where the person has the first position."""
    unit = house.position(username).unit
    return next(key for key, known in house.units.items() if known.pk == unit.pk)


@pytest.fixture
def catcher() -> Iterator[Catcher]:
    """A mail server."""
    with mail_server(free_port()) as caught:
        yield caught


@pytest.fixture
def env(catcher: Catcher, tmp_path: Path) -> dict[str, str]:
    """What the processes read."""
    app.conf.broker_url = broker_url(settings.CACHES["default"]["LOCATION"])
    return environment(tmp_path, smtp_port=catcher.port)


def ask_for_a_look() -> None:
    """As beat does."""
    app.send_task("qms.duties.tasks.remind")


def worker(env: dict[str, str]) -> subprocess.Popen:
    return start(env, "worker", "--pool", "solo", "--loglevel", "WARNING", "--without-gossip", "--without-mingle")


def all_settled() -> bool:
    return Digest.objects.filter(state=Digest.State.SENT).count() == PEOPLE


def test_a_worker_killed_at_random_moments_loses_and_doubles_nothing(
    house: House, catcher: Catcher, env: dict[str, str]
) -> None:
    killed = 0
    while killed < KILLS:
        killed += killed_in_the_middle(env)
        if all_settled():
            assert_nothing_lost_or_doubled(house, catcher)
            begin_anew(catcher)
    last = worker(env)
    try:
        assert wait_until(looked_until_settled, 120)
    finally:
        kill(last)
    assert_nothing_lost_or_doubled(house, catcher)


def killed_in_the_middle(env: dict[str, str]) -> bool:
    """Start a worker, let it begin a run, kill it a little later; whether it had not ended by then."""
    process = worker(env)
    try:
        assert wait_until(asked_until_a_run_begins, 120)  # a busy machine starts a worker slowly
        time.sleep(random.uniform(0, 0.5))  # noqa: S311
    finally:
        kill(process)
    seen.update(ReminderRun.objects.values_list("pk", flat=True))
    return ReminderRun.objects.order_by("pk").last().ended_at is None


def assert_nothing_lost_or_doubled(house: House, catcher: Catcher) -> None:
    """Every person has every message, on one digest that was sent, and at least one mail."""
    emails = {person.email for person in house.people.values()}
    per_person = Counter(Message.objects.filter(digest__state="sent").values_list("user__email", flat=True))
    assert per_person == dict.fromkeys(emails, DUTIES)
    assert Counter(Digest.objects.values_list("user__email", flat=True)) == dict.fromkeys(emails, 1)
    assert {mail["To"].addresses[0].addr_spec for mail in catcher.mails} == emails


def begin_anew(catcher: Catcher) -> None:
    """As if nobody had been told of anything yet."""
    Message.objects.all().delete()
    Digest.objects.all().delete()
    ReminderRun.objects.all().delete()
    catcher.mails.clear()


def asked_until_a_run_begins() -> bool:
    """Ask for a look each time, as beat does every quarter of an hour; whether a new run has begun."""
    ask_for_a_look()
    return wait_until(lambda: ReminderRun.objects.exclude(pk__in=seen).exists(), 1)


def looked_until_settled() -> bool:
    """The same until everybody has the mail of the day."""
    if not all_settled():
        ask_for_a_look()
        time.sleep(0.5)
    return all_settled()


def test_two_runs_at_once_tell_everybody_once(house: House, catcher: Catcher, env: dict[str, str]) -> None:
    command = [sys.executable, "manage.py", "send_reminders", "--json"]
    runs = [
        subprocess.Popen(command, cwd=settings.BASE_DIR, env=env, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    counts = [json.loads(run.communicate(timeout=60)[0]) for run in runs]
    assert [sum(count[name] for count in counts) for name in ("sent", "skipped", "failed")] == [PEOPLE, 0, 0]
    assert sorted(catcher.recipients()) == sorted(person.username for person in house.people.values())
    assert_nothing_lost_or_doubled(house, catcher)


def test_beat_wakes_the_worker_and_the_worker_runs_the_reminders(
    house: House, catcher: Catcher, env: dict[str, str]
) -> None:
    process = start(env, "worker", "-B", "--pool", "solo", "--loglevel", "WARNING")
    try:
        assert wait_until(lambda: ReminderRun.objects.exclude(ended_at=None).exists(), 120)
    finally:
        process.terminate()
        assert process.wait(timeout=30) == 0
    run = ReminderRun.objects.get()
    assert (run.considered, run.sent, run.skipped, run.failed) == (PEOPLE * DUTIES, PEOPLE, 0, 0)
    assert run.day == timezone.localdate(run.started_at)

"""`manage.py send_reminders`: day by day over a month, with a real mail server."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from qms.notifications.models import Message
from qms.notifications.tests.post import Catcher, free_port, mail_server, use_server
from qms.organisation.tests.cast import House

from .scene import finish, owe

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(settings: Settings) -> Iterator[Catcher]:
    """A mail server that works."""
    port = free_port()
    use_server(settings, port)
    with mail_server(port) as catcher:
        yield catcher


def send(on: str, *options: str) -> dict[str, int]:
    out = StringIO()
    call_command("send_reminders", "--on", on, "--json", *options, stdout=out)
    return json.loads(out.getvalue())


def test_a_month_day_by_day_brings_the_right_mails(house: House, post: Catcher) -> None:
    duty = owe(house, date(2026, 3, 12), person=house["lan"])  # a Thursday, nobody answers until the 30th
    finished = owe(house, date(2026, 3, 13), unit="tc", title="Việc xong sớm")
    mailed: dict[str, list[str]] = {}
    for day in (date(2026, 3, 1) + timedelta(days=n) for n in range(31)):
        if day == date(2026, 3, 5):
            finish(finished, day)
        if day == date(2026, 3, 30):
            finish(duty, day)
        send(f"{day}")
        if post.mails:
            mailed[f"{day:%d/%m}"] = sorted(post.recipients())
            post.mails.clear()
    assert mailed == {
        "03/03": ["lan"], "04/03": ["truong2"], "09/03": ["lan"], "11/03": ["lan"], "12/03": ["lan"], "13/03": ["lan"],
        "16/03": ["truong"], "19/03": ["thuky"], "26/03": ["giamdoc", "pho", "thuky"],
    }  # fmt: skip


def test_the_mail_of_a_reminder_carries_the_link_that_asks_one_question(house: House, post: Catcher) -> None:
    owe(house, date(2026, 3, 12), person=house["lan"])
    send("2026-03-12")
    text = post.mails[0].get_body(("plain",)).get_content()
    assert "http://127.0.0.1:8000/viec/tra-loi/" in text
    assert "Hạn hôm nay." in text


def test_who_only_follows_is_led_to_the_page_of_the_duty(house: House, post: Catcher) -> None:
    duty = owe(house, date(2026, 1, 12), person=house["lan"])
    send("2026-03-12")
    links = {mail["To"].addresses[0].username: mail.get_body(("plain",)).get_content() for mail in post.mails}
    page = f"http://127.0.0.1:8000/viec/{duty.pk}/"
    assert {who for who, text in links.items() if page in text.split()} == {"thuky", "giamdoc", "pho"}


def test_what_was_settled_while_the_mail_server_was_down_is_not_mailed(house: House, settings: Settings) -> None:
    port = free_port()
    use_server(settings, port)
    duty = owe(house, date(2026, 3, 12), person=house["lan"])
    assert send("2026-03-12")["failed"] == 1
    finish(duty, date(2026, 3, 12))
    with mail_server(port) as catcher:
        assert (send("2026-03-13"), catcher.mails) == ({"considered": 0, "sent": 0, "skipped": 1, "failed": 0}, [])


def test_a_dry_run_says_what_would_be_sent(house: House, post: Catcher) -> None:
    owe(house, date(2026, 3, 12), person=house["lan"])
    assert send("2026-03-12", "--dry-run") == {"considered": 1, "sent": 1, "skipped": 0, "failed": 0}
    assert (Message.objects.count(), post.mails) == (0, [])


def test_a_day_off_sends_nothing(house: House, post: Catcher) -> None:
    owe(house, date(2026, 3, 1))
    assert send("2026-03-01") == {"considered": 0, "sent": 0, "skipped": 0, "failed": 0}


@pytest.mark.parametrize("on", ["hôm nay", "2026-02-30", "01/03/2026", "2026-3-1", "9999-12-31", "20260301"])
def test_a_bad_day_is_refused_with_one_line(db: None, on: str) -> None:
    with pytest.raises(CommandError) as refusal:
        send(on)
    assert (refusal.value.returncode, str(refusal.value).count("\n")) == (2, 0)

"""The reminder run: who is told what on which day, once."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.utils import timezone

from qms.duties.reminders import is_due, run, run_agency
from qms.notifications.actions import set_preference
from qms.notifications.models import Category, Digest, Message, ReminderRun, ReminderSettings
from qms.organisation.models import DecreedDay, PositionHolding
from qms.organisation.tests.cast import House, found_house, moment

from .scene import MONDAY, finish, owe

pytestmark = pytest.mark.django_db
FRIDAY = MONDAY + timedelta(days=4)


def remind(day: date) -> dict[str, int]:
    return run(day, at=moment(day, 7)).counts()


def told(house: House) -> set[tuple[str, str]]:
    """(login name, step of the ladder) of all messages."""
    rows = Message.objects.filter(key__startswith="duty:").values_list("user__username", "key")
    return {(username, key.split(":")[4]) for username, key in rows}


def mailed() -> list[str]:
    """Who was mailed since the last look."""
    people = sorted(one.to[0].split("<")[1].split("@")[0] for one in mail.outbox)
    mail.outbox.clear()
    return people


def test_the_head_is_reminded_of_what_nobody_was_given(house: House) -> None:
    owe(house, FRIDAY)
    assert remind(MONDAY) == {"considered": 1, "sent": 1, "skipped": 0, "failed": 0}
    assert told(house) == {("truong", "before-7")}


def test_the_person_it_was_handed_to_is_reminded(house: House) -> None:
    owe(house, FRIDAY, person=house["lan"])
    remind(MONDAY)
    assert mailed() == ["lan"]


def test_whoever_left_the_unit_is_not_told_but_the_head(house: House) -> None:
    owe(house, FRIDAY, person=house["lan"])
    PositionHolding.objects.filter(user=house["lan"]).update(valid_to=MONDAY - timedelta(days=1))
    remind(MONDAY)
    assert mailed() == ["truong"]


def test_a_unit_without_head_has_all_who_may_answer_told(house: House) -> None:
    owe(house, FRIDAY)
    PositionHolding.objects.filter(user=house["truong"]).update(valid_to=MONDAY - timedelta(days=1))
    remind(MONDAY)
    assert mailed() == ["lan"]


def test_deactivated_people_are_not_told(house: House) -> None:
    owe(house, FRIDAY, person=house["lan"])
    for username in ("lan", "truong"):
        person = house[username]
        person.is_active = False
        person.save()
    remind(MONDAY)
    assert mailed() == ["thuky"]  # nobody of the unit is left to answer


def test_the_ladder_climbs_to_the_leadership(house: House) -> None:
    owe(house, MONDAY - timedelta(days=30), person=house["lan"])
    remind(MONDAY)
    assert told(house) == {
        ("lan", "late"), ("truong", "late-head"), ("thuky", "late-secretary"),
        ("giamdoc", "late-leadership"), ("pho", "late-leadership"),
    }  # fmt: skip


def test_a_person_in_two_audiences_hears_the_higher_rung_once(house: House) -> None:
    owe(house, MONDAY - timedelta(days=5))
    remind(MONDAY)
    assert told(house) == {("truong", "late-head")}
    remind(MONDAY + timedelta(days=1))
    assert told(house) == {("truong", "late-head")}


def test_a_run_repeated_says_nothing_new(house: House) -> None:
    owe(house, FRIDAY)
    remind(MONDAY)
    assert remind(MONDAY) == {"considered": 1, "sent": 0, "skipped": 0, "failed": 0}
    assert (Message.objects.count(), Digest.objects.count(), mailed()) == (1, 1, ["truong"])


def test_several_duties_are_one_mail(house: House) -> None:
    for number in range(3):
        owe(house, FRIDAY, title=f"Việc {number}")
    assert remind(MONDAY)["sent"] == 1
    assert mail.outbox[0].subject == "3 việc: 3 sắp đến hạn (thứ Hai 06/04/2026)"


def test_nothing_to_say_sends_nothing(house: House) -> None:
    owe(house, MONDAY + timedelta(days=60))
    owe(house, None, state="dormant", waits_for="thông báo kiểm tra")
    finish(owe(house, FRIDAY), MONDAY)
    assert remind(MONDAY) == {"considered": 0, "sent": 0, "skipped": 0, "failed": 0}


def test_days_off_are_quiet(house: House) -> None:
    owe(house, MONDAY)
    saturday = MONDAY + timedelta(days=5)
    DecreedDay.objects.create(agency=house.agency, day=MONDAY, is_off=True, name="Nghỉ bù", source="CV 1")
    assert [remind(day)["considered"] for day in (MONDAY, saturday)] == [0, 0]
    assert not ReminderRun.objects.exists()


def test_an_extension_begins_a_new_ladder(house: House) -> None:
    duty = owe(house, MONDAY)
    remind(MONDAY)
    duty.due_on = MONDAY + timedelta(days=1)
    duty.save()
    remind(MONDAY + timedelta(days=1))
    assert Message.objects.filter(about_id=duty.pk, key__contains=":due:").count() == 2


def test_three_days_of_silence_over_a_weekend_are_caught_up_once(house: House) -> None:
    owe(house, FRIDAY, person=house["lan"])
    remind(MONDAY + timedelta(days=3))  # Thursday; then the workers are down until Wednesday
    remind(MONDAY + timedelta(days=9))
    remind(MONDAY + timedelta(days=10))
    assert told(house) == {("lan", "before-1"), ("lan", "late"), ("truong", "late-head")}
    assert mailed() == ["lan", "lan", "truong"]


def test_silence_over_tet_is_caught_up_once(house: House) -> None:
    owe(house, date(2026, 2, 24), person=house["lan"])
    remind(date(2026, 2, 13))  # before-3; Tết is 14–22 February
    assert [remind(date(2026, 2, day))["considered"] for day in (14, 16, 18, 20, 22)] == [0] * 5
    remind(date(2026, 2, 25))  # the workers were down on the first two working days
    assert told(house) == {("lan", "before-3"), ("lan", "late")}


def test_another_agency_is_not_touched(house: House) -> None:
    neighbour = found_house("so-tp", name="Sở Tư pháp", abbreviation="STP")
    owe(house, FRIDAY)
    owe(neighbour, FRIDAY)
    run_agency(neighbour.agency, MONDAY, at=moment(MONDAY))
    assert mailed() == ["so-tp-truong"]


def test_a_dry_run_counts_the_same_and_writes_nothing(house: House) -> None:
    owe(house, FRIDAY)
    owe(house, FRIDAY, person=house["lan"])
    set_preference(house["lan"], mail=True, muted=[Category.REMINDER])
    rehearsed = run(MONDAY, at=moment(MONDAY), dry_run=True).counts()
    assert (Message.objects.count(), Digest.objects.count(), ReminderRun.objects.count()) == (0, 0, 0)
    assert rehearsed == remind(MONDAY) == {"considered": 2, "sent": 1, "skipped": 1, "failed": 0}


def test_settings_of_the_agency_set_the_rungs(house: House) -> None:
    ReminderSettings.objects.create(agency=house.agency, before=[20])
    owe(house, MONDAY + timedelta(days=24))
    assert remind(MONDAY)["sent"] == 1


def test_a_run_is_kept_with_its_numbers(house: House) -> None:
    owe(house, FRIDAY)
    remind(MONDAY)
    kept = ReminderRun.objects.get()
    assert (kept.day, kept.considered, kept.sent, kept.skipped, kept.failed) == (MONDAY, 1, 1, 0, 0)
    assert kept.ended_at is not None


def test_the_clock_starts_a_run_once_the_hour_has_come(house: House) -> None:
    ReminderSettings.objects.create(agency=house.agency, hour=8)
    assert [is_due(house.agency, now=moment(MONDAY, hour)) for hour in (7, 8, 15)] == [False, True, True]
    run_agency(house.agency, MONDAY, at=moment(MONDAY, 8))
    assert not is_due(house.agency, now=timezone.now())


def test_a_run_that_was_cut_off_is_begun_again_after_its_lease(house: House, settings: object) -> None:
    long_ago = moment(MONDAY, 7)
    ReminderRun.objects.create(agency=house.agency, day=MONDAY, started_at=long_ago, seen_at=long_ago)
    assert [is_due(house.agency, now=long_ago + timedelta(seconds=s)) for s in (60, 301)] == [False, True]


def test_mails_go_to_files_where_no_server_is_set(house: House, settings: object, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "django.core.mail.backends.filebased.EmailBackend", tmp_path
    owe(house, FRIDAY)
    owe(house, FRIDAY, unit="tc")
    assert (remind(MONDAY)["sent"], len(list(tmp_path.iterdir()))) == (2, 2)

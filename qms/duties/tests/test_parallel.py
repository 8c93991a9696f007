"""Two people at one moment, on real parallel transactions: every accepted report is present, nothing is doubled."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from qms.duties import actions
from qms.duties.enums import DutyState, ExtensionState
from qms.duties.models import Duty, Extension, Report
from qms.notifications.models import Message
from qms.organisation.tests.cast import NOW, House, found_house

from .owing import Owing

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def house(transactional_db: None) -> House:
    """Our department, for everybody to see."""
    return found_house()


def at_once(*works) -> list[str]:
    """Run them in parallel, each on a connection of its own; "kept" or the name of what it raised."""
    start = Barrier(len(works))

    def run(work) -> str:
        start.wait()
        try:
            work()
        except Exception as error:
            return type(error).__name__
        finally:
            connection.close()
        return "kept"

    with ThreadPoolExecutor(len(works)) as pool:
        return sorted(pool.map(run, works))


def saying(duty: Duty, actor, text: str):
    """A report of that text on the duty as it was first seen."""
    return lambda: actions.report(
        duty, state=DutyState.IN_PROGRESS, percent=50, text=text, revision=1, actor=actor, at=NOW
    )


def test_of_two_reporters_one_is_kept_and_the_other_told(house: House, owing: Owing) -> None:
    duty = owing.duty()
    people = [house[who] for who in ("truong", "lan")]
    assert at_once(*(saying(duty, person, f"Của {person}") for person in people)) == ["Overtaken", "kept"]
    assert (Report.objects.count(), Duty.objects.get().revision) == (1, 2)


def test_one_answer_sent_twice_at_once_is_one_report(house: House, owing: Owing) -> None:
    duty, head = owing.duty(), house["truong"]
    assert at_once(*(saying(duty, head, "Đã họp.") for _ in range(4))) == ["kept"] * 4
    assert Report.objects.count() == 1


def test_two_requests_for_time_at_once_are_one(house: House, owing: Owing) -> None:
    duty = owing.duty()
    house["truong"], house["lan"]
    assert at_once(lambda: owing.asked(duty), lambda: owing.asked(duty, "lan")) == ["ValidationError", "kept"]
    assert Extension.objects.count() == 1


def test_a_grant_and_a_refusal_at_once_are_one_decision(house: House, owing: Owing) -> None:
    extension = owing.asked(owing.duty())
    deciders = {"giamdoc": True, "thuky": False}
    people = {house[who]: grant for who, grant in deciders.items()}

    def deciding(person, grant: bool):
        return lambda: actions.decide_extension(extension, grant=grant, answer="Đã xem.", actor=person, at=NOW)

    outcome = at_once(*(deciding(person, grant) for person, grant in people.items()))
    assert outcome == ["PermissionDenied", "kept"]
    granted = Extension.objects.get().state == ExtensionState.GRANTED
    assert Duty.objects.get().is_extended == granted
    assert Message.objects.filter(category="answer").count() == 1

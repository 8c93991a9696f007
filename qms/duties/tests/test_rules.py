"""Role × action: who may report, hand over, ask, return, decide; and who cannot even see the duty."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from qms.duties import actions, rules
from qms.duties.enums import DutyState
from qms.duties.models import Duty
from qms.organisation.enums import Role
from qms.organisation.models import User
from qms.organisation.tests.cast import NOW, TODAY, YESTERDAY, House, add_person, on_day

from .owing import Owing, in_days

PEOPLE = (
    "giamdoc", "pho", "chanh", "thuky", "vanthu", "quantri", "truong", "lan", "truong2", "nam", "tuvan", "danhgia",
)  # fmt: skip
Rule = Callable[[Duty, User], str]


def allowed(house: House, rule: Rule, duty: Duty) -> set[str]:
    return {name for name in PEOPLE if not rule(duty, house[name])}


def test_a_duty_of_the_unit_is_answered_by_its_people(house: House, owing: Owing) -> None:
    assert allowed(house, rules.why_not_report, owing.duty()) == {"truong", "lan"}


def test_a_duty_handed_to_somebody_is_answered_by_that_person_and_the_head(house: House, owing: Owing) -> None:
    add_person(house, "binh", "Đinh Văn Bình", house.units["kh"])
    duty = owing.handed(owing.duty(), "binh")
    assert allowed(house, rules.why_not_report, duty) == {"truong"}
    assert rules.why_not_report(duty, house["binh"]) == ""
    assert rules.why_not_report(duty, house["lan"]) == "Việc này đã giao cho Đinh Văn Bình."


def test_somebody_without_a_say_in_the_unit_answers_what_was_handed_to_them(house: House, owing: Owing) -> None:
    duty = owing.duty("vp")
    assert rules.why_not_report(duty, house["vanthu"]) == rules.ELSEWHERE
    duty = owing.handed(duty, "vanthu", who="chanh")
    assert rules.why_not_report(duty, house["vanthu"]) == ""


def test_only_the_head_of_the_unit_hands_over(house: House, owing: Owing) -> None:
    assert allowed(house, rules.why_not_hand_over, owing.duty()) == {"truong"}


def test_whoever_reports_may_ask_for_time(house: House, owing: Owing) -> None:
    assert allowed(house, rules.why_not_ask, owing.duty()) == {"truong", "lan"}


def test_only_the_secretary_gives_an_answer_back(house: House, owing: Owing) -> None:
    duty = owing.duty()
    owing.report(duty)
    duty.refresh_from_db()
    assert allowed(house, rules.why_not_return, duty) == {"thuky"}


def test_the_secretary_does_not_give_back_an_answer_of_their_own(house: House, owing: Owing) -> None:
    duty = owing.duty("vp")
    owing.report(duty, "thuky")
    duty.refresh_from_db()
    assert rules.why_not_return(duty, house["thuky"]) == "Không tự trả lại báo cáo của mình."


def test_the_secretary_and_the_leadership_decide_on_time(house: House, owing: Owing) -> None:
    extension = owing.asked(owing.duty())
    assert {name for name in PEOPLE if not rules.why_not_decide(extension, house[name])} == {"giamdoc", "pho", "thuky"}


def test_nobody_decides_on_a_request_of_their_own(house: House, owing: Owing) -> None:
    extension = owing.asked(owing.duty("vp"), who="thuky")
    assert {name for name in PEOPLE if not rules.why_not_decide(extension, house[name])} == {"giamdoc", "pho"}


@pytest.mark.parametrize("state", [DutyState.DORMANT, DutyState.WITHDRAWN])
def test_what_is_not_owed_is_not_reported_on(house: House, owing: Owing, state: DutyState) -> None:
    duty = owing.duty(dormant=state == DutyState.DORMANT)
    duty.state = state
    assert allowed(house, rules.why_not_report, duty) == set()


def test_a_person_who_moved_away_leaves_the_duty_behind(house: House, owing: Owing) -> None:
    duty = owing.handed(owing.duty(), "lan")
    house.people["lan"].holdings.update(valid_to=YESTERDAY)
    gone = on_day(house["lan"], TODAY)
    assert rules.why_not_report(duty, gone) == rules.ELSEWHERE
    assert list(Duty.objects.visible_to(gone)) == []
    assert list(Duty.objects.answerable_by(gone)) == []


@pytest.mark.parametrize("who", PEOPLE)
def test_my_work_is_what_i_may_report_on(house: House, owing: Owing, who: str) -> None:
    duties = [owing.duty(unit) for unit in ("ld", "vp", "kh", "tc")]
    duties += [owing.handed(owing.duty(), "lan"), owing.handed(owing.duty("vp"), "vanthu", who="chanh")]
    person = house[who]
    mine = set(Duty.objects.answerable_by(person))
    assert mine == {duty for duty in duties if not rules.why_not_report(duty, person)}


# Over HTTP: strangers to the duty 404, those who see it without a right to do this 403, the others what the form says.
WRITES = {
    "report": {"truong": 302, "lan": 302, "giamdoc": 403, "pho": 403, "chanh": 403, "thuky": 403, "danhgia": 403},
    "hand_over": {"truong": 302, "lan": 403, "giamdoc": 403, "pho": 403, "chanh": 403, "thuky": 403, "danhgia": 403},
    "ask": {"truong": 302, "lan": 302, "giamdoc": 403, "pho": 403, "chanh": 403, "thuky": 403, "danhgia": 403},
    "return": {"truong": 403, "lan": 403, "giamdoc": 403, "pho": 403, "chanh": 403, "thuky": 302, "danhgia": 403},
    "decide": {"truong": 403, "lan": 403, "giamdoc": 302, "pho": 302, "chanh": 403, "thuky": 302, "danhgia": 403},
}


@pytest.mark.parametrize("name", WRITES)
@pytest.mark.parametrize("who", PEOPLE)
def test_who_may_write_what(client, house: House, owing: Owing, name: str, who: str) -> None:
    duty = owing.duty()
    data = {
        "report": {"state": "done", "text": "Xong.", "revision": 1},
        "hand_over": {"person": house.people["lan"].pk},
        "ask": {"new_due_on": f"{in_days(60):%d/%m/%Y}", "reason": "Chờ ý kiến."},
        "return": {"reason": "Thiếu bản ký."},
        "decide": {"grant": "1"},
    }[name]
    if name == "return":
        owing.report(duty)
    target = owing.asked(duty).pk if name == "decide" else duty.pk
    client.force_login(house[who])
    response = client.post(reverse(f"duties:{name}", args=[target]), data)
    assert response.status_code == WRITES[name].get(who, 404)


def test_an_administrator_of_everything_has_no_say(house: House, owing: Owing) -> None:
    duty = owing.duty()
    root = User.objects.create(username="root", full_name="Quản trị", is_superuser=True)
    assert [rule(duty, root) == "" for rule in (rules.why_not_report, rules.why_not_hand_over, rules.why_not_ask)] == [
        False, False, False,
    ]  # fmt: skip
    assert list(Duty.objects.visible_to(root)) == []


def test_a_head_who_comes_later_finds_the_duties_of_the_unit(house: House, owing: Owing) -> None:
    duty = owing.duty()
    house.people["truong"].holdings.update(valid_to=YESTERDAY)
    add_person(house, "moi", "Cao Thị Mới", house.units["kh"], "Trưởng phòng", (Role.HEAD,))
    assert list(Duty.objects.answerable_by(house["moi"])) == [duty]
    actions.hand_over(duty, person=house["lan"], actor=house["moi"], at=NOW)

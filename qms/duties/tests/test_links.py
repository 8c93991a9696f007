"""The one-question link: what it opens, for whom, how often, and everything it refuses without a word too many."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.core.signing import Signer
from django.test import Client
from django.urls import reverse

from qms.duties.actions import return_report
from qms.duties.enums import DutyState
from qms.duties.links import answer_path
from qms.duties.models import Duty, Report
from qms.duties.opening import withdraw_duties
from qms.duties.views.answer import TRIES
from qms.notifications.models import ReminderSettings
from qms.organisation.models import PositionHolding, User
from qms.organisation.tests.cast import NOW, TODAY, YESTERDAY, House, add_person

from .owing import Owing

ANSWER = {"state": "done", "text": "Đã gửi 6 mục tiêu.", "revision": 1}


@pytest.fixture
def open_links(house: House) -> ReminderSettings:
    """The agency lets its links open without signing in."""
    return ReminderSettings.objects.create(agency=house.agency, open_links=True)


def link(house: House, duty: Duty, who: str = "truong", **more: Any) -> str:
    return answer_path(duty_id=duty.pk, user_id=house.people[who].pk, **more)


def untouched() -> bool:
    """Whether nothing was reported."""
    return not Report.objects.exists() and set(Duty.objects.values_list("state", "revision")) == {("open", 1)}


def test_a_stranger_is_sent_to_sign_in_and_comes_back(client: Client, house: House, owing: Owing) -> None:
    path = link(house, owing.duty())
    sign_in = f"{reverse('account_login')}?next={quote(path)}"
    assert [client.get(path)["Location"], client.post(path, ANSWER)["Location"]] == [sign_in, sign_in]
    assert untouched()


def test_signed_in_it_asks_one_question_and_keeps_the_answer(client: Client, house: House, owing: Owing) -> None:
    path = link(house, owing.duty())
    client.force_login(house["truong"])
    assert client.get(path).status_code == 200
    assert client.post(path, ANSWER)["Location"] == reverse("duties:answered")
    assert [(r.author_name, r.by_link) for r in Report.objects.all()] == [("Ngô Văn Thắng", False)]


def test_where_the_agency_opens_its_links_it_answers_without_signing_in(
    client: Client, house: House, owing: Owing, open_links: ReminderSettings
) -> None:
    path = link(house, owing.duty(), "lan")
    assert client.get(path).status_code == 200
    assert client.post(path, ANSWER)["Location"] == reverse("duties:answered")
    assert client.get(reverse("duties:answered")).status_code == 200
    assert [(r.author_name, r.by_link) for r in Report.objects.all()] == [("Phan Thị Lan", True)]
    assert "sessionid" not in client.cookies


def test_an_open_link_opens_nothing_else(
    client: Client, house: House, owing: Owing, open_links: ReminderSettings
) -> None:
    duty = owing.duty()
    client.get(link(house, duty))
    login = reverse("account_login")
    for name in ("detail", "report", "hand_over", "ask", "return"):
        address = reverse(f"duties:{name}", args=[duty.pk])
        assert client.post(address, ANSWER)["Location"].split("?")[0] == login
    assert untouched()


def test_an_open_link_still_wants_the_token_of_its_form(
    house: House, owing: Owing, open_links: ReminderSettings
) -> None:
    client = Client(enforce_csrf_checks=True)
    path = link(house, owing.duty())
    client.get(path)
    assert client.post(path, ANSWER).status_code == 403
    token = client.cookies["csrftoken"].value
    assert client.post(path, {**ANSWER, "csrfmiddlewaretoken": token}).status_code == 302


def test_a_wrong_answer_is_told_beside_its_field(
    client: Client, house: House, owing: Owing, open_links: ReminderSettings
) -> None:
    response = client.post(link(house, owing.duty()), {**ANSWER, "state": "in_progress", "percent": "140"})
    assert response.status_code == 422
    assert dict(response.context["form"].errors) == {"percent": ["Ghi một số từ 0 đến 100."]}
    assert untouched()


def closed(client: Client, path: str) -> tuple[int, int, str]:
    """Status of looking and of answering, and the heading of the page."""
    looked, answered = client.get(path), client.post(path, ANSWER)
    return looked.status_code, answered.status_code, looked.context["title"]


def test_a_tampered_link_opens_nothing(client: Client, house: House, owing: Owing, open_links: Any) -> None:
    path = link(house, owing.duty())
    bent = path[:-3] + ("A" if path[-3] != "A" else "B") + path[-2:]
    for wrong in (bent, reverse("duties:answer", args=["x"]), reverse("duties:answer", args=["WzEsMSwxXQ:x:y"])):
        assert closed(client, wrong) == (404, 404, "Liên kết không đúng")
    assert untouched()


def test_a_token_signed_for_another_purpose_opens_nothing(client: Client, owing: Owing, open_links: Any) -> None:
    token = Signer(salt="another").sign_object([owing.duty().pk, 1, int(NOW.timestamp())])
    assert closed(client, reverse("duties:answer", args=[token]))[0] == 404


def test_after_fourteen_days_it_is_over(client: Client, house: House, owing: Owing, open_links: Any) -> None:
    duty = owing.duty()
    assert client.get(link(house, duty, at=NOW - timedelta(days=13, hours=23))).status_code == 200
    old = link(house, duty, at=NOW - timedelta(days=14, minutes=1))
    assert closed(client, old) == (410, 410, "Liên kết đã hết hạn")
    assert untouched()


def test_once_the_duty_is_done_it_is_used_up(client: Client, house: House, owing: Owing, open_links: Any) -> None:
    path = link(house, owing.duty(), "lan")
    assert client.post(path, {**ANSWER, "state": "in_progress", "percent": "20"}).status_code == 302
    assert client.post(path, {**ANSWER, "revision": 2}).status_code == 302
    assert closed(client, path) == (410, 410, "Liên kết đã dùng")
    assert Report.objects.count() == 2


def test_given_back_the_old_link_stays_used_and_a_new_one_works(
    client: Client, house: House, owing: Owing, open_links: Any
) -> None:
    duty = owing.duty()
    old = link(house, duty, at=NOW - timedelta(days=1))
    owing.report(duty)
    return_report(duty, reason="Thiếu bản ký.", actor=house["thuky"], at=NOW)
    assert closed(client, old)[:2] == (410, 410)
    assert client.get(link(house, duty, at=NOW + timedelta(seconds=1))).status_code == 200


def test_a_person_who_moved_is_told_and_changes_nothing(
    client: Client, house: House, owing: Owing, open_links: Any
) -> None:
    path = link(house, owing.duty(), "lan")
    PositionHolding.objects.filter(user=house["lan"]).update(valid_to=YESTERDAY)
    assert closed(client, path) == (403, 403, "Việc này không còn của anh, chị")
    assert untouched()


def test_a_closed_account_answers_nothing(client: Client, house: House, owing: Owing, open_links: Any) -> None:
    path = link(house, owing.duty(), "lan")
    User.objects.filter(pk=house.people["lan"].pk).update(is_active=False)
    assert closed(client, path) == (403, 403, "Tài khoản đã ngừng")
    assert untouched()


def test_handed_to_somebody_else_it_is_theirs(client: Client, house: House, owing: Owing, open_links: Any) -> None:
    duty = owing.duty()
    path = link(house, duty, "lan")
    owing.handed(duty, "truong")
    assert closed(client, path)[:2] == (403, 403)


def test_a_withdrawn_duty_asks_nothing(client: Client, house: House, owing: Owing, open_links: Any) -> None:
    path = link(house, owing.duty())
    withdraw_duties(house.agency, at=NOW)
    assert closed(client, path)[:2] == (403, 403)


def test_somebody_else_signed_in_on_the_machine_is_turned_away(
    client: Client, house: House, owing: Owing, open_links: Any
) -> None:
    client.force_login(house["thuky"])
    response = client.get(link(house, owing.duty(title="Việc kín")))
    assert (response.status_code, "Việc kín" in response.text, "Ngô Văn Thắng" in response.text) == (403, False, False)


@pytest.mark.parametrize("who", ["truong2", "giamdoc"])
def test_a_link_made_for_somebody_without_a_say_opens_nothing(
    client: Client, house: House, owing: Owing, open_links: Any, who: str
) -> None:
    assert closed(client, link(house, owing.duty(), who))[:2] == (403, 403)


def test_one_machine_may_not_guess_for_ever(client: Client, house: House, owing: Owing, open_links: Any) -> None:
    wrong, right = reverse("duties:answer", args=["x"]), link(house, owing.duty())
    answers = [client.get(wrong).status_code for _ in range(TRIES + 1)]
    assert answers == [404] * TRIES + [429]
    assert client.get(right).status_code == 429


def test_true_links_of_one_office_are_never_too_many(
    client: Client, house: House, owing: Owing, open_links: Any
) -> None:
    path = link(house, owing.duty())
    assert {client.get(path).status_code for _ in range(TRIES + 5)} == {200}


def test_one_link_may_not_answer_for_ever(client: Client, house: House, owing: Owing, open_links: Any) -> None:
    path = link(house, owing.duty())
    answers = [client.post(path, {"state": "xyz"}).status_code for _ in range(TRIES + 1)]
    assert answers == [422] * TRIES + [429]


def test_it_answers_for_somebody_who_never_signed_in_yet(
    client: Client, house: House, owing: Owing, open_links: Any
) -> None:
    person = add_person(house, "hoa", "Nguyễn Thị Hoa", house.units["kh"])
    assert User.objects.get(pk=person.pk).roles_synced_on is None
    assert client.post(link(house, owing.duty(), "hoa"), ANSWER).status_code == 302
    assert User.objects.get(pk=person.pk).roles_synced_on == TODAY
    assert Duty.objects.get().state == DutyState.DONE

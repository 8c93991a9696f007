"""Accounts: made, changed, closed; passwords that nobody else learns."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from qms.organisation.actions import (
    activate_person,
    change_person,
    create_person,
    deactivate_person,
    give_temporary_password,
    send_password_mail,
)
from qms.organisation.models import OrganisationChange, PositionHolding, User

from .cast import NOW, TOMORROW, House


def by(house: House, username: str = "thuky") -> dict[str, Any]:
    return {"actor": house[username], "at": NOW}


def new(house: House, **fields: Any) -> User:
    return create_person(**({"agency": house.agency, "full_name": "Đặng Quốc Bảo"} | by(house) | fields))


def test_an_account_begins_without_a_password(house: House) -> None:
    person = new(house)
    assert (person.username, person.has_usable_password()) == ("dangquocbao", False)


def test_a_login_name_that_is_taken_gets_a_number(house: House) -> None:
    assert [new(house).username for _ in range(3)] == ["dangquocbao", "dangquocbao2", "dangquocbao3"]


def test_a_login_name_is_kept_in_small_letters(house: House) -> None:
    assert new(house, username=" BaoDQ ").username == "baodq"


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"username": "lan"}, "username"),
        ({"email": "LAN@songgiang.example"}, "__all__"),
        ({"email": "không phải thư"}, "email"),
        ({"full_name": ""}, "full_name"),
    ],
)
def test_bad_entries_are_told(house: House, fields: dict[str, str], wrong: str) -> None:
    with pytest.raises(ValidationError) as caught:
        new(house, **fields)
    assert list(caught.value.message_dict) == [wrong]


def test_changing_an_account_keeps_search_in_step(house: House) -> None:
    person = change_person(house["lan"], changes={"full_name": "Phan Thị Lan Anh"}, **by(house))
    assert person.search == "phan thi lan anh lan lan@songgiang.example"


def test_a_changed_mail_is_told_to_the_old_address(house: House, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        change_person(house["lan"], changes={"email": "moi@songgiang.example"}, **by(house))
    assert [(m.to, "moi@songgiang.example" in m.body) for m in mail.outbox] == [(["lan@songgiang.example"], True)]


def test_an_address_no_longer_used_does_not_open_the_account(house: House) -> None:
    person = house["lan"]
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    change_person(person, changes={"email": "moi@songgiang.example"}, **by(house))
    assert EmailAddress.objects.count() == 0


def signed_in(client: Client, person: User) -> Client:
    client.force_login(person)
    client.get(reverse("healthz"))
    return client


def test_closing_an_account_ends_its_sessions(house: House, client: Client) -> None:
    signed_in(client, house["lan"])
    deactivate_person(house["lan"], **by(house))
    assert (UserSession.objects.count(), client.get(reverse("home")).status_code) == (0, 302)


def test_a_closed_account_may_be_opened_again(house: House) -> None:
    deactivate_person(house["lan"], **by(house))
    assert activate_person(house["lan"], **by(house)).is_active is True


def test_nobody_closes_ones_own_account(house: House) -> None:
    with pytest.raises(PermissionDenied):
        deactivate_person(house["thuky"], **by(house))


def test_a_temporary_password_opens_only_the_page_to_change_it(house: House, client: Client) -> None:
    password = give_temporary_password(house["lan"], **by(house))
    client.post(reverse("account_login"), {"login": "lan", "password": password})
    response = client.get(reverse("home"))
    assert (response.status_code, response.url) == (302, reverse("account_change_password"))


def test_an_own_password_opens_the_rest(house: House, client: Client) -> None:
    password = give_temporary_password(house["lan"], **by(house))
    client.post(reverse("account_login"), {"login": "lan", "password": password})
    own = "mùa lúa vàng sông Giang"
    data = {"oldpassword": password, "password1": own, "password2": own}
    client.post(reverse("account_change_password"), data)
    assert User.objects.get(username="lan").must_change_password is False


def test_temporary_passwords_differ_and_can_be_read_out(house: House) -> None:
    first, second = (give_temporary_password(house["lan"], **by(house)) for _ in range(2))
    assert first != second
    assert set(first) <= set("abcdefghkmnpqrstuvwxyz23456789-")


def test_giving_a_password_ends_open_sessions(house: House, client: Client) -> None:
    signed_in(client, house["lan"])
    give_temporary_password(house["lan"], **by(house))
    assert client.get(reverse("home")).status_code == 302


def test_a_password_is_never_recorded(house: House) -> None:
    password = give_temporary_password(house["lan"], **by(house))
    change = OrganisationChange.objects.get()
    assert (change.sentence, password in str(change.__dict__)) == ("cấp mật khẩu tạm cho Phan Thị Lan", False)


def send(house: House, username: str, capture) -> list[str]:
    with capture(execute=True):
        send_password_mail(house[username], link=lambda key: f"https://qms.example/{key}", **by(house))
    return [message.body for message in mail.outbox]


def test_a_mail_lets_the_person_set_a_password(
    house: House, client: Client, django_capture_on_commit_callbacks
) -> None:
    body = send(house, "giamdoc", django_capture_on_commit_callbacks)[0]
    uid, key = body.split("https://qms.example/")[1].split()[0].split("-", 1)
    page = client.get(reverse("account_reset_password_from_key", args=[uid, key]), follow=True)
    own = "mùa lúa vàng sông Giang"
    client.post(page.request["PATH_INFO"], {"password1": own, "password2": own})
    assert house["giamdoc"].check_password(own) is True


def test_without_an_address_no_mail_is_sent(house: House) -> None:
    User.objects.filter(username="lan").update(email="")
    with pytest.raises(ValidationError) as caught:
        send_password_mail(house["lan"], link=str, **by(house))
    assert list(caught.value.message_dict) == ["email"]


def test_whoever_drafts_does_not_choose_where_the_approvers_password_is_sent(house: House) -> None:
    changes = {"email": "thuky2@songgiang.example"}
    with pytest.raises(ValidationError, match="Người soạn kế hoạch không đổi thư của người phê duyệt"):
        change_person(house["giamdoc"], changes=changes, actor=house["thuky"], at=NOW)
    assert change_person(house["giamdoc"], changes=changes, actor=house["quantri"], at=NOW).email == changes["email"]


def test_no_password_is_given_to_whoever_will_approve_from_tomorrow(house: House) -> None:
    person = house["lan"]
    PositionHolding.objects.create(position=house.position("giamdoc"), user=person, valid_from=TOMORROW)
    with pytest.raises(PermissionDenied, match="tự đặt mật khẩu"):
        give_temporary_password(person, actor=house["thuky"], at=NOW)


@pytest.fixture
def no_mail_server(settings: Any) -> None:
    """A port on which nobody listens."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9


@pytest.mark.usefixtures("no_mail_server")
def test_a_mail_that_cannot_be_sent_is_told_and_not_recorded(house: House) -> None:
    with pytest.raises(ValidationError, match="Chưa gửi được thư"):
        send_password_mail(house["lan"], link=str, **by(house))
    assert not OrganisationChange.objects.filter(sentence__contains="gửi thư").exists()


@pytest.mark.usefixtures("no_mail_server")
def test_a_changed_mail_stands_even_where_the_old_address_cannot_be_told(
    house: House, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        change_person(house["lan"], changes={"email": "moi@songgiang.example"}, **by(house))
    assert User.objects.get(username="lan").email == "moi@songgiang.example"

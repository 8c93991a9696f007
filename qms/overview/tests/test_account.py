"""Signing in, second factor and one's own account, as they are seen without a browser."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client
from django.urls import reverse

from qms.organisation.models import Agency, User

PASSWORD = "song-giang-2026"
# Words that would show a page or mail of a library left in English.
ENGLISH = re.compile(r"\b(?:the|you|your|please|password|account|sign|code|key|email address|click|thank)\b", re.I)
ENTRANCE = ["account_login", "account_reset_password", "account_reset_password_done", "account_signup",
            "account_inactive", "account_reset_password_from_key_done", "socialaccount_login_cancelled",
            "socialaccount_login_error"]  # fmt: skip
MINE = ["account_change_password", "account_email", "account_logout", "usersessions_list", "socialaccount_connections",
        "mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn",
        "account_reauthenticate"]  # fmt: skip
PROTECTED = ["mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_index",
             "mfa_reauthenticate"]  # fmt: skip


def words(response) -> str:
    """The text of a page as people read it, without addresses and attributes."""
    html = re.sub(r"<script\b.*?</script>", " ", response.content.decode(), flags=re.S)
    return re.sub(r"<[^>]+>", " ", html)


@pytest.fixture
def person(db: None) -> User:
    agency = Agency.objects.create(code="so", name="Sở Thử nghiệm", abbreviation="STN", place="Sông Giang")
    user = User(username="mai", full_name="Trần Thị Mai", email="mai@stn.vn", agency=agency)
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def signed_in(client: Client, person: User) -> Client:
    """Signed in by the form, and confirmed once more as the pages of the second factor ask."""
    client.post(reverse("account_login"), {"login": "mai", "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("name", ENTRANCE)
def test_an_open_page_is_in_vietnamese(client: Client, name: str) -> None:
    assert ENGLISH.findall(words(client.get(reverse(name)))) == []


@pytest.mark.parametrize("name", MINE)
def test_a_page_of_ones_account_is_in_vietnamese(signed_in: Client, name: str) -> None:
    response = signed_in.get(reverse(name))
    assert (response.status_code, ENGLISH.findall(words(response))) == (200, [])


@pytest.mark.parametrize("name", PROTECTED)
def test_a_page_of_the_second_factor_is_in_vietnamese(signed_in: Client, person: User, name: str) -> None:
    TOTP.activate(person, generate_totp_secret())
    RecoveryCodes.activate(person)
    response = signed_in.get(reverse(name))
    assert (response.status_code, ENGLISH.findall(words(response))) == (200, [])


@pytest.mark.parametrize("login", ["mai", "MAI@stn.vn"])
def test_one_signs_in_by_name_or_address(client: Client, person: User, login: str) -> None:
    response = client.post(reverse("account_login"), {"login": login, "password": PASSWORD})
    assert (response.status_code, response["Location"]) == (302, "/")


def test_a_wrong_password_is_told_without_telling_whether_the_name_exists(client: Client, person: User) -> None:
    told = [
        words(client.post(reverse("account_login"), {"login": login, "password": "sai"})) for login in ("mai", "ma")
    ]
    assert all("Tên đăng nhập hoặc mật khẩu chưa đúng." in page for page in told)


def test_guessing_is_stopped(client: Client, person: User) -> None:
    for _ in range(6):
        response = client.post(reverse("account_login"), {"login": "mai", "password": "sai"})
    assert "Đã nhập sai quá nhiều lần." in words(response)


def set_anew(client: Client, password: str) -> str:
    """Walk the way of a forgotten password; the link of the mail."""
    client.post(reverse("account_reset_password"), {"email": "mai@stn.vn"})
    link = re.search(r"http\S+/mat-khau/quen/\S+", mail.outbox[0].body).group()
    page = client.get(link, follow=True)
    client.post(page.request["PATH_INFO"], {"password1": password, "password2": password})
    return link


def test_a_forgotten_password_is_set_anew_by_mail(client: Client, person: User) -> None:
    set_anew(client, "mot-hai-ba-bon-nam")
    person.refresh_from_db()
    assert person.check_password("mot-hai-ba-bon-nam")


def test_an_unknown_address_gets_a_mail_that_says_so(client: Client, person: User) -> None:
    client.post(reverse("account_reset_password"), {"email": "ai@stn.vn"})
    (sent,) = mail.outbox
    assert sent.subject == "[Quản lý chất lượng] Chưa có tài khoản"
    assert "không có tài khoản nào dùng địa chỉ này" in sent.body


def test_a_used_link_offers_a_new_one(client: Client, person: User) -> None:
    link = set_anew(client, "mot-hai-ba-bon-nam")
    assert "Liên kết này đã được dùng hoặc đã hết hạn." in words(client.get(link, follow=True))


def test_a_changed_password_is_told_by_mail(signed_in: Client, person: User) -> None:
    new = {"oldpassword": PASSWORD, "password1": "mot-hai-ba-bon-nam", "password2": "mot-hai-ba-bon-nam"}
    signed_in.post(reverse("account_change_password"), new)
    (sent,) = mail.outbox
    assert (sent.subject, sent.to) == ("[Quản lý chất lượng] Mật khẩu đã được đổi", ["mai@stn.vn"])
    assert ENGLISH.findall(re.sub(r"http\S+", "", sent.body)) == []


def test_a_short_password_is_refused_in_vietnamese(signed_in: Client) -> None:
    new = {"oldpassword": PASSWORD, "password1": "x1y2", "password2": "x1y2"}
    assert "Mật khẩu quá ngắn, cần ít nhất 10 ký tự." in words(signed_in.post(reverse("account_change_password"), new))


def test_the_second_factor_is_asked_after_the_password(client: Client, person: User) -> None:
    TOTP.activate(person, generate_totp_secret())
    page = client.post(reverse("account_login"), {"login": "mai", "password": PASSWORD}, follow=True)
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert page.request["PATH_INFO"] == reverse("mfa_authenticate")
    assert "Mã chưa đúng hoặc đã hết hạn." in words(wrong)
    assert "_auth_user_id" not in client.session


def test_a_recovery_code_opens_once(client: Client, person: User) -> None:
    TOTP.activate(person, generate_totp_secret())
    code = RecoveryCodes.activate(person).get_unused_codes()[0]
    outcomes = []
    for _ in range(2):
        client.post(reverse("account_login"), {"login": "mai", "password": PASSWORD})
        client.post(reverse("mfa_authenticate"), {"code": code})
        outcomes.append("_auth_user_id" in client.session)
        client.post(reverse("account_logout"))
    assert outcomes == [True, False]


def test_turning_the_second_factor_off_is_told_by_mail(signed_in: Client, person: User) -> None:
    TOTP.activate(person, generate_totp_secret())
    signed_in.post(reverse("mfa_deactivate_totp"))
    assert [sent.subject for sent in mail.outbox] == ["[Quản lý chất lượng] Đã tắt ứng dụng xác thực"]
    assert Authenticator.objects.count() == 0


def test_nobody_signs_up(client: Client, db: None) -> None:
    form = {"username": "la", "email": "la@x.vn", "password1": PASSWORD, "password2": PASSWORD}
    response = client.post(reverse("account_signup"), form)
    assert "Tài khoản do cơ quan cấp" in words(response)
    assert User.objects.count() == 0


def test_ones_address_is_shown_and_not_changed(signed_in: Client, person: User) -> None:
    page = signed_in.get(reverse("account_email"))
    refused = signed_in.post(reverse("account_email"), {"email": "khac@x.vn", "action_add": ""})
    assert "mai@stn.vn" in words(page)
    assert refused.status_code == 405


def other_session(person: User) -> UserSession:
    """The same person elsewhere."""
    elsewhere = Client(HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Firefox/130.0")
    elsewhere.post(reverse("account_login"), {"login": person.username, "password": PASSWORD})
    return UserSession.objects.get(session_key=elsewhere.session.session_key)


def test_sessions_are_listed_by_browser(signed_in: Client, person: User) -> None:
    other_session(person)
    assert "Firefox trên Windows" in words(signed_in.get(reverse("usersessions_list")))


def test_one_other_session_is_ended(signed_in: Client, person: User) -> None:
    other, third = other_session(person), other_session(person)
    signed_in.post(reverse("session_end", args=[other.pk]))
    assert set(UserSession.objects.values_list("session_key", flat=True)) == {
        third.session_key,
        signed_in.session.session_key,
    }
    assert not other.exists()


def test_ending_ones_own_session_signs_out(signed_in: Client, person: User) -> None:
    mine = UserSession.objects.get(user=person)
    response = signed_in.post(reverse("session_end", args=[mine.pk]))
    assert (response["Location"], "_auth_user_id" in signed_in.session) == (reverse("account_login"), False)


def test_a_session_of_somebody_else_is_unknown(signed_in: Client, person: User) -> None:
    colleague = User.objects.create(username="hoa", full_name="Lê Thị Hoa", agency=person.agency)
    theirs = UserSession.objects.create(user=colleague, ip="10.0.0.1", session_key="k" * 32, user_agent="x")
    response = signed_in.post(reverse("session_end", args=[theirs.pk]))
    assert (response.status_code, UserSession.objects.filter(pk=theirs.pk).exists()) == (404, True)

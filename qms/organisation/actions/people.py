"""Writes about people and their accounts."""

import logging
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string

from qms.text import fold, one_line

from ..access import require
from ..models import Agency, User
from ..rules import (
    why_not_change_mail,
    why_not_change_person,
    why_not_deactivate,
    why_not_give_password,
    why_not_manage,
)
from .common import day_of, lock, record, refuse, save

log = logging.getLogger(__name__)

EDITABLE = frozenset({"username", "full_name", "email", "phone"})
# Without letters and digits that are mistaken for one another when read out.
_READABLE = "abcdefghkmnpqrstuvwxyz23456789"


@transaction.atomic
def create_person(
    *, agency: Agency, full_name: str, username: str = "", email: str = "", phone: str = "", actor: User, at: datetime
) -> User:
    """An account without a password: the person sets one by mail, or gets a temporary one."""
    require(why_not_manage(agency, actor))
    person = User(agency=agency, full_name=one_line(full_name), email=email, phone=phone)
    person.username = _login_name(username) or free_username(full_name)
    person.set_unusable_password()
    save(person)
    record(agency=agency, actor=actor, at=at, sentence=f"tạo tài khoản {person.username} cho {person}", person=person)
    return person


def free_username(full_name: str) -> str:
    """ "Trần Thị Mai" → "tranthimai", with a number behind it where that is taken."""
    base = "".join(c for c in fold(full_name) if c.isalnum())[:90] or "nguoidung"
    taken = set(User.objects.filter(username__startswith=base).values_list("username", flat=True))
    return next(name for n in range(1, len(taken) + 3) if (name := base if n == 1 else f"{base}{n}") not in taken)


def _login_name(text: str) -> str:
    return one_line(text).casefold()


@transaction.atomic
def change_person(person: User, *, changes: dict[str, Any], actor: User, at: datetime) -> User:
    """Name, login name, mail and telephone. A changed mail is told to the old address: it can open the account."""
    require(why_not_change_person(person, actor))
    person = lock(person)
    old_email = person.email
    for field in EDITABLE & changes.keys():
        setattr(person, field, one_line(changes[field]))
    if person.email != old_email and (reason := why_not_change_mail(person, actor, on=day_of(at))):
        refuse("email", reason)
    person.username = _login_name(person.username)
    save(person)
    record(agency=person.agency, actor=actor, at=at, sentence=f"sửa tài khoản của {person}", person=person)
    if old_email and old_email != person.email:
        EmailAddress.objects.filter(user=person).delete()  # the library's own list opens the account as well
        _tell_old_address(old_email, person=person, actor=actor, at=at)
    return person


def _tell_old_address(address: str, **context: Any) -> None:
    """Once the change stands; a mail server that is down is logged and does not undo it."""
    subject, template = "Địa chỉ thư của tài khoản đã đổi", "organisation/mail/email_changed.txt"
    transaction.on_commit(lambda: _mail(address, subject, template, **context), robust=True)


@transaction.atomic
def deactivate_person(person: User, *, actor: User, at: datetime) -> User:
    """Close the account now: no sign-in, and every open session ends."""
    require(why_not_deactivate(person, actor))
    return _set_active(person, False, "ngừng", actor, at)


@transaction.atomic
def activate_person(person: User, *, actor: User, at: datetime) -> User:
    """Open the account again."""
    require(why_not_change_person(person, actor))
    return _set_active(person, True, "mở lại", actor, at)


def _set_active(person: User, active: bool, verb: str, actor: User, at: datetime) -> User:
    person = lock(person)
    person.is_active = active
    person.save(update_fields=["is_active"])
    if not active:
        end_sessions(person)
    record(agency=person.agency, actor=actor, at=at, sentence=f"{verb} tài khoản của {person}", person=person)
    return person


def end_sessions(person: User) -> None:
    """Sign the person out everywhere."""
    for session in UserSession.objects.filter(user=person):
        session.end()


@transaction.atomic
def give_temporary_password(person: User, *, actor: User, at: datetime) -> str:
    """A password to be told to the person, good only for choosing an own one. Every open session ends."""
    require(why_not_give_password(person, actor, on=day_of(at)))
    person = lock(person)
    if not person.is_active:
        raise ValidationError("Tài khoản đã ngừng hoạt động.")
    password = "-".join("".join(secrets.choice(_READABLE) for _ in range(4)) for _ in range(3))
    person.set_password(password)
    person.must_change_password = True
    person.save(update_fields=["password", "must_change_password"])
    end_sessions(person)
    record(agency=person.agency, actor=actor, at=at, sentence=f"cấp mật khẩu tạm cho {person}", person=person)
    return password


def send_password_mail(person: User, *, link: Callable[[str], str], actor: User, at: datetime) -> None:
    """Mail the person a link to set a password. `link` makes an address of the key.

    Raises PermissionDenied, or ValidationError where there is no address or the mail server takes no mail; recorded
    only once it is sent.
    """
    require(why_not_change_person(person, actor))
    if not person.is_active:
        raise ValidationError("Tài khoản đã ngừng hoạt động.")
    if not person.email:
        refuse("email", "Người này chưa có thư điện tử.")
    key = f"{user_pk_to_url_str(person)}-{default_token_generator.make_token(person)}"
    days = settings.PASSWORD_RESET_TIMEOUT // 86_400
    template = "organisation/mail/set_password.txt"
    try:
        _mail(person.email, "Đặt mật khẩu", template, person=person, actor=actor, link=link(key), days=days)
    except OSError as error:  # every failure of SMTP is one
        log.exception("Máy chủ thư không nhận thư")
        raise ValidationError("Chưa gửi được thư: máy chủ thư không nhận. Thử lại sau ít phút.") from error
    record(agency=person.agency, actor=actor, at=at, sentence=f"gửi thư đặt mật khẩu cho {person}", person=person)


def _mail(address: str, subject: str, template: str, **context: Any) -> None:
    text = render_to_string(template, {**context, "site_name": settings.SITE_NAME})
    send_mail(f"{settings.SITE_NAME}: {subject}", text, settings.DEFAULT_FROM_EMAIL, [address])

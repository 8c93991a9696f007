"""What stands in the one mail of a day: its lines in order, its subject, HTML and plain text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from email.utils import formataddr, parseaddr
from itertools import groupby

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse

from qms.organisation.models import User
from qms.text import weekday_date

from .about import subject_of
from .models import Category, Digest, Message, Preference

_MOST_LINES = 50
_LONGEST_SUBJECT = 110
LATE, TODAY, SOON = "Quá hạn", "Đến hạn hôm nay", "Sắp đến hạn"


@dataclass(frozen=True)
class Line:
    """One thing to know: under which heading, what, due when, why, and the full address where it is dealt with."""

    heading: str
    title: str
    due_on: date | None
    why: str
    link: str


def wanted_lines(digest: Digest, preference: Preference | None) -> list[Line]:
    """The lines of that mail, the most urgent first.

    Left out: kinds the person does not want by mail, things that were settled meanwhile, and of several messages
    about one thing all but the latest.
    """
    muted = preference.muted if preference else []
    messages = list(digest.messages.exclude(category__in=muted).order_by("pk"))
    matter = _still_matter(messages)
    latest = {(m.about, m.about_id, m.category) if m.about else m.pk: m for m in messages}
    kept = [m for m in latest.values() if not m.about or (m.about, m.about_id) in matter]
    kept.sort(key=lambda m: (m.due_on or date.max, list(Category).index(m.category), m.pk))
    return [_line(message, digest) for message in kept]


def _still_matter(messages: Iterable[Message]) -> set[tuple[str, int]]:
    ids: dict[str, set[int]] = {}
    for message in messages:
        if message.about:
            ids.setdefault(message.about, set()).add(message.about_id)
    return {(name, pk) for name, asked in ids.items() for pk in _asked(name, asked)}


def _asked(name: str, ids: set[int]) -> set[int]:
    subject = subject_of(name)
    return subject.still_matters(ids) if subject else ids


def _line(message: Message, digest: Digest) -> Line:
    subject = subject_of(message.about)
    path = subject.address(message.about_id, digest.user_id) if subject else ""
    path = path or message.url or reverse("notifications:inbox")
    return Line(_heading(message, digest.day), message.title, message.due_on, message.body, settings.SITE_URL + path)


def _heading(message: Message, day: date) -> str:
    if message.due_on is None:
        return message.get_category_display().capitalize()
    if message.due_on == day:
        return TODAY
    return LATE if message.due_on < day else SOON


def digest_mail(digest: Digest, lines: list[Line], connection: BaseEmailBackend) -> EmailMultiAlternatives:
    """The mail, ready to be sent. Its Message-ID is that of the digest: sent twice, it is still one mail."""
    preferences = settings.SITE_URL + reverse("notifications:preferences")
    context = {
        "person": digest.user, "day": digest.day, "sections": list(_sections(lines[:_MOST_LINES])),
        "more": max(0, len(lines) - _MOST_LINES), "site_name": settings.SITE_NAME, "preferences": preferences,
        "inbox": settings.SITE_URL + reverse("notifications:inbox"),
    }  # fmt: skip
    mail = EmailMultiAlternatives(
        subject=subject_line(lines, digest.day),
        body=render_to_string("notifications/mail/digest.txt", context),
        from_email=_sender(),
        to=[formataddr((digest.user.full_name, digest.user.email))],
        connection=connection,
        headers={
            "Message-ID": f"<digest-{digest.pk}-{digest.day:%Y%m%d}@{settings.MAIL_DOMAIN}>",
            "List-Unsubscribe": f"<{preferences}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(render_to_string("notifications/mail/digest.html", context), "text/html")
    return mail


def _sections(lines: Iterable[Line]) -> Iterator[tuple[str, list[Line]]]:
    for heading, same in groupby(lines, key=lambda line: line.heading):
        yield heading, list(same)


def subject_line(lines: list[Line], day: date) -> str:
    """ "Quá hạn: Rà soát mục tiêu" for one line, "4 việc: 1 quá hạn, 3 sắp đến hạn (thứ Năm 05/03/2026)" for more."""
    if len(lines) == 1:
        return _cut(f"{lines[0].heading}: {lines[0].title}")
    counts = [f"{len(same)} {heading.lower()}" for heading, same in _sections(lines)]
    return _cut(f"{len(lines)} việc: {', '.join(counts)} ({weekday_date(day)})")


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_SUBJECT else f"{text[: _LONGEST_SUBJECT - 1].rstrip()}…"


def _sender() -> str:
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((name or settings.SITE_NAME, address))


def why_not_mail(user: User, preference: Preference | None, lines: list[Line]) -> str:
    """Why this person gets no mail today, or ""; the inbox has everything all the same."""
    if not user.is_active:
        return "tài khoản đã ngừng"
    if not user.email:
        return "không có địa chỉ thư"
    if preference and not preference.mail:
        return "đã chọn không nhận thư"
    return "" if lines else "không còn việc phải báo qua thư"

"""The one mail of a person on a day.

The digest row is claimed before the mail leaves and marked after; messages hang on it in the same transaction. A worker
killed in between leaves a claim that the next run takes up again, so nothing is lost; a mail that had already left may
then leave once more under the same Message-ID, and the ledger still counts one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string

from qms.organisation.models import User

from .models import Digest, Message, Preference

_MOST_LINES = 50


@dataclass
class Outcome:
    """How many digests were sent, were not wanted, or failed, and why."""

    sent: int = 0
    skipped: int = 0
    failed: int = 0
    errors: list[str] | None = None


def send_digests(day: date, *, at: datetime, dry_run: bool = False) -> Outcome:
    """Send every person with news one mail, at most one for that day. With `dry_run` only count."""
    outcome = Outcome(errors=[])
    for user_id in _people_with_news(day):
        if dry_run:
            outcome.sent += 1
        else:
            _send_one(user_id, day, at, outcome)
    return outcome


def _people_with_news(day: date) -> Iterator[int]:
    """People with undigested messages and no mail sent for that day, in a stable order."""
    sent = Digest.objects.filter(day=day, state=Digest.State.SENT).values("user_id")
    waiting = Message.objects.filter(digest__isnull=True, user__is_active=True).exclude(user_id__in=sent)
    return waiting.order_by("user_id").values_list("user_id", flat=True).distinct().iterator(chunk_size=500)


def _send_one(user_id: int, day: date, at: datetime, outcome: Outcome) -> None:
    with transaction.atomic():
        digest = _claim(user_id, day, at)
        if digest is None:
            return
        user = User.objects.get(pk=user_id)
        messages = list(_undigested(user))
        if not messages or not user.email:
            outcome.skipped += 1
            return
        try:
            _mail(user, day, messages)
        except (OSError, SMTPException) as error:
            digest.state, digest.error = Digest.State.FAILED, f"{type(error).__name__}: {error}"[:300]
            digest.save()
            outcome.failed += 1
            outcome.errors.append(f"{user}: {digest.error}")
            return
        digest.state, digest.sent_at, digest.error = Digest.State.SENT, at, ""
        digest.save()
        Message.objects.filter(pk__in=[m.pk for m in messages], digest__isnull=True).update(digest=digest)
        outcome.sent += 1


def _claim(user_id: int, day: date, at: datetime) -> Digest | None:
    """The locked digest row of that person and day; None when another run holds it or it has been sent."""
    Digest.objects.get_or_create(user_id=user_id, day=day, defaults={"claimed_at": at})
    held = Digest.objects.select_for_update(skip_locked=True).filter(user_id=user_id, day=day)
    digest = held.exclude(state=Digest.State.SENT).first()
    if digest is not None:
        digest.attempts += 1
        digest.claimed_at = at
    return digest


def _undigested(user: User) -> list[Message]:
    preference = Preference.objects.filter(user=user).first()
    if preference and not preference.mail:
        return []
    muted = preference.muted if preference else []
    return list(Message.objects.filter(user=user, digest__isnull=True).exclude(category__in=muted).order_by("pk"))


def _mail(user: User, day: date, messages: list[Message]) -> None:
    context = {
        "user": user, "day": day, "messages": messages[:_MOST_LINES], "more": max(0, len(messages) - _MOST_LINES),
        "site": settings.SITE_URL,
    }  # fmt: skip
    mail = EmailMultiAlternatives(
        subject=f"{len(messages)} việc cần biết, {day:%d/%m/%Y}",
        body=render_to_string("notifications/digest.txt", context),
        to=[user.email],
        headers={"Message-ID": f"<digest-{user.pk}-{day:%Y%m%d}@{settings.MAIL_DOMAIN}>"},
    )
    mail.attach_alternative(render_to_string("notifications/digest.html", context), "text/html")
    mail.send()

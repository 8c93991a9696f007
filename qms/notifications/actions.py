"""Telling people: `notify` is the only way to make a message."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from qms.organisation.models import User

from .models import Category, Message, Preference, ReminderRun


@dataclass(frozen=True)
class Telling:
    """One message to one person. `key` makes it unique for ever."""

    user_id: int
    agency_id: int
    category: Category
    key: str
    title: str
    body: str = ""
    url: str = ""


def notify(tellings: Iterable[Telling], *, at: datetime, run: ReminderRun | None = None) -> int:
    """Make the messages that do not exist yet; returns how many were new. Safe to repeat and to run twice at once."""
    rows = {t.key: t for t in tellings}
    known = set(Message.objects.filter(key__in=rows).values_list("key", flat=True))
    fresh = [t for key, t in rows.items() if key not in known]
    Message.objects.bulk_create(
        (
            Message(
                agency_id=t.agency_id, user_id=t.user_id, category=t.category, key=t.key, title=t.title[:300],
                body=t.body, url=t.url, created_at=at, run=run,
            )
            for t in fresh
        ),
        ignore_conflicts=True,
    )  # fmt: skip
    return len(fresh)


def read_message(message: Message, *, at: datetime) -> None:
    """Mark as read, once."""
    Message.objects.filter(pk=message.pk, read_at__isnull=True).update(read_at=at)


def read_all(user: User, *, at: datetime) -> int:
    """Mark everything of a person as read; returns how many were unread."""
    return Message.objects.filter(user=user, read_at__isnull=True).update(read_at=at)


def set_preference(user: User, *, mail: bool, muted: Iterable[str]) -> Preference:
    """What a person wants by mail; the inbox always shows everything."""
    chosen = [category for category in Category.values if category in set(muted)]
    preference, _ = Preference.objects.update_or_create(user=user, defaults={"mail": mail, "muted": chosen})
    return preference

"""Telling people: `notify` is the only way to make a message."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from qms.organisation.models import User

from .models import Category, Message, Preference, ReminderRun


@dataclass(frozen=True)
class Telling:
    """One message to one person. `key` makes it unique for ever.

    `title` says what, `body` why this person is told. `about`, `about_id` name the thing it speaks of (`about.py`).
    """

    user_id: int
    agency_id: int
    category: Category
    key: str
    title: str
    body: str = ""
    url: str = ""
    about: str = ""
    about_id: int | None = None
    due_on: date | None = None

    def as_message(self, *, at: datetime, run: ReminderRun | None) -> Message:
        """The row, not saved."""
        message = Message(
            agency_id=self.agency_id, user_id=self.user_id, category=self.category, key=self.key,
            title=self.title[:300], body=self.body, url=self.url, about=self.about, about_id=self.about_id,
            due_on=self.due_on, created_at=at, run=run,
        )  # fmt: skip
        message.search = message.folded
        return message


def fresh_only(tellings: Iterable[Telling]) -> list[Telling]:
    """Those that nobody was told yet, each key once. One query."""
    rows = {telling.key: telling for telling in tellings}
    known = set(Message.objects.filter(key__in=rows).values_list("key", flat=True))
    return [telling for key, telling in rows.items() if key not in known]


def notify(tellings: Iterable[Telling], *, at: datetime, run: ReminderRun | None = None) -> int:
    """Make the messages that do not exist yet; returns how many were new. Safe to repeat and to run twice at once.

    Called inside a transaction, the messages stand or fall with it; the mail goes with the next digest.
    """
    fresh = fresh_only(tellings)
    Message.objects.bulk_create((one.as_message(at=at, run=run) for one in fresh), ignore_conflicts=True)
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

"""The one mail of a person on a day: claimed, sent, marked.

1. Claim, in a short transaction: the digest row of that person and day is locked, every message that has not been
   mailed is hung on it, and the claim is committed with its time.
2. Send, in no transaction: no row is locked while a mail server thinks.
3. Mark as sent, not wanted, or failed with the reason.

A worker killed after 1 leaves a claim; when its lease (`REMINDER_LEASE`) is over, the next look sends the same
messages under the same Message-ID. So nothing is lost and the ledger has one row per person and day. What SMTP cannot
give: killed between the server's yes and step 3, the mail leaves a second time, as the same message.
A digest that failed is tried again at the next look; on another day its messages move to that day's digest.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.filebased import EmailBackend as FileBackend
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from qms.organisation.models import Agency, User
from qms.text import short_date

from .mail import digest_mail, wanted_lines, why_not_mail
from .models import Digest, Message, Preference

State = Digest.State
OPEN = (State.CLAIMED, State.FAILED)
SETTLED = (State.SENT, State.SKIPPED)
_MOST_ERRORS = 20
_GIVE_UP_AFTER = 5  # mails in a row that the server did not take: it is down, the rest waits for the next look


@dataclass
class Outcome:
    """How many duties were looked at; how many people were sent a mail, not meant to get one, not reached, and why."""

    considered: int = 0
    sent: int = 0
    skipped: int = 0
    failed: int = 0
    errors: list[str] = field(default_factory=list)

    def add(self, other: "Outcome") -> None:
        """Count another one in."""
        self.considered += other.considered
        self.sent += other.sent
        self.skipped += other.skipped
        self.failed += other.failed
        self.errors = (self.errors + other.errors)[:_MOST_ERRORS]

    def counts(self) -> dict[str, int]:
        """The four numbers by name."""
        return {name: getattr(self, name) for name in ("considered", "sent", "skipped", "failed")}


def people_with_news(agency: Agency, day: date) -> list[int]:
    """Ids of those whom that agency's messages wait for and whose mail of that day is not settled; two queries."""
    settled = Digest.objects.filter(day=day, state__in=SETTLED).values("user")
    news = Message.objects.filter(agency=agency).exclude(user__in=settled).order_by()
    new = news.filter(digest__isnull=True).values_list("user_id", flat=True).distinct()
    open_ones = news.filter(digest__in=Digest.objects.filter(state__in=OPEN)).values_list("user_id", flat=True)
    return sorted({*new, *open_ones.distinct()})


def has_unsettled(agency: Agency) -> bool:
    """Whether a digest with that agency's messages failed or was cut off."""
    return Message.objects.filter(agency=agency, digest__in=Digest.objects.filter(state__in=OPEN)).exists()


def send_digests(agency: Agency, day: date, *, alive: Callable[[], None]) -> Outcome:
    """Send everybody with news one mail, at most one for that day. `alive` is called now and then."""
    outcome = Outcome()
    people = people_with_news(agency, day)
    post = _PostOffice()
    for place, user_id in enumerate(people):
        if post.is_down:
            outcome.failed += len(people) - place
            outcome.errors.append("Máy chủ thư không nhận thư; những người còn lại được gửi ở lần sau.")
            break
        alive()
        digest = claim(user_id, day)
        if digest is not None:
            _settle(digest, post, outcome)
    post.close()
    return outcome


def would_send(agency: Agency, day: date, fresh: dict[int, set[str]]) -> Outcome:
    """What `send_digests` would count, with the kinds of message that people (`fresh`, by id) would get beside.

    Nothing is written. Things settled meanwhile are not looked up, so a retry may count one more than it sends.
    """
    kinds = {user_id: set(found) for user_id, found in fresh.items()}
    waiting = people_with_news(agency, day)
    pending = Message.objects.filter(Q(digest__isnull=True) | Q(digest__state__in=OPEN), user__in=waiting)
    for user_id, category in pending.order_by().values_list("user_id", "category").distinct():
        kinds.setdefault(user_id, set()).add(category)
    settled = set(Digest.objects.filter(day=day, state__in=SETTLED, user__in=kinds).values_list("user_id", flat=True))
    people = User.objects.filter(pk__in=kinds.keys() - settled).select_related("notification_preference")
    wanted = [bool(_wants(person, kinds[person.pk])) for person in people]
    return Outcome(sent=sum(wanted), skipped=len(wanted) - sum(wanted))


def _wants(person: User, kinds: set[str]) -> bool:
    preference = getattr(person, "notification_preference", None)
    if preference and (not preference.mail or kinds <= set(preference.muted)):
        return False
    return bool(person.is_active and person.email)


@transaction.atomic
def claim(user_id: int, day: date) -> Digest | None:
    """The digest of that person and day, with all unmailed messages on it; None where it is settled or in hand."""
    now = timezone.now()
    Digest.objects.bulk_create([Digest(user_id=user_id, day=day, claimed_at=now)], ignore_conflicts=True)
    held = Digest.objects.select_for_update(of=("self",)).filter(Q(day=day) | Q(state__in=OPEN), user_id=user_id)
    rows = list(held.order_by("pk"))
    mine = next(row for row in rows if row.day == day)
    others = [row for row in rows if row is not mine]
    if mine.state in SETTLED or any(_in_hand(row, now) for row in rows):
        return None
    unmailed = Message.objects.filter(Q(digest__isnull=True) | Q(digest__in=others), user_id=user_id)
    unmailed.update(digest=mine)
    for row in others:
        _close(row, State.SKIPPED, f"chuyển sang thư ngày {short_date(day)}. {row.error}".strip())
    mine.state, mine.attempts, mine.claimed_at, mine.error = State.CLAIMED, mine.attempts + 1, now, ""
    mine.save()
    return mine


def _in_hand(digest: Digest, now: datetime) -> bool:
    """Somebody is sending it: claimed, and the lease is not over."""
    lease = timedelta(seconds=settings.REMINDER_LEASE)
    return digest.state == State.CLAIMED and digest.attempts > 0 and digest.claimed_at > now - lease


def _settle(digest: Digest, post: "_PostOffice", outcome: Outcome) -> None:
    preference = Preference.objects.filter(user=digest.user_id).first()
    lines = wanted_lines(digest, preference)
    reason = why_not_mail(digest.user, preference, lines)
    if reason:
        _close(digest, State.SKIPPED, reason)
        outcome.skipped += 1
        return
    error = post.send(digest, lines)
    _close(digest, State.FAILED if error else State.SENT, error)
    outcome.sent += not error
    outcome.failed += bool(error)
    if error:
        outcome.errors = [*outcome.errors, f"{digest.user}: {error}"][:_MOST_ERRORS]


def _close(digest: Digest, state: State, error: str) -> None:
    """Write what became of it; a mail that was sent stays sent whatever a slower worker says."""
    sent_at = timezone.now() if state == State.SENT else None
    rows = Digest.objects.filter(pk=digest.pk).exclude(state=State.SENT)
    rows.update(state=state, error=error[:300], sent_at=sent_at)


class _PostOffice:
    """One connection to the mail server for a whole run; opened again after a failure."""

    def __init__(self) -> None:
        self._connection: BaseEmailBackend = get_connection()
        self._is_open = False
        self._refused = 0

    @property
    def is_down(self) -> bool:
        """Several mails in a row did not go."""
        return self._refused >= _GIVE_UP_AFTER

    def send(self, digest: Digest, lines: list) -> str:
        """Send it; returns why not, or ""."""
        mail = digest_mail(digest, lines, self._connection)
        try:
            if not self._is_open:
                self._connection.open()
                self._is_open = True
            mail.send()
        except (OSError, SMTPException, ValueError) as error:
            self.close()
            self._refused += 1
            return f"{type(error).__name__}: {error}"
        self._refused = 0
        if isinstance(self._connection, FileBackend):
            self.close()
            self._connection = get_connection()  # a file for each mail, so that a mail program opens it
        return ""

    def close(self) -> None:
        """Hang up; a server that is gone cannot be told."""
        self._is_open = False
        try:
            self._connection.close()
        except (OSError, SMTPException):
            self._connection = get_connection()

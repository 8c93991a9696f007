"""Who is told of what happens to a duty: one message each, in the transaction of what happened."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from qms.notifications.actions import Telling, notify
from qms.notifications.models import Category
from qms.organisation.models import User
from qms.text import short_date

from .enums import ExtensionState
from .models import Duty, Extension, HandOver, Report
from .selectors import heads_of, people_who_may


def handed_over(entry: HandOver, *, former: User | None) -> None:
    """The one who was given the duty, and the one who had it."""
    duty = entry.duty
    given = [entry.person_id] if entry.person_id else []
    taken = [former.pk] if former else []
    _tell(duty, given, entry.actor, Category.REMINDER, f"handed-{entry.pk}", f"Được giao: {duty.title}", at=entry.at)
    words = f"{entry.actor} đã giao cho {entry.person or 'đơn vị'}."
    title = f"Không phải làm nữa: {duty.title}"
    _tell(duty, taken, entry.actor, Category.REMINDER, f"taken-{entry.pk}", title, words, at=entry.at)


def returned(duty: Duty, last: Report | None, *, reason: str, actor: User, at: datetime) -> None:
    """Who reported, whoever has the duty now, and the unit's head."""
    people = {last.author_id if last else None, duty.person_id, *heads_of(duty.unit_id, timezone.localdate(at))}
    key = f"returned-{last.pk if last else duty.pk}-{duty.revision}"
    _tell(duty, people, actor, Category.RETURNED, key, f"Bị trả lại: {duty.title}", f"{actor}: {reason}", at=at)


def asked(extension: Extension) -> None:
    """Whoever may decide."""
    duty, at = extension.duty, extension.asked_at
    people = people_who_may("decide_extensions", duty.agency_id, timezone.localdate(at))
    title = f"{duty.unit} xin gia hạn đến {short_date(extension.new_due_on)}: {duty.title}"
    _tell(duty, people, extension.asked_by, Category.DECISION, f"asked-{extension.pk}", title, extension.reason, at=at)


def decided(extension: Extension) -> None:
    """Who asked, whoever has the duty, and the unit's head."""
    duty, at = extension.duty, extension.decided_at
    people = {extension.asked_by_id, duty.person_id, *heads_of(duty.unit_id, timezone.localdate(at))}
    granted = extension.state == ExtensionState.GRANTED
    words = f"Được gia hạn đến {short_date(extension.new_due_on)}" if granted else "Không được gia hạn"
    body = f"{extension.decided_by}: {extension.answer}" if extension.answer else f"{extension.decided_by} đã xét."
    title = f"{words}: {duty.title}"
    _tell(duty, people, extension.decided_by, Category.ANSWER, f"decided-{extension.pk}", title, body, at=at)


def _tell(
    duty: Duty, people: Iterable[int | None], actor: User, category: Category, key: str, title: str,
    body: str = "", *, at: datetime,
) -> None:  # fmt: skip
    """Everybody but the one who did it. The key is unique per person."""
    told = sorted({pk for pk in people if pk} - {actor.pk})
    url = reverse("duties:detail", args=[duty.pk])
    notify(
        [Telling(pk, duty.agency_id, category, f"duty-{key}-{pk}", title, body, url) for pk in told],
        at=at,
    )

"""The calendar feed (RFC 5545) of a person or a unit: every due day as an all-day event.

All-day events, not to-dos: phones and mail programs show those and leave VTODO out. A feed is read without signing in,
by an address that nobody guesses; whoever holds no office any more, or is deactivated, has none.
"""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from icalendar import Calendar, Event

from qms.notifications.models import CalendarFeed, new_secret
from qms.organisation.access import access_of
from qms.organisation.models import PositionHolding, Unit, User
from qms.text import fold

from .audience import ANSWERING, HEADS
from .enums import DutyState
from .models import Duty, DutyQuerySet

_KEPT = timedelta(days=90)
_MOST_EVENTS = 2000


def units_to_subscribe(user: User) -> list[Unit]:
    """The units whose days this person may have in the calendar: those one leads or answers for."""
    access = access_of(user)
    units = access.units_with("answer_for_unit") | access.units_with("lead_unit")
    return list(Unit.objects.filter(pk__in=units).order_by("order", "name"))


@transaction.atomic
def renew_feed(user: User, unit: Unit | None, *, at: datetime) -> CalendarFeed:
    """A new secret address; the old one, if any, stops at once."""
    User.objects.select_for_update().get(pk=user.pk)
    CalendarFeed.objects.filter(user=user, unit=unit).delete()
    return CalendarFeed.objects.create(user=user, unit=unit, secret=new_secret(), created_at=at)


def revoke_feed(user: User, unit: Unit | None) -> None:
    """The address stops at once."""
    CalendarFeed.objects.filter(user=user, unit=unit).delete()


def open_feed(secret: str, *, on: date) -> CalendarFeed | None:
    """The feed of that address, while its owner is active and, for a unit's, holds an office there."""
    feeds = CalendarFeed.objects.filter(secret=secret, user__is_active=True)
    feed = feeds.select_related("user", "unit").first()
    if feed is None or (feed.unit_id and feed.unit_id not in _units_of(feed.user, on, HEADS | ANSWERING)):
        return None
    return feed


def _units_of(user: User, on: date, roles: frozenset[str]) -> set[int]:
    """The units in which the person's positions of that day carry one of the roles."""
    held = PositionHolding.objects.effective(on).filter(user=user).order_by()
    rows = held.values_list("position__unit", "position__roles")
    return {unit_id for unit_id, carried in rows if roles & set(carried)}


def duties_of(feed: CalendarFeed, *, on: date) -> DutyQuerySet:
    """What the feed shows: everything owed with a day, and what was done with a day of the last 90 days.

    A unit's feed has all of the unit; a person's what was handed to the person and, for a head, what the unit
    has not handed on.
    """
    shown = Q(state__in=(DutyState.OPEN, DutyState.IN_PROGRESS)) | Q(state=DutyState.DONE, due_on__gte=on - _KEPT)
    if feed.unit_id:
        mine = Q(unit=feed.unit_id)
    else:
        mine = Q(person=feed.user_id) | Q(person=None, unit__in=_units_of(feed.user, on, HEADS))
    dated = Duty.objects.filter(shown, mine, due_on__isnull=False)
    return dated.select_related("unit", "person").order_by("due_on", "pk")[:_MOST_EVENTS]


def calendar_bytes(feed: CalendarFeed, *, on: date) -> bytes:
    """The calendar as a file. It changes only when a duty does, so that programs need not fetch it again."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.MAIL_DOMAIN}//QMS//VI")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"Việc của {feed.unit or feed.user}")
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for duty in duties_of(feed, on=on):
        calendar.add_component(_event(duty))
    return calendar.to_ical()


def _event(duty: Duty) -> Event:
    event = Event()
    event.add("uid", f"duty-{duty.pk}@{settings.MAIL_DOMAIN}")
    event.add("dtstamp", duty.changed_at)
    event.add("last-modified", duty.changed_at)
    event.add("sequence", duty.revision)
    event.add("dtstart", duty.due_on)
    event.add("dtend", duty.due_on + timedelta(days=1))
    event.add("summary", f"{'Xong' if duty.state == DutyState.DONE else 'Hạn'}: {duty.title}")
    event.add("description", _description(duty))
    event.add("categories", [duty.get_kind_display()])
    event.add("url", settings.SITE_URL + reverse("duties:detail", args=[duty.pk]))
    event.add("transp", "TRANSPARENT")
    return event


def _description(duty: Duty) -> str:
    who = f"{duty.unit.name}, giao {duty.person}" if duty.person else duty.unit.name
    parts = (who, duty.context, duty.period, duty.explanation, f"Đã làm {duty.percent} %.")
    return "\n".join(part for part in parts if part)


def file_name(feed: CalendarFeed) -> str:
    """ "viec-phong-ke-hoach.ics"."""
    return f"viec-{'-'.join(fold(str(feed.unit or feed.user)).split())}.ics"

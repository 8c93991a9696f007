"""The one table of duties: who must do what by when, whatever it comes from.

`source` is the object a duty comes from (a plan task, an objective, an action). `key` names the duty within its source
(unit, part and period), so that opening the same source twice changes nothing.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan
from django.utils import timezone

from qms.organisation.access import access_of
from qms.organisation.models import Agency, PositionHolding, Unit, User
from qms.text import fold

from ..enums import OWED, DutyKind, DutyState

# For aggregates: `Count("pk", filter=ON_TIME)`. A duty that does not apply is neither on time nor late.
ON_TIME = Q(state=DutyState.DONE, closed_on__lte=F("due_on"))
ON_TIME_ORIGINALLY = Q(state=DutyState.DONE, closed_on__lte=F("original_due_on"))


def fell_due(on: date) -> Q:
    """Duties whose punctuality can be judged that day: done with a day to keep, or owed and late. For aggregates."""
    return Q(state=DutyState.DONE, due_on__isnull=False) | Q(state__in=OWED, due_on__lt=on)


class DutyQuerySet(models.QuerySet):
    """Duties."""

    def visible_to(self, user: User | AnonymousUser) -> "DutyQuerySet":
        """What this person's units owe, what was handed to them, and everything where they see the whole progress."""
        access = access_of(user)
        whole = access.agencies_with("see_progress") | access.overseen
        units = access.units_with("answer_for_unit") | access.units_with("lead_unit")
        return self.filter(Q(agency__in=whole) | Q(unit__in=units) | _handed_to(user))

    def answerable_by(self, user: User | AnonymousUser) -> "DutyQuerySet":
        """My work: what was handed to me, what units that I lead owe, and what my unit owes and nobody was given.

        The same as `rules.why_not_report`, as a query.
        """
        return self.filter(answerable(user))

    def owed(self) -> "DutyQuerySet":
        """Open ones, late or not."""
        return self.filter(state__in=OWED)

    def late(self, on: date) -> "DutyQuerySet":
        """Owed, and the last good day has passed."""
        return self.owed().filter(due_on__lt=on)

    def due_soon(self, on: date, *, days: int = 7) -> "DutyQuerySet":
        """Owed, and due within so many calendar days, today included."""
        return self.owed().filter(due_on__gte=on, due_on__lte=on + timedelta(days=days))

    def on_time(self) -> "DutyQuerySet":
        """Done on or before the due day in force, extensions counted."""
        return self.filter(ON_TIME)

    def on_time_originally(self) -> "DutyQuerySet":
        """Done on or before the day first set, extensions not counted."""
        return self.filter(ON_TIME_ORIGINALLY)

    def with_words(self, words: Iterable[str]) -> "DutyQuerySet":
        """Those whose title, context and period hold every (folded) word.

        For rows that are few already: the index that serves the search of everything is left alone, as it would first
        find the word with all agencies.
        """
        return self.filter(*(GreaterThan(StrIndex("search", Value(word)), 0) for word in words))

    def fell_due(self, on: date) -> "DutyQuerySet":
        """Those whose punctuality can be judged that day: the denominator of both rates."""
        return self.filter(fell_due(on))


def answerable(user: User | AnonymousUser) -> Q:
    """The filter of `answerable_by`, for where it stands beside others."""
    access = access_of(user)
    nobodys = Q(unit__in=access.units_with("answer_for_unit"), person__isnull=True)
    return Q(unit__in=access.units_with("lead_unit")) | nobodys | _handed_to(user)


def _handed_to(user: User | AnonymousUser) -> Q:
    """Handed to that person, who still belongs to the unit: whoever moved away leaves the duty behind."""
    held = PositionHolding.objects.effective(timezone.localdate()).filter(user=user.pk)
    return Q(person=user.pk, unit__in=held.order_by().values("position__unit"))


class Duty(models.Model):
    """Something a unit (or one person of it) must do by some day."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="duties")
    content_type = models.ForeignKey(ContentType, models.PROTECT)
    object_id = models.PositiveBigIntegerField()
    source = GenericForeignKey()
    key = models.CharField(max_length=100)
    kind = models.CharField("loại", max_length=20, choices=DutyKind)
    year = models.PositiveSmallIntegerField("năm")
    title = models.TextField("việc")
    context = models.CharField("thuộc", max_length=300, blank=True)
    period = models.CharField("kỳ", max_length=50, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="duties", verbose_name="đơn vị")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="duties", verbose_name="người làm"
    )
    state = models.CharField("trạng thái", max_length=20, choices=DutyState, default=DutyState.OPEN)
    percent = models.PositiveSmallIntegerField("phần trăm", default=0, validators=[MaxValueValidator(100)])
    opens_on = models.DateField("từ ngày", null=True, blank=True)
    due_on = models.DateField("hạn", null=True, blank=True)
    original_due_on = models.DateField("hạn ban đầu", null=True, blank=True)
    explanation = models.TextField("vì sao có hạn này", blank=True)
    waits_for = models.TextField("chờ", blank=True)
    evidence_required = models.BooleanField("phải có minh chứng", default=False)
    closed_on = models.DateField("ngày xong", null=True, blank=True)
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)
    search = models.CharField(max_length=500, editable=False, default="")

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = "việc phải làm"
        ordering = [F("due_on").asc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id", "key"], name="duty_once"),
            models.CheckConstraint(name="duty_percent", condition=Q(percent__lte=100)),
            models.CheckConstraint(
                name="duty_closed_has_day",
                condition=Q(state__in=["done", "not_applicable", "withdrawn"], closed_on__isnull=False)
                | Q(state__in=["dormant", "open", "in_progress"], closed_on__isnull=True),
            ),
            models.CheckConstraint(
                name="duty_percent_agrees",
                condition=Q(state="done", percent=100)
                | Q(state="open", percent=0)
                | (~Q(state__in=["done", "open"]) & Q(percent__lt=100)),
            ),
            models.CheckConstraint(
                name="duty_dormant_has_no_day", condition=~Q(state="dormant") | Q(due_on__isnull=True)
            ),
            models.CheckConstraint(name="duty_dormant_says_why", condition=~Q(state="dormant") | ~Q(waits_for="")),
            models.CheckConstraint(
                name="duty_original_day_kept", condition=Q(due_on__isnull=True) | Q(original_due_on__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "year", "state", "due_on"], name="duty_agency_year"),
            models.Index(fields=["unit", "state", "due_on"], name="duty_unit"),
            models.Index(fields=["person", "state", "due_on"], name="duty_person"),
            models.Index(fields=["due_on"], name="duty_due", condition=Q(state__in=["open", "in_progress"])),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args, **kwargs):
        """Keep the folded search column in step."""
        self.search = fold(f"{self.title} {self.context} {self.period}")[:500]
        super().save(*args, **kwargs)

    def days_late(self, on: date) -> int:
        """Calendar days past the due day; 0 when not late or no longer owed."""
        if self.state not in OWED or self.due_on is None:
            return 0
        return max(0, (on - self.due_on).days)

    @property
    def is_extended(self) -> bool:
        return self.due_on != self.original_due_on

    @property
    def is_owed(self) -> bool:
        return self.state in OWED

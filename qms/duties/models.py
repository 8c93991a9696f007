"""The one table of duties: who must do what by when, whatever it comes from; with reports, evidence and extensions.

`source` is the object a duty comes from (a plan task, an objective, an action). `key` names the duty within its source
(unit, part and period), so that opening the same source twice changes nothing.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.validators import MaxValueValidator, URLValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan
from django.utils import timezone

from qms.files.models import StoredFile
from qms.organisation.access import access_of
from qms.organisation.models import Agency, PositionHolding, Unit, User
from qms.text import fold

from .enums import OWED, DutyKind, DutyState, ExtensionState, UrgingState

# For aggregates: `Count("pk", filter=ON_TIME)`. A duty that does not apply is neither on time nor late.
ON_TIME = Q(state=DutyState.DONE, closed_on__lte=F("due_on"))
ON_TIME_ORIGINALLY = Q(state=DutyState.DONE, closed_on__lte=F("original_due_on"))

WEB_ADDRESS = URLValidator(schemes=["http", "https"], message="Liên kết phải bắt đầu bằng http:// hoặc https://.")


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


class Report(models.Model):
    """One answer to "how far is it": never changed, a newer one follows it.

    `by_link`: given from the link of a mail without signing in, where the agency allows that.
    """

    duty = models.ForeignKey(Duty, models.CASCADE, related_name="reports")
    state = models.CharField(max_length=20, choices=DutyState)
    percent = models.PositiveSmallIntegerField(validators=[MaxValueValidator(100)])
    text = models.TextField("kết quả", blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=100)
    by_link = models.BooleanField("qua liên kết trong thư, không đăng nhập", default=False)
    at = models.DateTimeField()
    returned_reason = models.TextField("lý do trả lại", blank=True)
    returned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    returned_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "báo cáo"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="report_not_applicable_says_why", condition=~Q(state="not_applicable") | ~Q(text="")
            ),
            models.CheckConstraint(
                name="report_percent_agrees",
                condition=Q(state="done", percent=100)
                | Q(state__in=["open", "not_applicable"], percent=0)
                | Q(state="in_progress", percent__lt=100),
            ),
            models.CheckConstraint(
                name="report_return_has_reason",
                condition=Q(returned_at__isnull=True, returned_by__isnull=True, returned_reason="")
                | (Q(returned_at__isnull=False, returned_by__isnull=False) & ~Q(returned_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.author_name}: {self.text}"


class HandOver(models.Model):
    """A duty given to a person of the unit, or (without a person) back to the unit as a whole."""

    duty = models.ForeignKey(Duty, models.CASCADE, related_name="hand_overs")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "giao việc"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"giao cho {self.person}" if self.person else "trả về đơn vị"


class EvidenceQuerySet(models.QuerySet):
    """Evidence."""

    def visible_to(self, user: User | AnonymousUser) -> "EvidenceQuerySet":
        """That of the duties which this person may see."""
        return self.filter(report__duty__in=Duty.objects.visible_to(user))


class Evidence(models.Model):
    """A file or a link that proves a report. `effective_on` is the day it speaks of, apart from the upload's."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="evidence")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="evidence")
    link = models.URLField("liên kết", max_length=500, blank=True, validators=[WEB_ADDRESS])
    effective_on = models.DateField("ngày của minh chứng")

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = "minh chứng"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="evidence_file_or_link",
                condition=Q(file__isnull=False, link="") | (Q(file__isnull=True) & ~Q(link="")),
                violation_error_message="Minh chứng là một tệp hoặc một liên kết.",
            )
        ]

    def __str__(self) -> str:
        return str(self.file) if self.file else self.link


class Extension(models.Model):
    """A request for more time, with its reason and the answer (ISO 9001 6.2.2 d)."""

    duty = models.ForeignKey(Duty, models.CASCADE, related_name="extensions")
    new_due_on = models.DateField("hạn mới")
    previous_due_on = models.DateField("hạn khi xin")
    reason = models.TextField("lý do")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=ExtensionState, default=ExtensionState.ASKED)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField("ý kiến", blank=True)

    class Meta:
        verbose_name = "xin gia hạn"
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["duty"], condition=Q(state="asked"), name="extension_one_open",
                violation_error_message="Việc này đã có một đề nghị gia hạn đang chờ xét.",
            ),
            models.CheckConstraint(
                name="extension_later", condition=Q(new_due_on__gt=F("previous_due_on")),
                violation_error_message="Hạn mới phải sau hạn hiện tại.",
            ),
            models.CheckConstraint(
                name="extension_decided_has_stamp",
                condition=Q(state="asked", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(state="asked") & Q(decided_by__isnull=False, decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="extension_refusal_says_why", condition=~Q(state="refused") | ~Q(answer=""),
                violation_error_message="Ghi lý do không đồng ý.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"gia hạn đến {self.new_due_on:%d/%m/%Y}"


class OccurrenceQuerySet(models.QuerySet):
    """Events."""

    def visible_to(self, user: User | AnonymousUser) -> "OccurrenceQuerySet":
        """Those of the agencies whose content this person may read."""
        return self.filter(agency__in=access_of(user).readable)


class Occurrence(models.Model):
    """An event that wakes dormant duties: what happened, on what day, by what document (ISO 9001 6.2.2 d, 8.2)."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="occurrences")
    content_type = models.ForeignKey(ContentType, models.PROTECT)
    object_id = models.PositiveBigIntegerField()
    source = GenericForeignKey()
    day = models.DateField("ngày xảy ra")
    what = models.TextField("sự kiện")
    reference = models.CharField("văn bản", max_length=300, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        verbose_name = "sự kiện"
        ordering = ["-day", "-pk"]
        indexes = [models.Index(fields=["content_type", "object_id"])]

    def __str__(self) -> str:
        return self.what


class UrgingQuerySet(models.QuerySet):
    """Letters that urge."""

    def visible_to(self, user: User | AnonymousUser) -> "UrgingQuerySet":
        """For whoever follows the duties, signs or gives the number; the units read the paper."""
        access = access_of(user)
        names = ("follow_duties", "approve_plan", "number_document")
        return self.filter(agency__in=frozenset().union(*(access.agencies_with(name) for name in names)))


class UrgingLetter(models.Model):
    """The công văn đôn đốc about duties for which the ladder of reminders has ended (NĐ 30/2020 mẫu 1.5)."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="urging_letters")
    state = models.CharField("trạng thái", max_length=10, choices=UrgingState, default=UrgingState.DRAFT)
    subject = models.CharField("về việc", max_length=200)
    opening = models.TextField("mở đầu")
    request = models.TextField("đề nghị")
    symbol = models.CharField("ký hiệu", max_length=60)
    number = models.CharField("số", max_length=10, blank=True)
    date = models.DateField("ngày ban hành", null=True, blank=True)
    sign_on_behalf = models.CharField(max_length=100, blank=True)
    sign_position = models.CharField(max_length=150, blank=True)
    sign_name = models.CharField(max_length=100, blank=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    revision = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    search = models.CharField(max_length=400, editable=False, default="")

    objects = UrgingQuerySet.as_manager()

    class Meta:
        verbose_name = "công văn đôn đốc"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["agency"], condition=Q(state="draft"), name="urging_one_draft"),
            models.CheckConstraint(
                name="urging_signed_has_stamp",
                condition=Q(state__in=["draft", "dropped"], signed_by__isnull=True, signed_at__isnull=True)
                | Q(state__in=["signed", "issued"], signed_by__isnull=False, signed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="urging_issued_has_number",
                condition=Q(state="issued", date__isnull=False) & ~Q(number="")
                | (~Q(state="issued") & Q(number="", date__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"Công văn {self.number}/{self.symbol}" if self.number else "Dự thảo công văn đôn đốc"

    def save(self, *args, **kwargs):
        """Keep the folded search column in step."""
        self.search = fold(f"{self} {self.subject}")[:400]
        super().save(*args, **kwargs)


class UrgingItem(models.Model):
    """One late duty of a letter; a duty is urged once for each due day."""

    letter = models.ForeignKey(UrgingLetter, models.CASCADE, related_name="items")
    duty = models.ForeignKey(Duty, models.CASCADE, related_name="urgings")
    due_on = models.DateField()

    class Meta:
        verbose_name = "việc được đôn đốc"
        ordering = ["duty__unit__order", "due_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["duty", "due_on"], name="urging_once_a_day_due")]

    def __str__(self) -> str:
        return str(self.duty)

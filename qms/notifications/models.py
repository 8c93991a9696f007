"""What people are told: messages (inbox and mail), preferences, and the ledger of runs.

A message is its own ledger entry: its `key` is unique, so a step repeated, doubled or resumed after a crash is
one message. A digest row is the claim on the one mail a person gets on a day; every message ends up on one.
"""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from qms.text import fold


class Category(models.TextChoices):
    """Kinds of message; each can be switched off for mail, none for the inbox."""

    REMINDER = "reminder", "nhắc việc"
    DECISION = "decision", "việc chờ quyết định"
    RETURNED = "returned", "việc bị trả lại"
    ANSWER = "answer", "kết quả xét, duyệt"
    NEWS = "news", "văn bản mới"


class MessageQuerySet(models.QuerySet):
    """Messages."""

    def visible_to(self, user: "settings.AUTH_USER_MODEL") -> "MessageQuerySet":
        """One's own; nobody reads another person's."""
        return self.filter(user=user.pk)

    def unread(self) -> "MessageQuerySet":
        """Not read yet."""
        return self.filter(read_at__isnull=True)


class Message(models.Model):
    """One message to one person. `key` is unique, so that telling twice is telling once.

    `about` and `about_id` name the thing it speaks of ("duty", 17), for the link in the mail (`about.py`).
    """

    agency = models.ForeignKey("organisation.Agency", models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="messages")
    category = models.CharField(max_length=20, choices=Category)
    key = models.CharField(max_length=200, unique=True)
    title = models.CharField(max_length=300)
    body = models.TextField(blank=True)
    url = models.CharField(max_length=300, blank=True)
    about = models.CharField(max_length=20, blank=True)
    about_id = models.PositiveBigIntegerField(null=True, blank=True)
    due_on = models.DateField("hạn", null=True, blank=True)
    search = models.CharField(max_length=700, editable=False, default="")
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    digest = models.ForeignKey("Digest", models.SET_NULL, null=True, blank=True, related_name="messages")
    run = models.ForeignKey("ReminderRun", models.SET_NULL, null=True, blank=True, related_name="messages")

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = "thông báo"
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["user", "-created_at"]),
            models.Index(fields=["user"], name="message_unread", condition=Q(read_at__isnull=True)),
            models.Index(fields=["agency", "user"], name="message_undigested", condition=Q(digest__isnull=True)),
        ]
        constraints = [
            models.CheckConstraint(
                name="message_about_whole",
                condition=Q(about="", about_id__isnull=True) | (~Q(about="") & Q(about_id__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def folded(self) -> str:
        """What a search looks into."""
        return fold(f"{self.title} {self.body}")[:700]


class Preference(models.Model):
    """What a person wants by mail."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notification_preference")
    mail = models.BooleanField("nhận thư tổng hợp hằng ngày", default=True)
    muted = models.JSONField("loại không nhận qua thư", default=list, blank=True)

    class Meta:
        verbose_name = "tùy chọn thông báo"

    def __str__(self) -> str:
        return f"tùy chọn của {self.user}"


class Digest(models.Model):
    """The one mail of a person on a day. The row is the claim: it is made, and committed, before the mail is sent.

    A claim whose lease ran out without a word belongs to a worker that died; the next look takes it up again.
    """

    class State(models.TextChoices):
        CLAIMED = "claimed", "đang gửi"
        SENT = "sent", "đã gửi"
        SKIPPED = "skipped", "không gửi thư"
        FAILED = "failed", "không gửi được"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="digests")
    day = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.CLAIMED)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    claimed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "thư tổng hợp"
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "day"], name="digest_once_a_day"),
            models.CheckConstraint(
                name="digest_sent_has_stamp",
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="digest_not_sent_says_why", condition=~Q(state__in=["skipped", "failed"]) | ~Q(error="")
            ),
        ]
        indexes = [models.Index(fields=["user"], name="digest_unsettled", condition=Q(state__in=["claimed", "failed"]))]

    def __str__(self) -> str:
        return f"{self.user} {self.day:%d/%m/%Y}"


class ReminderRun(models.Model):
    """One run of an agency's reminders for a day: how many duties were looked at, mails sent, skipped, failed, and why.

    `seen_at` moves while the run is alive; a run without `ended_at` that stopped moving was cut off.
    """

    agency = models.ForeignKey("organisation.Agency", models.CASCADE, related_name="reminder_runs")
    day = models.DateField()
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    considered = models.PositiveIntegerField(default=0)
    sent = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    errors = models.JSONField(default=list)

    class Meta:
        verbose_name = "lần chạy nhắc việc"
        ordering = ["-started_at", "-pk"]
        indexes = [models.Index(fields=["agency", "day"], name="reminder_run_day")]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}"


def default_before() -> list[int]:
    """7, 3 and 1 working days before the due day."""
    return [7, 3, 1]


class ReminderSettings(models.Model):
    """When and how an agency reminds. Days are working days."""

    agency = models.OneToOneField("organisation.Agency", models.CASCADE, related_name="reminder_settings")
    hour = models.PositiveSmallIntegerField("giờ gửi", default=7)
    before = models.JSONField("nhắc trước (ngày làm việc)", default=default_before)
    head_after = models.PositiveSmallIntegerField("báo trưởng đơn vị sau (ngày làm việc)", default=2)
    secretary_after = models.PositiveSmallIntegerField("báo Thư ký ISO sau (ngày làm việc)", default=5)
    leadership_after = models.PositiveSmallIntegerField("báo lãnh đạo sau (ngày làm việc)", default=10)
    open_links = models.BooleanField("mở liên kết trong thư không cần đăng nhập", default=False)

    class Meta:
        verbose_name = "cách nhắc việc"
        constraints = [
            models.CheckConstraint(name="reminder_hour", condition=Q(hour__lte=23)),
            models.CheckConstraint(
                name="reminder_climbs",
                condition=Q(head_after__lte=F("secretary_after"), secretary_after__lte=F("leadership_after")),
            ),
        ]

    def __str__(self) -> str:
        return f"cách nhắc việc của {self.agency}"


def new_secret() -> str:
    """An address nobody guesses."""
    return secrets.token_urlsafe(32)


class CalendarFeed(models.Model):
    """A secret address under which a person's or a unit's days can be read as a calendar."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feeds")
    unit = models.ForeignKey("organisation.Unit", models.CASCADE, null=True, blank=True, related_name="+")
    secret = models.CharField(max_length=64, unique=True, default=new_secret)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = "lịch đăng ký"
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(unit__isnull=True), name="feed_once_per_person"),
            models.UniqueConstraint(
                fields=["user", "unit"], condition=Q(unit__isnull=False), name="feed_once_per_unit"
            ),
        ]

    def __str__(self) -> str:
        return f"lịch của {self.unit or self.user}"

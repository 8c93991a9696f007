"""What people are told: messages (inbox and mail), preferences, and the ledger of runs.

A message is its own ledger entry: its `key` is unique, so a step repeated, doubled or resumed after a crash is
one message. A digest row is the claim on the one mail a person gets on a day.
"""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q


class Category(models.TextChoices):
    """Kinds of message; each can be switched off for mail, none for the inbox."""

    REMINDER = "reminder", "nhắc việc"
    DECISION = "decision", "việc chờ quyết định"
    RETURNED = "returned", "việc bị trả lại"
    ANSWER = "answer", "kết quả xét, duyệt"
    NEWS = "news", "văn bản mới"


class Message(models.Model):
    """One message to one person. `key` is unique, so that telling twice is telling once."""

    agency = models.ForeignKey("organisation.Agency", models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="messages")
    category = models.CharField(max_length=20, choices=Category)
    key = models.CharField(max_length=200, unique=True)
    title = models.CharField(max_length=300)
    body = models.TextField(blank=True)
    url = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    digest = models.ForeignKey("Digest", models.SET_NULL, null=True, blank=True, related_name="messages")
    run = models.ForeignKey("ReminderRun", models.SET_NULL, null=True, blank=True, related_name="messages")

    class Meta:
        verbose_name = "thông báo"
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["user", "-created_at"]),
            models.Index(fields=["user"], name="message_unread", condition=Q(read_at__isnull=True)),
            models.Index(fields=["user"], name="message_undigested", condition=Q(digest__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.title


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
    """The one mail of a person on a day. The row is the claim: it is made before the mail is sent."""

    class State(models.TextChoices):
        CLAIMED = "claimed", "đang gửi"
        SENT = "sent", "đã gửi"
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
            models.CheckConstraint(name="digest_sent_has_stamp", condition=~Q(state="sent") | Q(sent_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.day:%d/%m/%Y}"


class ReminderRun(models.Model):
    """One run of the reminders: for which day, how many were looked at, sent, skipped, failed, and why."""

    day = models.DateField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    considered = models.PositiveIntegerField(default=0)
    sent = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    errors = models.JSONField(default=list)

    class Meta:
        verbose_name = "lần chạy nhắc việc"
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}"


class ReminderSettings(models.Model):
    """When and how an agency reminds. Days are working days."""

    agency = models.OneToOneField("organisation.Agency", models.CASCADE, related_name="reminder_settings")
    hour = models.PositiveSmallIntegerField("giờ gửi", default=7)
    before = models.JSONField("nhắc trước (ngày làm việc)", default=list)
    head_after = models.PositiveSmallIntegerField("báo trưởng đơn vị sau (ngày làm việc)", default=2)
    secretary_after = models.PositiveSmallIntegerField("báo Thư ký ISO sau (ngày làm việc)", default=5)
    leadership_after = models.PositiveSmallIntegerField("báo lãnh đạo sau (ngày làm việc)", default=10)
    open_links = models.BooleanField("mở liên kết trong thư không cần đăng nhập", default=False)

    class Meta:
        verbose_name = "cách nhắc việc"
        constraints = [models.CheckConstraint(name="reminder_hour", condition=Q(hour__lte=23))]

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

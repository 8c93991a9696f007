"""What is said about a duty: reports with their evidence, to whom it was handed, requests for more time."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.validators import MaxValueValidator, URLValidator
from django.db import models
from django.db.models import F, Q

from qms.files.models import StoredFile
from qms.organisation.models import User

from ..enums import DutyState, ExtensionState
from .duties import Duty

WEB_ADDRESS = URLValidator(schemes=["http", "https"], message="Liên kết phải bắt đầu bằng http:// hoặc https://.")


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

"""Letters that urge what is late, and the duties in them."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from qms.organisation.access import access_of
from qms.organisation.models import Agency, User
from qms.text import fold

from ..enums import UrgingState
from .duties import Duty


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

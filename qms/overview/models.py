"""A progress report: the numbers of a period as they stood on a day, the words around them, its way to issue."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from qms.marks import Mark
from qms.organisation.access import access_of
from qms.organisation.models import Agency, User
from qms.text import fold

from .progress_scope import PERIODS


class ReportState(models.TextChoices):
    """Where a report is (NĐ 30/2020 Điều 10–15, the least of steps)."""

    DRAFT = "draft", "dự thảo"
    APPROVAL = "approval", "chờ ký"
    NUMBERING = "numbering", "chờ cấp số"
    ISSUED = "issued", "đã ban hành"
    DROPPED = "dropped", "đã bỏ"


_MARKS = {
    ReportState.DRAFT: Mark("active", "●", "dự thảo"),
    ReportState.APPROVAL: Mark("soon", "▲", "chờ ký"),
    ReportState.NUMBERING: Mark("soon", "▲", "chờ cấp số"),
    ReportState.ISSUED: Mark("done", "✓", "đã ban hành"),
    ReportState.DROPPED: Mark("dormant", "○", "đã bỏ"),
}
_CALLS = {
    ReportState.DRAFT: "Mở để soạn", ReportState.APPROVAL: "Xem, ký", ReportState.NUMBERING: "Cấp số",
}  # fmt: skip


class ReportQuerySet(models.QuerySet):
    """Progress reports."""

    def visible_to(self, user: User | AnonymousUser) -> "ReportQuerySet":
        """Issued ones of the readable agencies; the others where one follows, signs or numbers."""
        access = access_of(user)
        working = ("see_progress", "approve_plan", "number_document")
        inside = frozenset().union(*(access.agencies_with(permission) for permission in working))
        return self.filter(Q(agency__in=access.readable, state=ReportState.ISSUED) | Q(agency__in=inside))

    def waiting_for(self, user: User | AnonymousUser) -> "ReportQuerySet":
        """Those on this person's desk: to be signed (never one's own), numbered, or finished after a return."""
        access = access_of(user)
        to_sign = Q(state=ReportState.APPROVAL, agency__in=access.agencies_with("approve_plan")) & ~Q(author=user.pk)
        to_number = Q(state=ReportState.NUMBERING, agency__in=access.agencies_with("number_document"))
        to_finish = Q(state=ReportState.DRAFT, agency__in=access.agencies_with("follow_duties"))
        return self.filter(to_sign | to_number | to_finish).order_by("changed_at", "pk")


class ProgressReport(models.Model):
    """One report. `data` holds the numbers and every duty behind them (`report_data.ReportData`), never changed later.

    `period` is a key of `progress_scope.PERIODS`; `as_of` the day to whose end the numbers run.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="progress_reports")
    year = models.PositiveSmallIntegerField("năm")
    period = models.CharField("kỳ", max_length=5, choices=[(p.key, p.label) for p in PERIODS.values()])
    as_of = models.DateField("số liệu đến hết ngày")
    state = models.CharField("trạng thái", max_length=20, choices=ReportState, default=ReportState.DRAFT)
    subject = models.CharField("trích yếu", max_length=500)
    conclusions = models.TextField("đánh giá chung", blank=True)
    proposals = models.TextField("kiến nghị, đề xuất", blank=True)
    recipients = models.JSONField("nơi nhận", default=list)
    data = models.JSONField("số liệu")
    issuer = models.CharField(max_length=200)
    superior = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=100)
    symbol = models.CharField("ký hiệu", max_length=100)
    number = models.CharField("số", max_length=20, blank=True)
    date = models.DateField("ngày ban hành", null=True, blank=True)
    sign_on_behalf = models.CharField(max_length=100, blank=True)
    sign_position = models.CharField(max_length=150, blank=True)
    sign_name = models.CharField(max_length=100, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người soạn")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)
    search = models.CharField(max_length=600, editable=False, default="")

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "báo cáo tiến độ"
        ordering = ["-year", "-as_of", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="progress_report_signed_has_stamp",
                condition=Q(state__in=["numbering", "issued"], approved_by__isnull=False, approved_at__isnull=False)
                | (~Q(state__in=["numbering", "issued"]) & Q(approved_by__isnull=True, approved_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="progress_report_issued_has_number",
                condition=(Q(state="issued", date__isnull=False, issued_at__isnull=False) & ~Q(number=""))
                | (~Q(state="issued") & Q(date__isnull=True, issued_at__isnull=True, number="")),
            ),
        ]
        indexes = [models.Index(fields=["agency", "year", "state"], name="progress_report_year")]

    def __str__(self) -> str:
        return f"Báo cáo tiến độ {self.period_words}"

    def save(self, *args, **kwargs):
        """Keep the folded search column in step."""
        self.search = fold(f"{self} {self.reference} {self.subject}")[:600]
        super().save(*args, **kwargs)

    @property
    def reference(self) -> str:
        """ "05/BC-SKHCN" once it has a number."""
        return f"{self.number}/{self.symbol}" if self.number else ""

    @property
    def mark(self) -> Mark:
        """The state as {% pill %} draws it."""
        return _MARKS[ReportState(self.state)]

    @property
    def call(self) -> str:
        """What stands on the button of whoever has it on the desk."""
        return _CALLS.get(ReportState(self.state), "Xem")

    @property
    def period_words(self) -> str:
        """ "quý III năm 2026", "6 tháng đầu năm 2026", "năm 2026"."""
        return period_words(self.period, self.year)


def period_words(period: str, year: int) -> str:
    """A period as a document names it."""
    label = PERIODS[period].label
    label = f"{label[:1].lower()}{label[1:]}"
    if period == "nam":
        return f"năm {year}"
    return f"{label} {year}" if label.endswith("năm") else f"{label} năm {year}"

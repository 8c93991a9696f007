"""A round of reports on objectives, and the reports of units and of the department in it."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property

from objectives.periods import Period
from objectives.terms import PeriodKind
from qms.marks import Mark
from qms.organisation.access import access_of
from qms.organisation.models import Agency, Unit, User
from qms.text import fold

REPORT_NAME = "Kết quả thực hiện mục tiêu chất lượng"


class ReportState(models.TextChoices):
    """Where a report is: of a unit draft → submitted → accepted; of the department draft → approval → … → issued."""

    DRAFT = "draft", "dự thảo"
    SUBMITTED = "submitted", "chờ Thư ký ISO nhận"
    ACCEPTED = "accepted", "đã nhận"
    APPROVAL = "approval", "chờ ký"
    NUMBERING = "numbering", "chờ cấp số"
    ISSUED = "issued", "đã ban hành"
    DROPPED = "dropped", "đã bỏ"


FINAL = frozenset({ReportState.ACCEPTED.value, ReportState.ISSUED.value})
_MARKS = {
    ReportState.DRAFT: ("active", "●"),
    ReportState.SUBMITTED: ("soon", "▲"),
    ReportState.ACCEPTED: ("done", "✓"),
    ReportState.APPROVAL: ("soon", "▲"),
    ReportState.NUMBERING: ("soon", "▲"),
    ReportState.ISSUED: ("done", "✓"),
    ReportState.DROPPED: ("dormant", "○"),
}


class RoundQuerySet(models.QuerySet):
    """Rounds."""

    def visible_to(self, user: User | AnonymousUser) -> "RoundQuerySet":
        """Those of the agencies one works in."""
        return self.filter(agency__in=access_of(user).agencies_with("read_agency"))


class ReportRound(models.Model):
    """A period for which units report on their objectives until a day."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="objective_rounds")
    year = models.PositiveSmallIntegerField("năm")
    kind = models.CharField("loại kỳ", max_length=20, choices=PeriodKind.choices())
    index = models.PositiveSmallIntegerField("kỳ thứ")
    submit_by = models.DateField("hạn gửi")
    note = models.TextField("hướng dẫn", blank=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = "đợt báo cáo mục tiêu"
        ordering = ["-year", "-submit_by", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year", "kind", "index"], name="objective_round_once",
                violation_error_message="Kỳ này đã có đợt báo cáo.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Báo cáo mục tiêu chất lượng {self.period_words}"

    @property
    def period(self) -> Period:
        """The period that is reported."""
        return Period(self.year, PeriodKind(self.kind), self.index)

    @property
    def period_words(self) -> str:
        """ "quý I năm 2026", "6 tháng đầu năm 2026", as a document names it."""
        return self.period.inline.replace("/", " năm ")


class ReportQuerySet(models.QuerySet):
    """Reports."""

    def visible_to(self, user: User | AnonymousUser) -> "ReportQuerySet":
        """What is accepted or issued, to the agency; issued ones also to who oversees it; the rest to who works on it.

        A unit's draft is seen by the unit and by those who follow objectives or see the whole progress.
        """
        access = access_of(user)
        inside = access.agencies_with("read_agency")
        working = _agencies(access, "manage_objectives", "see_progress", "approve_plan")
        signing = _agencies(access, "manage_objectives", "approve_plan", "number_document")
        units = access.units_with("lead_unit") | access.units_with("answer_for_unit")
        return self.filter(
            Q(agency__in=inside, state__in=FINAL)
            | Q(agency__in=access.overseen, state=ReportState.ISSUED)
            | Q(agency__in=working & inside, unit__isnull=False)
            | Q(agency__in=signing & inside, unit__isnull=True)
            | Q(unit__in=units)
        )

    def waiting_for(self, user: User | AnonymousUser) -> "ReportQuerySet":
        """On this person's desk: to be accepted or signed (never what one wrote), numbered; and one's own drafts."""
        access = access_of(user)
        taken = Q(state=ReportState.SUBMITTED, agency__in=access.agencies_with("manage_objectives"))
        signed = Q(state=ReportState.APPROVAL, agency__in=access.agencies_with("approve_plan"))
        others = (taken | signed) & ~Q(pk__in=_written_by(user))
        numbered = Q(state=ReportState.NUMBERING, agency__in=access.agencies_with("number_document"))
        drafts = Q(state=ReportState.DRAFT, unit__in=access.units_with("lead_unit")) | Q(
            state=ReportState.DRAFT, unit__isnull=True, agency__in=access.agencies_with("manage_objectives")
        )
        return self.filter(others | numbered | drafts).order_by("changed_at", "pk")


def _agencies(access, *permissions: str) -> frozenset[int]:
    return frozenset().union(*(access.agencies_with(permission) for permission in permissions))


def _written_by(user: User | AnonymousUser) -> models.QuerySet:
    return ObjectiveReport.editors.through.objects.filter(user=user.pk).values("objectivereport")


class ObjectiveReport(models.Model):
    """The report of one unit, or of the department where `unit` is empty, on its objectives in a period (9.1.3).

    `data` holds every figure behind the words (`facts.ReportData`), read on `as_of`; issued or accepted, never changed.
    `editors` wrote on it.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="objective_reports")
    round = models.ForeignKey(ReportRound, models.PROTECT, related_name="reports", verbose_name="đợt")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đơn vị")
    state = models.CharField("trạng thái", max_length=20, choices=ReportState, default=ReportState.DRAFT)
    as_of = models.DateField("số liệu đến hết ngày")
    data = models.JSONField("số liệu")
    subject = models.CharField("trích yếu", max_length=500)
    conclusions = models.TextField("đánh giá chung", blank=True)
    causes = models.TextField("tồn tại, nguyên nhân", blank=True)
    next_steps = models.TextField("nhiệm vụ kỳ tới", blank=True)
    proposals = models.TextField("kiến nghị, đề xuất", blank=True)
    recipients = models.JSONField("nơi nhận", default=list)
    issuer = models.CharField(max_length=300)
    superior = models.CharField(max_length=300, blank=True)
    place = models.CharField(max_length=200, blank=True)
    symbol = models.CharField("ký hiệu", max_length=100, blank=True)
    number = models.CharField("số", max_length=30, blank=True)
    date = models.DateField("ngày", null=True, blank=True)
    sign_on_behalf = models.CharField(max_length=100, blank=True)
    sign_position = models.CharField(max_length=150, blank=True)
    sign_name = models.CharField(max_length=100, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người soạn")
    editors = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)
    search = models.CharField(max_length=600, editable=False, default="")

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "báo cáo mục tiêu"
        ordering = [F("round__year").desc(), F("round__submit_by").desc(), F("unit__order").asc(nulls_first=True), "pk"]
        indexes = [models.Index(fields=["agency", "state"], name="objective_report_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "unit"], condition=~Q(state="dropped"), name="objective_report_of_unit_once",
                violation_error_message="Đơn vị đã có báo cáo của kỳ này.",
            ),
            models.UniqueConstraint(
                fields=["round"], condition=Q(unit__isnull=True) & ~Q(state="dropped"),
                name="objective_report_of_department_once", violation_error_message="Sở đã có báo cáo của kỳ này.",
            ),
            models.CheckConstraint(
                name="objective_report_approved_has_stamp",
                condition=Q(
                    state__in=["accepted", "numbering", "issued"], approved_by__isnull=False, approved_at__isnull=False
                )
                | (
                    ~Q(state__in=["accepted", "numbering", "issued"])
                    & Q(approved_by__isnull=True, approved_at__isnull=True)
                ),
            ),
            models.CheckConstraint(
                name="objective_report_issued_has_number",
                condition=(Q(state="issued", date__isnull=False, issued_at__isnull=False) & ~Q(number=""))
                | (~Q(state="issued") & Q(issued_at__isnull=True, number="")),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Báo cáo mục tiêu {self.round.period_words}, {self.owner_name}"

    def save(self, *args, **kwargs):
        """Keep the folded search column in step."""
        self.search = fold(f"{self} {self.reference} {self.subject}")[:600]
        super().save(*args, **kwargs)

    @property
    def owner_name(self) -> str:
        """The unit, or the whole department."""
        return self.unit.name if self.unit else "toàn Sở"

    @property
    def year(self) -> int:
        """The year that is reported."""
        return self.round.year

    @property
    def reference(self) -> str:
        """ "05/BC-SKHCN" once it has a number."""
        return f"{self.number}/{self.symbol}" if self.number else ""

    @property
    def is_final(self) -> bool:
        """Whether nothing in it changes any more."""
        return self.state in FINAL

    @property
    def mark(self) -> Mark:
        """The state as a pill."""
        state = ReportState(self.state)
        return Mark(*_MARKS[state], state.label)

    @cached_property
    def known_editors(self) -> set[int]:
        """The people who wrote on it, in one query."""
        return {self.author_id, *self.editors.values_list("pk", flat=True)}

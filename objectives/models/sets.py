"""The objectives of a department or of one unit for one year, as they are registered, approved and issued together."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property

from objectives.enums import IN_FORCE_OR_PAST, DocumentKind, SetState
from objectives.marks import set_mark
from qms.marks import Mark
from qms.organisation.access import access_of
from qms.organisation.models import Agency, Unit, User
from qms.standards.models import Edition
from qms.text import fold

DEFAULT_FIGURE_DAYS = 5


class Registration(models.Model):
    """The round in which units register objectives of a year: until when, and how soon figures follow a period."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="registrations")
    year = models.PositiveSmallIntegerField("năm")
    register_by = models.DateField("hạn đăng ký")
    figure_days = models.PositiveSmallIntegerField("số ngày nộp số liệu sau kỳ", default=DEFAULT_FIGURE_DAYS)
    note = models.TextField("hướng dẫn", blank=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        verbose_name = "đợt đăng ký mục tiêu"
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "year"], name="registration_once"),
            models.CheckConstraint(
                name="registration_figure_days", condition=Q(figure_days__gte=1, figure_days__lte=60),
                violation_error_message="Số ngày nộp số liệu từ 1 đến 60.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"đăng ký mục tiêu chất lượng năm {self.year}"


class ObjectiveSetQuerySet(models.QuerySet):
    """Sets of objectives."""

    def visible_to(self, user: User | AnonymousUser) -> "ObjectiveSetQuerySet":
        """Those of the agencies this person may read; of overseen agencies only what is issued."""
        access = access_of(user)
        own = Q(agency__in=access.agencies_with("read_agency"))
        return self.filter(own | Q(agency__in=access.overseen, state__in=IN_FORCE_OR_PAST))

    def standing(self) -> "ObjectiveSetQuerySet":
        """All but those that were dropped."""
        return self.exclude(state=SetState.DROPPED)


class ObjectiveSet(models.Model):
    """The objectives of one unit, or of the whole department where `unit` is empty, for one year (ISO 9001 6.2.1).

    Header texts are kept with the set, so that it prints the names of its day. `edition` is the one in force
    when it was begun. `editors` wrote on it.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="objective_sets", verbose_name="cơ quan")
    year = models.PositiveSmallIntegerField("năm")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="objective_sets", verbose_name="đơn vị"
    )
    state = models.CharField("trạng thái", max_length=20, choices=SetState, default=SetState.DRAFT)
    issuer = models.CharField("cơ quan ban hành", max_length=300)
    superior = models.CharField("cơ quan chủ quản", max_length=300, blank=True)
    place = models.CharField("địa danh", max_length=200, blank=True)
    bases = models.JSONField("căn cứ", default=list, blank=True)
    intro = models.TextField("câu dẫn", blank=True)
    carrying_out = models.TextField("tổ chức thực hiện", blank=True)
    recipients = models.JSONField("nơi nhận", default=list, blank=True)
    sign_on_behalf = models.CharField("ký thay", max_length=300, blank=True)
    sign_position = models.CharField("chức vụ người ký", max_length=300, blank=True)
    sign_name = models.CharField("người ký", max_length=200, blank=True)
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+", verbose_name="phiên bản tiêu chuẩn")
    carried_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người lập")
    editors = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField(auto_now=True)
    revision = models.PositiveIntegerField(default=1)

    objects = ObjectiveSetQuerySet.as_manager()

    class Meta:
        verbose_name = "bản mục tiêu"
        ordering = ["-year", F("unit__order").asc(nulls_first=True), "pk"]
        indexes = [models.Index(fields=["agency", "-year", "state"])]
        constraints = [
            models.CheckConstraint(name="objective_set_year_sensible", condition=Q(year__gte=2000, year__lte=2100)),
            models.UniqueConstraint(
                fields=["agency", "year", "unit"], condition=~Q(state="dropped"), name="objective_set_once",
                violation_error_message="Đơn vị đã có bản mục tiêu của năm này.",
            ),
            models.UniqueConstraint(
                fields=["agency", "year"], condition=Q(unit__isnull=True) & ~Q(state="dropped"),
                name="objective_set_department_once",
                violation_error_message="Sở đã có bản mục tiêu của năm này.",
            ),
            models.CheckConstraint(
                name="objective_set_approved_has_stamp",
                condition=~Q(state__in=["numbering", "issued", "closed"])
                | Q(approved_by__isnull=False, approved_at__isnull=False),
            ),
            models.CheckConstraint(
                name="objective_set_unapproved_has_no_stamp",
                condition=~Q(state__in=["draft", "review", "approval"])
                | Q(approved_by__isnull=True, approved_at__isnull=True, issued_at__isnull=True),
            ),
            models.CheckConstraint(
                name="objective_set_issued_has_stamp",
                condition=~Q(state__in=["issued", "closed"]) | Q(issued_at__isnull=False),
            ),
            models.CheckConstraint(
                name="objective_set_closed_has_stamp", condition=~Q(state="closed") | Q(closed_at__isnull=False)
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Mục tiêu chất lượng năm {self.year}, {self.owner_name}"

    @property
    def owner_name(self) -> str:
        """The unit, or the whole department."""
        return self.unit.name if self.unit else "cấp Sở"

    @property
    def is_editable(self) -> bool:
        return self.state == SetState.DRAFT

    @property
    def mark(self) -> Mark:
        """The state as a pill. Where `last_step` is annotated, a draft that was given back says so."""
        last = getattr(self, "last_step", None) or {}
        return set_mark(self.state, returned=last.get("name") == "return")

    @cached_property
    def known_editors(self) -> set[int]:
        """The people who wrote on it, in one query."""
        return {self.author_id, *self.editors.values_list("pk", flat=True)}


class ObjectiveDocumentQuerySet(models.QuerySet):
    """Issued documents."""

    def visible_to(self, user: User | AnonymousUser) -> "ObjectiveDocumentQuerySet":
        """Those of the sets that this person may see."""
        return self.filter(objective_set__in=ObjectiveSet.objects.visible_to(user))


class ObjectiveDocument(models.Model):
    """One of the two documents of an issued set, with its number; its frozen original hangs on it."""

    objective_set = models.ForeignKey(ObjectiveSet, models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=20, choices=DocumentKind)
    number = models.CharField("số", max_length=30)
    symbol = models.CharField("ký hiệu", max_length=100)
    date = models.DateField("ngày ban hành")
    search = models.CharField(max_length=300, editable=False, default="")

    objects = ObjectiveDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản mục tiêu"
        ordering = ["kind", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["objective_set", "kind"], name="objective_document_once"),
            models.CheckConstraint(name="objective_document_numbered", condition=~Q(number="") & ~Q(symbol="")),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} số {self.reference}"

    def save(self, *args, **kwargs):
        """Keep the folded search column in step."""
        self.search = fold(f"{self.reference} {self.get_kind_display()}")[:300]
        super().save(*args, **kwargs)

    @property
    def reference(self) -> str:
        """ "05/MTCL-SKHCN"."""
        return f"{self.number}/{self.symbol}"

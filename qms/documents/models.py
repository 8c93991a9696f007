"""The number register and the frozen originals (NĐ 30/2020 Điều 14–16; Nghị định số Điều 4 khoản 3)."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from qms.organisation.access import access_of
from qms.text import fold

LAST_NUMBER = 99_999
"""The highest number that is taken for one; anything above is a slip."""


class RegisterSettings(models.Model):
    """How an agency numbers: one series for all kinds or one per kind; here, or in its document system."""

    agency = models.OneToOneField("organisation.Agency", models.CASCADE, related_name="register_settings")
    one_series = models.BooleanField("chung một dãy số cho mọi loại văn bản", default=False)
    numbers_from_elsewhere = models.BooleanField("số do hệ thống văn bản điều hành cấp", default=False)

    class Meta:
        verbose_name = "cách đánh số"

    def __str__(self) -> str:
        return f"cách đánh số của {self.agency}"


class NumberSeries(models.Model):
    """A running series of one agency, year and code (kind of document, or "" where there is one series)."""

    agency = models.ForeignKey("organisation.Agency", models.PROTECT, related_name="number_series")
    year = models.PositiveSmallIntegerField("năm")
    code = models.CharField("dãy", max_length=30, blank=True)
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "dãy số"
        constraints = [models.UniqueConstraint(fields=["agency", "year", "code"], name="number_series_once")]

    def __str__(self) -> str:
        return f"{self.code or 'chung'} {self.year}"


class RegisterEntryQuerySet(models.QuerySet):
    """Entries of the register."""

    def visible_to(self, user: "models.Model | AnonymousUser") -> "RegisterEntryQuerySet":
        """Those of the agencies this person may read; of overseen agencies only what was issued."""
        access = access_of(user)
        own = Q(series__agency__in=access.agencies_with("read_agency"))
        return self.filter(own | Q(series__agency__in=access.overseen, status=RegisterEntry.Status.ISSUED))


class RegisterEntry(models.Model):
    """One number of a series: issued, or cancelled with its explanation. Never deleted."""

    class Status(models.TextChoices):
        ISSUED = "issued", "đã ban hành"
        CANCELLED = "cancelled", "số bỏ, có lý do"

    series = models.ForeignKey(NumberSeries, models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField("số")
    symbol = models.CharField("ký hiệu", max_length=100)
    issued_on = models.DateField("ngày ban hành")
    subject = models.CharField("trích yếu", max_length=500)
    status = models.CharField(max_length=20, choices=Status, default=Status.ISSUED)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    search = models.CharField(max_length=700, editable=False, default="")

    objects = RegisterEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "mục sổ đăng ký"
        ordering = ["-issued_on", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "number"], name="register_number_once",
                violation_error_message="Số này đã dùng trong năm.",
            ),
            models.CheckConstraint(name="register_number_positive", condition=Q(number__gt=0)),
            models.CheckConstraint(
                name="register_cancelled_explained", condition=~Q(status="cancelled") | ~Q(note=""),
                violation_error_message="Số bỏ phải ghi lý do.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.number_text}/{self.symbol}"

    def save(self, *args, **kwargs):
        """Keep the folded search column in step."""
        self.search = fold(f"{self} {self.subject} {self.note}")[:700]
        super().save(*args, **kwargs)

    @property
    def number_text(self) -> str:
        """Numbers under 10 carry a leading zero."""
        return f"{self.number:02d}"


class FrozenDocumentQuerySet(models.QuerySet):
    """Originals."""

    def kept_for(self, model: type[models.Model]) -> "FrozenDocumentQuerySet":
        """For a subquery over that model: the original of the outer object."""
        names = {"content_type__app_label": model._meta.app_label, "content_type__model": model._meta.model_name}
        return self.filter(**names, object_id=models.OuterRef("pk"))


class FrozenDocument(models.Model):
    """The two files of an issued document, rendered once and served from here for ever."""

    agency = models.ForeignKey("organisation.Agency", models.PROTECT, related_name="frozen_documents")
    entry = models.OneToOneField(RegisterEntry, models.PROTECT, null=True, related_name="document")
    content_type = models.ForeignKey(ContentType, models.PROTECT)
    object_id = models.PositiveBigIntegerField()
    object = GenericForeignKey()
    file_name = models.CharField(max_length=150)
    pdf = models.FileField(upload_to="documents/%Y/")
    pdf_sha256 = models.CharField(max_length=64)
    pdf_size = models.PositiveIntegerField()
    docx = models.FileField(upload_to="documents/%Y/")
    docx_sha256 = models.CharField(max_length=64)
    docx_size = models.PositiveIntegerField()
    at = models.DateTimeField()

    objects = FrozenDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "bản gốc"
        ordering = ["-at"]
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id"], name="frozen_document_once")]

    def __str__(self) -> str:
        return self.file_name

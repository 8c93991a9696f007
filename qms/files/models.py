"""Private files: evidence and attachments. Random names, hashed, served only through permission."""

import uuid

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from qms.organisation.models import User
from qms.text import fold

from .owners import hangs_on_something_visible

FOLDER = "evidence"


def _storage_name(file: "StoredFile", original: str) -> str:
    """Never the uploader's name: that is kept as text and only printed."""
    name = uuid.uuid4().hex
    return f"{FOLDER}/{name[:2]}/{name}"


class StoredFileQuerySet(models.QuerySet):
    """Stored files."""

    def visible_to(self, user: User | AnonymousUser) -> "StoredFileQuerySet":
        """Those that hang on something this person may see."""
        return self.filter(hangs_on_something_visible(user))


class StoredFile(models.Model):
    """One uploaded file. `media_type` is what its content is, whatever its name says; it is never changed."""

    agency = models.ForeignKey("organisation.Agency", models.PROTECT, related_name="stored_files")
    file = models.FileField(upload_to=_storage_name, max_length=200)
    original_name = models.CharField("tên tệp", max_length=255)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    search = models.CharField(max_length=255, editable=False, default="")

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = "tệp"
        ordering = ["pk"]
        indexes = [models.Index(fields=["agency", "sha256"])]
        constraints = [models.CheckConstraint(name="stored_file_not_empty", condition=Q(size__gt=0))]

    def __str__(self) -> str:
        return self.original_name

    def save(self, *args, **kwargs):
        """Keep the folded search column in step."""
        self.search = fold(self.original_name)[:255]
        super().save(*args, **kwargs)

    @property
    def is_image(self) -> bool:
        return self.media_type.startswith("image/")

    @property
    def is_pdf(self) -> bool:
        return self.media_type == "application/pdf"

    @property
    def can_preview(self) -> bool:
        """Images and PDF are shown in the browser; everything else is downloaded."""
        return self.is_image or self.is_pdf

    @property
    def content_type(self) -> str:
        """As it is sent: text with its encoding, which was checked when it was taken in."""
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type

"""Events that wake dormant duties."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

from qms.files.models import StoredFile
from qms.organisation.access import access_of
from qms.organisation.models import Agency, User


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

"""The history of every state change: who, when, from what to what, and what was said."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

from qms.organisation.access import access_of
from qms.questions import Given, Question

_TOLD = Question()


def _told(kind: int) -> models.QuerySet:
    rows = HistoryEntry.objects.filter(content_type=kind, object_id=Given("object"))
    return rows.defer("snapshot").order_by("at", "pk")


class HistoryQuerySet(models.QuerySet):
    """History rows."""

    def of(self, obj: models.Model) -> "HistoryQuerySet":
        """The rows of one object, oldest first."""
        kind = ContentType.objects.get_for_model(obj)
        return self.filter(content_type=kind, object_id=obj.pk).order_by("at", "pk")

    def told_of(self, obj: models.Model) -> "list[HistoryEntry]":
        """The same without the contents kept with them, for a page."""
        kind = ContentType.objects.get_for_model(obj).pk
        return _TOLD.objects(kind, lambda: _told(kind), object=obj.pk)

    def told_to(self, user: Any, obj: Any) -> "list[HistoryEntry] | None":
        """The same for a reader of that page; None to whoever only oversees the agency and reads what it issues."""
        return self.told_of(obj) if access_of(user).is_inside(obj.agency_id) else None

    def latest_of(self, model: type[models.Model]) -> "HistoryQuerySet":
        """For a subquery over that model: the rows of the outer object, newest first."""
        names = {"content_type__app_label": model._meta.app_label, "content_type__model": model._meta.model_name}
        return self.filter(**names, object_id=models.OuterRef("pk")).order_by("-at", "-pk")


class HistoryEntry(models.Model):
    """One step. Names are kept as text too, so that the sentence stays true when people and posts change."""

    agency = models.ForeignKey("organisation.Agency", models.PROTECT, related_name="+")
    content_type = models.ForeignKey(ContentType, models.PROTECT)
    object_id = models.PositiveBigIntegerField()
    object = GenericForeignKey()
    transition = models.CharField(max_length=50)
    sentence = models.CharField(max_length=200)
    source = models.CharField(max_length=30, blank=True)
    target = models.CharField(max_length=30, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    actor_name = models.CharField(max_length=100)
    actor_title = models.CharField(max_length=150, blank=True)
    comment = models.TextField(blank=True)
    snapshot = models.JSONField(null=True)
    at = models.DateTimeField()

    objects = HistoryQuerySet.as_manager()

    class Meta:
        verbose_name = "bước xử lý"
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["content_type", "object_id", "at"])]

    def __str__(self) -> str:
        return f"{self.actor_name} {self.sentence}"

"""Who changed what in the organisation: the record that leadership and inspectors read."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models

from qms.text import fold

from ..access import access_of
from .agencies import Agency
from .people import User
from .units import Unit


class ChangeQuerySet(models.QuerySet):
    """Changes."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of the agencies this person may see."""
        return self.filter(agency__in=access_of(user).known)


class OrganisationChange(models.Model):
    """One write, as a sentence ("bổ nhiệm …"). The actor's name is kept as text too; nothing is ever taken out."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    at = models.DateTimeField("lúc")
    actor = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người thực hiện")
    actor_name = models.CharField(max_length=100)
    sentence = models.CharField("việc", max_length=500)
    search = models.TextField(editable=False, blank=True, default="")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="changes")
    person = models.ForeignKey(User, models.PROTECT, null=True, related_name="changes")

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "thay đổi tổ chức"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["agency", "-at"])]

    def __str__(self) -> str:
        return f"{self.actor_name} {self.sentence}"

    def save(self, *args, **kwargs):
        """Keep the folded search column in step."""
        self.search = fold(str(self))
        super().save(*args, **kwargs)

"""Decisions that change units, and who follows whom."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models

from ..access import access_of
from ..enums import ReorganisationKind
from .agencies import Agency
from .people import User


class ReorganisationQuerySet(models.QuerySet):
    """Reorganisations."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of the agencies this person may see."""
        return self.filter(agency__in=access_of(user).known)


class Reorganisation(models.Model):
    """A decision that merges, splits, renames or dissolves units on a day. `changes`: what it did, in sentences."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="reorganisations")
    kind = models.CharField("việc", max_length=20, choices=ReorganisationKind)
    decision_number = models.CharField("số quyết định", max_length=100)
    decision_date = models.DateField("ngày quyết định")
    effective_on = models.DateField("có hiệu lực từ ngày")
    note = models.TextField("ghi chú", blank=True)
    changes = models.JSONField(default=list, editable=False)
    actor = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = ReorganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "sắp xếp tổ chức"
        ordering = ["-effective_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} theo {self.decision_number}"


class UnitSuccession(models.Model):
    """Who follows whom after a reorganisation; the row of a dissolved unit has no successor."""

    reorganisation = models.ForeignKey(Reorganisation, models.PROTECT, related_name="successions")
    predecessor = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="succeeded_by")
    successor = models.ForeignKey("organisation.Unit", models.PROTECT, null=True, related_name="succeeds")

    class Meta:
        verbose_name = "kế thừa đơn vị"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["reorganisation", "predecessor", "successor"], name="succession_once")
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor or 'không có đơn vị kế thừa'}"

"""Rows that hold from a day to a day, both inclusive; an empty end means still in force."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q


def in_force(on: date, prefix: str = "") -> Q:
    """Valid on that day; `prefix` leads to the dated row ("position__unit__")."""
    begun = Q(**{f"{prefix}valid_from__isnull": True}) | Q(**{f"{prefix}valid_from__lte": on})
    not_over = Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": on})
    return begun & not_over


class InForceQuerySet(models.QuerySet):
    """Rows with `valid_from` and `valid_to`."""

    def in_force(self, on: date) -> Self:
        """Those valid on that day."""
        return self.filter(in_force(on))

    def not_over(self, on: date) -> Self:
        """Those valid on that day or later."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on))


class Dated:
    """A row with `valid_from` and `valid_to`."""

    valid_from: date | None
    valid_to: date | None

    def is_in_force(self, on: date) -> bool:
        """Whether the row holds on that day."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or self.valid_to >= on)


def period_constraint(name: str) -> models.CheckConstraint:
    """`valid_to` not before `valid_from`."""
    return models.CheckConstraint(
        name=name,
        condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
        violation_error_message="Ngày kết thúc phải từ ngày bắt đầu trở đi.",
    )

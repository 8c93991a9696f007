"""Corrections of the working calendar."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models

from ..access import access_of
from .agencies import Agency
from .people import User


class DecreedDayQuerySet(models.QuerySet):
    """Decreed days."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of the agencies this person may see."""
        return self.filter(agency__in=access_of(user).known)


class DecreedDay(models.Model):
    """A day off or a worked weekend day that corrects the calendar, with the document that says so."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="decreed_days")
    day = models.DateField("ngày")
    is_off = models.BooleanField("được nghỉ", help_text="Bỏ chọn nếu là ngày làm bù")
    name = models.CharField("nội dung", max_length=200)
    source = models.CharField("văn bản", max_length=300, help_text="Số, ngày, cơ quan ban hành")

    objects = DecreedDayQuerySet.as_manager()

    class Meta:
        verbose_name = "ngày nghỉ, ngày làm bù"
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "day"], name="decreed_day_once",
                violation_error_message="Ngày này đã có trong lịch.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.name}"


class ConfirmedYear(models.Model):
    """All days off of that year are decreed: Tết and the second day of Quốc khánh are no longer estimates."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="confirmed_years")
    year = models.PositiveSmallIntegerField("năm")
    source = models.CharField("văn bản", max_length=300, help_text="Số, ngày, cơ quan ban hành")

    class Meta:
        verbose_name = "năm đã có lịch nghỉ chính thức"
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year"], name="confirmed_year_once",
                violation_error_message="Năm này đã được xác nhận.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.year)

"""Editions of the standard as data: clause numbers with titles in our own words, and what became of each clause.

Objectives, audits and reviews point at a clause of the edition they were made under; an agency moves to a new edition
on a day, by a document (QĐ 19/2014 Điều 4), and what was made before keeps its edition.
"""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from qms.organisation.models import Agency


class Edition(models.Model):
    """One edition, as "TCVN ISO 9001:2015". `is_published` is false while it is only prepared here."""

    code = models.CharField("số hiệu", max_length=50, unique=True)
    name = models.CharField("tên gọi", max_length=200)
    order = models.PositiveSmallIntegerField(unique=True)
    is_published = models.BooleanField("đã công bố", default=True)

    class Meta:
        verbose_name = "phiên bản tiêu chuẩn"
        ordering = ["order"]

    def __str__(self) -> str:
        return self.code


class Clause(models.Model):
    """One clause of an edition. `order` is its place, `depth` 1 for chapters."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="clauses")
    number = models.CharField("điều", max_length=20)
    title = models.CharField("nội dung", max_length=200)
    order = models.PositiveSmallIntegerField()
    depth = models.PositiveSmallIntegerField(default=1)
    successors = models.ManyToManyField("self", through="ClauseLink", symmetrical=False, related_name="predecessors")

    class Meta:
        verbose_name = "điều khoản"
        ordering = ["edition__order", "order"]
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="clause_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class ClauseLink(models.Model):
    """What a clause became in a later edition; `note` says what is different, empty when nothing is."""

    older = models.ForeignKey(Clause, models.CASCADE, related_name="later_links")
    newer = models.ForeignKey(Clause, models.CASCADE, related_name="earlier_links")
    note = models.CharField("thay đổi", max_length=200, blank=True)

    class Meta:
        verbose_name = "chuyển điều khoản"
        ordering = ["older__order", "newer__order"]
        constraints = [models.UniqueConstraint(fields=["older", "newer"], name="clause_link_once")]

    def __str__(self) -> str:
        return f"{self.older.number} → {self.newer.number}"


class Adoption(models.Model):
    """An agency works by an edition from a day on, by a document."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="adoptions")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="adoptions", verbose_name="phiên bản")
    from_day = models.DateField("áp dụng từ ngày")
    basis = models.CharField("căn cứ", max_length=300)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "áp dụng phiên bản"
        ordering = ["-from_day"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "from_day"], name="adoption_day_once",
                violation_error_message="Đã có một phiên bản áp dụng từ ngày này.",
            ),
            models.CheckConstraint(name="adoption_has_basis", condition=~Q(basis="")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.edition} từ {self.from_day:%d/%m/%Y}"

    def is_coming(self, on: date) -> bool:
        return self.from_day > on

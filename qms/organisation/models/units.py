"""Units in time: their names, other ways to write them, their membership of groups."""

from datetime import date
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q

from qms.text import fold

from ..access import access_of
from ..enums import UnitKind
from .agencies import Agency
from .people import User
from .periods import Dated, InForceQuerySet, period_constraint
from .reorganisations import Reorganisation


class UnitQuerySet(InForceQuerySet):
    """Units."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The units of the agencies this person may see."""
        return self.filter(agency__in=access_of(user).known)


class Unit(Dated, models.Model):
    """A division, affiliated unit, committee, group of units or external body, from a day to a day.

    `name` is the name of today: a name decided for a later day waits in `coming_names` until that day begins.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="units", verbose_name="cơ quan")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="đơn vị cấp trên"
    )
    kind = models.CharField("loại", max_length=20, choices=UnitKind)
    name = models.CharField("tên đơn vị", max_length=200)
    short_name = models.CharField("tên viết tắt", max_length=50, blank=True)
    valid_from = models.DateField("từ ngày", null=True, blank=True)
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)
    order = models.PositiveSmallIntegerField("thứ tự", default=100, help_text="Số nhỏ đứng trước")
    members = models.ManyToManyField(
        "self", through="GroupMember", through_fields=("group", "member"), symmetrical=False, related_name="groups"
    )
    search = models.CharField(max_length=400, editable=False, blank=True, default="", db_index=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = "đơn vị"
        verbose_name_plural = "đơn vị"
        ordering = ["order", "name", "pk"]
        constraints = [
            period_constraint("unit_period"),
            models.UniqueConstraint(
                fields=["agency", "name"], condition=Q(valid_to__isnull=True), name="unit_name_once",
                violation_error_message="Đã có một đơn vị đang hoạt động mang tên này.",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["agency", "kind", "valid_to"])]
        permissions = [
            ("answer_for_unit", "Báo cáo việc của đơn vị"),
            ("lead_unit", "Phụ trách đơn vị"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs):
        """Keep the folded search column in step."""
        self.search = fold(f"{self.name} {self.short_name}")[:400]
        super().save(*args, **kwargs)

    def name_on(self, day: date) -> str:
        """The name documents of that day bear."""
        former = self.former_names.filter(used_until__gte=day).order_by("used_until").first()
        found = former or self.coming_names.filter(used_from__lte=day).first()
        return found.name if found else self.name


class UnitName(models.Model):
    """A name of a unit, and the decision that brought it or took it away."""

    name = models.CharField("tên", max_length=200)
    short_name = models.CharField("tên viết tắt", max_length=50, blank=True)
    reorganisation = models.ForeignKey(
        Reorganisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="quyết định"
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class FormerUnitName(UnitName):
    """What a unit was called until a day; `reorganisation` is the decision that ended the name."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="former_names")
    used_until = models.DateField("dùng đến hết ngày")

    class Meta:
        verbose_name = "tên cũ của đơn vị"
        ordering = ["-used_until"]
        constraints = [models.UniqueConstraint(fields=["unit", "used_until"], name="former_unit_name_once")]


class ComingUnitName(UnitName):
    """What a unit will be called from a day on; at most one waits. `names.adopt_names` carries it out."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="coming_names")
    used_from = models.DateField("dùng từ ngày", db_index=True)

    class Meta:
        verbose_name = "tên sắp dùng của đơn vị"
        constraints = [
            models.UniqueConstraint(
                fields=["unit"], name="coming_unit_name_once",
                violation_error_message="Đơn vị đã có một lần đổi tên đang chờ đến ngày.",
            )
        ]  # fmt: skip


class UnitAlias(models.Model):
    """Another way people write a unit ("VP Sở", "BCĐ ISO"), learnt by imports and editable.

    A unit and the one that follows it may both have it: the directory of a day takes the one in force.
    """

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="unit_aliases")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="aliases")
    text = models.CharField("cách viết khác", max_length=200)
    folded = models.CharField(max_length=200, editable=False, blank=True)

    class Meta:
        verbose_name = "cách viết khác của đơn vị"
        ordering = ["text", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "folded"], name="unit_alias_once",
                violation_error_message="Đơn vị đã có cách viết này.",
            )
        ]  # fmt: skip
        indexes = [models.Index(fields=["agency", "folded"])]

    def __str__(self) -> str:
        return self.text

    def save(self, *args, **kwargs):
        """Keep the folded column in step."""
        self.folded = fold(self.text)[:200]
        super().save(*args, **kwargs)


class GroupMember(Dated, models.Model):
    """A unit belongs to a group ("Các phòng chuyên môn, nghiệp vụ") from a day to a day."""

    group = models.ForeignKey(Unit, models.CASCADE, related_name="memberships", verbose_name="nhóm")
    member = models.ForeignKey(Unit, models.CASCADE, related_name="group_memberships", verbose_name="đơn vị")
    valid_from = models.DateField("từ ngày", null=True, blank=True)
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)

    objects = InForceQuerySet.as_manager()

    class Meta:
        verbose_name = "thành viên của nhóm"
        ordering = ["member__order", "member__name", "pk"]
        constraints = [
            period_constraint("group_member_period"),
            models.UniqueConstraint(fields=["group", "member", "valid_from"], name="group_member_once"),
            models.CheckConstraint(name="group_not_own_member", condition=~Q(group=F("member"))),
        ]

    def __str__(self) -> str:
        return f"{self.member} trong {self.group}"

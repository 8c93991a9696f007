"""Positions, who holds them, and who signs for whom."""

from datetime import date
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q

from ..access import access_of
from ..enums import Role, SigningForm
from .agencies import Agency
from .people import User
from .periods import Dated, InForceQuerySet, in_force, period_constraint
from .units import Unit


class PositionQuerySet(InForceQuerySet):
    """Positions."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The positions of the agencies this person may see."""
        return self.filter(unit__agency__in=access_of(user).known)


class Position(Dated, models.Model):
    """An office in a unit ("Trưởng phòng Tổng hợp"), with the roles its holder gets."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="positions", verbose_name="đơn vị")
    title = models.CharField("chức vụ", max_length=150)
    roles = models.JSONField("vai trò", default=list, blank=True)
    rank = models.PositiveSmallIntegerField("thứ bậc", default=100, help_text="Số nhỏ đứng trước")
    valid_from = models.DateField("từ ngày", null=True, blank=True)
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)

    objects = PositionQuerySet.as_manager()

    class Meta:
        verbose_name = "vị trí"
        ordering = ["rank", "title", "pk"]
        constraints = [period_constraint("position_period")]

    def __str__(self) -> str:
        return self.title

    @property
    def role_labels(self) -> list[str]:
        return [Role(role).label for role in self.roles]


class HoldingQuerySet(InForceQuerySet):
    """Who holds what."""

    def effective(self, on: date) -> Self:
        """Holdings that count that day: the holding, its position and its unit are in force."""
        return self.filter(in_force(on), in_force(on, "position__"), in_force(on, "position__unit__"))

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The holdings of positions in the agencies this person may see."""
        return self.filter(position__unit__agency__in=access_of(user).known)


class PositionHolding(Dated, models.Model):
    """A person holds a position from a day to a day."""

    position = models.ForeignKey(Position, models.PROTECT, related_name="holdings", verbose_name="vị trí")
    user = models.ForeignKey(User, models.PROTECT, related_name="holdings", verbose_name="người giữ")
    valid_from = models.DateField("từ ngày", null=True, blank=True)
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)
    basis = models.CharField("căn cứ", max_length=200, blank=True, help_text="Số quyết định bổ nhiệm, phân công")

    objects = HoldingQuerySet.as_manager()

    class Meta:
        verbose_name = "người giữ vị trí"
        ordering = ["position__rank", "pk"]
        constraints = [
            period_constraint("holding_period"),
            models.UniqueConstraint(
                fields=["position", "user"], condition=Q(valid_to__isnull=True), name="holding_once",
                violation_error_message="Người này đang giữ vị trí này.",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["user", "valid_to"])]

    def __str__(self) -> str:
        return f"{self.user}, {self.position}"


class DelegationQuerySet(InForceQuerySet):
    """Delegations."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of the agencies this person may see."""
        return self.filter(agency__in=access_of(user).known)


class Delegation(Dated, models.Model):
    """Somebody signs for the head for a period, on a written basis (NĐ 30/2020 Điều 13).

    An acting head (Q.) is named by the body above, so there is no grantor inside the agency.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="delegations", verbose_name="cơ quan")
    grantor = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="delegations_given", verbose_name="người giao"
    )
    delegate = models.ForeignKey(User, models.PROTECT, related_name="delegations_held", verbose_name="người được giao")
    form = models.CharField("hình thức ký", max_length=5, choices=SigningForm)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)
    basis = models.CharField("căn cứ", max_length=300, help_text="Số, ngày văn bản phân công hoặc ủy quyền")

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = "ủy nhiệm ký"
        ordering = ["-valid_from", "-pk"]
        constraints = [
            period_constraint("delegation_period"),
            models.CheckConstraint(
                name="delegation_to_another", condition=Q(grantor__isnull=True) | ~Q(grantor=F("delegate")),
                violation_error_message="Người giao và người được giao phải khác nhau.",
            ),
            models.CheckConstraint(
                name="delegation_has_grantor", condition=Q(form="Q") | Q(grantor__isnull=False),
                violation_error_message="Chọn người giao.",
            ),
            models.CheckConstraint(
                name="delegation_tuq_ends", condition=~Q(form="TUQ") | Q(valid_to__isnull=False),
                violation_error_message="Thừa ủy quyền phải có thời hạn.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.form}. {self.delegate}"

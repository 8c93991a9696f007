"""The groups of roles, and guardian's permissions on agencies and units."""

from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q
from guardian.models import GroupObjectPermissionBase

from ..enums import Role
from .agencies import Agency
from .units import Unit


class RoleGroup(models.Model):
    """The auth group of one role in one unit (or the whole agency); guardian permissions hang on the group."""

    group = models.OneToOneField(Group, models.CASCADE, related_name="role_group")
    agency = models.ForeignKey(Agency, models.CASCADE, related_name="role_groups")
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, related_name="role_groups")
    role = models.CharField(max_length=20, choices=Role)

    class Meta:
        verbose_name = "nhóm quyền"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "role"], condition=Q(unit__isnull=False), name="unit_role_group_once"
            ),
            models.UniqueConstraint(
                fields=["agency", "role"], condition=Q(unit__isnull=True), name="agency_role_group_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.unit or self.agency}"


class AgencyGroupPermission(GroupObjectPermissionBase):
    """Guardian's table for agencies, with a real foreign key."""

    content_object = models.ForeignKey(Agency, models.CASCADE)

    class Meta(GroupObjectPermissionBase.Meta):
        verbose_name = "quyền trên cơ quan"


class UnitGroupPermission(GroupObjectPermissionBase):
    """Guardian's table for units, with a real foreign key."""

    content_object = models.ForeignKey(Unit, models.CASCADE)

    class Meta(GroupObjectPermissionBase.Meta):
        verbose_name = "quyền trên đơn vị"

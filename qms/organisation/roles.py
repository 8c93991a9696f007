"""From positions to permissions.

Holding a position (or a delegation) on a day puts the person into the group of each role, and each group holds
guardian permissions on its agency and its unit. Nothing is granted on single plans or tasks.
"""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import Group
from django.db import transaction
from guardian.shortcuts import assign_perm

from .enums import Role
from .models import Agency, Delegation, Position, PositionHolding, RoleGroup, Unit, User


@dataclass(frozen=True)
class Grant:
    """Permission codenames that a role gives on the agency and on the unit of the position."""

    agency: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()


_READ = ("read_agency",)
_MEMBER = ("read_agency", "comment_plan")
GRANTS: dict[Role, Grant] = {
    Role.DIRECTOR: Grant(agency=(*_MEMBER, "approve_plan"), unit=("lead_unit",)),
    Role.DEPUTY: Grant(agency=_MEMBER, unit=("answer_for_unit",)),
    Role.SECRETARY: Grant(
        agency=(*_MEMBER, "draft_plan", "manage_layouts", "manage_calendar", "manage_organisation"),
        unit=("answer_for_unit",),
    ),
    Role.CHIEF: Grant(agency=(*_MEMBER, "check_content"), unit=("lead_unit", "answer_for_unit")),
    Role.CLERK: Grant(agency=(*_READ, "check_layout", "number_document"), unit=()),
    Role.HEAD: Grant(agency=_MEMBER, unit=("lead_unit", "answer_for_unit")),
    Role.STAFF: Grant(agency=_MEMBER, unit=("answer_for_unit",)),
    Role.AUDITOR: Grant(agency=_READ),
    Role.CONSULTANT: Grant(agency=(*_MEMBER, "draft_plan")),
    Role.ADMIN: Grant(agency=("manage_calendar", "manage_organisation")),
    Role.OVERSEER: Grant(agency=(*_READ, "oversee_agency")),
    Role.SIGNER: Grant(agency=(*_MEMBER, "approve_plan")),
}


def role_group(*, agency: Agency, unit: Unit | None, role: Role) -> Group:
    """The group of that role there, made with its permissions on first use."""
    existing = RoleGroup.objects.filter(agency=agency, unit=unit, role=role).select_related("group").first()
    if existing:
        return existing.group
    place = unit or agency
    group = Group.objects.create(name=f"{role}:{agency.code}:{unit.pk if unit else '-'}")
    for codename in GRANTS[role].agency:
        assign_perm(f"organisation.{codename}", group, agency)
    if isinstance(place, Unit):
        for codename in GRANTS[role].unit:
            assign_perm(f"organisation.{codename}", group, place)
    RoleGroup.objects.create(group=group, agency=agency, unit=unit, role=role)
    return group


@transaction.atomic
def sync_roles(user: User, *, on: date) -> None:
    """Put the person into exactly the role groups of that day."""
    User.objects.select_for_update().get(pk=user.pk)
    groups = {role_group(agency=agency, unit=unit, role=role) for agency, unit, role in _roles_of(user, on)}
    keep = Group.objects.filter(user=user, role_group__isnull=True)
    user.groups.set([*keep, *groups])
    User.objects.filter(pk=user.pk).update(roles_synced_on=on)
    user.roles_synced_on = on


def _roles_of(user: User, on: date) -> list[tuple[Agency, Unit | None, Role]]:
    holdings = (
        PositionHolding.objects.in_force(on)
        .filter(user=user, position__in=Position.objects.in_force(on).filter(unit__in=Unit.objects.in_force(on)))
        .select_related("position__unit__agency")
    )
    roles: list[tuple[Agency, Unit | None, Role]] = [
        (h.position.unit.agency, h.position.unit, Role(role)) for h in holdings for role in h.position.roles
    ]
    delegations = Delegation.objects.in_force(on).filter(delegate=user).select_related("agency")
    return roles + [(d.agency, None, Role.SIGNER) for d in delegations]

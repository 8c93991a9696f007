"""From positions to permissions.

Holding a position (or a delegation) on a day puts the person into the group of each role, and each group holds
guardian permissions on its agency and its unit. Nothing is granted on single plans or tasks.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from .access import forget_access
from .enums import Role, SigningForm
from .grants import GRANTS, Grant
from .models import (
    Agency,
    AgencyGroupPermission,
    Delegation,
    PositionHolding,
    RoleGroup,
    Unit,
    UnitGroupPermission,
    User,
)

__all__ = [
    "GRANTS", "OFFICES", "Grant", "HeldRole", "align_grants", "role_group", "roles_on", "sync_roles", "sync_roles_of",
]  # fmt: skip


# Whose office lets them sign in that form (NĐ 30/2020 Điều 13); the other forms need some office in the agency.
OFFICES = {
    SigningForm.KT: frozenset({Role.DEPUTY}),
    SigningForm.TL: frozenset({Role.HEAD, Role.CHIEF}),
}


@dataclass(frozen=True)
class HeldRole:
    """A role that somebody has on a day, and the holding or delegation that gives it."""

    role: Role
    agency: Agency
    unit: Unit | None
    source: PositionHolding | Delegation


def role_group(*, agency: Agency, unit: Unit | None, role: Role) -> Group:
    """The group of that role there, made with its permissions on first use."""
    wanted = RoleGroup.objects.filter(agency=agency, unit=unit, role=role).select_related("group")
    existing = wanted.first()
    if existing is None:
        with transaction.atomic():
            Agency.objects.select_for_update().get(pk=agency.pk)  # two first uses at once make one group
            existing = wanted.first() or _new_role_group(agency, unit, role)
    return existing.group


def _new_role_group(agency: Agency, unit: Unit | None, role: Role) -> RoleGroup:
    group = Group.objects.create(name=f"{role}:{agency.pk}:{unit.pk if unit else '-'}")
    row = RoleGroup.objects.create(group=group, agency=agency, unit=unit, role=role)
    _align(row)
    return row


def align_grants() -> None:
    """Give every role group exactly what the table says now; run after an upgrade (`manage.py prepare`)."""
    for row in RoleGroup.objects.select_related("group", "agency", "unit"):
        _align(row)


def _align(row: RoleGroup) -> None:
    grant = GRANTS[Role(row.role)]
    _set_permissions(row.group, row.agency, AgencyGroupPermission, grant.agency)
    if row.unit:
        _set_permissions(row.group, row.unit, UnitGroupPermission, grant.unit)


def _set_permissions(group: Group, place: Agency | Unit, table: type, codenames: tuple[str, ...]) -> None:
    rows = table.objects.filter(group=group, content_object=place)
    rows.exclude(permission__codename__in=codenames).delete()
    held = rows.values_list("permission_id", flat=True)
    wanted = Permission.objects.filter(content_type__app_label="organisation", codename__in=codenames)
    table.objects.bulk_create(
        table(group=group, permission=permission, content_object=place) for permission in wanted.exclude(pk__in=held)
    )


@transaction.atomic
def sync_roles(user: User, *, on: date) -> None:
    """Put the person into exactly the role groups of that day."""
    User.objects.select_for_update().get(pk=user.pk)
    held = {(r.agency, r.unit, r.role) for r in roles_on(user, on)}
    groups = {role_group(agency=agency, unit=unit, role=role) for agency, unit, role in held}
    keep = Group.objects.filter(user=user, role_group__isnull=True)
    user.groups.set([*keep, *groups])
    User.objects.filter(pk=user.pk).update(roles_synced_on=on)
    user.roles_synced_on = on
    forget_access(user)


def sync_roles_of(people: Iterable[User], *, on: date) -> None:
    """The same for several, each once."""
    for user in {person.pk: person for person in people}.values():
        sync_roles(user, on=on)


def roles_on(user: User, on: date) -> list[HeldRole]:
    """Every role the person has that day, by position and by delegation, with its source. Two queries."""
    holdings = PositionHolding.objects.effective(on).filter(user=user).select_related("position__unit__agency")
    delegations = Delegation.objects.in_force(on).filter(delegate=user).select_related("agency", "grantor")
    by_position = [
        HeldRole(Role(role), h.position.unit.agency, h.position.unit, h) for h in holdings for role in h.position.roles
    ]
    offices = [(h.position.unit.agency_id, frozenset(h.position.roles)) for h in holdings]
    counting = [d for d in delegations if _may_still_sign(d, offices)]
    return by_position + [HeldRole(Role.SIGNER, d.agency, None, d) for d in counting]


def _may_still_sign(delegation: Delegation, offices: list[tuple[int, frozenset[str]]]) -> bool:
    """A delegation ends with the office it was given to, even where nobody recorded its end."""
    held = [roles for agency_id, roles in offices if agency_id == delegation.agency_id]
    needed = OFFICES.get(SigningForm(delegation.form))
    return any(needed & roles for roles in held) if needed else bool(held)

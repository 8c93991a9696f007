"""From positions to permissions.

Holding a position (or a delegation) on a day puts the person into the group of each role, and each group holds
guardian permissions on its agency and its unit. Nothing is granted on single plans or tasks.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import QuerySet

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
    "GRANTS", "OFFICES", "Grant", "HeldRole", "align_grants", "roles_on", "sync_roles", "sync_roles_of",
]  # fmt: skip


# Whose office lets them sign in that form (NĐ 30/2020 Điều 13); the other forms need some office in the agency.
OFFICES = {
    SigningForm.KT: frozenset({Role.DEPUTY}),
    SigningForm.TL: frozenset({Role.HEAD, Role.CHIEF}),
}


# Ids of an agency and of one of its units (or none), and a role there.
Place = tuple[int, int | None, str]


@dataclass(frozen=True)
class HeldRole:
    """A role that somebody has on a day, and the holding or delegation that gives it."""

    role: Role
    agency: Agency
    unit: Unit | None
    source: PositionHolding | Delegation

    @property
    def place(self) -> Place:
        """Where the role counts."""
        return self.agency.pk, self.unit.pk if self.unit else None, self.role


def _groups(places: set[Place]) -> dict[Place, int]:
    """The group of each role there; missing ones are made with their permissions on first use."""
    found = _existing(places)
    if missing := places - found.keys():
        agencies = {agency for agency, _, _ in missing}
        with transaction.atomic():
            _lock(Agency.objects.filter(pk__in=agencies))  # two first uses at once make one group
            found |= _existing(missing)
            found |= _make(places - found.keys())
    return found


def _existing(places: set[Place]) -> dict[Place, int]:
    rows = RoleGroup.objects.filter(agency__in={agency for agency, _, _ in places}, role__in={r for _, _, r in places})
    held = {(agency, unit, role): pk for agency, unit, role, pk in rows.values_list("agency", "unit", "role", "group")}
    return {place: held[place] for place in places & held.keys()}


def _make(places: set[Place]) -> dict[Place, int]:
    groups = {(agency, unit, role): Group(name=f"{role}:{agency}:{unit or '-'}") for agency, unit, role in places}
    Group.objects.bulk_create(groups.values())
    rows = [RoleGroup(group=g, agency_id=agency, unit_id=unit, role=r) for (agency, unit, r), g in groups.items()]
    _align(RoleGroup.objects.bulk_create(rows))
    return {place: group.pk for place, group in groups.items()}


def align_grants() -> None:
    """Give every role group exactly what the table says now; run after an upgrade (`manage.py prepare`)."""
    _align(RoleGroup.objects.all())


def _align(rows: Iterable[RoleGroup]) -> None:
    known = dict(Permission.objects.filter(content_type__app_label="organisation").values_list("codename", "pk"))
    grants = [(row, GRANTS[Role(row.role)]) for row in rows]
    on_agency = {(row.group_id, row.agency_id, known[name]) for row, grant in grants for name in grant.agency}
    on_unit = {(row.group_id, row.unit_id, known[name]) for row, grant in grants if row.unit_id for name in grant.unit}
    columns = ("group_id", "content_object_id", "permission_id")
    for table, wanted in ((AgencyGroupPermission, on_agency), (UnitGroupPermission, on_unit)):
        _replace(table.objects.filter(group__in={row.group_id for row, _ in grants}), columns, wanted)


def _replace(rows: QuerySet, columns: tuple[str, ...], wanted: set[tuple]) -> None:
    """Leaves one row for each of these tuples of values, and touches none that is right already."""
    held = {tuple(values): pk for pk, *values in rows.values_list("pk", *columns)}
    stale = [pk for values, pk in held.items() if values not in wanted]
    if stale:
        rows.filter(pk__in=stale).delete()
    missing = [rows.model(**dict(zip(columns, values, strict=True))) for values in wanted - held.keys()]
    rows.model._default_manager.bulk_create(missing)


def _lock(rows: QuerySet) -> list[int]:
    """Their ids, locked until the end of the transaction, always in the same order."""
    return list(rows.select_for_update().order_by("pk").values_list("pk", flat=True))


def sync_roles(user: User, *, on: date) -> None:
    """Put the person into exactly the role groups of that day."""
    sync_roles_of([user], on=on)


@transaction.atomic
def sync_roles_of(people: Iterable[User], *, on: date) -> None:
    """The same for several, in as many queries as for one."""
    users = list(people)
    locked = _lock(User.objects.filter(pk__in={user.pk for user in users}))
    held = {(user, role.place) for user, role in _roles(locked, on)}
    groups = _groups({place for _, place in held})
    memberships = User.groups.through.objects.filter(user__in=locked, group__role_group__isnull=False)
    _replace(memberships, ("user_id", "group_id"), {(user, groups[place]) for user, place in held})
    User.objects.filter(pk__in=locked).update(roles_synced_on=on)
    for user in users:
        user.roles_synced_on = on
        forget_access(user)


def roles_on(user: User, on: date) -> list[HeldRole]:
    """Every role the person has that day, by position and by delegation, with its source. Two queries."""
    return [held for _, held in _roles([user.pk], on)]


def _roles(people: list[int], on: date) -> list[tuple[int, HeldRole]]:
    """The same for several people, by their ids."""
    holdings = PositionHolding.objects.effective(on).filter(user__in=people).select_related("position__unit__agency")
    delegations = Delegation.objects.in_force(on).filter(delegate__in=people).select_related("agency", "grantor")
    by_position = [
        (h.user_id, HeldRole(Role(role), h.position.unit.agency, h.position.unit, h))
        for h in holdings for role in h.position.roles
    ]  # fmt: skip
    offices = [(h.user_id, h.position.unit.agency_id, frozenset(h.position.roles)) for h in holdings]
    counting = [d for d in delegations if _may_still_sign(d, offices)]
    return by_position + [(d.delegate_id, HeldRole(Role.SIGNER, d.agency, None, d)) for d in counting]


def _may_still_sign(delegation: Delegation, offices: list[tuple[int, int, frozenset[str]]]) -> bool:
    """A delegation ends with the office it was given to, even where nobody recorded its end."""
    place = (delegation.delegate_id, delegation.agency_id)
    held = [roles for user, agency, roles in offices if (user, agency) == place]
    needed = OFFICES.get(SigningForm(delegation.form))
    return any(needed & roles for roles in held) if needed else bool(held)

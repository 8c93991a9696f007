"""Who may see and do what: one small object per request, read in one query.

Rules of the upper rooms ask `access_of(user)`. Being a superuser gives the administrator's rights in every agency and
nothing more: administrators have no say in content. The models import this module, so it finds them by name.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import CharField, QuerySet, Value

from qms.questions import Given, Question

from .enums import Role
from .grants import GRANTS

if TYPE_CHECKING:
    from .models import User

# Whoever may do this in an agency works with its units, people and calendar, even without a say in content.
_MANAGING = ("manage_organisation", "manage_calendar")
_HELD = Question()


@dataclass(frozen=True)
class Access:
    """Permission codenames by agency id and by unit id."""

    agencies: dict[int, frozenset[str]] = field(default_factory=dict)
    units: dict[int, frozenset[str]] = field(default_factory=dict)
    overseen: frozenset[int] = frozenset()

    def __hash__(self) -> int:
        """Equal rights count as one key (`qms.questions`)."""
        return hash((frozenset(self.agencies.items()), frozenset(self.units.items()), self.overseen))

    def may(self, permission: str, agency_id: int | None) -> bool:
        """Whether the permission is held on that agency."""
        return permission in self.agencies.get(agency_id or 0, frozenset())

    def may_for_unit(self, permission: str, unit_id: int | None) -> bool:
        """Whether the permission is held on that unit."""
        return permission in self.units.get(unit_id or 0, frozenset())

    def agencies_with(self, permission: str) -> frozenset[int]:
        """Ids of the agencies on which the permission is held."""
        return frozenset(pk for pk, held in self.agencies.items() if permission in held)

    def units_with(self, permission: str) -> frozenset[int]:
        """Ids of the units on which the permission is held."""
        return frozenset(pk for pk, held in self.units.items() if permission in held)

    def is_inside(self, agency_id: int | None) -> bool:
        """Whether this person works in or for that agency; whoever only oversees it sees what it issues, no more."""
        return bool(self.agencies.get(agency_id or 0))

    @property
    def inside(self) -> frozenset[int]:
        """Agencies in or for which this person works (`is_inside`)."""
        return frozenset(pk for pk, held in self.agencies.items() if held)

    @property
    def readable(self) -> frozenset[int]:
        """Agencies whose content may be read: one's own and those that report to it."""
        return self.agencies_with("read_agency") | self.overseen

    @property
    def known(self) -> frozenset[int]:
        """Agencies whose units, people and calendar may be seen: the readable ones and those one manages."""
        return self.readable.union(*(self.agencies_with(permission) for permission in _MANAGING))


def access_of(user: "User | AnonymousUser") -> Access:
    """The access of that person today, read once and kept on the object."""
    if not user.is_authenticated:
        return Access()
    if not hasattr(user, "_access"):
        user._access = _read(user)
    return user._access


def require(reason: str) -> None:
    """PermissionDenied with the reason that a rule gave, where it gave one."""
    if reason:
        raise PermissionDenied(reason)


def forget_access(user: "User") -> None:
    """Read again at the next question, after roles changed."""
    if hasattr(user, "_access"):
        del user._access


def _read(user: "User") -> Access:
    held: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for kind, pk, codename in _HELD.rows(user.is_superuser, lambda: _rows(everywhere=user.is_superuser), user=user.pk):
        held[kind][pk].add(codename)
    for pk in held["managed"]:
        held["agency"][pk] |= set(GRANTS[Role.ADMIN].agency)
    return Access(
        agencies={pk: frozenset(names) for pk, names in held["agency"].items()},
        units={pk: frozenset(names) for pk, names in held["unit"].items()},
        overseen=frozenset(held["overseen"]),
    )


def _rows(*, everywhere: bool) -> QuerySet:
    """(kind, pk, codename) of everything that `Given("user")` holds, in one query, so that nobody's page costs more.

    `everywhere`: a superuser manages all agencies.
    """
    agencies = apps.get_model("organisation", "Agency").objects.order_by()
    own = _granted("AgencyGroupPermission")
    overseers = own.filter(permission__codename="oversee_agency").values("content_object_id")
    overseen = agencies.filter(parent__in=overseers)
    managed = agencies if everywhere else agencies.none()
    return own.values_list(_kind("agency"), "content_object_id", "permission__codename").union(
        _granted("UnitGroupPermission").values_list(_kind("unit"), "content_object_id", "permission__codename"),
        overseen.values_list(_kind("overseen"), "pk", _kind("")),
        managed.values_list(_kind("managed"), "pk", _kind("")),
        all=True,
    )


def _granted(table: str) -> QuerySet:
    groups = get_user_model().groups.through.objects.filter(user=Given("user")).values("group")
    return apps.get_model("organisation", table).objects.filter(group__in=groups).order_by()


def _kind(name: str) -> Value:
    return Value(name, output_field=CharField())

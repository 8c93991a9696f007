"""Roles and permissions in words, for the screens that explain why somebody may do something."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import Permission

from qms.text import short_date

from .enums import Role
from .grants import GRANTS
from .models import Delegation, User
from .roles import HeldRole, roles_on


@dataclass(frozen=True)
class RoleWords:
    """A role, what it lets people do, and (for a person) where it comes from."""

    label: str
    rights: str
    because: str = ""
    place: str = ""


def permission_labels() -> dict[str, str]:
    """Codename → words, of the permissions on agencies and units. One query."""
    rows = Permission.objects.filter(content_type__app_label="organisation", content_type__model__in=["agency", "unit"])
    return dict(rows.values_list("codename", "name"))


def role_sentences(roles: Iterable[str]) -> list[RoleWords]:
    """The roles of a position and what each lets its holder do."""
    labels = permission_labels()
    return [RoleWords(Role(role).label, rights_of(Role(role), labels)) for role in roles]


def rights_of(role: Role, labels: dict[str, str]) -> str:
    """ "xem nội dung của cơ quan, góp ý kế hoạch; trong đơn vị: phụ trách đơn vị"."""
    grant = GRANTS[role]
    of_agency = ", ".join(_small(labels[codename]) for codename in grant.agency)
    of_unit = ", ".join(_small(labels[codename]) for codename in grant.unit)
    return "; ".join(part for part in (of_agency, f"với đơn vị: {of_unit}" if of_unit else "") if part)


def roles_explained(person: User, *, on: date) -> list[RoleWords]:
    """Every role the person has that day, and why. Three queries."""
    labels = permission_labels()
    return [
        RoleWords(held.role.label, rights_of(held.role, labels), _because(held), str(held.unit or held.agency))
        for held in roles_on(person, on)
    ]


def _because(held: HeldRole) -> str:
    source = held.source
    if isinstance(source, Delegation):
        return f"vì được {source.grantor or 'cơ quan cấp trên'} giao ký {source.form}., {_period(source)}"
    return f"vì giữ vị trí {source.position.title}, {source.position.unit}, {_period(source)}"


def _period(row) -> str:
    begin = f"từ {short_date(row.valid_from)}" if row.valid_from else "từ trước"
    return f"{begin} đến hết {short_date(row.valid_to)}" if row.valid_to else begin


def _small(label: str) -> str:
    return f"{label[0].lower()}{label[1:]}"

"""Roles and permissions in words, for the screens that explain why somebody may do something."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from qms.text import short_date

from .enums import Role
from .grants import GRANTS
from .models import Agency, Delegation, Unit, User
from .roles import HeldRole, roles_on


@dataclass(frozen=True)
class RoleWords:
    """A role, what it lets people do, and (for a person) where it comes from."""

    label: str
    rights: str
    because: str = ""
    place: str = ""


LABELS: dict[str, str] = {**dict(Agency._meta.permissions), **dict(Unit._meta.permissions)}


def role_sentences(roles: Iterable[str]) -> list[RoleWords]:
    """The roles of a position and what each lets its holder do."""
    return [RoleWords(Role(role).label, rights_of(Role(role))) for role in roles]


def rights_of(role: Role) -> str:
    """ "xem nội dung của cơ quan, góp ý kế hoạch; trong đơn vị: phụ trách đơn vị"."""
    grant = GRANTS[role]
    of_agency = ", ".join(_small(LABELS[codename]) for codename in grant.agency)
    of_unit = ", ".join(_small(LABELS[codename]) for codename in grant.unit)
    return "; ".join(part for part in (of_agency, f"với đơn vị: {of_unit}" if of_unit else "") if part)


def roles_explained(person: User, *, on: date) -> list[RoleWords]:
    """Every role the person has that day, and why. Two queries."""
    return [
        RoleWords(held.role.label, rights_of(held.role), _because(held), str(held.unit or held.agency))
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


def role_table() -> str:
    """Roles × permissions as docs/phan-quyen.md shows them: ● on the whole agency, ○ on the unit of the position."""
    heading = "| Quyền | " + " | ".join(role.label for role in Role) + " |"
    rule = "|---|" + ":-:|" * len(Role)
    rows = [
        f"| {label} | " + " | ".join(_sign(role, codename) for role in Role) + " |"
        for codename, label in LABELS.items()
    ]
    return "\n".join([heading, rule, *rows])


def _sign(role: Role, codename: str) -> str:
    if codename in GRANTS[role].agency:
        return "●"
    return "○" if codename in GRANTS[role].unit else " "

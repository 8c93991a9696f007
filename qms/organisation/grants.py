"""What each role may do: the one table from which permissions are made. docs/phan-quyen.md shows it to people."""

from dataclasses import dataclass

from .enums import Role


@dataclass(frozen=True)
class Grant:
    """Permission codenames that a role gives on the agency and on the unit of the position."""

    agency: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()


_READ = ("read_agency",)
_MEMBER = ("read_agency", "comment_plan")
_LEADERSHIP = (*_MEMBER, "see_progress", "decide_extensions")
GRANTS: dict[Role, Grant] = {
    Role.DIRECTOR: Grant(agency=(*_LEADERSHIP, "approve_plan"), unit=("lead_unit",)),
    Role.DEPUTY: Grant(agency=_LEADERSHIP, unit=("answer_for_unit",)),
    Role.SECRETARY: Grant(
        agency=(
            *_LEADERSHIP,
            "draft_plan",
            "manage_layouts",
            "manage_objectives",
            "follow_duties",
            "manage_calendar",
            "manage_organisation",
        ),
        unit=("answer_for_unit",),
    ),
    Role.CHIEF: Grant(agency=(*_MEMBER, "check_content", "see_progress"), unit=("lead_unit", "answer_for_unit")),
    Role.CLERK: Grant(agency=(*_READ, "check_layout", "number_document"), unit=()),
    Role.HEAD: Grant(agency=_MEMBER, unit=("lead_unit", "answer_for_unit")),
    Role.STAFF: Grant(agency=_MEMBER, unit=("answer_for_unit",)),
    Role.AUDITOR: Grant(agency=(*_READ, "see_progress")),
    Role.CONSULTANT: Grant(agency=(*_MEMBER, "draft_plan")),
    Role.ADMIN: Grant(agency=("manage_calendar", "manage_organisation")),
    Role.OVERSEER: Grant(agency=(*_READ, "see_progress", "oversee_agency")),
    Role.SIGNER: Grant(agency=(*_MEMBER, "approve_plan")),
}

# Roles that decide: whoever has one signs in with a password that nobody else ever knew.
DECIDING = frozenset(role for role, grant in GRANTS.items() if "approve_plan" in grant.agency)
# Whoever has one stands at the head of a unit or the agency: one person at a time.
LEADING = frozenset({Role.DIRECTOR, Role.CHIEF, Role.HEAD})
# A delegation gives this one; no position may.
BY_DELEGATION_ONLY = frozenset({Role.SIGNER})

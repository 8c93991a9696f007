"""Who is told about a duty, by the positions that people hold that day.

Deactivated people and people whose position, post or unit has ended are nowhere in it.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from qms.organisation.enums import Role
from qms.organisation.grants import GRANTS
from qms.organisation.models import Agency, PositionHolding

from .ladder import Audience
from .models import Duty

_LEADERSHIP = frozenset({Role.DIRECTOR, Role.DEPUTY})
HEADS = frozenset(role for role, grant in GRANTS.items() if "lead_unit" in grant.unit)
ANSWERING = frozenset(role for role, grant in GRANTS.items() if "answer_for_unit" in grant.unit)
_SECRETARIES = frozenset(role for role, grant in GRANTS.items() if "follow_duties" in grant.agency)


class Recipients:
    """The people of an agency on a day. One query; as large as the agency's staff, whatever it owes."""

    def __init__(self, agency: Agency, day: date) -> None:
        self._members: dict[int, set[int]] = defaultdict(set)
        self._heads: dict[int, set[int]] = defaultdict(set)
        self._answering: dict[int, set[int]] = defaultdict(set)
        self._by_role: dict[Role, set[int]] = defaultdict(set)
        for unit_id, user_id, roles in _held(agency, day):
            self._members[unit_id].add(user_id)
            if roles & HEADS:
                self._heads[unit_id].add(user_id)
            if roles & ANSWERING:
                self._answering[unit_id].add(user_id)
            for role in roles:
                self._by_role[role].add(user_id)

    @property
    def secretaries(self) -> set[int]:
        """Those who follow the agency's duties."""
        return set().union(*(self._by_role[role] for role in _SECRETARIES))

    @property
    def leadership(self) -> set[int]:
        """The head of the agency and the deputies."""
        return set().union(*(self._by_role[role] for role in _LEADERSHIP))

    def of(self, audience: Audience, duty: Duty) -> set[int]:
        """Ids of the people of that audience for that duty."""
        if audience == Audience.DOER:
            return self._doers(duty)
        if audience == Audience.HEAD:
            return self._heads[duty.unit_id]
        return self.secretaries if audience == Audience.SECRETARY else self.leadership

    def _doers(self, duty: Duty) -> set[int]:
        """The person it was handed to, while still in the unit; else the head; else all who may answer for the unit.

        A unit in which nobody can answer is the secretary's concern from the first day.
        """
        if duty.person_id in self._members[duty.unit_id]:
            return {duty.person_id}
        return self._heads[duty.unit_id] or self._answering[duty.unit_id] or self.secretaries


def _held(agency: Agency, day: date) -> Iterator[tuple[int, int, frozenset[Role]]]:
    held = PositionHolding.objects.effective(day).filter(position__unit__agency=agency, user__is_active=True)
    for unit_id, user_id, roles in held.order_by().values_list("position__unit", "user", "position__roles"):
        yield unit_id, user_id, frozenset(map(Role, roles))

"""Which units a unit named by a plan stands for on a day: groups are expanded, ended units give way to their heirs."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from qms.organisation.enums import UnitKind
from qms.organisation.models import GroupMember, Unit, UnitSuccession


class Members:
    """Two queries for a whole plan, however many tasks it has."""

    def __init__(self, agency_id: int, day: date) -> None:
        self._day = day
        self._members: dict[int, list[Unit]] = defaultdict(list)
        self._heirs: dict[int, list[Unit]] = defaultdict(list)
        rows = GroupMember.objects.in_force(day).filter(group__agency=agency_id).select_related("member")
        for row in rows.order_by("member__order", "member__name", "pk"):
            self._members[row.group_id].append(row.member)
        steps = UnitSuccession.objects.filter(reorganisation__agency=agency_id, reorganisation__effective_on__lte=day)
        for step in steps.select_related("successor").order_by("pk"):
            if step.successor:
                self._heirs[step.predecessor_id].append(step.successor)

    def of(self, unit: Unit) -> list[Unit]:
        """Each unit once. Nobody for an outsider, an empty group, or a unit that ended without an heir."""
        return list(dict.fromkeys(self._deep(unit, frozenset())))

    def _deep(self, unit: Unit, above: frozenset[int]) -> Iterator[Unit]:
        if unit.pk in above or unit.kind == UnitKind.EXTERNAL:
            return
        if not unit.is_in_force(self._day):
            further = self._heirs[unit.pk]
        elif unit.kind == UnitKind.GROUP:
            further = self._members[unit.pk]
        else:
            yield unit
            return
        for each in further:
            yield from self._deep(each, above | {unit.pk})

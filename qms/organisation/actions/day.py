"""What a new day brings: names decided for it, and units that now stand under another one.

Called before the first page that a person opens on a day; usually a few empty queries. Upper rooms add their work in
`AppConfig.ready()`: on_begin_day(adopt_duties)   # (day)
"""

import logging
from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from ..models import ComingAgencyName, ComingUnitName, Unit, UnitSuccession
from .common import ONE_DAY
from .names import bear_agency_name, bear_unit_name, check_name_free

log = logging.getLogger(__name__)


DayWork = Callable[[date], None]
_further: list[DayWork] = []


def on_begin_day(work: DayWork) -> DayWork:
    """Do that too, from now on, when a day begins."""
    if work not in _further:
        _further.append(work)
    return work


def begin_day(*, on: date) -> None:
    """Carry out everything that was decided for days up to this one."""
    adopt_names(on=on)
    adopt_children(on=on)
    for work in _further:
        work(on)


def adopt_names(*, on: date) -> None:
    """Carry out the names whose day has come."""
    for table, bear in ((ComingUnitName, _bear_if_free), (ComingAgencyName, bear_agency_name)):
        if table.objects.filter(used_from__lte=on).exists():
            _adopt(table, bear, on)


@transaction.atomic
def _adopt(table: type, bear: Callable[[Any], bool], on: date) -> None:
    for coming in table.objects.select_for_update().filter(used_from__lte=on):
        if bear(coming):
            coming.delete()


def _bear_if_free(coming: ComingUnitName) -> bool:
    """Whether it was done: a name taken meanwhile goes on waiting and must not keep everybody from working."""
    unit = coming.unit
    try:
        check_name_free(unit.agency, coming.name, begin=coming.used_from, end=unit.valid_to, but={unit.pk})
    except ValidationError:
        log.warning("Không đổi được tên đơn vị %s thành %s: tên đã có đơn vị khác dùng", unit.pk, coming.name)
        return False
    return bear_unit_name(coming)


def adopt_children(*, on: date) -> None:
    """A unit whose superior ended stands under the one that followed the superior."""
    orphans = Unit.objects.in_force(on).filter(parent__valid_to__lt=on)
    for child in orphans.select_related("parent"):
        heirs = UnitSuccession.objects.filter(
            predecessor=child.parent, successor__isnull=False,
            reorganisation__effective_on=child.parent.valid_to + ONE_DAY,
        )  # fmt: skip
        successors = set(heirs.values_list("successor", flat=True))
        if len(successors) == 1:
            Unit.objects.filter(pk=child.pk).exclude(pk__in=successors).update(parent=successors.pop())

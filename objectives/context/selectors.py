"""Reads of the register that several callers need."""

from datetime import date

from qms.organisation.access import access_of
from qms.organisation.enums import UnitKind
from qms.organisation.models import Agency, Unit, User

from .levels import Scale
from .models import RiskScale

KEEPERS = (UnitKind.LEADERSHIP, UnitKind.DIVISION, UnitKind.AFFILIATED, UnitKind.COMMITTEE)
"""The kinds of units that may keep a row or carry out an action."""


def scale_of(agency: Agency) -> Scale:
    """The agency's scale, or the default."""
    row = RiskScale.objects.filter(agency=agency).first()
    return row.scale if row else Scale()


def units_kept_by(user: User, agency: Agency, *, on: date) -> list[Unit]:
    """The units for which this person writes in the register: all of them for the secretary, else their own."""
    units = Unit.objects.filter(agency=agency, kind__in=KEEPERS).in_force(on)
    access = access_of(user)
    if not access.may("manage_objectives", agency.pk):
        units = units.filter(pk__in=access.units_with("answer_for_unit") | access.units_with("lead_unit"))
    return list(units)

"""Reads that several callers need."""

from datetime import date

from qms.organisation.access import access_of
from qms.organisation.enums import UnitKind
from qms.organisation.models import Agency, Unit, User

from .models import SurveyScheme
from .scheme import Scheme

SURVEYED = (UnitKind.DIVISION, UnitKind.AFFILIATED)
"""The kinds of units that people are asked about."""


def scheme_of(agency: Agency) -> Scheme:
    """What the agency asks, or the default."""
    row = SurveyScheme.objects.filter(agency=agency).first()
    return row.scheme if row else Scheme()


def surveyed_units(agency: Agency, *, on: date) -> list[Unit]:
    """The units that a survey may be about on that day."""
    return list(Unit.objects.filter(agency=agency, kind__in=SURVEYED).in_force(on))


def keeps_all(agency: Agency, user: User) -> bool:
    """Whether this person enters the surveys of every unit."""
    return access_of(user).may("manage_objectives", agency.pk)


def units_kept_by(user: User, agency: Agency, *, on: date) -> list[Unit]:
    """The units for which this person enters surveys."""
    units = surveyed_units(agency, on=on)
    if keeps_all(agency, user):
        return units
    access = access_of(user)
    own = access.units_with("answer_for_unit") | access.units_with("lead_unit")
    return [unit for unit in units if unit.pk in own]

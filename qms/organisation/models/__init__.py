"""Agencies, units in time, positions, people and delegations.

Every row belongs to one agency. Units, positions and holdings are valid from a day to a day (both inclusive;
an empty end means still in force). Roles become django-guardian permissions on agencies and units: see `roles.py`.
"""

from .agencies import Agency, AgencyNames, ComingAgencyName, FormerAgencyName
from .calendar import ConfirmedYear, DecreedDay
from .changes import OrganisationChange
from .people import User
from .periods import InForceQuerySet, in_force, period_constraint
from .permissions import AgencyGroupPermission, RoleGroup, UnitGroupPermission
from .positions import Delegation, Position, PositionHolding
from .reorganisations import Reorganisation, UnitSuccession
from .units import ComingUnitName, FormerUnitName, GroupMember, Unit, UnitAlias

__all__ = [
    "Agency",
    "AgencyGroupPermission",
    "AgencyNames",
    "ComingAgencyName",
    "ComingUnitName",
    "ConfirmedYear",
    "DecreedDay",
    "Delegation",
    "FormerAgencyName",
    "FormerUnitName",
    "GroupMember",
    "InForceQuerySet",
    "OrganisationChange",
    "Position",
    "PositionHolding",
    "Reorganisation",
    "RoleGroup",
    "Unit",
    "UnitAlias",
    "UnitGroupPermission",
    "UnitSuccession",
    "User",
    "in_force",
    "period_constraint",
]

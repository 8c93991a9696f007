"""Every write of the organisation. Each is one transaction, asks the rules (`PermissionDenied`), validates
(`ValidationError` by field), records who did it, and brings the roles of those concerned up to date.
"""

from .calendar import (
    add_decreed_day,
    change_decreed_day,
    confirm_year,
    remove_decreed_day,
    seed_decreed_days,
)
from .day import adopt_names, begin_day, on_begin_day
from .delegations import create_delegation, end_delegation
from .names import correct_agency, rename_agency, rename_unit
from .people import (
    activate_person,
    change_person,
    create_person,
    deactivate_person,
    end_sessions,
    give_temporary_password,
    send_password_mail,
)
from .positions import appoint, change_position, close_position, create_position, end_holding, hand_over
from .units import change_unit, close_unit, create_unit, learn_alias, reopen_unit, set_aliases, set_members

__all__ = [
    "activate_person",
    "add_decreed_day",
    "adopt_names",
    "appoint",
    "begin_day",
    "change_decreed_day",
    "change_person",
    "change_position",
    "change_unit",
    "close_position",
    "close_unit",
    "confirm_year",
    "correct_agency",
    "create_delegation",
    "create_person",
    "create_position",
    "create_unit",
    "deactivate_person",
    "end_delegation",
    "end_holding",
    "end_sessions",
    "give_temporary_password",
    "hand_over",
    "learn_alias",
    "on_begin_day",
    "remove_decreed_day",
    "rename_agency",
    "rename_unit",
    "reopen_unit",
    "seed_decreed_days",
    "send_password_mail",
    "set_aliases",
    "set_members",
]

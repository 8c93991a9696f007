"""Reads that more than one caller needs: people around a duty, requests that wait, punctuality."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from qms.organisation.access import access_of
from qms.organisation.enums import Role, UnitKind
from qms.organisation.grants import GRANTS
from qms.organisation.models import PositionHolding, Unit, User
from qms.organisation.selectors import people_with_title

from .enums import OWED, ExtensionState
from .models import ON_TIME, ON_TIME_ORIGINALLY, Duty, DutyQuerySet, Extension, Report, fell_due


def last_report(duty: Duty) -> Report | None:
    """The report that stands."""
    return duty.reports.select_related("author").order_by("-at", "-pk").first()


def pressing(user: User, *, on: date, days: int = 7) -> DutyQuerySet:
    """My work that is late or due within so many calendar days."""
    return Duty.objects.answerable_by(user).owed().filter(due_on__lte=on + timedelta(days=days))


def people_of_unit(unit_id: int, on: date) -> QuerySet[User]:
    """Who may be given the unit's duties: active people with a position in it that day, with their titles."""
    held = PositionHolding.objects.effective(on).filter(position__unit=unit_id).order_by()
    return people_with_title(User.objects.filter(is_active=True, pk__in=held.values("user")), on=on)


def extensions_to_decide(user: User) -> QuerySet[Extension]:
    """Requests for more time that wait for this person, the oldest first."""
    agencies = access_of(user).agencies_with("decide_extensions")
    asked = Extension.objects.filter(state=ExtensionState.ASKED, duty__agency__in=agencies, duty__state__in=OWED)
    return asked.exclude(asked_by=user).select_related("duty__unit", "asked_by").order_by("asked_at", "pk")


def units_followed_by(user: User) -> QuerySet[Unit]:
    """The units whose duties this person may open."""
    access = access_of(user)
    whole = access.agencies_with("see_progress") | access.overseen
    own = access.units_with("answer_for_unit") | access.units_with("lead_unit")
    owing = Unit.objects.exclude(kind__in=(UnitKind.GROUP, UnitKind.EXTERNAL))
    return owing.filter(Q(agency__in=whole) | Q(pk__in=own))


@dataclass(frozen=True)
class Punctuality:
    """Of the duties that fell due: how many were done in time, by the day in force and by the day first set."""

    judged: int
    on_time: int
    on_time_originally: int


def punctuality(duties: DutyQuerySet, *, on: date) -> Punctuality:
    """One query."""
    counts = duties.order_by().aggregate(
        judged=Count("pk", filter=fell_due(on)),
        on_time=Count("pk", filter=ON_TIME),
        on_time_originally=Count("pk", filter=ON_TIME_ORIGINALLY),
    )
    return Punctuality(**counts)


def heads_of(unit_id: int, on: date) -> list[int]:
    """Ids of the active people who lead the unit that day."""
    return _ids(PositionHolding.objects.filter(position__unit=unit_id), _roles_with("lead_unit"), on)


def heads_of_units(units: Iterable[int] | QuerySet, on: date) -> set[int]:
    """The same of several units, in one query."""
    return set(_ids(PositionHolding.objects.filter(position__unit__in=units), _roles_with("lead_unit"), on))


def people_who_may(permission: str, agency_id: int, on: date) -> list[int]:
    """Ids of the active people who hold that permission on the whole agency that day, by their positions."""
    return _ids(PositionHolding.objects.filter(position__unit__agency=agency_id), _roles_with(permission), on)


def _roles_with(permission: str) -> frozenset[Role]:
    return frozenset(role for role, grant in GRANTS.items() if permission in (*grant.agency, *grant.unit))


def _ids(holdings: QuerySet[PositionHolding], roles: frozenset[Role], on: date) -> list[int]:
    held = holdings.effective(on).filter(user__is_active=True).order_by()  # type: ignore[attr-defined]
    return [pk for pk, own in held.values_list("user", "position__roles") if roles & set(own)]

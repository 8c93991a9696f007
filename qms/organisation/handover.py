"""What somebody holds and would leave behind. Upper rooms add the work on that person's desk:

on_handover(drafts_of)   # (user) -> list[Held], in AppConfig.ready()
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from .models import Delegation, PositionHolding, User


@dataclass(frozen=True)
class Held:
    """One thing on a person's desk, and where it is."""

    label: str
    note: str = ""
    url: str = ""


Source = Callable[[User], list[Held]]
_sources: list[Source] = []


def on_handover(source: Source) -> Source:
    """Ask that function, from now on, what a person has on the desk."""
    if source not in _sources:
        _sources.append(source)
    return source


def forget_source(source: Source) -> None:
    """Ask it no longer."""
    _sources.remove(source)


def standing_holdings(person: User, *, on: date) -> QuerySet[PositionHolding]:
    """The positions that the person holds that day or will hold."""
    rows = PositionHolding.objects.not_over(on).filter(user=person)
    return rows.select_related("position__unit__agency").order_by("position__rank", "pk")


def hand_over_sheet(person: User, *, on: date) -> dict[str, Any]:
    """Positions, delegations held and given, and open work of every room."""
    delegations = Delegation.objects.not_over(on).select_related("grantor", "delegate")
    return {
        "holdings": list(standing_holdings(person, on=on)),
        "delegations_held": list(delegations.filter(delegate=person)),
        "delegations_given": list(delegations.filter(grantor=person)),
        "desk": [held for source in _sources for held in source(person)],
    }

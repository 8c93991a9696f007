"""Figures that other rooms offer when one is to be entered: a room above names its source in `AppConfig.ready()`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # an AppConfig imports this module before there are models
    from .models import Figure


@dataclass(frozen=True)
class Proposal:
    """A figure to be looked at and taken over. `fields` are those of `measuring.Given`, its note says the source."""

    title: str
    words: str
    fields: Mapping[str, Decimal | str] = field(default_factory=dict)
    url: str = ""


Source = Callable[["Figure"], Proposal | None]
_sources: dict[str, Source] = {}


def register_source(name: str, source: Source) -> None:
    """`source(figure)` gives what it knows of that period, or None. `name` stands in addresses."""
    _sources[name] = source


def proposals_for(figure: "Figure") -> dict[str, Proposal]:
    """What is offered for the period, by the name of its source."""
    found = {name: source(figure) for name, source in _sources.items()}
    return {name: proposal for name, proposal in found.items() if proposal is not None}

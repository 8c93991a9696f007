"""What a kind of searchable thing is: the same columns for all kinds, so that one query asks them all."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Case, DateField, F, IntegerField, QuerySet, TextField, Value, When
from django.db.models.functions import Cast

from qms.organisation.models import User


class Hit(NamedTuple):
    """One row of the union. `word` is a state; `number`, `symbol` and `target` are what its kind needs to draw it."""

    kind: str
    place: int
    pk: int
    year: int
    title: str
    note: str
    word: str
    day: date | None
    agency: str
    number: str
    symbol: str
    target: int | None


@dataclass(frozen=True)
class Drawn:
    """A result for the eye. `mark` is for {% pill %}; `day_word` says what the day is; `url` may be empty."""

    title: str
    note: str = ""
    url: str = ""
    mark: Any = None
    day: date | None = None
    day_word: str = ""


NO_TEXT = Value("", TextField())
_EMPTY: dict[str, Any] = {
    "year": Value(0),
    "title": NO_TEXT,
    "note": NO_TEXT,
    "word": NO_TEXT,
    "day": Cast(Value(None), DateField()),
    "agency": F("agency__name"),
    "number": NO_TEXT,
    "symbol": NO_TEXT,
    "target": Cast(Value(None), IntegerField()),
}


def _as_they_are(rows: QuerySet, on: date) -> QuerySet:
    return rows


@dataclass(frozen=True)
class Kind:
    """`slug` stands in addresses. `rows` starts at what the person may see. `order` follows the rank.

    `heads` are the folded columns a result may begin with; kinds without a `year_field` belong to no year; `dressed`
    adds to the rows that are shown what a column needs. `said` is the folded text in which that person may look, where
    it is not all of `search`.
    """

    slug: str
    label: str
    rows: Callable[[User], QuerySet]
    columns: dict[str, Any]
    draw: Callable[[Hit, date], Drawn]
    order: tuple[Any, ...]
    year_field: str = ""
    heads: tuple[str, ...] = ("search",)
    dressed: Callable[[QuerySet, date], QuerySet] = _as_they_are
    said: Callable[[User], Any] | None = None
    all_columns: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        """Columns that a kind does not fill are empty."""
        object.__setattr__(self, "all_columns", _EMPTY | self.columns)


def first(field_name: str, *values: str) -> Case:
    """0 for rows whose field has one of the values, 1 for the others: what comes first in a list."""
    return Case(When(**{f"{field_name}__in": values}, then=Value(0)), default=Value(1), output_field=IntegerField())


def joined(*parts: str) -> str:
    """The parts that say something, as one line."""
    return " · ".join(part for part in parts if part)

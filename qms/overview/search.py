"""Searching everything a person may see: how many of each kind, and the best of them. One query each.

Folded columns and LIKE on both databases, so that both find the same; PostgreSQL has trigram indexes beside them
(`search_index`). A row is found when all words occur in it; the rank says how well (`Terms.rank`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import IntegerField, QuerySet, Subquery, Value, Window
from django.db.models.fields import CharField
from django.db.models.functions import Concat, RowNumber

from qms.organisation.access import access_of
from qms.organisation.models import User

from .search_kinds import Drawn, Hit, Kind
from .search_sources import KINDS
from .search_terms import Terms

MOST_COUNTED = 1000
"""Nobody pages through more; a word that everything contains must not be counted to the end."""


class _HowMany(Subquery):
    """The number of rows of a query, as a column."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) found)"
    output_field = IntegerField()
    empty_result_set_value = 0


@dataclass(frozen=True)
class Found:
    """One result: its kind, what is drawn, and whose it is."""

    kind: Kind
    drawn: Drawn
    agency: str
    year: int


@dataclass(frozen=True)
class Search:
    """A question of one person on one day; `year` 0 asks all years and also what belongs to none."""

    user: User
    terms: Terms
    on: date
    year: int = 0

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """With a year, only what belongs to years."""
        return tuple(kind for kind in KINDS if kind.year_field or not self.year)

    def counts(self) -> dict[str, int]:
        """How many of each kind, by slug; at most `MOST_COUNTED` + 1. One query."""
        counted = {kind.slug: _HowMany(self._matching(kind).order_by().values("pk")[: MOST_COUNTED + 1])
                   for kind in self.kinds}  # fmt: skip
        row = User.objects.filter(pk=self.user.pk).order_by().values_list(*counted.values()).get()
        return dict(zip(counted, row, strict=True))

    def best(self, kinds: Sequence[Kind], start: int, stop: int) -> list[Found]:
        """The results from place `start` to before `stop` of each of these kinds, kind by kind. One query."""
        parts = [self._hits(kind, start, stop) for kind in kinds]
        hits = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
        by_slug = {kind.slug: kind for kind in kinds}
        order = [kind.slug for kind in kinds]
        rows = sorted((Hit(*row) for row in hits), key=lambda hit: (order.index(hit.kind), hit.place))
        return [self._found(by_slug[hit.kind], hit) for hit in rows]

    def _found(self, kind: Kind, hit: Hit) -> Found:
        return Found(kind, kind.draw(hit, self.on), hit.agency or "", hit.year)

    def _matching(self, kind: Kind) -> QuerySet:
        """Whoever sees one agency has a narrower way to its rows than trigrams, though PostgreSQL thinks otherwise.

        Joined with nothing, the column has no index.
        """
        column = "search" if access_of(self.user).overseen and kind.said is None else "search_alone"
        said = kind.said(self.user) if kind.said else "search"
        rows = kind.rows(self.user).alias(search_alone=Concat(said, Value("")))
        rows = rows.filter(self.terms.condition(column))
        return rows.filter(**{kind.year_field: self.year}) if self.year else rows

    def _hits(self, kind: Kind, start: int, stop: int) -> QuerySet:
        """SQLite takes no LIMIT within a UNION, so the best are chosen by a subquery and numbered again outside."""
        order = (self.terms.rank(*kind.heads).asc(), *kind.order)
        best = self._matching(kind).order_by(*order).values("pk")[start:stop]
        shown = kind.dressed(best.model._default_manager.filter(pk__in=Subquery(best)), self.on)
        columns = {
            "kind": Value(kind.slug, CharField()),
            "place": Window(RowNumber(), order_by=order),
            **kind.all_columns,
        }
        names = {f"hit_{name}": columns[name] for name in Hit._fields if name != "pk"}
        fields = ["pk" if name == "pk" else f"hit_{name}" for name in Hit._fields]
        return shown.order_by().annotate(**names).values_list(*fields)

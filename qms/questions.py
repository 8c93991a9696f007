"""Questions to the database whose words are put together once.

Django puts the SQL of a query together in Python each time the query is asked. For what every page asks (who may do
what, what the frame counts) that took ten times as long as the answer (docs/decisions/0021). So the SQL is kept and the
answer never: each asking reads the database anew.
"""

from collections.abc import Callable, Hashable
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet

_Words = tuple[str, str, tuple[Any, ...]]
_UNKNOWN = object()


class Question:
    """One question, asked in as many wordings as there are keys.

    A key holds everything that its wording depends on: the person, their rights, the day. When `size` wordings are
    known they are forgotten all at once, which costs no more than to put them together again.
    """

    def __init__(self, *, size: int = 1000) -> None:
        self.size = size
        self._known: dict[Hashable, _Words | None] = {}

    def rows(self, key: Hashable, build: Callable[[], QuerySet]) -> list[tuple[Any, ...]]:
        """The rows of `build()` as the database holds them now.

        `build` gives a `values_list` of texts and numbers: nothing is converted on the way out.
        """
        words = self._words(key, build)
        if words is None:
            return []
        using, sql, params = words
        with connections[using].cursor() as cursor:
            cursor.execute(sql, params)
            return list(cursor.fetchall())

    def _words(self, key: Hashable, build: Callable[[], QuerySet]) -> _Words | None:
        words = self._known.get(key, _UNKNOWN)
        if words is _UNKNOWN:
            if len(self._known) >= self.size:
                self._known.clear()
            words = self._known[key] = _put(build())
        return words  # type: ignore[return-value]


def _put(queryset: QuerySet) -> _Words | None:
    """Database, SQL and parameters; None where no row can fit and nothing need be asked."""
    try:
        sql, params = queryset.query.get_compiler(using=queryset.db).as_sql()
    except EmptyResultSet:
        return None
    return queryset.db, sql, tuple(params)

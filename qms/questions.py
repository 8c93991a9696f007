"""Questions to the database whose words are put together once.

Django puts the SQL of a query together in Python each time the query is asked. On most pages that took longer than the
answer and the drawing of the page (docs/decisions/0021). So the SQL is kept and the answer never: each asking reads the
database anew.
"""

from collections.abc import Callable, Hashable, Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Expression, IntegerField, QuerySet, Value
from django.db.models.expressions import BaseExpression
from django.db.models.query import ModelIterable
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError

from qms.kept import Kept

_NUMBERS = range(-(2**63), 2**63)


class Given(Expression):
    """A whole number in the question that is given only when it is asked, such as the id of a row."""

    def __init__(self, name: str) -> None:
        super().__init__(output_field=IntegerField())
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list["Given"]]:
        """It stands among the parameters until the question is asked."""
        return "%s", [self]


class Question:
    """One question, asked in as many wordings as there are keys.

    A key holds everything that its wording depends on: the person, their rights, the day. `build` gives the queryset;
    each `Given` in it is filled in by name.
    """

    def __init__(self, *, size: int = 1000) -> None:
        self._wordings: Kept[_Wording | None] = Kept(size)

    def rows(self, key: Hashable, build: Callable[[], QuerySet], **given: int) -> list[tuple[Any, ...]]:
        """The rows of a `values_list` as the database holds them now."""
        wording = self._wording(key, build, given)
        return list(wording.asked(given).results_iter(tuple_expected=True)) if wording else []

    def objects(self, key: Hashable, build: Callable[[], QuerySet], **given: int) -> list[Any]:
        """The objects of a queryset as the database holds them now, with what was selected and annotated."""
        wording = self._wording(key, build, given)
        return list(ModelIterable(_Asked(wording, given))) if wording else []

    def _wording(self, key: Hashable, build: Callable[[], QuerySet], given: Mapping[str, int]) -> "_Wording | None":
        """None where no row can fit: an address may hold a number that no column holds."""
        if not all(number in _NUMBERS for number in given.values()):
            return None
        return self._wordings.get(key, lambda: _put(build()))


@dataclass(frozen=True)
class _Wording:
    """A compiled query, and the compiler that reads its rows. `locks`: it is a question for a transaction."""

    reader: SQLCompiler
    sql: str
    params: tuple[Any, ...]
    locks: bool

    def asked(self, given: Mapping[str, int]) -> SQLCompiler:
        """A compiler that has nothing left to compile, on the connection of this thread."""
        params = tuple(given[value.name] if isinstance(value, Given) else value for value in self.params)
        compiler = copy(self.reader)
        compiler.connection = connections[compiler.using]
        if self.locks and not compiler.connection.in_atomic_block:  # Django sees to this where it puts words together
            raise TransactionManagementError("rows are locked in a transaction only")
        compiler.as_sql = lambda: (self.sql, params)  # type: ignore[method-assign]
        return compiler


class _Asked:
    """What `ModelIterable` wants of a queryset and its query: a compiler, and to which database it belongs."""

    _known_related_objects: Mapping[Any, Any] = {}

    def __init__(self, wording: _Wording, given: Mapping[str, int]) -> None:
        self.query = self
        self.db = wording.reader.using
        self.get_compiler = lambda using: wording.asked(given)


def _put(queryset: QuerySet) -> _Wording | None:
    """The query compiled; None where no row can fit and nothing need be asked."""
    compiler = queryset.query.get_compiler(using=queryset.db)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return None
    return _Wording(_reader(compiler), sql, tuple(params), queryset.query.select_for_update)


def _reader(compiler: SQLCompiler) -> SQLCompiler:
    """What reads the rows of a compiled query, without the query and a connection: a query is up to 200 kB."""
    reader = type(compiler)(None, None, compiler.using)
    reader.select = [(_column(column),) for column, *_ in compiler.select]
    for name in ("klass_info", "annotation_col_map", "col_count", "has_extra_select"):
        setattr(reader, name, getattr(compiler, name))
    return reader


def _column(column: Any) -> Any:
    """The column, or in the place of one that is worked out a value of its type: both are read the same way."""
    reads_alike = all(
        getattr(type(column), name, None) is getattr(BaseExpression, name)
        for name in ("get_db_converters", "convert_value")
    )
    return Value(None, output_field=column.output_field) if reads_alike else column

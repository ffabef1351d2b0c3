"""Queries that Django builds and compiles once; afterwards only their values change.

Putting a query together and compiling it takes Django longer than the database needs to answer one
that reads a few rows by an index. What is read on every page is compiled when first asked for, and
prepared on the server once a connection.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import chain, zip_longest
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Field, ForeignObject, Lookup, QuerySet
from django.db.models.sql.compiler import SQLCompiler
from psycopg.sql import Literal
from psycopg.types.json import Jsonb

from linli.ground.kernel.prepared import prepared_cursor

Row = TypeVar("Row")
Slot = tuple[int, str]
# Compiled twice with different examples: where the two differ a value belongs.
TURNS = (0, 1)


@ForeignObject.register_lookup
@Field.register_lookup
class Among(Lookup[Any]):
    """`field__among=[…]`: one of these, all of them one value; `in` has as many as there are."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Write the condition for PostgreSQL."""
        left, values = self.process_lhs(compiler, connection)
        return f"{left} = ANY(%s)", [*values, self.rhs]


@ForeignObject.register_lookup
@Field.register_lookup
class AmongIds(Among):
    """`field__among_ids=[…]`: the same of ids, which lead to rows by an index anyway.

    The server can't look at the list while it plans, and so plans once: else it plans anew for
    every list, which takes longer than reading a few rows.
    """

    lookup_name = "among_ids"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Write the condition for PostgreSQL."""
        left, values = self.process_lhs(compiler, connection)
        kind = self.lhs.output_field.db_type(connection)
        return f"{left} = ANY((SELECT %s::{kind}[])::{kind}[])", [*values, self.rhs]


class NoPlace(Exception):
    """A value does not stand in the statement as it was given, or decides over its shape."""


class Compiled(Generic[Row]):
    """A query of fixed shape.

    Args:
        build: builds it of the values, each of which is a UUID, int, str, date, aware datetime or,
            for `among`, a list; one that it has no use for is left out. What decides over the
            shape of the query is no such value: there one query is made for each shape.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Row]]) -> None:
        self._build = build
        self._plan: _Plan | None = None

    def rows(self, **values: object) -> list[Row]:
        """Read the rows with these values."""
        if self._plan is None:
            self._plan = _plan(self._build, values)
        plan = self._plan
        if plan.compiler is None:
            return []
        return list(plan.iterable(_Asked(plan, [values[one] for one in plan.names])))

    def first(self, **values: object) -> Row | None:
        """Read the first row, or None; the query itself asks for no more than it needs."""
        return next(iter(self.rows(**values)), None)


@dataclass(frozen=True, slots=True)
class _Plan:
    """A compiled query; without a compiler nothing can be found by it."""

    queryset: QuerySet[Any, Any]
    iterable: Any
    compiler: _Ready | None
    names: tuple[str, ...]


class _Ready(SQLCompiler):
    """A compiler whose statement is written."""

    statement: str
    values: Sequence[Any] = ()
    kept_converters: dict[Any, Any] | None = None

    def execute_sql(self, *_kind: Any, **_options: Any) -> Any:
        """Run the statement and read all of its rows."""
        with prepared_cursor() as cursor:
            cursor.execute(self.statement, self.values)
            return [cursor.fetchall()]

    def get_converters(self, expressions: Any) -> Any:
        """Give what turns columns into values, worked out once."""
        if self.kept_converters is None:
            self.kept_converters = super().get_converters(expressions)
        return self.kept_converters


class _Asked:
    """What Django's readers of rows need to know of a queryset."""

    def __init__(self, plan: _Plan, values: Sequence[Any]) -> None:
        own, compiler = plan.queryset, copy(plan.compiler)
        assert compiler is not None  # noqa: S101 - without one nothing is read
        compiler.values, compiler.connection = values, connection
        self.db, self.model = own.db, own.model
        self._fields = own._fields  # type: ignore[attr-defined]
        self._known_related_objects: dict[Any, Any] = {}
        self._hints: dict[str, Any] = {}
        self.query = _Query(own.query, compiler)


class _Query:
    """A query that is compiled already."""

    def __init__(self, own: Any, compiler: _Ready) -> None:
        self.own, self.compiler = own, compiler

    def __getattr__(self, name: str) -> Any:
        return getattr(self.own, name)

    def get_compiler(self, *_using: Any, **_options: Any) -> _Ready:
        """Give the compiler."""
        return self.compiler


def _plan(build: Callable[..., QuerySet[Any, Any]], values: dict[str, object]) -> _Plan:
    """Compile a query with two sets of examples and find by them where values belong."""
    examples = [
        {name: _example(value, place, turn) for place, (name, value) in enumerate(values.items())}
        for turn in TURNS
    ]
    querysets = [build(**one) for one in examples]
    own = querysets[0]
    iterable = own._iterable_class  # noqa: SLF001
    try:
        compiled = [_compile(one) for one in querysets]
    except EmptyResultSet:
        return _Plan(own, iterable, None, ())
    (ready, parameters), (other, others) = compiled
    if ready.statement != other.statement:
        raise NoPlace(ready.statement)
    slots = dict(_slots(parameters, others, *examples))
    ready.statement = _write_constants(ready.statement, parameters, slots)
    return _Plan(own, iterable, ready, tuple(slots.values()))


def _write_constants(statement: str, parameters: Sequence[Any], slots: Mapping[int, str]) -> str:
    """Write what never changes into the statement: only of that can the server tell beforehand
    which of the indexes with a condition serves.
    """
    parts = statement.split("%s")
    if len(parts) != len(parameters) + 1:
        raise NoPlace(statement)
    written = [
        "%s" if place in slots else Literal(value).as_string(_session()).replace("%", "%%")
        for place, value in enumerate(parameters)
    ]
    return "".join(chain.from_iterable(zip_longest(parts, written, fillvalue="")))


def _session() -> Any:
    connection.ensure_connection()
    return connection.connection


def _compile(queryset: QuerySet[Any, Any]) -> tuple[_Ready, tuple[Any, ...]]:
    compiler = _Ready(queryset.query, connection, queryset.db)
    compiler.statement, parameters = compiler.as_sql()
    compiler.get_converters([one[0] for one in compiler.select[: compiler.col_count]])
    return compiler, tuple(parameters)


def _slots(
    first: Sequence[Any], second: Sequence[Any], one: dict[str, Any], other: dict[str, Any]
) -> Iterator[Slot]:
    for place, (a, b) in enumerate(zip(first, second, strict=True)):
        if _plainly(a) == _plainly(b):
            continue
        names = [name for name in one if (one[name], other[name]) == (a, b)]
        if len(names) != 1:
            raise NoPlace(repr(a))
        yield place, names[0]


def _plainly(value: object) -> object:
    """Give what a wrapped value holds, by which it is compared."""
    return value.obj if isinstance(value, Jsonb) else value


def _example(value: object, place: int, turn: int) -> Any:
    """Make up a value of the same type that nothing else in a statement equals."""
    number = 30_000 + 2 * place + turn
    match value:
        case UUID():
            return UUID(int=number)
        case datetime():
            return datetime.fromtimestamp(number * 1_000, UTC)
        case date():
            return date.fromordinal(number)
        case str():
            return f"example {number}"
        case bool() | None:
            raise NoPlace(repr(value))
        case int():
            return number
        case list():
            return [number]
    raise NoPlace(repr(value))

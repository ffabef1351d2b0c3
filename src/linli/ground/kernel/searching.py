"""Asking the database for what holds the tokens of a question."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.search import SearchQueryField
from django.db import connection
from django.db.models import BooleanField, F, Field, Func, Lookup, Value
from django.db.models.functions import Cast

from .tokens import query_text


def holds_all(column: str, tokens: Iterable[str]) -> Func:
    """Build the condition that a `tsvector` column holds all of these tokens."""
    return holds(column, query_text(tokens))


def holds(column: str, asked: str) -> Func:
    """Build the condition that a `tsvector` column holds what a `tsquery` written so asks for."""
    query = Cast(Value(asked), SearchQueryField())
    return Func(
        F(column), query, template="%(expressions)s", arg_joiner=" @@ ", output_field=BooleanField()
    )


def like_anywhere(text: str) -> str:
    """Write the pattern of texts in which this one stands somewhere, for `written` and `said`."""
    return f"%{_plainly(text)}%"


def like_beginning(text: str) -> str:
    """Write the pattern of texts that begin so."""
    return f"{_plainly(text)}%"


def _plainly(text: str) -> str:
    return str(connection.ops.prep_for_like_query(text))


@Field.register_lookup
class Written(Lookup[Any]):
    """`field__written=pattern`: a text like this pattern, which stays as given and so compiles."""

    lookup_name = "written"
    prepare_rhs = False
    like = "{}::text LIKE %s"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Write the condition for PostgreSQL."""
        left, values = self.process_lhs(compiler, connection)
        return self.like.format(left), [*values, self.rhs]


@Field.register_lookup
class Said(Written):
    """`field__said=pattern`: the same, whatever the case of its letters."""

    lookup_name = "said"
    like = "UPPER({}::text) LIKE UPPER(%s)"

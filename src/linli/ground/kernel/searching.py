"""Asking the database for what holds the tokens of a question."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.postgres.search import SearchQueryField
from django.db.models import BooleanField, F, Func, Value
from django.db.models.functions import Cast

from .tokens import query_text


def holds_all(column: str, tokens: Iterable[str]) -> Func:
    """Build the condition that a `tsvector` column holds all of these tokens."""
    query = Cast(Value(query_text(tokens)), SearchQueryField())
    return Func(
        F(column), query, template="%(expressions)s", arg_joiner=" @@ ", output_field=BooleanField()
    )

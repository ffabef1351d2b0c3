"""COPY into tables: the demonstration's way to write tens of thousands of rows in seconds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import count

from django.apps import apps
from django.db import connection, models
from psycopg import sql
from psycopg.types.json import Jsonb

Row = Mapping[str, object]


def copy_rows(label: str, rows: Iterable[Row]) -> int:
    """Write rows (field attribute name → value) into the table of a model and count them.

    Args:
        label: `app.Model`, e.g. `people.Person`; every row has the keys of the first.
    """
    model = apps.get_model(label)
    iterator = iter(rows)
    first = next(iterator, None)
    if first is None:
        return 0
    fields = [_field(model, name) for name in first]
    written = 0
    with connection.cursor() as cursor, cursor.copy(_statement(model, fields)) as copy:
        for row in (first, *iterator):
            copy.write_row(_values(fields, row))
            written += 1
    return written


def _field(model: type[models.Model], name: str) -> models.Field[object, object]:
    return next(field for field in model._meta.concrete_fields if field.attname == name)


def _statement(
    model: type[models.Model], fields: Sequence[models.Field[object, object]]
) -> sql.Composed:
    return sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table),
        sql.SQL(", ").join([sql.Identifier(str(field.column)) for field in fields]),
    )


def _values(fields: Sequence[models.Field[object, object]], row: Row) -> list[object]:
    return [
        Jsonb(row[field.attname]) if isinstance(field, models.JSONField) else row[field.attname]
        for field in fields
    ]


def next_ids(label: str) -> count[int]:
    """Count ids upward from the first free one of a model with a numeric key."""
    model = apps.get_model(label)
    largest = model._base_manager.aggregate(largest=models.Max("pk"))["largest"]
    return count((largest or 0) + 1)


def move_sequences(labels: Iterable[str]) -> None:
    """Set the id sequences of these models past the rows that were copied with their ids."""
    with connection.cursor() as cursor:
        for label in labels:
            table = apps.get_model(label)._meta.db_table
            cursor.execute(
                sql.SQL(
                    "SELECT setval(pg_get_serial_sequence({name}, 'id'),"
                    " (SELECT coalesce(max(id), 1) FROM {table}))"
                ).format(name=sql.Literal(table), table=sql.Identifier(table))
            )

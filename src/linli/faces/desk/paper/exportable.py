"""What a list that can be taken as a file is: its rows, its columns, who may take it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict

from linli.ground.kernel.tables.terms import Cell
from linli.ground.people.terms import Action, Member


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Who asks for a list, with the filters of its address, at an aware instant."""

    member: Member
    query: QueryDict
    at: datetime
    most: int


@dataclass(frozen=True, kw_only=True)
class ListColumn:
    """One column: its msgid, its width in characters, and what a row shows there."""

    label: str
    width: int
    value: Callable[[Any, Asked], Cell]


@dataclass(frozen=True, kw_only=True)
class ExportableList:
    """One list: `rights` are the ways to see it, `personal` the fields that may name somebody."""

    name: str
    title: str
    rights: tuple[Action, ...]
    columns: Sequence[ListColumn]
    rows: Callable[[Asked], Iterable[Any]]
    count: Callable[[Asked], int]
    personal: tuple[str, ...] = ()
    narrowed_by: Callable[[Asked], Mapping[str, str]] = lambda asked: {}


def column(label: str, width: int, name: str) -> ListColumn:
    """Give a column that shows one field of a row as it is."""
    return ListColumn(label=label, width=width, value=lambda row, _asked: getattr(row, name))

"""What happens to the catalogue and to the lists of responsibilities."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from linli.ground.kernel.terms import Happened


@dataclass(frozen=True, kw_only=True)
class StandardLoaded(Happened):
    """Categories of the standard and the local extensions were entered."""

    name: ClassVar[str] = "cases.standard_loaded"
    source: str
    added: int


@dataclass(frozen=True, kw_only=True)
class CategoriesImported(Happened):
    """Categories of a foreign catalogue were entered or changed."""

    name: ClassVar[str] = "cases.categories_imported"
    source: str
    added: int
    revised: int


@dataclass(frozen=True, kw_only=True)
class CategoryRevised(Happened):
    """A category got a new version; `changed` names its fields."""

    name: ClassVar[str] = "cases.category_revised"
    key: str
    previous_id: int
    effective_from: date
    changed: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CategoryAdded(Happened):
    """A local category was added."""

    name: ClassVar[str] = "cases.category_added"
    key: str
    effective_from: date


@dataclass(frozen=True, kw_only=True)
class CategoryEnded(Happened):
    """A category ended; what is still open goes to its successor, if it has one."""

    name: ClassVar[str] = "cases.category_ended"
    key: str
    effective_from: date
    successor: str


@dataclass(frozen=True, kw_only=True)
class ListPublished(Happened):
    """A version of a list of responsibilities was published; the one before ends that day."""

    name: ClassVar[str] = "cases.list_published"
    version: str
    street_id: int
    effective_from: date
    items: int

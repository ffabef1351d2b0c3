"""What lies beside a case: asked with the case itself, so that what is not there is not read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, Manager, OuterRef, QuerySet

from linli.ground.kernel.compiled import Compiled
from linli.spine.cases.models import (
    Case,
    CasePhoto,
    Check,
    Extension,
    Instruction,
    Origin,
    Pending,
    Rating,
    Reminder,
    RungMark,
)
from linli.spine.cases.queries.facts import CaseFile, list_assignments, related_cases
from linli.spine.cases.terms.beside import Beside

_TABLES: Mapping[Beside, Manager[Any]] = {
    Beside.PHOTOS: CasePhoto.objects,
    Beside.CHECKS: Check.objects,
    Beside.EXTENSIONS: Extension.objects,
    Beside.PENDINGS: Pending.objects,
    Beside.MARKS: RungMark.objects,
    Beside.INSTRUCTIONS: Instruction.objects,
    Beside.RATINGS: Rating.objects,
    Beside.REMINDERS: Reminder.objects,
    Beside.ORIGIN: Origin.objects,
}
_ABOVE = ("merged_into_id", "parent_id", "split_from_id")
_BY = (
    ("has_joined", "merged_into_id"),
    ("has_children", "parent_id"),
    ("has_parts", "split_from_id"),
)


def find_file(number: str) -> CaseFile | None:
    """Find a case by its number, with its assignments and word of what it has; for this room."""
    case = _BY_NUMBER.first(number=number)
    if case is None:
        return None
    return CaseFile(
        case=case, assignments=list_assignments(case.id), beside=frozenset(_beside(case))
    )


def asked_tables() -> Mapping[Beside, Manager[Any]]:
    """Give the tables in which the things of a case stand, by kind."""
    return _TABLES


def _by_number(number: str) -> QuerySet[Case]:
    asked = {
        _name(kind): Exists(table.filter(case_id=OuterRef("id"))) for kind, table in _TABLES.items()
    }
    # Each by an index of its own, which one condition with OR need not take.
    asked |= {name: Exists(Case.objects.filter(**{by: OuterRef("id")})) for name, by in _BY}
    return related_cases().filter(number=number).annotate(**asked)


_BY_NUMBER = Compiled(_by_number)


def _beside(case: Case) -> set[Beside]:
    found = {kind for kind in Beside if getattr(case, _name(kind), False)}
    if any(getattr(case, name) is not None for name in _ABOVE):
        found.add(Beside.ABOVE)
    if case.has_children or case.has_parts:  # type: ignore[attr-defined] # annotated
        found.add(Beside.BELOW)
    return found


def _name(kind: Beside) -> str:
    return f"has_{kind.value}"

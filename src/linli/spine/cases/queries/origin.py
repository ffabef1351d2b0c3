"""What the platform above said of a case, and which of its numbers are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from linli.ground.kernel.compiled import Compiled
from linli.spine.cases.models import Case, Origin
from linli.spine.cases.terms import UpperOrder
from linli.spine.cases.terms.beside import ANYTHING, Beside


def find_upper_order(case_id: UUID, *, beside: frozenset[Beside] = ANYTHING) -> UpperOrder | None:
    """Find what the platform above said of a case; the asker's right is checked.

    Args:
        beside: what the case has, where that is known.
    """
    row = _ORIGIN.first(case_id=case_id) if Beside.ORIGIN in beside else None
    if row is None:
        return None
    return UpperOrder(system=row.system, received_at=row.received_at, due_at=row.due_at)


_ORIGIN = Compiled(lambda case_id: Origin.objects.filter(case_id=case_id))


def list_known_ids(ids: Iterable[UUID]) -> Mapping[UUID, str]:
    """Say which cases there are of these, with their numbers."""
    return dict(Case.objects.filter(id__in=list(ids)).values_list("id", "number"))


def list_entered_by_hand(*, street_code: str, numbers: Iterable[str]) -> Mapping[str, str]:
    """Say which numbers of the platform above stand on cases no file brought.

    Returns the case's number by the original one.
    """
    wanted = [number for number in numbers if number]
    if not wanted:
        return {}
    rows = Case.objects.filter(
        street__code=street_code, original_number__in=wanted, origin__isnull=True
    )
    return dict(rows.values_list("original_number", "number"))

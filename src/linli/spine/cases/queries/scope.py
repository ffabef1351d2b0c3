"""How far a member sees, as a filter on cases."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q

from linli.ground.people.rules import reach
from linli.ground.people.terms import Action as Right
from linli.ground.people.terms import Member, Scope
from linli.ground.territory.locator import former_grids, ids_within
from linli.ground.territory.terms import AreaKind
from linli.spine.cases.models import Assignment
from linli.spine.cases.queries.facts import OPEN_ASSIGNMENTS, SEEING_ASSIGNMENTS
from linli.spine.cases.terms import CaseKind, Duty

NOTHING = Q(pk__in=[])
TO_READ = (Right.CASE_LIST, Right.CASE_READ)
_LEVELS = (
    (9, "street", AreaKind.STREET),
    (12, "community", AreaKind.COMMUNITY),
    (15, "grid", AreaKind.GRID),
)


def visible_to(member: Member, right: Right = Right.CASE_LIST) -> Q:
    """Build the filter of what a member may see as staff; own reports are shown elsewhere.

    What was closed in grids whose ground lies in reach now is seen, too.
    """
    return within(reach(member, right), with_history=right in TO_READ)


def within(scope: Scope, *, lead_only: bool = False, with_history: bool = False) -> Q:
    """Turn a scope into a filter.

    Args:
        lead_only: of assignments, only the open one as lead counts.
        with_history: grids that ended count to those that have their ground now.
    """
    place = _with_former if with_history else in_area
    parts = [place(prefix) for prefix in scope.area_prefixes]
    if scope.area_prefixes_without_complaints:
        inside = either(place(prefix) for prefix in scope.area_prefixes_without_complaints)
        parts.append(inside & ~Q(kind=CaseKind.COMPLAINT.value))
    if scope.organisation_ids:
        parts.append(assigned_to(scope.organisation_ids, lead_only=lead_only))
    found = Q() if scope.all else either(parts)
    if scope.never_about:
        about = Q(kind=CaseKind.COMPLAINT.value, about_organisation_id__in=scope.never_about)
        found &= ~about
    return found


def either(parts: Iterable[Q]) -> Q:
    """Build the filter of what fits one of these at least; of none of them nothing."""
    return reduce(or_, parts, Q()) or NOTHING


def assigned_to(organisation_ids: Iterable[int], *, lead_only: bool = False) -> Q:
    """Build the filter of cases assigned to one of these organisations."""
    rows = Assignment.objects.filter(
        case_id=OuterRef("pk"),
        organisation_id__in=list(organisation_ids),
        state__in=OPEN_ASSIGNMENTS if lead_only else SEEING_ASSIGNMENTS,
    )
    return Q(Exists(rows.filter(duty=Duty.LEAD.value) if lead_only else rows))


def in_area(prefix: str) -> Q:
    """Build the filter of cases whose smallest known area lies in the one with this prefix.

    Areas are named by their ids: only then the indexes, which all begin with the street, serve.
    """
    found = Q()
    for digits, level, kind in _LEVELS:
        found &= _is_one_of(level, kind, prefix[:digits])
        if len(prefix) <= digits:
            return found
    return NOTHING


def _with_former(prefix: str) -> Q:
    former = former_grids(prefix)
    return in_area(prefix) | Q(grid_id__in=former) if former else in_area(prefix)


def _is_one_of(level: str, kind: AreaKind, prefix: str) -> Q:
    ids = ids_within(kind, prefix)
    if not ids:
        return Q(**{f"{level}__code__startswith": prefix})
    return Q(**{f"{level}_id": ids[0]}) if len(ids) == 1 else Q(**{f"{level}_id__in": ids})

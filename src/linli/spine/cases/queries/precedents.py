"""The centre's rulings that are still to be followed: shown where such a matter comes again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from linli.ground.kernel.queries import list_texts
from linli.ground.people.rules import reach
from linli.ground.people.terms import Action as Right
from linli.ground.people.terms import Member
from linli.spine.cases.models import Case, Precedent
from linli.spine.cases.queries.words import name_of
from linli.spine.cases.rules.reports import mask_numbers

MOST = 5


@dataclass(frozen=True, kw_only=True)
class PrecedentView:
    """One ruling: who handles such matters, who had returned it, and the ruling's words."""

    id: int
    case_number: str
    category_name: str
    area_name: str
    organisation_id: int
    organisation_name: str
    against_id: int | None
    against_name: str
    words: str
    ruled_at: datetime
    withdrawn_at: datetime | None


def list_precedents(*, member: Member, with_withdrawn: bool = False) -> list[PrecedentView]:
    """List the precedents of the streets in which a member may dispatch, newest first."""
    prefixes = reach(member, Right.CASE_DISPATCH).area_prefixes
    wanted = Q(pk__in=[])
    for prefix in prefixes:
        wanted |= Q(street__code__startswith=prefix)
    rows = Precedent.objects.filter(wanted)
    return _views(rows if with_withdrawn else rows.filter(withdrawn_at=None))


def list_precedents_for(*, case_id: UUID) -> list[PrecedentView]:
    """List the newest precedents in force for a case: of its category, and of its community or of
    a unit at work on it.
    """
    case = Case.objects.only("street", "community", "category").get(id=case_id)
    if case.category_id is None:
        return []
    units = case.assignments.filter(duty="lead").values("organisation_id")
    here = Q(area_id=case.community_id or case.street_id) | Q(area_id=case.street_id)
    rows = Precedent.objects.filter(
        here | Q(organisation_id__in=units) | Q(against_id__in=units),
        street_id=case.street_id,
        category_id=case.category_id,
        withdrawn_at=None,
    )
    return _views(rows.exclude(case_id=case_id))[:MOST]


def _views(rows: QuerySet[Precedent]) -> list[PrecedentView]:
    found = list(
        rows.select_related("case", "category", "area", "organisation", "against")
        .defer("area__geometry")
        .order_by("-ruled_at", "-id")
    )
    words = list_texts([row.event_id for row in found], key="note")
    return [_view(row, words.get(row.event_id, "")) for row in found]


def _view(row: Precedent, words: str) -> PrecedentView:
    return PrecedentView(
        id=row.pk,
        case_number=row.case.number,
        category_name=name_of(row.category),
        area_name=name_of(row.area),
        organisation_id=row.organisation_id,
        organisation_name=name_of(row.organisation),
        against_id=row.against_id,
        against_name=name_of(row.against),
        words=mask_numbers(words),
        ruled_at=row.ruled_at,
        withdrawn_at=row.withdrawn_at,
    )

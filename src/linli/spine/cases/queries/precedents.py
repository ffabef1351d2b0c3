"""The centre's rulings that are still to be followed: shown where such a matter comes again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from linli.ground.kernel.compiled import Compiled
from linli.ground.kernel.queries import list_texts
from linli.ground.people.rules import reach
from linli.ground.people.terms import Action as Right
from linli.ground.people.terms import Member
from linli.spine.cases.models import Assignment, Case, Precedent
from linli.spine.cases.queries.words import name_of
from linli.spine.cases.rules.reports import mask_numbers
from linli.spine.cases.terms import Duty

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
    return _frozen(list(_read(rows if with_withdrawn else rows.filter(withdrawn_at=None))))


def list_precedents_for(*, case_id: UUID) -> list[PrecedentView]:
    """List the newest precedents in force for a case: of its category, and of its community or of
    a unit at work on it.
    """
    case = Case.objects.only("street", "community", "category").get(id=case_id)
    return list_precedents_for_cases([case])[case_id]


def list_precedents_for_cases(cases: Iterable[Case]) -> dict[UUID, list[PrecedentView]]:
    """List the newest precedents in force for each of these cases, in three statements."""
    listed = list(cases)
    units = _leads_of(listed)
    rows = _OF_THE_LIKE.rows(
        street_ids=list({case.street_id for case in listed}),
        category_ids=list({case.category_id for case in listed if case.category_id}),
    )
    chosen = {case.id: [r for r in rows if _holds(r, case, units[case.id])] for case in listed}
    used = {row.pk: row for some in chosen.values() for row in some}
    views = dict(zip(used, _frozen(list(used.values())), strict=True))
    return {one: [views[row.pk] for row in some[:MOST]] for one, some in chosen.items()}


def _leads_of(cases: list[Case]) -> dict[UUID, set[int | None]]:
    found: dict[UUID, set[int | None]] = {case.id: set() for case in cases}
    for case_id, unit_id in _LEADS.rows(ids=list(found)):
        found[case_id].add(unit_id)
    return found


def _holds(row: Precedent, case: Case, units: set[int | None]) -> bool:
    if row.case_id == case.id or row.street_id != case.street_id:
        return False
    here = row.area_id in (case.community_id or case.street_id, case.street_id)
    at_work = row.organisation_id in units or (row.against_id or 0) in units
    return row.category_id == case.category_id and (here or at_work)


def _read(rows: QuerySet[Precedent]) -> QuerySet[Precedent]:
    related = ("case", "category", "area", "organisation", "against")
    return rows.select_related(*related).defer("area__geometry").order_by("-ruled_at", "-id")


_OF_THE_LIKE = Compiled(
    lambda street_ids, category_ids: _read(
        Precedent.objects.filter(
            street_id__among=street_ids, category_id__among=category_ids, withdrawn_at=None
        )
    )
)
_LEADS = Compiled(
    lambda ids: Assignment.objects.filter(case_id__among=ids, duty=Duty.LEAD.value).values_list(
        "case_id", "organisation_id"
    )
)


def _frozen(rows: list[Precedent]) -> list[PrecedentView]:
    if not rows:
        return []
    words = list_texts([row.event_id for row in rows], key="note")
    return [_view(row, words.get(row.event_id, "")) for row in rows]


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

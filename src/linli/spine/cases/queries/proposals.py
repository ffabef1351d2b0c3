"""What the dispatcher is shown: who should do it, why, how busy they are, what was ruled before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from linli.ground.kernel.calendars import Limit, Unit
from linli.ground.kernel.compiled import Compiled
from linli.ground.people.queries.duty import on_duty
from linli.spine.cases.models import Assignment, Case
from linli.spine.cases.queries.catalogue import get_category_by_id
from linli.spine.cases.queries.facts import OPEN_ASSIGNMENTS
from linli.spine.cases.queries.precedents import PrecedentView, list_precedents_for_cases
from linli.spine.cases.queries.routing import explain_proposals, get_placed, propose_for_cases
from linli.spine.cases.queries.words import limit_words, name_of, organisation_names
from linli.spine.cases.rules.routing import Proposal
from linli.spine.cases.terms import Duty


@dataclass(frozen=True, kw_only=True)
class Load:
    """How much an organisation has in hand: open assignments as lead or with a task."""

    open: int = 0
    late: int = 0


@dataclass(frozen=True, kw_only=True)
class ProposalView:
    """A proposal as it is shown; `reasons` begin with the one that decided.

    `on_duty` names who is on duty in the sub-district at this hour, as far as a roster says.
    """

    lead_id: int | None
    lead_name: str
    helpers: tuple[tuple[int, str], ...]
    responsibility_id: int | None
    limit: Limit | None
    limit_words: str
    reasons: tuple[str, ...]
    area_name: str
    load: Load
    on_duty: tuple[str, ...]
    precedents: tuple[PrecedentView, ...]


def brief_proposal(*, case_id: UUID, at: datetime) -> ProposalView:
    """Give the proposal for a case with all a dispatcher weighs.

    Args:
        at: aware instant of asking, for the load and for who is on duty.
    """
    return brief_proposals([get_placed(case_id)], at=at)[case_id]


def brief_proposals(cases: Iterable[Case], *, at: datetime) -> dict[UUID, ProposalView]:
    """Give the proposals for many cases, in statements that grow with sub-districts only.

    Args:
        cases: with category, street, community and grid.
        at: as for `brief_proposal`.
    """
    listed = list(cases)
    proposals = propose_for_cases(listed)
    around = _read_around(listed, proposals, at)
    reasons = explain_proposals(proposals[case.id] for case in listed)
    return {
        case.id: _view(case, proposals[case.id], said, around)
        for case, said in zip(listed, reasons, strict=True)
    }


@dataclass(frozen=True, kw_only=True)
class _Around:
    """What proposals are weighed by, read once for all of them."""

    names: Mapping[int, str]
    loads: Mapping[int, Load]
    on_duty: Mapping[str, tuple[str, ...]]
    precedents: Mapping[UUID, list[PrecedentView]]


def _read_around(cases: list[Case], proposals: Mapping[UUID, Proposal], at: datetime) -> _Around:
    leads = {one.lead_id for one in proposals.values() if one.lead_id is not None}
    helpers = {helper for one in proposals.values() for helper in one.helper_ids}
    streets = sorted({case.street.code for case in cases})
    return _Around(
        names=organisation_names(leads | helpers),
        loads=list_loads(leads, at=at),
        on_duty={code: tuple(one.name for one in on_duty(code, at)) for code in streets},
        precedents=list_precedents_for_cases(cases),
    )


def _view(
    case: Case, proposal: Proposal, reasons: tuple[str, ...], around: _Around
) -> ProposalView:
    limit = _limit(case)
    lead_id = proposal.lead_id
    names = around.names
    return ProposalView(
        lead_id=lead_id,
        lead_name=names.get(lead_id, "") if lead_id is not None else "",
        helpers=tuple((one, names.get(one, "")) for one in proposal.helper_ids),
        responsibility_id=proposal.responsibility_id,
        limit=limit,
        limit_words=limit_words(limit) if limit else "",
        reasons=reasons,
        area_name=name_of(case.grid or case.community or case.street),
        load=around.loads.get(lead_id, Load()) if lead_id is not None else Load(),
        on_duty=around.on_duty[case.street.code],
        precedents=tuple(around.precedents[case.id]),
    )


def list_loads(organisation_ids: Iterable[int], *, at: datetime) -> dict[int, Load]:
    """Count what these organisations have in hand and how much of it is late, in one statement."""
    rows = _IN_HAND.rows(ids=list(organisation_ids), at=at)
    return {unit: Load(open=count, late=late) for unit, count, late in rows}


_IN_HAND = Compiled(
    lambda ids, at: (
        Assignment.objects.filter(
            organisation_id__among=ids,
            duty__in=[Duty.LEAD.value, Duty.TASK.value],
            state__in=OPEN_ASSIGNMENTS,
        )
        # Of nothing but what the index holds, so that no assignment need be read.
        .values("organisation_id")
        .annotate(open=Count("organisation_id"), late=Count("due_at", filter=Q(due_at__lt=at)))
        .order_by()
        .values_list("organisation_id", "open", "late")
    )
)


def _limit(case: Case) -> Limit | None:
    if case.category_id is None:
        return None
    category = get_category_by_id(case.category_id)
    return Limit(category.limit_amount, Unit(category.limit_unit))

"""The cases that wait to be dispatched, each with its proposal, or why nobody can be proposed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from linli.ground.kernel.compiled import Compiled
from linli.ground.kernel.marking import N_
from linli.ground.people.terms import Action as Right
from linli.ground.people.terms import Member
from linli.spine.cases.models import Case
from linli.spine.cases.queries.counted import URGENT_FIRST
from linli.spine.cases.queries.facts import SHAPES
from linli.spine.cases.queries.lists import ORDERS, filter_cases
from linli.spine.cases.queries.proposals import ProposalView, brief_proposals
from linli.spine.cases.queries.rows import RELATED, case_rows
from linli.spine.cases.queries.scope import visible_to
from linli.spine.cases.queries.settings import get_policy
from linli.spine.cases.terms import CaseFilters, CaseRow, Step

RULING_NEEDED = N_("曾被退单，要由值班长裁定主办单位，请打开案件办理。")
NOBODY_TO_PROPOSE = N_("没有可建议的主办单位，要由人选定。")
NO_ITEM = N_("职责清单没有适用的条目，要由人选定主办单位。")


@dataclass(frozen=True, kw_only=True)
class WaitingCase:
    """One case that waits; `obstacle` (a msgid) says why it can't go out as proposed.

    `may_choose` tells that it can go out to a lead that a person chooses.
    """

    row: CaseRow
    proposal: ProposalView
    obstacle: str = ""
    may_choose: bool = True


@dataclass(frozen=True, kw_only=True)
class WaitingPage:
    """One page of what waits; `total` over all pages."""

    cases: tuple[WaitingCase, ...]
    total: int
    page: int
    pages: int


def list_waiting(*, member: Member, filters: CaseFilters, at: datetime) -> WaitingPage:
    """List the cases a member may dispatch, the urgent and those due first before the others.

    Args:
        filters: as for the list of cases; its steps and order do not count.
        at: aware instant of asking.
    """
    found = _waiting(member).filter(filter_cases(replace(filters, steps=(Step.DISPATCHING,)), at))
    size, page = filters.page_size, max(filters.page, 1)
    # By id first: the order lies in an index, and only what is shown is read whole.
    ordered = found.order_by(*ORDERS[URGENT_FIRST]).values_list("id", flat=True)
    rows = _read(list(ordered[(page - 1) * size : page * size]))
    total = found.order_by().count()
    return WaitingPage(
        cases=_brief(rows, at), total=total, page=page, pages=max(1, -(-total // size))
    )


def find_waiting(
    *, member: Member, numbers: Iterable[str], at: datetime
) -> tuple[WaitingCase, ...]:
    """Find those of the numbered cases that wait and that a member may dispatch, in list order."""
    rows = _waiting(member).filter(step=Step.DISPATCHING.value, number__in=list(numbers))
    ordered = rows.order_by(*ORDERS[URGENT_FIRST]).values_list("id", flat=True)
    return _brief(_read(list(ordered)), at)


def _waiting(member: Member) -> QuerySet[Case]:
    rows = Case.objects.filter(visible_to(member, Right.CASE_READ))
    return rows.filter(visible_to(member, Right.CASE_DISPATCH))


def _read(ids: Sequence[UUID]) -> list[Case]:
    """Read cases with category and areas, in the order of their ids."""
    found = {case.id: case for case in _WAITING.rows(ids=list(ids))} if ids else {}
    return [found[one] for one in ids if one in found]


_WAITING = Compiled(
    lambda ids: Case.objects.filter(id__among=ids).select_related(*RELATED).defer(*SHAPES)
)


def _brief(cases: Sequence[Case], at: datetime) -> tuple[WaitingCase, ...]:
    proposals = brief_proposals(cases, at=at)
    return tuple(
        _waiting_case(case, row, proposals[case.id])
        for case, row in zip(cases, case_rows(cases, at), strict=True)
    )


def _waiting_case(case: Case, row: CaseRow, proposal: ProposalView) -> WaitingCase:
    needs_ruling = case.return_count >= get_policy(case.street_id).return_limit
    obstacle = ""
    if needs_ruling:
        obstacle = RULING_NEEDED
    elif proposal.lead_id is None:
        obstacle = NOBODY_TO_PROPOSE
    elif proposal.responsibility_id is None and case.about_organisation_id is None:
        obstacle = NO_ITEM
    return WaitingCase(row=row, proposal=proposal, obstacle=obstacle, may_choose=not needs_ruling)

"""Several cases dispatched one after the other: each by itself, each with its own answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.ground.kernel.errors import Refusal
from linli.ground.people.terms import Member
from linli.spine.cases.models import Case
from linli.spine.cases.queries.routing import propose_for_case
from linli.spine.cases.rules.refusals import ActionRefused, NoSuchCase
from linli.spine.cases.services.acting import carry_out
from linli.spine.cases.terms import ActionInput, ActionName


@dataclass(frozen=True, kw_only=True)
class Order:
    """One case to be dispatched to the lead that was seen as proposed, or chosen by a person."""

    case_id: UUID
    seen_version: int
    lead_id: int
    is_chosen: bool = False


@dataclass(frozen=True, kw_only=True)
class Answer:
    """How one order went; without a refusal it was carried out."""

    order: Order
    refusal: Refusal | None = None


def dispatch_each(*, orders: Iterable[Order], member: Member, at: datetime) -> tuple[Answer, ...]:
    """Dispatch every case in a transaction of its own; one refused does not hold up the others.

    Args:
        at: aware instant from the edge.
    """
    return tuple(_answer(order, member, at) for order in orders)


def _answer(order: Order, member: Member, at: datetime) -> Answer:
    try:
        _dispatch(order, member, at)
    except Refusal as refusal:
        return Answer(order=order, refusal=refusal)
    return Answer(order=order)


@transaction.atomic
def _dispatch(order: Order, member: Member, at: datetime) -> None:
    rows = Case.objects.select_for_update(of=("self",)).filter(id=order.case_id)
    version = rows.values_list("version", flat=True).first()
    if version is None:
        raise NoSuchCase("cases.not_found")
    proposal = propose_for_case(order.case_id)
    is_as_seen = order.is_chosen or proposal.lead_id == order.lead_id
    if version == order.seen_version and not is_as_seen:
        raise ActionRefused("cases.proposal_changed", field="lead_id")
    carry_out(
        case_id=order.case_id,
        action=ActionName.DISPATCH,
        member=member,
        at=at,
        form=ActionInput(
            lead_id=order.lead_id,
            helper_ids=tuple(one for one in proposal.helper_ids if one != order.lead_id),
        ),
        seen_version=order.seen_version,
    )

"""Who is told when a clock climbs the ladder: whoever's turn it is, then those above, step by step.

The sweep lets many climb at once, so they are told afterwards, by a job of the same transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from linli.ground.kernel.reactions import after, within
from linli.ground.kernel.terms import Occurrence
from linli.ground.notices.services import tell
from linli.ground.people.queries import list_account_ids
from linli.ground.people.terms import Role
from linli.spine.cases.queries.address import CaseAddress, get_address
from linli.spine.cases.supervision_events import InstructionAnswered, InstructionGiven, RungReached
from linli.spine.cases.terms import Step
from linli.spine.cases.terms.supervision import Rung

from .cases import ANSWERING

KINDS = {
    Rung.REMIND: "cases.due_soon",
    Rung.YELLOW: "cases.yellow_card",
    Rung.RED: "cases.red_card",
    Rung.UP: "cases.escalated",
}
# Whose turn it is while no organisation answers.
_CENTRE = (Role.DISPATCHER,)
TURN: Mapping[Step, tuple[Role, ...]] = {
    Step.VERIFYING: (Role.GRID_LEADER, Role.GRID_WORKER, Role.VERIFIER),
    Step.FILING: (Role.INTAKE_CLERK,),
    Step.DISPATCHING: _CENTRE,
    Step.IN_GRID: (Role.GRID_LEADER, Role.GRID_WORKER),
    Step.IN_COMMUNITY: (Role.COMMUNITY_SECRETARY,),
    Step.FORWARDED: _CENTRE,
    Step.CHECKING: (Role.VERIFIER,),
    Step.CLOSING: (Role.INTAKE_CLERK,),
}
NEVER_COMPLAINTS = (Role.GRID_LEADER, Role.GRID_WORKER)
# Who hears of it besides, rung by rung.
ABOVE: Mapping[Rung, tuple[Role, ...]] = {
    Rung.REMIND: (),
    Rung.YELLOW: (Role.SHIFT_LEADER,),
    Rung.RED: (Role.SHIFT_LEADER, Role.SUPERVISOR, Role.STREET_LEADER),
    Rung.UP: (Role.SHIFT_LEADER, Role.SUPERVISOR, Role.STREET_LEADER),
}
# What a grid or a community could not do in time, the level above it hears of.
ONE_LEVEL_UP: Mapping[Step, tuple[Role, ...]] = {
    Step.IN_GRID: (Role.COMMUNITY_SECRETARY,),
    Step.IN_COMMUNITY: (Role.DISPATCHER,),
}


@after(RungReached)
def tell_of_rung(occurrence: Occurrence) -> None:
    """Tell whose turn it is and those who answer for them, the higher the rung the higher up."""
    event = occurrence.event
    if isinstance(event, RungReached):
        address = get_address(UUID(occurrence.subject.id))
        people = [*_in_turn(event, address, occurrence), *_above(event, address, occurrence)]
        _tell(people, KINDS[Rung(event.rung)], address, occurrence)


@within(InstructionGiven)
def tell_addressee(occurrence: Occurrence) -> None:
    """Tell those who are to answer a leader's instruction."""
    event = occurrence.event
    if isinstance(event, InstructionGiven):
        address = get_address(UUID(occurrence.subject.id))
        people = _answering(event.organisation_id, address, occurrence)
        _tell(people, "cases.instructed", address, occurrence)


@within(InstructionAnswered)
def tell_office(occurrence: Occurrence) -> None:
    """Tell the office, which passes the answer on to the leader, and leaders with an account."""
    address = get_address(UUID(occurrence.subject.id))
    roles = (Role.SHIFT_LEADER, Role.SUPERVISOR, Role.STREET_LEADER)
    _tell(_at(roles, address, occurrence), "cases.instruction_answered", address, occurrence)


def _in_turn(event: RungReached, address: CaseAddress, occurrence: Occurrence) -> list[int]:
    if event.organisation_id is not None or event.instruction_no is not None:
        return _answering(event.organisation_id, address, occurrence)
    roles = TURN.get(address.step, ())
    if address.is_complaint:
        roles = tuple(role for role in roles if role not in NEVER_COMPLAINTS)
    return _at(roles, address, occurrence)


def _above(event: RungReached, address: CaseAddress, occurrence: Occurrence) -> list[int]:
    rung = Rung(event.rung)
    roles = ABOVE[rung]
    if rung is Rung.UP:
        roles += ONE_LEVEL_UP.get(address.step, ())
    return _at(roles, address, occurrence)


def _answering(
    organisation_id: int | None, address: CaseAddress, occurrence: Occurrence
) -> list[int]:
    """List those who answer for an organisation, or for the centre where there is none."""
    if organisation_id is None:
        return _at((Role.DISPATCHER, Role.SHIFT_LEADER), address, occurrence)
    return list_account_ids(at=occurrence.at, organisation_id=organisation_id, roles=ANSWERING)


def _at(roles: tuple[Role, ...], address: CaseAddress, occurrence: Occurrence) -> list[int]:
    if not roles:
        return []
    return list_account_ids(at=occurrence.at, roles=roles, covering_code=address.area_code)


def _tell(people: list[int], kind: str, address: CaseAddress, occurrence: Occurrence) -> None:
    tell(
        account_ids=people,
        kind=kind,
        subject=occurrence.subject,
        params={"number": address.number},
        at=occurrence.at,
        key=str(occurrence.id),
    )

"""What follows from couriers: who confirms them, who answers within half an hour, who is told."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from linli.ground.kernel.marking import N_
from linli.ground.kernel.reactions import within
from linli.ground.kernel.terms import Occurrence
from linli.ground.notices.rules import declare
from linli.ground.notices.services import tell
from linli.ground.notices.terms import Topic, Wording
from linli.ground.people.queries import list_account_ids
from linli.ground.people.terms import CENTRE_ROLES, Role
from linli.programmes.couriers import events
from linli.programmes.couriers.queries.couriers import get_courier_address
from linli.programmes.couriers.queries.reports import find_courier_account
from linli.programmes.couriers.terms import PassedTo
from linli.spine.cases.queries.address import get_address

DESK, CASE, OWN = "/desk/couriers/", "/desk/cases/%(number)s/", "/courier/"
ABOVE = (Role.COMMUNITY_SECRETARY, Role.SHIFT_LEADER)
SENTENCES = {
    "couriers.to_confirm": (N_("有一位小哥登记，请确认。"), DESK, Topic.WORK),
    "couriers.confirmed": (N_("社区确认了您的小哥登记，可以三步上报了。"), OWN, Topic.OWN),
    "couriers.refused": (N_("社区没有确认您的小哥登记，请看理由。"), OWN, Topic.OWN),
    "couriers.asked": (N_("小哥上报 %(number)s，请在半小时内接下或转派。"), CASE, Topic.WORK),
    "couriers.accepted": (N_("有人接下了您上报的 %(number)s。"), OWN, Topic.OWN),
    "couriers.passed_on": (N_("您上报的 %(number)s 转给了该管的人。"), OWN, Topic.OWN),
    "couriers.passed_to_you": (N_("小哥上报 %(number)s 转给您，请处理。"), CASE, Topic.WORK),
    "couriers.late": (N_("小哥上报 %(number)s 半小时没有人接，请过问。"), CASE, Topic.CLOCKS),
}
declare(
    {
        kind: Wording(sentence=sentence, address=address, topic=topic)
        for kind, (sentence, address, topic) in SENTENCES.items()
    }
)


@within(events.CourierApplied)
def tell_who_confirms(occurrence: Occurrence) -> None:
    """Tell the community's secretary that somebody waits."""
    _account, area_code = get_courier_address(int(occurrence.subject.id))
    people = list_account_ids(
        at=occurrence.at, roles=(Role.COMMUNITY_SECRETARY,), covering_code=area_code
    )
    _tell(people, "couriers.to_confirm", occurrence)


@within(events.CourierConfirmed, events.CourierRefused)
def tell_the_courier(occurrence: Occurrence) -> None:
    """Tell the courier what was decided."""
    account_id, _area = get_courier_address(int(occurrence.subject.id))
    is_yes = isinstance(occurrence.event, events.CourierConfirmed)
    _tell([account_id], "couriers.confirmed" if is_yes else "couriers.refused", occurrence)


@within(events.AnswerAsked)
def ask_for_an_answer(occurrence: Occurrence) -> None:
    """Tell those who are to accept it or pass it on."""
    event = occurrence.event
    if isinstance(event, events.AnswerAsked):
        _tell_of_case(event.account_ids, "couriers.asked", occurrence)


@within(events.ReportAccepted)
def tell_it_is_accepted(occurrence: Occurrence) -> None:
    """Tell the courier that somebody sees to it."""
    _tell_of_case(_courier(occurrence), "couriers.accepted", occurrence)


@within(events.ReportPassedOn)
def tell_it_is_passed_on(occurrence: Occurrence) -> None:
    """Tell the courier, and those who have it now."""
    event = occurrence.event
    if not isinstance(event, events.ReportPassedOn):
        return
    to_centre = event.to == PassedTo.CENTRE
    roles = CENTRE_ROLES if to_centre else (Role.COMMUNITY_SECRETARY,)
    _tell_of_case(_courier(occurrence), "couriers.passed_on", occurrence)
    _tell_of_case(_covering(occurrence, roles), "couriers.passed_to_you", occurrence)


@within(events.AnswerOverdue)
def tell_those_above(occurrence: Occurrence) -> None:
    """Tell the community's secretary and the shift leader that nobody answered in time."""
    _tell_of_case(_covering(occurrence, ABOVE), "couriers.late", occurrence)


def _courier(occurrence: Occurrence) -> list[int]:
    found = find_courier_account(case_id=UUID(occurrence.subject.id))
    return [found] if found is not None else []


def _covering(occurrence: Occurrence, roles: Iterable[Role]) -> list[int]:
    address = get_address(UUID(occurrence.subject.id))
    found = list_account_ids(at=occurrence.at, roles=roles, covering_code=address.area_code)
    return [one for one in found if one != occurrence.actor.account_id]


def _tell_of_case(people: Iterable[int], kind: str, occurrence: Occurrence) -> None:
    number = get_address(UUID(occurrence.subject.id)).number
    _tell(people, kind, occurrence, number=number)


def _tell(people: Iterable[int], kind: str, occurrence: Occurrence, **params: str) -> None:
    tell(
        account_ids=dict.fromkeys(people),
        kind=kind,
        subject=occurrence.subject,
        params=params,
        at=occurrence.at,
        key=str(occurrence.id),
    )

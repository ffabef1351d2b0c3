"""What follows from what happens around whistles: who is told. Emergencies are called out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from linli.ground.kernel.marking import N_
from linli.ground.kernel.reactions import within
from linli.ground.kernel.terms import Occurrence
from linli.ground.notices.rules import declare
from linli.ground.notices.services import settle_alerts, tell
from linli.ground.notices.terms import Topic, Wording
from linli.ground.people.queries import list_account_ids
from linli.ground.people.terms import Role
from linli.programmes.whistle import events
from linli.programmes.whistle.queries.address import WhistleAddress, get_address
from linli.programmes.whistle.terms import Answer, Kind, Proof, call_subject

from .cases import ANSWERING

PAGE = "/desk/whistles/%(number)s/"
URGENT = "whistle.called_urgent"
_SENTENCES: Mapping[str, tuple[Topic, str]] = {
    URGENT: (Topic.URGENT, N_("应急哨 %(number)s 在叫人，被叫的单位请立即答复、马上到场。")),
    "whistle.called": (Topic.WORK, N_("哨 %(number)s 叫贵单位到场，请答复能不能来。")),
    "whistle.cancelled": (Topic.WORK, N_("哨 %(number)s 已取消，不用再来。")),
    "whistle.lead_named": (Topic.WORK, N_("哨 %(number)s 改由贵单位主办。")),
    "whistle.judged": (Topic.WORK, N_("召集人评价了哨 %(number)s，请看过并回应。")),
    "whistle.settled": (Topic.WORK, N_("哨 %(number)s 的评价异议已经裁定。")),
    "whistle.declined": (Topic.CENTRE, N_("有单位来不了哨 %(number)s，请另作安排。")),
    "whistle.unproven": (Topic.CENTRE, N_("有单位报到哨 %(number)s 没有取到位置，请确认到场。")),
    "whistle.to_judge": (Topic.CENTRE, N_("哨 %(number)s 已登记结果，请评价各单位。")),
    "whistle.disputed": (Topic.CENTRE, N_("哨 %(number)s 的评价有异议，请裁定。")),
    "whistle.unanswered": (Topic.CLOCKS, N_("有单位到时没有答复哨 %(number)s。")),
    "whistle.late": (Topic.CLOCKS, N_("有单位到时没有到场，哨 %(number)s。")),
}

declare(
    {
        kind: Wording(sentence=sentence, address=PAGE, topic=topic)
        for kind, (topic, sentence) in _SENTENCES.items()
    }
)


@within(events.WhistleBlown, events.MoreCalled)
def call_organisations(occurrence: Occurrence) -> None:
    """Tell those who are called; for an emergency again and again until somebody knows."""
    event, address = occurrence.event, _address(occurrence)
    called: tuple[int, ...] = getattr(event, "organisation_ids", ())
    if isinstance(event, events.WhistleBlown):
        called = (event.lead_id, *event.helper_ids)
    for organisation_id in called:
        people = _at(organisation_id, occurrence)
        if address.kind is Kind.EMERGENCY:
            _call_out(people, organisation_id, occurrence, address)
        else:
            _tell(people, "whistle.called", occurrence, address)


@within(events.CallAnswered, events.SignedIn)
def answered(occurrence: Occurrence) -> None:
    """Stop calling who has answered; tell the caller what needs an arrangement."""
    event, address = occurrence.event, _address(occurrence)
    if not isinstance(event, events.CallEvent):
        return
    _quieten(event.organisation_id, occurrence, address)
    if isinstance(event, events.CallAnswered) and event.answer == Answer.CANNOT:
        _tell(address.caller_ids, "whistle.declined", occurrence, address)
    if isinstance(event, events.SignedIn) and event.proof == Proof.NONE:
        _tell(address.caller_ids, "whistle.unproven", occurrence, address)


@within(events.LeadNamed, events.DisputeSettled)
def tell_one(occurrence: Occurrence) -> None:
    """Tell the organisation it is about; of a settlement the caller too."""
    event, address = occurrence.event, _address(occurrence)
    if isinstance(event, events.LeadNamed):
        people = _at(event.organisation_id, occurrence)
        _tell(people, "whistle.lead_named", occurrence, address)
    if isinstance(event, events.DisputeSettled):
        people = [*_at(event.organisation_id, occurrence), *address.caller_ids]
        _tell(people, "whistle.settled", occurrence, address)


@within(events.CallUnanswered, events.CallLate)
def tell_of_time(occurrence: Occurrence) -> None:
    """Tell the caller and those who should have answered or come."""
    event, address = occurrence.event, _address(occurrence)
    if isinstance(event, events.CallEvent):
        kind = "whistle.late" if isinstance(event, events.CallLate) else "whistle.unanswered"
        people = [*address.caller_ids, *_at(event.organisation_id, occurrence)]
        _tell(people, kind, occurrence, address)


@within(events.OutcomeRecorded)
def ask_to_judge(occurrence: Occurrence) -> None:
    """Ask the caller to judge."""
    address = _address(occurrence)
    _tell(address.caller_ids, "whistle.to_judge", occurrence, address)


@within(events.OrganisationsJudged, events.WhistleCancelled)
def tell_called(occurrence: Occurrence) -> None:
    """Tell all who were called that it is judged, or called off."""
    address = _address(occurrence)
    is_cancelled = isinstance(occurrence.event, events.WhistleCancelled)
    kind = "whistle.cancelled" if is_cancelled else "whistle.judged"
    for organisation_id in address.calls:
        _quieten(organisation_id, occurrence, address)
        _tell(_at(organisation_id, occurrence), kind, occurrence, address)


@within(events.JudgementAnswered)
def ask_to_settle(occurrence: Occurrence) -> None:
    """Ask the leaders to settle a dispute; the caller is not asked."""
    event, address = occurrence.event, _address(occurrence)
    if isinstance(event, events.JudgementAnswered) and event.disputes:
        leaders = list_account_ids(
            at=occurrence.at, roles=(Role.STREET_LEADER,), covering_code=address.area_code
        )
        others = [one for one in leaders if one not in address.caller_ids]
        _tell(others, "whistle.disputed", occurrence, address)


def _call_out(
    people: list[int], organisation_id: int, occurrence: Occurrence, address: WhistleAddress
) -> None:
    """Call one organisation out on an alert of its own, so that another's answer ends nothing."""
    tell(
        account_ids=people,
        kind=URGENT,
        subject=call_subject(address.calls[organisation_id]),
        params={"number": address.number},
        key=str(occurrence.id),
        urgent=True,
        street_code=address.street_code,
        at=occurrence.at,
    )


def _quieten(organisation_id: int, occurrence: Occurrence, address: WhistleAddress) -> None:
    if address.kind is Kind.EMERGENCY:
        subject = call_subject(address.calls[organisation_id])
        settle_alerts(subject=subject, kind=URGENT, at=occurrence.at)


def _tell(
    account_ids: Iterable[int], kind: str, occurrence: Occurrence, address: WhistleAddress
) -> None:
    tell(
        account_ids=account_ids,
        kind=kind,
        subject=occurrence.subject,
        params={"number": address.number},
        at=occurrence.at,
        key=str(occurrence.id),
    )


def _at(organisation_id: int, occurrence: Occurrence) -> list[int]:
    return list_account_ids(at=occurrence.at, organisation_id=organisation_id, roles=ANSWERING)


def _address(occurrence: Occurrence) -> WhistleAddress:
    return get_address(UUID(occurrence.subject.id), at=occurrence.at)

"""Who is told of the pending register: who decides, those at work, and the reporters."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils.timezone import localdate

from linli.ground.kernel.reactions import within
from linli.ground.kernel.terms import Occurrence
from linli.ground.notices.services import tell
from linli.ground.people.queries import list_account_ids
from linli.ground.people.terms import Role
from linli.spine.cases.pending_events import CasePended, CaseWoken, PendingAsked, PendingRefused
from linli.spine.cases.queries.address import get_address, list_reporter_accounts

from .cases import ANSWERING


@within(PendingAsked)
def tell_leaders(occurrence: Occurrence) -> None:
    """Tell the leaders of the sub-district that somebody waits for their decision."""
    _tell(_at_street(occurrence, Role.STREET_LEADER), "cases.pending_asked", occurrence)


@within(CasePended)
def tell_that_it_rests(occurrence: Occurrence) -> None:
    """Tell those at work, and each reporter with an account by the own number and with why."""
    event = occurrence.event
    if isinstance(event, CasePended):
        until = localdate(event.wake_at).isoformat()
        _tell(_at_work(occurrence, event.organisation_id), "cases.pended", occurrence, until=until)
        kind = f"cases.pended_for_you_{event.obstacle}"
        _tell_reporters(kind, occurrence, until=until)


@within(PendingRefused)
def tell_of_refusal(occurrence: Occurrence) -> None:
    """Tell those who may have asked: the lead, and the shift leaders."""
    _tell(_at_work(occurrence), "cases.pending_refused", occurrence)


@within(CaseWoken)
def tell_that_it_goes_on(occurrence: Occurrence) -> None:
    """Tell those at work that the clock runs again, and each reporter that there is a new time."""
    _tell(_at_work(occurrence), "cases.woken", occurrence)
    _tell_reporters("cases.woken_for_you", occurrence)


def _at_work(occurrence: Occurrence, owner_id: int | None = None) -> list[int]:
    """List those who answer for the lead and for the unit that looks after it, and the shift."""
    lead_id = get_address(_case_id(occurrence)).lead_id
    units = dict.fromkeys(one for one in (lead_id, owner_id) if one is not None)
    found = [
        account_id
        for unit in units
        for account_id in list_account_ids(at=occurrence.at, organisation_id=unit, roles=ANSWERING)
    ]
    return [*found, *_at_street(occurrence, Role.SHIFT_LEADER)]


def _at_street(occurrence: Occurrence, role: Role) -> list[int]:
    area_code = get_address(_case_id(occurrence)).area_code
    return list_account_ids(at=occurrence.at, roles=(role,), covering_code=area_code)


def _tell_reporters(kind: str, occurrence: Occurrence, **params: str) -> None:
    for account_id, number in list_reporter_accounts(_case_id(occurrence)):
        _tell([account_id], kind, occurrence, number=number, **params)


def _tell(account_ids: Iterable[int], kind: str, occurrence: Occurrence, **params: str) -> None:
    number = params.get("number") or get_address(_case_id(occurrence)).number
    tell(
        account_ids=account_ids,
        kind=kind,
        subject=occurrence.subject,
        params={**params, "number": number},
        at=occurrence.at,
        key=str(occurrence.id),
    )


def _case_id(occurrence: Occurrence) -> UUID:
    return UUID(occurrence.subject.id)

"""Who is told of extensions: who decides, those who asked, and the reporters once it is granted."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from linli.ground.kernel.reactions import within
from linli.ground.kernel.terms import Occurrence
from linli.ground.notices.services import tell
from linli.ground.people.queries import list_account_ids
from linli.ground.people.terms import Role
from linli.spine.cases.putting_off_events import (
    ExtensionAsked,
    ExtensionGranted,
    ExtensionRefused,
)
from linli.spine.cases.queries.address import get_address, list_reporter_accounts

from .cases import ANSWERING


@within(ExtensionAsked)
def tell_who_decides(occurrence: Occurrence) -> None:
    """Tell the shift leader, or the leaders of the sub-district where it is theirs to decide."""
    event = occurrence.event
    if isinstance(event, ExtensionAsked):
        role = Role.STREET_LEADER if event.needs_leader else Role.SHIFT_LEADER
        address = get_address(UUID(occurrence.subject.id))
        people = list_account_ids(at=occurrence.at, roles=(role,), covering_code=address.area_code)
        _tell(people, "cases.extension_asked", address.number, occurrence)


@within(ExtensionGranted)
def tell_of_new_time(occurrence: Occurrence) -> None:
    """Tell those who asked, and each reporter with an account by the own number."""
    _tell_lead("cases.extension_granted", occurrence)
    for account_id, number in list_reporter_accounts(UUID(occurrence.subject.id)):
        _tell([account_id], "cases.extended_for_you", number, occurrence)


@within(ExtensionRefused)
def tell_of_refusal(occurrence: Occurrence) -> None:
    """Tell those who asked that the time stays as it was."""
    _tell_lead("cases.extension_refused", occurrence)


def _tell_lead(kind: str, occurrence: Occurrence) -> None:
    address = get_address(UUID(occurrence.subject.id))
    if address.lead_id is not None:
        people = list_account_ids(
            at=occurrence.at, organisation_id=address.lead_id, roles=ANSWERING
        )
        _tell(people, kind, address.number, occurrence)


def _tell(people: Iterable[int], kind: str, number: str, occurrence: Occurrence) -> None:
    tell(
        account_ids=people,
        kind=kind,
        subject=occurrence.subject,
        params={"number": number},
        at=occurrence.at,
        key=str(occurrence.id),
    )

"""Who is told of checks: who is to look, the reporters who are asked, the centre when one fails."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from linli.ground.kernel.reactions import within
from linli.ground.kernel.terms import Occurrence
from linli.ground.notices.services import tell
from linli.ground.people.queries import list_account_ids
from linli.ground.people.terms import Role
from linli.spine.cases.catalogue_terms import CheckedBy
from linli.spine.cases.checking_events import (
    CheckAnswered,
    CheckGiven,
    CheckPassedOn,
    CheckUnanswered,
    SampleDrawn,
    SampleFailed,
)
from linli.spine.cases.queries.address import get_address, list_reporter_accounts
from linli.spine.cases.queries.checking import find_verifier

from .cases import DISPATCHING

KINDS = {
    CheckGiven: "cases.check_given",
    CheckPassedOn: "cases.check_given",
    SampleDrawn: "cases.sample_given",
    CheckAnswered: "cases.check_answered",
    CheckUnanswered: "cases.check_unanswered",
}


@within(*KINDS)
def tell_verifier(occurrence: Occurrence) -> None:
    """Tell who is to check, or the verifiers of the sub-district where nobody was found."""
    found = find_verifier(case_id=UUID(occurrence.subject.id))
    area_code = get_address(UUID(occurrence.subject.id)).area_code
    people = [found] if found is not None else _at(occurrence, area_code, Role.VERIFIER)
    _tell(people, KINDS[type(occurrence.event)], occurrence)


@within(CheckGiven)
def ask_reporters(occurrence: Occurrence) -> None:
    """Ask the reporters with an account, each by the own number, where only they can tell."""
    event = occurrence.event
    if isinstance(event, CheckGiven) and event.checked_by == CheckedBy.REPORTER:
        for account_id, number in list_reporter_accounts(UUID(occurrence.subject.id)):
            _tell([account_id], "cases.asked_for_you", occurrence, number=number)


@within(SampleFailed)
def tell_centre_of_sample(occurrence: Occurrence) -> None:
    """Tell those who dispatch that what was settled at once was not."""
    area_code = get_address(UUID(occurrence.subject.id)).area_code
    _tell(_at(occurrence, area_code, *DISPATCHING), "cases.sample_failed", occurrence)


def _at(occurrence: Occurrence, area_code: str, *roles: Role) -> list[int]:
    return list_account_ids(at=occurrence.at, roles=roles, covering_code=area_code)


def _tell(people: Iterable[int], kind: str, occurrence: Occurrence, *, number: str = "") -> None:
    tell(
        account_ids=people,
        kind=kind,
        subject=occurrence.subject,
        params={"number": number or get_address(UUID(occurrence.subject.id)).number},
        at=occurrence.at,
        key=f"{occurrence.id}",
    )

"""A closed case as call-backs need it: where it belongs, who handled it, can its reporter be asked.

Of the reporter nothing is said but how they can be reached; name and number stay where they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from linli.spine.cases.models import Assignment, Reporter
from linli.spine.cases.queries.facts import CaseFile, open_file
from linli.spine.cases.queries.seeing import HANDLING, NEVER_HANDLED
from linli.spine.cases.terms import AssignmentState, CaseKind, Duty


@dataclass(frozen=True, kw_only=True)
class Closing:
    """A case that was closed; `lead_id` is who led when it was, `handler_ids` all who took part."""

    number: str
    kind: CaseKind
    street_id: int
    street_code: str
    community_id: int | None
    category_id: int | None
    closed_at: datetime | None
    lead_id: int | None
    handler_ids: frozenset[int]
    handler_account_ids: frozenset[int]
    about_organisation_id: int | None
    is_found_by_staff: bool


@dataclass(frozen=True, kw_only=True)
class Reach:
    """How the reporter of a case can be reached, if at all."""

    has_phone: bool
    has_account: bool

    @property
    def is_open(self) -> bool:
        """Whether there is any way."""
        return self.has_phone or self.has_account


def get_closing(case_id: UUID) -> Closing:
    """Get a case with those who handled it.

    Raises:
        NoSuchCase: when there is none.
    """
    file = open_file(case_id)
    case = file.case
    hands = [
        one for one in file.assignments if one.duty in HANDLING and one.state not in NEVER_HANDLED
    ]
    return Closing(
        number=case.number,
        kind=CaseKind(case.kind),
        street_id=case.street_id,
        street_code=case.street.code,
        community_id=case.community_id,
        category_id=case.category_id,
        closed_at=case.closed_at,
        lead_id=_last_lead(file),
        handler_ids=frozenset(one.organisation_id for one in hands if one.organisation_id),
        handler_account_ids=frozenset(_accounts(hands)),
        about_organisation_id=case.about_organisation_id,
        is_found_by_staff=case.finder_id is not None,
    )


def get_reach(case_id: UUID) -> Reach:
    """Say how the reporter of a case can be reached; an erased or anonymous one can't be."""
    known = Reporter.objects.filter(case_id=case_id, is_anonymous=False, erased_at=None)
    found = known.values_list("phone", "account_id").first() or ("", None)
    return Reach(has_phone=bool(found[0].strip()), has_account=found[1] is not None)


def _accounts(hands: Iterable[Assignment]) -> Iterator[int]:
    for one in hands:
        yield from one.earlier_account_ids
        if one.account_id is not None:
            yield one.account_id


def _last_lead(file: CaseFile) -> int | None:
    leads = [
        one
        for one in file.assignments
        if one.duty == Duty.LEAD and one.state == AssignmentState.DONE
    ]
    return leads[-1].organisation_id if leads else None

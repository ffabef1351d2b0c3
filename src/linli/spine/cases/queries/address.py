"""Where a case belongs and whom it concerns, in ids: what notices need to find their readers."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from linli.spine.cases.models import Reporter
from linli.spine.cases.queries.facts import open_file
from linli.spine.cases.terms import Duty


@dataclass(frozen=True, kw_only=True)
class CaseAddress:
    """A case by number, place and organisations; nothing of the reporter."""

    number: str
    area_code: str
    lead_id: int | None
    helper_ids: tuple[int, ...]


def get_address(case_id: UUID) -> CaseAddress:
    """Get where a case belongs.

    Raises:
        NoSuchCase: when there is none.
    """
    file = open_file(case_id)
    helpers = (one.organisation_id for one in file.open_ones if one.duty == Duty.HELPER)
    return CaseAddress(
        number=file.case.number,
        area_code=file.area_code,
        lead_id=file.lead.organisation_id if file.lead else None,
        helper_ids=tuple(one for one in helpers if one is not None),
    )


def find_reporter_account(case_id: UUID) -> int | None:
    """Find the account to tell about a case; only for notices to the reporter."""
    found = Reporter.objects.filter(case_id=case_id)
    return found.values_list("account_id", flat=True).first()

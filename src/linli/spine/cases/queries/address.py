"""Where a case belongs and whom it concerns, in ids: what notices need to find their readers."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from linli.spine.cases.models import Reporter
from linli.spine.cases.queries.facts import open_file
from linli.spine.cases.queries.gathering import list_group
from linli.spine.cases.terms import CaseKind, Duty, Level, Step


@dataclass(frozen=True, kw_only=True)
class CaseAddress:
    """A case by number, place and organisations; nothing of the reporter."""

    number: str
    area_code: str
    lead_id: int | None
    helper_ids: tuple[int, ...]
    task_organisation_ids: tuple[int, ...] = ()
    level: Level = Level.STREET
    step: Step = Step.FILING
    is_complaint: bool = False


def get_address(case_id: UUID) -> CaseAddress:
    """Get where a case belongs.

    Raises:
        NoSuchCase: when there is none.
    """
    file = open_file(case_id)
    helpers = (one.organisation_id for one in file.open_ones if one.duty == Duty.HELPER)
    tasks = (one.organisation_id for one in file.open_ones if one.duty == Duty.TASK)
    return CaseAddress(
        number=file.case.number,
        area_code=file.area_code,
        lead_id=file.lead.organisation_id if file.lead else None,
        helper_ids=tuple(one for one in helpers if one is not None),
        task_organisation_ids=tuple(one for one in tasks if one is not None),
        level=Level(file.case.level),
        step=Step(file.case.step),
        is_complaint=file.case.kind == CaseKind.COMPLAINT,
    )


def find_reporter_account(case_id: UUID) -> int | None:
    """Find the account to tell about a case; only for notices to the reporter."""
    found = Reporter.objects.filter(case_id=case_id)
    return found.values_list("account_id", flat=True).first()


def list_reporter_accounts(case_id: UUID) -> list[tuple[int, str]]:
    """List the accounts to tell of a matter with the number each knows it by.

    Those whose reports were merged into the case follow it like its own reporter.
    """
    rows = Reporter.objects.filter(case_id__in=list_group(case_id), account__isnull=False)
    pairs = rows.order_by("case__reported_at").values_list("account_id", "case__number")
    found: dict[int, str] = {}
    for account_id, number in pairs:
        if account_id is not None:
            found.setdefault(account_id, number)
    return list(found.items())

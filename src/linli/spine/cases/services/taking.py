"""Reports taken to an account by whoever has proved the phone left with them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.spine.cases.events import ReportTaken
from linli.spine.cases.models import Case, Reporter
from linli.spine.cases.queries.left_with import left_with
from linli.spine.cases.services.noting import note


@transaction.atomic
def take_reports(*, account_id: int, phone: str, case_ids: Iterable[UUID], at: datetime) -> int:
    """Give an account the reports that were left with its phone, as its holder chose.

    What was not left with this phone, or has an account already, is passed over.

    Args:
        phone: digits, proved by the holder of the account.

    Returns:
        how many were taken.
    """
    chosen = left_with(phone).filter(case_id__in=list(case_ids)).order_by("case_id")
    taken = list(chosen.select_for_update(of=("self",)).values_list("case_id", flat=True))
    Reporter.objects.filter(case_id__in=taken).update(account_id=account_id)
    for case in Case.objects.filter(id__in=taken):
        note(case, ReportTaken(due_at=case.due_at), at=at)
    return len(taken)

"""Reads of who has a case open now; only for those who may read the case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from linli.ground.kernel.compiled import Compiled
from linli.ground.people.queries import list_account_names
from linli.ground.people.terms import Action as Right
from linli.ground.people.terms import Member
from linli.spine.cases.models import Case, Presence
from linli.spine.cases.queries.scope import visible_to

GONE_AFTER = timedelta(seconds=60)
_OTHERS = Compiled(
    lambda ids, since, account_id: (
        Presence.objects.filter(case_id__among=ids, seen_at__gt=since)
        .exclude(account_id=account_id)
        .order_by("case_id", "account_id")
    )
)


def list_present(
    *, case_ids: Iterable[UUID], member: Member, at: datetime
) -> dict[UUID, tuple[str, ...]]:
    """Name who else has each of these cases open, in three statements at most.

    Cases that the member may not read, and cases nobody else has open, are left out.

    Args:
        at: aware instant of asking.
    """
    rows = _OTHERS.rows(ids=list(case_ids), since=at - GONE_AFTER, account_id=member.account_id)
    if not rows:
        return {}
    readable = Case.objects.filter(visible_to(member, Right.CASE_READ))
    seen = set(readable.filter(id__in={row.case_id for row in rows}).values_list("id", flat=True))
    names = list_account_names(row.account_id for row in rows if row.case_id in seen)
    return {
        one: tuple(names[row.account_id] for row in rows if row.case_id == one)
        for one in sorted(seen)
    }

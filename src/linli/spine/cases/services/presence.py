"""Who has which case open: a heartbeat now and then, gone a minute after the last."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from linli.ground.people.terms import Member
from linli.spine.cases.models import Presence
from linli.spine.cases.queries.facts import may_see, open_file
from linli.spine.cases.queries.presence import GONE_AFTER
from linli.spine.cases.rules.refusals import NoSuchCase


def be_here(*, case_id: UUID, member: Member, at: datetime) -> None:
    """Note that a member has a case open, instead of when they last had.

    Args:
        at: aware instant from the edge.

    Raises:
        NoSuchCase: no such case, or not for this member.
    """
    if not may_see(open_file(case_id), member):
        raise NoSuchCase("cases.not_found")
    Presence.objects.bulk_create(
        [Presence(case_id=case_id, account_id=member.account_id, seen_at=at)],
        update_conflicts=True,
        unique_fields=["case_id", "account_id"],
        update_fields=["seen_at"],
    )


def forget_gone(*, at: datetime) -> int:
    """Delete who has gone; returns how many."""
    return Presence.objects.filter(seen_at__lte=at - GONE_AFTER).delete()[0]

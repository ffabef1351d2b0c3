"""The log of searches: who asked for what, kept with a term and told to the one who asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec
from django.db import connection

from .models import SearchMade
from .terms import Actor, SearchRecord

WORDS_KEPT = timedelta(days=90)
ROWS_KEPT = timedelta(days=3 * 365)
LONGEST_WORDS = 100
# Within this time words typed on count as the same question.
TYPED_ON = timedelta(seconds=20)

_RECORD = """
WITH typed_on AS (
    UPDATE kernel_searchmade SET words = %(words)s, kinds = %(kinds)s::jsonb, searched_at = %(at)s
    WHERE id = (
        SELECT id FROM kernel_searchmade WHERE actor_id = %(actor)s
        ORDER BY searched_at DESC, id DESC LIMIT 1
    ) AND actor_role = %(role)s AND searched_at > %(since)s AND starts_with(%(words)s, words)
    RETURNING id
)
INSERT INTO kernel_searchmade (searched_at, actor_id, actor_role, street_code, kinds, words)
SELECT %(at)s, %(actor)s, %(role)s, %(street)s, %(kinds)s::jsonb, %(words)s
WHERE NOT EXISTS (SELECT 1 FROM typed_on)
"""
_FORGET = """
DELETE FROM kernel_searchmade WHERE searched_at < %s;
UPDATE kernel_searchmade SET words = '' WHERE searched_at < %s AND words <> ''
"""


def record_search(
    *, actor: Actor, street_code: str, kinds: Iterable[str], words: str, at: datetime
) -> None:
    """Log one question; what is typed on within twenty seconds lengthens the line before.

    Args:
        actor: an account; somebody without one can't search.
        kinds: groups that were searched, e.g. `cases`, `people`.
        at: aware instant of asking.
    """
    told = {
        "words": words.replace("\0", "")[:LONGEST_WORDS],
        "kinds": msgspec.json.encode(list(kinds)).decode(),
        "actor": actor.account_id,
        "role": actor.role,
        "street": street_code,
        "at": at,
        "since": at - TYPED_ON,
    }
    with connection.cursor() as cursor:
        cursor.execute(_RECORD, told)


def list_searches(
    *,
    street_codes: Iterable[str] | None = None,
    actor_id: int | None = None,
    words: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
    limit: int = 200,
) -> list[SearchRecord]:
    """List the questions asked, the newest first; the caller asks the right and logs the look.

    Args:
        street_codes: only of those who asked for these sub-districts; None for all.
        words: only those with this in their words.
        since, until: aware instants, `until` excluded.
        limit: rows at most.
    """
    rows = SearchMade.objects.order_by("-searched_at", "-id")
    if street_codes is not None:
        rows = rows.filter(street_code__in=list(street_codes))
    if actor_id is not None:
        rows = rows.filter(actor_id=actor_id)
    if words:
        rows = rows.filter(words__icontains=words)
    if since is not None:
        rows = rows.filter(searched_at__gte=since)
    if until is not None:
        rows = rows.filter(searched_at__lt=until)
    return [
        SearchRecord(
            at=row.searched_at,
            actor_id=row.actor_id,
            actor_role=row.actor_role,
            street_code=row.street_code,
            kinds=tuple(row.kinds),
            words=row.words,
        )
        for row in rows[:limit]
    ]


def forget_searches(*, at: datetime) -> None:
    """Empty the words whose ninety days are over, and delete lines of three years ago."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [at - ROWS_KEPT, at - WORDS_KEPT])

"""How often somebody did something lately, counted over all processes.

One statement a request, in a table that is not logged. Keys name addresses and accounts: they
are kept hashed, for an hour.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from django.db import connection

KEPT = timedelta(hours=1)

_COUNT = """
INSERT INTO kernel_rate (key, window_at, taken)
SELECT unnest(%s::bytea[]), %s, unnest(%s::int[])
ON CONFLICT (key, window_at) DO UPDATE SET taken = kernel_rate.taken + excluded.taken
RETURNING key, taken
"""


def count_use(*, uses: Mapping[str, int], window_s: int, at: datetime) -> dict[str, int]:
    """Count uses and return how many each key now has in this window, these included.

    Args:
        uses: how many more, by what is counted, e.g. `report:address:192.0.2.7`.
        window_s: length of the window in seconds; windows start at its multiples.
        at: aware instant of the use, from the edge.
    """
    # Sorted, so that two requests never wait for each other crosswise.
    by_digest = dict(sorted((_digest(key), key) for key in uses))
    taken = [uses[key] for key in by_digest.values()]
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [list(by_digest), window_start(at, window_s=window_s), taken])
        return {by_digest[bytes(digest)]: taken for digest, taken in cursor.fetchall()}


def window_start(at: datetime, *, window_s: int) -> datetime:
    """Tell when the window of an instant began."""
    return datetime.fromtimestamp(at.timestamp() // window_s * window_s, UTC)


def forget_old(*, at: datetime) -> None:
    """Delete the counts of an hour ago and before."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM kernel_rate WHERE window_at < %s", [at - KEPT])


def _digest(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()[:16]

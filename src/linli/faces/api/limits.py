"""How often one address or one account may ask, counted over all processes.

Limits are generous: behind one address may sit a whole office, or a village on one antenna.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from linli.ground.kernel import rates

from .terms import ApiRefusal

WINDOW_S = 60


@dataclass(frozen=True)
class Limit:
    """Requests a minute of one sort, from one address without an account, or by one account."""

    name: str
    by_address: int
    by_account: int


REPORTING = Limit("report", by_address=300, by_account=600)
UPLOADING = Limit("photo", by_address=200, by_account=400)
# A photo comes in several parts.
PARTS = Limit("part", by_address=1200, by_account=1200)
TRACKING = Limit("track", by_address=240, by_account=600)
READING = Limit("read", by_address=600, by_account=1200)
ACTING = Limit("act", by_address=60, by_account=600)
# A wrong token costs its address, so that none is found by trying.
FAILING = Limit("fail", by_address=60, by_account=60)


def check_rate(limit: Limit, *, address: str, account_id: int | None, at: datetime) -> None:
    """Count this request, and refuse it when there were too many in this minute.

    Args:
        address: of the network peer, asked when there is no account.

    Raises:
        ApiRefusal: `api.too_many_requests` with the seconds until the next window.
    """
    if settings.SCRATCH:
        return
    most = limit.by_address if account_id is None else limit.by_account
    who = f"address:{address}" if account_id is None else f"account:{account_id}"
    key = f"{limit.name}:{who}"
    if rates.count_use(uses={key: 1}, window_s=WINDOW_S, at=at)[key] > most:
        raise too_many(at)


def find_excess(limit: Limit, *, addresses: Sequence[str], at: datetime) -> set[int]:
    """Count requests without an account that came together, and tell the places of those too many.

    Args:
        addresses: of the network peers, in the order of the requests.
    """
    if settings.SCRATCH:
        return set()
    keys = [f"{limit.name}:address:{address}" for address in addresses]
    uses = Counter(keys)
    left = rates.count_use(uses=uses, window_s=WINDOW_S, at=at)
    excess = set()
    # Of those that came together the first count first.
    for place in reversed(range(len(keys))):
        if left[keys[place]] > limit.by_address:
            excess.add(place)
            left[keys[place]] -= 1
    return excess


def too_many(at: datetime) -> ApiRefusal:
    """Give the refusal of a request beyond the limit."""
    return ApiRefusal("api.too_many_requests", seconds=_seconds_left(at))


def _seconds_left(at: datetime) -> int:
    past = at - rates.window_start(at, window_s=WINDOW_S)
    return WINDOW_S - int(past.total_seconds())

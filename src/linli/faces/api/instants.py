"""When a request happened: the server's clock, but for scratch instances that replay the past."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from .terms import ApiRefusal

HEADER = "X-Linli-At"
_META = "HTTP_X_LINLI_AT"


def edge_now(request: HttpRequest) -> datetime:
    """Give the instant of a request, aware.

    A scratch instance believes the header `X-Linli-At`; all others refuse it, so that nobody
    thinks it counted.

    Raises:
        ApiRefusal: when an instant is stated where none may be, or can't be read.
    """
    return instant_of(request.META.get(_META))


def instant_of(stated: str | None) -> datetime:
    """Give the instant of a request that states one in its header, or states none.

    Raises:
        ApiRefusal: as `edge_now`.
    """
    if stated is None:
        return timezone.now()
    if not settings.SCRATCH:
        raise ApiRefusal("api.instants_are_ours", field=HEADER)
    return _read(stated)


def _read(stated: str) -> datetime:
    try:
        instant = datetime.fromisoformat(stated)
    except ValueError as fault:
        raise ApiRefusal("api.instant_malformed", field=HEADER) from fault
    if instant.tzinfo is None:
        raise ApiRefusal("api.instant_malformed", field=HEADER)
    return instant

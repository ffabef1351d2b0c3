"""By what somebody who met the same is known again, and what they said so of."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from uuid import UUID

from django.conf import settings

from linli.spine.cases.models import MetToo


def keys_of(account_id: int | None, device: str) -> list[bytes]:
    """Give the keys of an account and its browser, the account's first; no key names anybody.

    Args:
        device: secret of the browser; empty where it has none.
    """
    ids = [f"account:{account_id}"] if account_id is not None else []
    return [_key(one) for one in (*ids, *([f"device:{device}"] if device else []))]


def list_met(*, case_ids: Iterable[UUID], account_id: int | None, device: str) -> frozenset[UUID]:
    """List those of these cases which this account or browser said it met too."""
    ids, keys = list(case_ids), keys_of(account_id, device)
    if not ids or not keys:
        return frozenset()
    rows = MetToo.objects.filter(case_id__in=ids, key__in=keys)
    return frozenset(rows.values_list("case_id", flat=True))


def _key(of: str) -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), f"met-too:{of}".encode(), "sha256")

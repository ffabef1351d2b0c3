"""Commands of the notices room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from linli.ground.kernel.terms import Subject

from .models import Notice
from .rules import check_params


def tell(
    *,
    account_ids: Iterable[int],
    kind: str,
    subject: Subject,
    params: Mapping[str, str | int],
    at: datetime,
    key: str = "",
) -> None:
    """Tell each account once; a second call with the same key has no effect.

    Args:
        key: what makes this notice the same one, by default kind and subject; give the event's id
            where the same thing can happen to one subject again.

    Raises:
        UnableToTell: when a param could say who somebody is; see `rules.check_params`.
    """
    check_params(params)
    unique = f"{kind}:{subject.id}:{key}"
    Notice.objects.bulk_create(
        (
            Notice(
                account_id=account_id,
                kind=kind,
                params=dict(params),
                subject_kind=subject.kind,
                subject_id=subject.id,
                key=unique,
                created_at=at,
            )
            for account_id in dict.fromkeys(account_ids)
        ),
        ignore_conflicts=True,
    )


def mark_read(*, account_id: int, at: datetime, notice_ids: Iterable[int] | None = None) -> int:
    """Mark notices of this account as read, all of them by default; return how many were new."""
    rows = Notice.objects.filter(account_id=account_id, read_at=None, created_at__lte=at)
    if notice_ids is not None:
        rows = rows.filter(id__in=list(notice_ids))
    return rows.update(read_at=at)

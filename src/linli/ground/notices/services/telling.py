"""Telling somebody, and reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta

from django.db import transaction

from linli.ground.kernel.terms import Subject
from linli.ground.notices.models import Notice
from linli.ground.notices.rules import check_params

from .calling import raise_alert

KEPT = timedelta(days=365)
_within_only: ContextVar[bool] = ContextVar("told_within_only", default=False)


@transaction.atomic
def tell(
    *,
    account_ids: Iterable[int],
    kind: str,
    subject: Subject,
    params: Mapping[str, str | int],
    at: datetime,
    key: str = "",
    urgent: bool = False,
    street_code: str = "",
) -> None:
    """Tell each account once; a second call with the same key has no effect.

    What leaves the system is planned by a job after the caller's transaction.

    Args:
        key: what makes this notice the same one, by default kind and subject; give the event's id
            where the same thing can happen to one subject again.
        urgent: call these accounts and who is on duty in `street_code`, again and again until
            somebody acknowledges it; breaks quiet hours.

    Raises:
        UnableToTell: when a param could say who somebody is; see `rules.check_params`.
    """
    check_params(params)
    unique = f"{kind}:{subject.id}:{key}"
    told = list(dict.fromkeys(account_ids))
    if urgent:
        raise_alert(
            account_ids=told,
            kind=kind,
            subject=subject,
            params=params,
            street_code=street_code,
            key=unique,
            at=at,
            calls_out=not _within_only.get(),
        )
        return
    _put_in_boxes(told, kind, subject, params, key=unique, at=at)
    if told and not _within_only.get():
        _plan_later(unique)


def _put_in_boxes(
    account_ids: Iterable[int],
    kind: str,
    subject: Subject,
    params: Mapping[str, str | int],
    *,
    key: str,
    at: datetime,
) -> None:
    Notice.objects.bulk_create(
        (
            Notice(
                account_id=account_id,
                kind=kind,
                params=dict(params),
                subject_kind=subject.kind,
                subject_id=subject.id,
                key=key,
                created_at=at,
            )
            for account_id in account_ids
        ),
        ignore_conflicts=True,
    )


@contextmanager
def told_within_only() -> Iterator[None]:
    """Let nothing that is told in this block leave the system, as when history is laid."""
    before = _within_only.set(True)
    try:
        yield
    finally:
        _within_only.reset(before)


def mark_read(*, account_id: int, at: datetime, notice_ids: Iterable[int] | None = None) -> int:
    """Mark notices of this account as read, all of them by default; return how many were new."""
    rows = Notice.objects.filter(account_id=account_id, read_at=None, created_at__lte=at)
    if notice_ids is not None:
        rows = rows.filter(id__in=list(notice_ids))
    return rows.update(read_at=at)


def forget_old(*, at: datetime) -> int:
    """Delete what was read more than a year ago, with its deliveries; return how many."""
    _all, by_model = Notice.objects.filter(read_at__lt=at - KEPT).delete()
    return by_model.get("notices.Notice", 0)


def _plan_later(key: str) -> None:
    from linli.ground.notices.jobs import plan

    plan.defer(key=key)

"""Reads of the notices room."""

from __future__ import annotations

from collections.abc import Iterable

from linli.ground.kernel.terms import Subject
from linli.ground.people.terms import HeldField, Holding

from .models import Notice
from .terms import N_, NoticeView
from .words import say

PAGE_ROWS = 50


def list_notices(account_id: int, *, limit: int = PAGE_ROWS, offset: int = 0) -> list[NoticeView]:
    """List what was told to an account, newest first."""
    rows = Notice.objects.filter(account_id=account_id).order_by("-created_at", "-id")
    return [_view(row) for row in rows[offset : offset + limit]]


def find_notice(*, account_id: int, notice_id: int) -> NoticeView | None:
    """Find one notice of this account, or None when it is another's or gone."""
    row = Notice.objects.filter(account_id=account_id, id=notice_id).first()
    return _view(row) if row else None


def count_unread(account_id: int) -> int:
    """Count what an account has not read."""
    return Notice.objects.filter(account_id=account_id, read_at=None).count()


def own_holdings(account_id: int, person_id: int | None) -> Iterable[Holding]:
    """Declare what this room holds about somebody, for `/me`."""
    rows = Notice.objects.filter(account_id=account_id).order_by("-created_at", "-id")
    yield Holding(
        room="notices",
        part="notices",
        title=N_("通知"),
        purpose=N_("告诉您参与的事情有了什么进展。"),
        retention=N_("读后保留一年；账号注销时删除。"),
        rows=tuple(_held(row) for row in rows),
    )


def _held(row: Notice) -> tuple[HeldField, ...]:
    return (
        HeldField("sentence", N_("通知"), say(_view(row)).sentence),
        HeldField("created_at", N_("通知时间"), row.created_at),
        HeldField("read_at", N_("阅读时间"), row.read_at),
    )


def _view(row: Notice) -> NoticeView:
    return NoticeView(
        id=row.pk,
        kind=row.kind,
        params=row.params,
        subject=Subject(kind=row.subject_kind, id=row.subject_id),
        created_at=row.created_at,
        read_at=row.read_at,
    )

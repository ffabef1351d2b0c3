"""What was told to an account."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from linli.ground.kernel.marking import N_
from linli.ground.kernel.terms import Subject
from linli.ground.notices.models import Delivery, Notice, Preference, QuietHours
from linli.ground.notices.terms import Channel, DeliveryState, NoticeView, Shown, Topic, Way
from linli.ground.notices.words import say
from linli.ground.people.terms import HeldField, Holding

PAGE_ROWS = 50
MOST_CALLING = 5
_SHOWN = {
    Shown.ALL: Q(),
    Shown.UNREAD: Q(read_at=None),
    Shown.URGENT: Q(alert__isnull=False),
}
_CALLING = Q(alert__isnull=False, alert__acknowledged_at=None, alert__settled_at=None)


def list_notices(
    account_id: int, *, limit: int = PAGE_ROWS, offset: int = 0, shown: Shown = Shown.ALL
) -> list[NoticeView]:
    """List what was told to an account, newest first."""
    rows = Notice.objects.filter(_SHOWN[shown], account_id=account_id).select_related("alert")
    return [view_of(row) for row in rows.order_by("-created_at", "-id")[offset : offset + limit]]


def list_calling(account_id: int) -> list[NoticeView]:
    """List the urgent notices of an account that nobody has acknowledged, newest first."""
    rows = Notice.objects.filter(_CALLING, account_id=account_id).select_related("alert")
    return [view_of(row) for row in rows.order_by("-created_at", "-id")[:MOST_CALLING]]


def find_notice(*, account_id: int, notice_id: int) -> NoticeView | None:
    """Find one notice of this account, or None when it is another's or gone."""
    rows = Notice.objects.filter(account_id=account_id, id=notice_id).select_related("alert")
    row = rows.first()
    return view_of(row) if row else None


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
    yield Holding(
        room="notices",
        part="ways",
        title=N_("通知方式"),
        purpose=N_("按您选的方式告诉您，免打扰时间里不打扰。"),
        retention=N_("改动时更新；账号注销时删除。"),
        rows=tuple(_held_ways(account_id)),
    )
    yield Holding(
        room="notices",
        part="deliveries",
        title=N_("发送记录"),
        purpose=N_("每条只发一次，并知道发出去没有；不保存号码和内容。"),
        retention=N_("读后保留一年；账号注销时删除。"),
        rows=tuple(_held_deliveries(account_id)),
    )


def _held(row: Notice) -> tuple[HeldField, ...]:
    return (
        HeldField("sentence", N_("通知"), say(view_of(row)).sentence),
        HeldField("created_at", N_("通知时间"), row.created_at),
        HeldField("read_at", N_("阅读时间"), row.read_at),
    )


def _held_ways(account_id: int) -> Iterable[tuple[HeldField, ...]]:
    for row in Preference.objects.filter(account_id=account_id).order_by("id"):
        yield (
            HeldField("topic", N_("事项"), row.topic, word=Topic(row.topic).label),
            HeldField("channel", N_("渠道"), row.channel, word=Channel(row.channel).label),
            HeldField("way", N_("方式"), row.way, word=Way(row.way).label),
        )
    for quiet in QuietHours.objects.filter(account_id=account_id):
        yield (
            HeldField("starts", N_("免打扰开始"), f"{quiet.starts:%H:%M}"),
            HeldField("ends", N_("免打扰结束"), f"{quiet.ends:%H:%M}"),
        )


def _held_deliveries(account_id: int) -> Iterable[tuple[HeldField, ...]]:
    for row in Delivery.objects.filter(account_id=account_id).order_by("-created_at"):
        yield (
            HeldField("channel", N_("渠道"), row.channel, word=Channel(row.channel).label),
            HeldField("state", N_("状态"), row.state, word=DeliveryState(row.state).label),
            HeldField("created_at", N_("通知时间"), row.created_at),
            HeldField("sent_at", N_("发出时间"), row.sent_at),
        )


def view_of(row: Notice) -> NoticeView:
    """Freeze one notice; for this room's own use."""
    alert = row.alert
    return NoticeView(
        id=row.pk,
        kind=row.kind,
        params=row.params,
        subject=Subject(kind=row.subject_kind, id=row.subject_id),
        created_at=row.created_at,
        read_at=row.read_at,
        alert_id=row.alert_id,
        alert_ended_at=(alert.acknowledged_at or alert.settled_at) if alert else None,
        acknowledged_by_id=alert.acknowledged_by_id if alert else None,
    )

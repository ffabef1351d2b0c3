"""What the room holds about one account, for `/me` and the export."""

from __future__ import annotations

from collections.abc import Iterable

from linli.ground.kernel.marking import N_
from linli.ground.people.terms import HeldField, Holding
from linli.programmes.talk.models import Host, Matter


def list_holdings(account_id: int, person_id: int | None) -> Iterable[Holding]:
    """List where somebody receives people, and the matters they wrote down."""
    hosted = Host.objects.filter(person_id=person_id or 0).select_related("point")
    yield Holding(
        room="talk",
        part="hosts",
        title=N_("在说事点接待"),
        purpose=N_("让人知道哪天由谁接待；姓名只在本人同意时公开。"),
        retention=N_("结束后保留两年。"),
        rows=tuple(_host(row) for row in hosted.order_by("-named_at")),
    )
    entered = Matter.objects.filter(entered_by_id=account_id).select_related("point")
    yield Holding(
        room="talk",
        part="matters",
        title=N_("您在说事点登记的事"),
        purpose=N_("说明由谁登记。"),
        retention=N_("随案件保留；当场答复的保留两年。"),
        rows=tuple(_matter(row) for row in entered.order_by("-entered_at")[:500]),
    )


def _host(row: Host) -> tuple[HeldField, ...]:
    return (
        HeldField("point", N_("说事点"), row.point.name),
        HeldField("named_at", N_("开始时间"), row.named_at),
        HeldField("ended_at", N_("结束时间"), row.ended_at),
    )


def _matter(row: Matter) -> tuple[HeldField, ...]:
    return (
        HeldField("point", N_("说事点"), row.point.name),
        HeldField("entered_at", N_("登记时间"), row.entered_at),
    )

"""What the room holds about one account, for `/me` and the export."""

from __future__ import annotations

from collections.abc import Iterable

from linli.ground.kernel.marking import N_
from linli.ground.people.terms import HeldField, Holding
from linli.programmes.couriers.models import Asked, Courier
from linli.programmes.couriers.terms import Company, CourierState


def list_holdings(account_id: int, person_id: int | None) -> Iterable[Holding]:
    """List one's own membership and reports."""
    yield Holding(
        room="couriers",
        part="courier",
        title=N_("小哥登记"),
        purpose=N_("让社区确认谁可以三步上报；用人单位什么都看不到。"),
        retention=N_("退出后保留一年。"),
        rows=tuple(_courier(row) for row in Courier.objects.filter(account_id=account_id)),
    )
    rows = Asked.objects.filter(courier__account_id=account_id).select_related("case")
    yield Holding(
        room="couriers",
        part="reports",
        title=N_("小哥上报"),
        purpose=N_("半小时内答复，本人查得到。"),
        retention=N_("随案件保留；退出后不再和您相连。"),
        rows=tuple(
            (
                HeldField("number", N_("编号"), row.case.number),
                HeldField("asked_at", N_("上报时间"), row.asked_at),
            )
            for row in rows.order_by("-asked_at")[:500]
        ),
    )


def _courier(row: Courier) -> tuple[HeldField, ...]:
    return (
        HeldField("company", N_("单位"), row.company, word=Company(row.company).label),
        HeldField("company_name", N_("单位名称"), row.company_name),
        HeldField("state", N_("状态"), row.state, word=CourierState(row.state).label),
        HeldField("applied_at", N_("登记时间"), row.applied_at),
        HeldField("reason", N_("没有确认的理由"), row.reason),
    )

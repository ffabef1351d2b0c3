"""What the room holds about one account, for `/me` and the export: the calls somebody took."""

from __future__ import annotations

from collections.abc import Iterable

from linli.ground.kernel.marking import N_
from linli.ground.people.terms import HeldField, Holding
from linli.programmes.hotline.models import Call
from linli.programmes.hotline.terms import Outcome


def list_holdings(account_id: int, person_id: int | None) -> Iterable[Holding]:
    """List the calls an account took."""
    rows = Call.objects.filter(clerk_id=account_id).order_by("-ended_at")[:500]
    return [
        Holding(
            room="hotline",
            part="calls",
            title=N_("您接听的来电"),
            purpose=N_("统计来电量和用时，合理排班"),
            retention=N_("两年"),
            rows=tuple(_call(row) for row in rows),
        )
    ]


def _call(row: Call) -> tuple[HeldField, ...]:
    return (
        HeldField(name="ended_at", label=N_("结束时间"), value=row.ended_at),
        HeldField(
            name="outcome",
            label=N_("结果"),
            value=row.outcome,
            word=Outcome(row.outcome).label,
        ),
    )

"""What the room holds about one account, for `/me` and the export: where somebody signed in."""

from __future__ import annotations

from collections.abc import Iterable

from linli.ground.kernel.marking import N_
from linli.ground.people.terms import HeldField, Holding
from linli.programmes.whistle.models import SignIn
from linli.programmes.whistle.terms import Proof


def list_holdings(account_id: int, person_id: int | None) -> Iterable[Holding]:
    """List the sign-ins of an account, with the position as long as it is kept."""
    rows = SignIn.objects.filter(signed_by_id=account_id).exclude(proof=Proof.CALLER.value)
    return [
        Holding(
            room="whistle",
            part="sign_ins",
            title=N_("您替单位报到的记录"),
            purpose=N_("证明单位到了现场，评价有异议时核对"),
            retention=N_("位置 30 天内删除，到场时间长期保存"),
            rows=tuple(_sign_in(row) for row in rows.order_by("-signed_at")[:500]),
        )
    ]


def _sign_in(row: SignIn) -> tuple[HeldField, ...]:
    place = f"{row.lon:.5f}, {row.lat:.5f}" if row.lon is not None and row.lat is not None else ""
    return (
        HeldField(name="arrived_at", label=N_("到场时间"), value=row.arrived_at),
        HeldField(name="position", label=N_("位置"), value=place),
        HeldField(name="position_until", label=N_("位置保存到"), value=row.position_until),
    )

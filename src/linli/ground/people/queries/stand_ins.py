"""Who stands in for whom: few, and asked for on every request, so each process keeps them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from linli.ground.kernel.changes import announce
from linli.ground.kernel.fresh import Fresh
from linli.ground.kernel.marking import N_
from linli.ground.people.models import StandIn
from linli.ground.people.terms import HeldField, Holding
from linli.ground.people.terms.posts import AwayReason, StandInView

MOST_KEPT = 20_000


@dataclass(frozen=True)
class _Kept:
    """The newest stand-ins by who acts, by post and by the account of who is away."""

    by_person: Mapping[int, tuple[StandInView, ...]]
    by_post: Mapping[int, tuple[StandInView, ...]]
    by_absent: Mapping[int, tuple[StandInView, ...]]
    by_account: Mapping[int, tuple[StandInView, ...]]


def stands_in(person_id: int | None) -> tuple[StandInView, ...]:
    """List when a person stands in for others, past and to come; no statement."""
    return _stand_ins.get().by_person.get(person_id or 0, ())


def stands_in_by_account(account_id: int) -> tuple[StandInView, ...]:
    """List when the person of an account stands in for others; no statement."""
    return _stand_ins.get().by_account.get(account_id, ())


def find_stand_in(appointment_id: int, on: date) -> StandInView | None:
    """Find who acts in a post on a day instead of its holder; no statement."""
    found = _stand_ins.get().by_post.get(appointment_id, ())
    return next((one for one in found if one.covers(on)), None)


def find_substitute(account_id: int, on: date) -> StandInView | None:
    """Find who acts on a day for the person of an account, in any of their posts; no statement."""
    found = _stand_ins.get().by_absent.get(account_id, ())
    return next((one for one in found if one.covers(on) and one.account_id is not None), None)


def list_stand_ins(appointment_id: int) -> tuple[StandInView, ...]:
    """List the stand-ins of a post, the latest first."""
    rows = StandIn.objects.filter(appointment_id=appointment_id).select_related(*_RELATED)
    return tuple(_view(row) for row in rows.order_by("-starts_on", "-id"))


def announce_stand_ins() -> None:
    """Let every process read the stand-ins again."""
    announce(_stand_ins.name)


def own_stand_ins(account_id: int, person_id: int | None) -> Iterable[Holding]:
    """Declare when somebody stood in for another, or was stood in for; for `/me`."""
    rows: list[StandIn] = []
    if person_id is not None:
        stood = StandIn.objects.select_related(*_RELATED).order_by("-starts_on")
        rows = [*stood.filter(person_id=person_id), *stood.filter(holder_id=person_id)]
    yield Holding(
        room="people",
        part="stand_ins",
        title=N_("代理"),
        purpose=N_("您不在岗时知道由谁代理，代理时办的事记在谁名下。"),
        retention=N_("长期保留：说明当时谁有权办理。"),
        rows=tuple(_held(row) for row in rows),
    )


def _held(row: StandIn) -> tuple[HeldField, ...]:
    return (
        HeldField("stand_in", N_("代理人"), row.person.name),
        HeldField("holder", N_("被代理的人"), row.holder.name),
        HeldField("starts_on", N_("代理自"), row.starts_on),
        HeldField("ends_on", N_("代理至（当日不再代理）"), row.ends_on),
        HeldField("reason", N_("原因"), row.reason, word=AwayReason(row.reason).label),
    )


_RELATED = ("person__account", "holder__account")


def _view(row: StandIn) -> StandInView:
    accounts = [getattr(one, "account", None) for one in (row.holder, row.person)]
    holder_account, account = (one.pk if one and one.is_active else None for one in accounts)
    return StandInView(
        id=row.pk,
        appointment_id=row.appointment_id,
        holder_id=row.holder_id,
        holder_account_id=holder_account,
        holder=row.holder.name,
        person_id=row.person_id,
        account_id=account,
        name=row.person.name,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        reason=AwayReason(row.reason),
    )


def _read() -> _Kept:
    rows = StandIn.objects.select_related(*_RELATED).order_by("-ends_on", "-id")[:MOST_KEPT]
    views = [_view(row) for row in rows]
    return _Kept(
        by_person=_group(views, "person_id"),
        by_post=_group(views, "appointment_id"),
        by_absent=_group(views, "holder_account_id"),
        by_account=_group(views, "account_id"),
    )


def _group(views: Iterable[StandInView], name: str) -> dict[int, tuple[StandInView, ...]]:
    found: dict[int, list[StandInView]] = defaultdict(list)
    for one in views:
        if (key := getattr(one, name)) is not None:
            found[key].append(one)
    return {key: tuple(those) for key, those in found.items()}


_stand_ins = Fresh("stand_ins", _read)

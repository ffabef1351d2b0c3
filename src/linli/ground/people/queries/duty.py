"""Reads of the duty roster."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.db.models import Q, QuerySet

from linli.ground.kernel.compiled import Compiled
from linli.ground.kernel.marking import N_
from linli.ground.people.models import Account, DutyDesk, DutyShift, DutySwap
from linli.ground.people.queries.members import list_account_ids, list_account_names
from linli.ground.people.queries.posts import today_in
from linli.ground.people.queries.stand_ins import find_substitute, stands_in_by_account
from linli.ground.people.terms import HeldField, Holding, Role
from linli.ground.people.terms.duty import (
    DutyRole,
    DutyView,
    SwapState,
    SwapView,
)

_ORDER = list(DutyRole)
ROLES_ON_DUTY = (
    Role.SHIFT_LEADER,
    Role.INTAKE_CLERK,
    Role.DISPATCHER,
    Role.SUPERVISOR,
    Role.VERIFIER,
    Role.STREET_LEADER,
    Role.COMMUNITY_SECRETARY,
)


def on_duty(street_code: str, at: datetime) -> list[DutyView]:
    """List who is on duty in a street at an instant: the centre, the stand-in, the leader."""
    rows = _AT_THAT_HOUR.rows(street_code=street_code, at=at)
    return sorted((_acting(_view(row), at) for row in rows), key=_by_role)


def on_duty_and_mine(
    street_code: str, *, account_id: int, at: datetime
) -> tuple[list[DutyView], DutyView | None]:
    """List who is on duty in a street at an instant, and find one's own next shift anywhere.

    In one statement; the own shift may be under way.
    """
    own = [account_id, *_away(account_id)]
    rows = _AT_THAT_HOUR_AND_OWN.rows(street_code=street_code, at=at, own=own)
    views = [_acting(_view(row), at) for row in rows]
    mine = (view for view in views if view.account_id == account_id)
    now = (view for view in views if view.street_code == street_code and view.starts_at <= at)
    return sorted(now, key=_by_role), next(mine, None)


def list_duty(*, street_code: str, start: datetime, end: datetime) -> list[DutyView]:
    """List the shifts of a street that touch the time between two instants, earliest first."""
    rows = _shifts(Q(street_code=street_code, starts_at__lt=end, ends_at__gt=start))
    return [_with_stand_in(_view(row)) for row in rows]


def find_duty_shift(shift_id: int) -> DutyView | None:
    """Find one shift, or None when it is gone."""
    row = _shifts(Q(id=shift_id)).first()
    return _view(row) if row else None


def list_open_swaps(*, street_code: str) -> list[SwapView]:
    """List the wishes to swap in a street that wait for an answer, oldest first."""
    rows = DutySwap.objects.filter(state=SwapState.ASKED.value, shift__street_code=street_code)
    related = (
        "shift__account__person",
        "in_return__account__person",
        "asked_by__person",
        "asked_of__person",
    )
    return [_swap(row) for row in rows.select_related(*related).order_by("asked_at", "id")]


def get_duty_phone(street_code: str) -> str:
    """Say by which number the duty desk of a street is reached, or an empty text."""
    return _PHONE.first(street_code=street_code) or ""


def list_duty_people(*, street_code: str, at: datetime) -> dict[int, str]:
    """List who may be put on duty in a street: account and name, by name."""
    names = list_account_names(
        list_account_ids(at=at, roles=ROLES_ON_DUTY, inside_street=street_code)
    )
    return dict(sorted(names.items(), key=lambda pair: pair[1]))


def find_duty_account(*, login: str) -> int | None:
    """Find the open account that a roster names by its login."""
    return Account.objects.filter(login=login, is_active=True).values_list("id", flat=True).first()


def own_duty(account_id: int, person_id: int | None) -> Iterable[Holding]:
    """Declare what the roster holds about somebody, for `/me`."""
    rows = DutyShift.objects.filter(account_id=account_id).order_by("-starts_at")
    yield Holding(
        room="people",
        part="duty",
        title=N_("值班班次"),
        purpose=N_("夜间和节假日有急事时知道该找谁。"),
        retention=N_("保留两年，用来说明当时由谁值班。"),
        rows=tuple(_held(row) for row in rows),
    )


def _held(row: DutyShift) -> tuple[HeldField, ...]:
    return (
        HeldField("role", N_("值班岗位"), row.role, word=DutyRole(row.role).label),
        HeldField("starts_at", N_("上班时间"), row.starts_at),
        HeldField("ends_at", N_("下班时间"), row.ends_at),
    )


def _away(account_id: int) -> list[int]:
    """List the accounts of those for whom somebody ever stands in."""
    found = (one.holder_account_id for one in stands_in_by_account(account_id))
    return [one for one in found if one is not None]


def _acting(view: DutyView, at: datetime) -> DutyView:
    """Put the stand-in on duty whose principal is away at that instant."""
    one = find_substitute(view.account_id, today_in(view.street_code, at))
    if one is None or one.account_id is None:
        return view
    return replace(view, account_id=one.account_id, name=one.name, stands_in_for=view.name)


def _with_stand_in(view: DutyView) -> DutyView:
    """Name who acts for somebody who is away when the shift begins."""
    one = find_substitute(view.account_id, today_in(view.street_code, view.starts_at))
    return replace(view, stand_in=one.name) if one else view


def _shifts(wanted: Q) -> QuerySet[DutyShift]:
    rows = DutyShift.objects.filter(wanted).select_related("account__person")
    return rows.order_by("starts_at", "role", "id")


_AT_THAT_HOUR = Compiled(
    lambda street_code, at: _shifts(Q(street_code=street_code, starts_at__lte=at, ends_at__gt=at))
)
_AT_THAT_HOUR_AND_OWN = Compiled(
    lambda street_code, at, own: _shifts(
        (Q(street_code=street_code, starts_at__lte=at) | Q(account_id__among=own))
        & Q(ends_at__gt=at)
    )
)
_PHONE = Compiled(
    lambda street_code: (
        DutyDesk.objects.filter(street_code=street_code)
        .order_by("id")
        .values_list("phone", flat=True)
    )
)


def _by_role(view: DutyView) -> tuple[int, datetime]:
    return _ORDER.index(view.role), view.starts_at


def _view(row: DutyShift) -> DutyView:
    return DutyView(
        id=row.pk,
        street_code=row.street_code,
        role=DutyRole(row.role),
        account_id=row.account_id,
        name=row.account.get_full_name(),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
    )


def _swap(row: DutySwap) -> SwapView:
    return SwapView(
        id=row.pk,
        shift=_view(row.shift),
        in_return=_view(row.in_return) if row.in_return else None,
        asked_by_id=row.asked_by_id,
        asked_by=row.asked_by.get_full_name(),
        asked_of_id=row.asked_of_id,
        asked_of=row.asked_of.get_full_name(),
        asked_at=row.asked_at,
    )

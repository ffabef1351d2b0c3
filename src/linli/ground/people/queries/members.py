"""Who is asking: accounts with the posts in force, by the date of the post's own street."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet

from linli.ground.kernel.changes import announce
from linli.ground.kernel.compiled import Compiled
from linli.ground.kernel.fresh import Fresh
from linli.ground.kernel.queries import get_calendar
from linli.ground.people.models import Account, Appointment
from linli.ground.people.queries.organisations import find_by_id, line_above
from linli.ground.people.queries.stand_ins import find_stand_in, stands_in
from linli.ground.people.terms import DemonstrationPerson, Member, OrganisationRef, Post, Role
from linli.ground.people.terms.posts import StandInView
from linli.ground.territory.locator import find_ref
from linli.ground.territory.models import Area
from linli.ground.territory.terms import AreaKind, AreaRef, code_digits, code_prefix

_ONE_DAY = timedelta(days=1)
_SHOWN_OF_ONE_ROLE = 3
_SHOWN_OF_A_POST = ("role", "organisation", "area", "starts_on", "ends_on", "person__name")


def load_member(account_id: int, at: datetime) -> Member:
    """Load who is asking: the account and the posts in force at `at`, by the street's own date.

    Raises:
        Account.DoesNotExist: when there is no such account or it is closed.
    """
    account = Account.objects.select_related("person").get(id=account_id, is_active=True)
    return member_of_account(account, at)


def find_member(account_id: int, at: datetime) -> Member | None:
    """Find who is asking, or None when the account is gone or closed."""
    try:
        return load_member(account_id, at)
    except Account.DoesNotExist:
        return None


def member_of_account(account: Account, at: datetime) -> Member:
    """Load the member behind an account already read, in one statement for those with a post.

    For this room's own use.
    """
    stood = stands_in(account.person_id)
    rows = _appointments_around(account.person_id, at, [one.appointment_id for one in stood])
    own = [row for row in rows if row.person_id == account.person_id]
    return Member(
        account_id=account.pk,
        person_id=account.person_id,
        login=account.login,
        name=own[0].person.name if own else account.get_full_name(),
        language=account.language,
        appointments=(
            *(_post(row) for row in own if is_in_force(row, at)),
            *_stood_in(stood, rows, at),
        ),
        is_demonstration=account.is_demonstration,
    )


def find_account_id(login: str) -> int | None:
    """Find an open account by its login name."""
    return Account.objects.filter(login=login, is_active=True).values_list("id", flat=True).first()


def get_account_name(account_id: int) -> str:
    """Say whose account it is, or an empty text for an account that is gone."""
    account = Account.objects.select_related("person").filter(id=account_id).first()
    return account.get_full_name() if account else ""


def list_account_names(account_ids: Iterable[int]) -> dict[int, str]:
    """Say whose accounts these are, in one statement."""
    ids = list(account_ids)
    if not ids:
        return {}
    rows = _NAMES.rows(ids=ids)
    return {account_id: name or called or login for account_id, name, called, login in rows}


_NAMES = Compiled(
    lambda ids: Account.objects.filter(id__among_ids=ids).values_list(
        "id", "person__name", "called", "login"
    )
)


def list_accounts_of(person_ids: Iterable[int]) -> list[int]:
    """List the open accounts of these persons, in one statement."""
    rows = Account.objects.filter(person_id__in=list(person_ids), is_active=True)
    return list(rows.order_by("id").values_list("id", flat=True))


def list_account_ids(
    *,
    at: datetime,
    roles: Iterable[Role] | None = None,
    organisation_id: int | None = None,
    covering_code: str = "",
    inside_street: str = "",
) -> list[int]:
    """List open accounts of those in office: in these roles, at this organisation, for this place.

    Args:
        covering_code: code of an area; only posts whose area, or whose organisation's area,
            holds it.
        inside_street: code of a sub-district; only posts held in it or in a part of it.
    """
    rows = Appointment.objects.filter(_term_around(at), person__account__is_active=True)
    if roles is not None:
        rows = rows.filter(role__in=[role.value for role in roles])
    if organisation_id is not None:
        rows = rows.filter(organisation_id=organisation_id)
    return list(
        dict.fromkeys(
            _acting_account(row, at)
            for row in _with_areas(rows)
            if is_in_force(row, at)
            and _covers(row, covering_code)
            and inside_street in ("", _post(row).street_code)
        )
    )


def list_staffed(
    organisation_ids: Iterable[int], *, roles: Iterable[Role], at: datetime
) -> frozenset[int]:
    """List those of these organisations in which somebody with an account is in these roles."""
    rows = Appointment.objects.filter(
        _term_around(at),
        person__account__is_active=True,
        organisation_id__in=list(organisation_ids),
        role__in=[role.value for role in roles],
    )
    return frozenset(
        row.organisation_id
        for row in _with_areas(rows)
        if row.organisation_id and is_in_force(row, at)
    )


def _acting_account(row: Appointment, at: datetime) -> int:
    """Give the account of who acts in a post: the stand-in while the holder is away."""
    acting = find_stand_in(row.pk, local_date(row, at))
    if acting is not None and acting.account_id is not None:
        return acting.account_id
    return int(row.person.account.pk)


def list_demonstration_accounts() -> list[DemonstrationPerson]:
    """List the demonstration's people to switch between: a few of each role, residents last."""
    return list(_demonstration.get())


def announce_demonstration(*, instance: Account, **_sent: object) -> None:
    """Let every process list the demonstration's people again; called when one is saved."""
    if instance.is_demonstration:
        announce(_demonstration.name)


def _read_demonstration() -> tuple[DemonstrationPerson, ...]:
    accounts = Account.objects.filter(is_demonstration=True, is_active=True).order_by("id")
    rows = accounts.values_list("login", "person__name", "person__appointments__role")
    shown: dict[Role, dict[str, str]] = {role: {} for role in Role}
    for login, name, role in rows:
        logins = shown[Role(role or Role.RESIDENT)]
        if len(logins) < _SHOWN_OF_ONE_ROLE:
            logins.setdefault(login, name or login)
    order = [*(role for role in Role if role is not Role.RESIDENT), Role.RESIDENT]
    return tuple(
        DemonstrationPerson(login=login, name=name, role=role)
        for role in order
        for login, name in shown[role].items()
    )


def local_date(row: Appointment, at: datetime) -> date:
    """Say what day it is where the post is held."""
    return at.astimezone(_zone(_post(row).street_code)).date()


def is_in_force(row: Appointment, at: datetime) -> bool:
    """Say whether a post is held at that instant."""
    today = local_date(row, at)
    return row.starts_on <= today and (row.ends_on is None or today < row.ends_on)


def _covers(row: Appointment, code: str) -> bool:
    prefix = _post(row).area_prefix
    return not code or (bool(prefix) and code.startswith(prefix))


def _term_around(at: datetime) -> Q:
    """Terms in force somewhere on earth at that instant; the zone decides afterwards."""
    return _term_between(at.date(), at.date() + _ONE_DAY)


def _term_between(first: date, last: date) -> Q:
    return Q(starts_on__lte=last) & (Q(ends_on=None) | Q(ends_on__gte=first))


def _stood_in(
    stood: Iterable[StandInView], rows: Iterable[Appointment], at: datetime
) -> Iterator[Post]:
    """Give the posts in which somebody acts for another at that instant."""
    by_id = {row.pk: row for row in rows}
    for one in stood:
        row = by_id.get(one.appointment_id)
        if row is not None and is_in_force(row, at) and one.covers(local_date(row, at)):
            yield replace(_post(row), stands_in_for=one.holder_id)


def _appointments_around(
    person_id: int | None, at: datetime, stood: list[int]
) -> list[Appointment]:
    """Read a person's posts, and those in which they stand in for others, in one statement."""
    if person_id is None:
        return []
    day = at.date()
    if not stood:
        return _OWN_POSTS.rows(person_id=person_id, first=day, last=day + _ONE_DAY)
    return list(_posts_around(Q(person_id=person_id) | Q(id__in=stood), day, day + _ONE_DAY))


def _posts_around(whose: Q, first: date, last: date) -> QuerySet[Appointment]:
    rows = Appointment.objects.filter(_term_between(first, last) & whose)
    return rows.select_related("person").only(*_SHOWN_OF_A_POST).order_by("id")


_OWN_POSTS = Compiled(
    lambda person_id, first, last: _posts_around(Q(person_id=person_id), first, last)
)


def _with_areas(rows: QuerySet[Appointment]) -> QuerySet[Appointment]:
    placed = rows.select_related("person__account", "area").order_by("id")
    return placed.defer("area__geometry")


def _zone(street_code: str) -> ZoneInfo:
    return ZoneInfo(get_calendar(street_code).zone if street_code else settings.TIME_ZONE)


def _post(row: Appointment) -> Post:
    organisation = find_by_id(row.organisation_id) if row.organisation_id else None
    area = _area_of(row, organisation)
    prefix = code_prefix(area.code, AreaKind(area.kind)) if area else ""
    return Post(
        appointment_id=row.pk,
        role=Role(row.role),
        organisation_id=row.organisation_id,
        organisation_name=organisation.name if organisation else "",
        organisation_line=line_above(row.organisation_id) if row.organisation_id else (),
        area_id=area.id if area else None,
        area_code=area.code if area else "",
        area_kind=area.kind if area else "",
        area_name=area.name if area else "",
        area_prefix=prefix,
        street_code=_street_code(prefix),
        street_prefix=code_prefix(prefix, AreaKind.STREET),
        ends_on=row.ends_on,
    )


def _area_of(row: Appointment, organisation: OrganisationRef | None) -> AreaRef | Area | None:
    """Find the area of a post, without a statement unless it is a building or unit."""
    if row.area_id is not None:
        return find_ref(row.area_id) or row.area
    if organisation is None or organisation.area_id is None:
        return None
    return find_ref(organisation.area_id) or Area.objects.get(id=organisation.area_id)


def _street_code(prefix: str) -> str:
    street = code_prefix(prefix, AreaKind.STREET)
    is_whole = code_prefix(street + "0", AreaKind.STREET) == street
    return street.ljust(code_digits(AreaKind.STREET), "0") if is_whole else ""


_demonstration = Fresh("demonstration", _read_demonstration)

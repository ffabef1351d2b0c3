"""Who is asking: accounts with the posts in force, by the date of the post's own street."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet

from linli.ground.kernel.queries import get_calendar
from linli.ground.people.models import Account, Appointment
from linli.ground.people.terms import DemonstrationPerson, Member, Post, Role
from linli.ground.territory.terms import AreaKind, code_digits, code_prefix

_ONE_DAY = timedelta(days=1)
_SHOWN_OF_ONE_ROLE = 3


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
    """Load the member behind an account already read; for this room's own use."""
    rows = _appointments_around(account.person_id, at)
    lines = _organisation_lines({row.organisation_id for row in rows if row.organisation_id})
    return Member(
        account_id=account.pk,
        person_id=account.person_id,
        login=account.login,
        name=account.get_full_name(),
        language=account.language,
        appointments=tuple(_post(row, lines) for row in rows if is_in_force(row, at)),
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
    rows = Account.objects.select_related("person").filter(id__in=list(account_ids))
    return {account.pk: account.get_full_name() for account in rows}


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
    rows = _with_places(Appointment.objects.filter(_term_around(at)))
    rows = rows.filter(person__account__is_active=True)
    if roles is not None:
        rows = rows.filter(role__in=[role.value for role in roles])
    if organisation_id is not None:
        rows = rows.filter(organisation_id=organisation_id)
    return list(
        dict.fromkeys(
            row.person.account.pk
            for row in rows.select_related("person__account")
            if is_in_force(row, at)
            and _covers(row, covering_code)
            and inside_street in ("", _post(row, {}).street_code)
        )
    )


def list_demonstration_accounts() -> list[DemonstrationPerson]:
    """List the demonstration's people to switch between: a few of each role, residents last."""
    accounts = Account.objects.filter(is_demonstration=True, is_active=True).order_by("id")
    rows = accounts.values_list("login", "person__name", "person__appointments__role")
    shown: dict[Role, dict[str, str]] = {role: {} for role in Role}
    for login, name, role in rows:
        logins = shown[Role(role or Role.RESIDENT)]
        if len(logins) < _SHOWN_OF_ONE_ROLE:
            logins.setdefault(login, name or login)
    order = [*(role for role in Role if role is not Role.RESIDENT), Role.RESIDENT]
    return [
        DemonstrationPerson(login=login, name=name, role=role)
        for role in order
        for login, name in shown[role].items()
    ]


def local_date(row: Appointment, at: datetime) -> date:
    """Say what day it is where the post is held."""
    return at.astimezone(_zone(_post(row, {}).street_code)).date()


def is_in_force(row: Appointment, at: datetime) -> bool:
    """Say whether a post is held at that instant."""
    today = local_date(row, at)
    return row.starts_on <= today and (row.ends_on is None or today < row.ends_on)


def _covers(row: Appointment, code: str) -> bool:
    prefix = _post(row, {}).area_prefix
    return not code or (bool(prefix) and code.startswith(prefix))


def _term_around(at: datetime) -> Q:
    """Terms in force somewhere on earth at that instant; the zone decides afterwards."""
    day = at.date()
    return Q(starts_on__lte=day + _ONE_DAY) & (Q(ends_on=None) | Q(ends_on__gte=day))


def _appointments_around(person_id: int | None, at: datetime) -> list[Appointment]:
    if person_id is None:
        return []
    return list(_with_places(Appointment.objects.filter(_term_around(at), person_id=person_id)))


def _with_places(rows: QuerySet[Appointment]) -> QuerySet[Appointment]:
    placed = rows.select_related("organisation__area", "area").order_by("id")
    return placed.defer("organisation__area__geometry", "area__geometry")


def _zone(street_code: str) -> ZoneInfo:
    return ZoneInfo(get_calendar(street_code).zone if street_code else settings.TIME_ZONE)


def _post(row: Appointment, lines: dict[int, tuple[int, ...]]) -> Post:
    area = row.area or (row.organisation.area if row.organisation else None)
    prefix = code_prefix(area.code, AreaKind(area.kind)) if area else ""
    return Post(
        appointment_id=row.pk,
        role=Role(row.role),
        organisation_id=row.organisation_id,
        organisation_name=row.organisation.name if row.organisation else "",
        organisation_line=lines.get(row.organisation_id or 0, ()),
        area_id=area.pk if area else None,
        area_code=area.code if area else "",
        area_kind=area.kind if area else "",
        area_name=area.name if area else "",
        area_prefix=prefix,
        street_code=_street_code(prefix),
        street_prefix=code_prefix(prefix, AreaKind.STREET),
        ends_on=row.ends_on,
    )


def _street_code(prefix: str) -> str:
    street = code_prefix(prefix, AreaKind.STREET)
    is_whole = code_prefix(street + "0", AreaKind.STREET) == street
    return street.ljust(code_digits(AreaKind.STREET), "0") if is_whole else ""


_LINES = """
WITH RECURSIVE line AS (
    SELECT id AS start, id, parent_id, 1 AS step FROM people_organisation WHERE id = ANY(%s)
    UNION ALL
    SELECT line.start, above.id, above.parent_id, line.step + 1
    FROM line JOIN people_organisation above ON above.id = line.parent_id
    WHERE line.step < 12
)
SELECT start, array_agg(id ORDER BY step) FROM line GROUP BY start
"""


def _organisation_lines(ids: set[int]) -> dict[int, tuple[int, ...]]:
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_LINES, [list(ids)])
        return {start: tuple(line) for start, line in cursor.fetchall()}

"""Reads of the people room; only frozen dataclasses leave it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection
from django.db.models import Q

from linli.ground.territory.terms import AreaKind, code_prefix

from .models import Account, Appointment, Organisation
from .terms import Member, OrganisationKind, OrganisationRef, Post, Role


def load_member(account_id: int, at: datetime) -> Member:
    """Load who is asking: the account and the posts in force at `at`, by the street's own date.

    Raises:
        Account.DoesNotExist: when there is no such account or it is closed.
    """
    account = Account.objects.select_related("person").get(id=account_id, is_active=True)
    return member_of_account(account, at)


def member_of_account(account: Account, at: datetime) -> Member:
    """Load the member behind an account already read; for this room's middleware."""
    rows = _appointments_around(account.person_id, at)
    lines = _organisation_lines({row.organisation_id for row in rows if row.organisation_id})
    posts = (_post(row, lines) for row in rows)
    return Member(
        account_id=account.pk,
        person_id=account.person_id,
        login=account.login,
        name=account.get_full_name(),
        language=account.language,
        appointments=tuple(
            post for post, row in zip(posts, rows, strict=True) if _in_force(row, post, at)
        ),
        is_demonstration=account.is_demonstration,
    )


def find_member(account_id: int, at: datetime) -> Member | None:
    """Find who is asking, or None when the account is gone or closed."""
    try:
        return load_member(account_id, at)
    except Account.DoesNotExist:
        return None


def find_account_id(login: str) -> int | None:
    """Find an open account by its login name."""
    return Account.objects.filter(login=login, is_active=True).values_list("id", flat=True).first()


def get_organisation(organisation_id: int) -> OrganisationRef:
    """Get one organisation.

    Raises:
        Organisation.DoesNotExist: when there is none.
    """
    return _organisation_ref(Organisation.objects.get(id=organisation_id))


def find_organisation(code: str) -> OrganisationRef | None:
    """Find an organisation by its code."""
    row = Organisation.objects.filter(code=code).first()
    return _organisation_ref(row) if row else None


def list_organisations(
    *,
    kinds: Iterable[OrganisationKind] | None = None,
    ids: Iterable[int] | None = None,
    within_code: str = "",
    active_only: bool = True,
) -> list[OrganisationRef]:
    """List organisations by name, optionally of some kinds, of some ids, inside an area's code."""
    rows = Organisation.objects.order_by("name")
    if active_only:
        rows = rows.filter(is_active=True)
    if kinds is not None:
        rows = rows.filter(kind__in=[kind.value for kind in kinds])
    if ids is not None:
        rows = rows.filter(id__in=list(ids))
    if within_code:
        rows = rows.filter(area__code__startswith=within_code)
    return [_organisation_ref(row) for row in rows]


def list_account_ids(
    *,
    at: datetime,
    roles: Iterable[Role] | None = None,
    organisation_id: int | None = None,
    covering_code: str = "",
) -> list[int]:
    """List open accounts of those in office: in these roles, at this organisation, for this place.

    Args:
        covering_code: code of an area; posts whose area (or organisation's area) holds it.
    """
    rows = Appointment.objects.filter(person__account__is_active=True).select_related(
        "organisation__area", "area", "person__account"
    )
    rows = rows.filter(_term_around(at))
    if roles is not None:
        rows = rows.filter(role__in=[role.value for role in roles])
    if organisation_id is not None:
        rows = rows.filter(organisation_id=organisation_id)
    found = []
    for row in rows.order_by("id"):
        post = _post(row, {})
        if not covering_code or (post.area_prefix and covering_code.startswith(post.area_prefix)):
            if _in_force(row, post, at):
                found.append(row.person.account.pk)
    return list(dict.fromkeys(found))


def get_account_name(account_id: int) -> str:
    """Say whose account it is, or an empty text for an account that is gone."""
    account = Account.objects.select_related("person").filter(id=account_id).first()
    return account.get_full_name() if account else ""


def _term_around(at: datetime) -> Q:
    """Terms in force anywhere on earth at that instant; the zone decides afterwards."""
    day = at.date()
    return Q(starts_on__lte=date.fromordinal(day.toordinal() + 1)) & (
        Q(ends_on=None) | Q(ends_on__gt=date.fromordinal(day.toordinal() - 1))
    )


def _appointments_around(person_id: int | None, at: datetime) -> list[Appointment]:
    if person_id is None:
        return []
    return list(
        Appointment.objects.filter(_term_around(at), person_id=person_id)
        .select_related("organisation__area", "area")
        .order_by("id")
    )


def _in_force(row: Appointment, post: Post, at: datetime) -> bool:
    today = at.astimezone(_zone(post.street_code)).date()
    return row.starts_on <= today and (row.ends_on is None or today < row.ends_on)


def _zone(street_code: str) -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)


def _post(row: Appointment, lines: dict[int, tuple[int, ...]]) -> Post:
    area = row.area or (row.organisation.area if row.organisation else None)
    code, kind = (area.code, AreaKind(area.kind)) if area else ("", None)
    prefix = code_prefix(code, kind) if kind else ""
    street_prefix = prefix[: len(code_prefix(code, AreaKind.STREET))] if kind else ""
    return Post(
        appointment_id=row.pk,
        role=Role(row.role),
        organisation_id=row.organisation_id,
        organisation_name=row.organisation.name if row.organisation else "",
        organisation_line=lines.get(row.organisation_id or 0, ()),
        area_id=area.pk if area else None,
        area_code=code,
        area_kind=kind.value if kind else "",
        area_name=area.name if area else "",
        area_prefix=prefix,
        street_code=street_prefix.ljust(12, "0") if len(street_prefix) == 9 else "",
        street_prefix=street_prefix,
        ends_on=row.ends_on,
    )


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


def _organisation_ref(row: Organisation) -> OrganisationRef:
    return OrganisationRef(
        id=row.pk,
        code=row.code,
        name=row.name,
        name_en=row.name_en,
        kind=OrganisationKind(row.kind),
        parent_id=row.parent_id,
        area_id=row.area_id,
        members_count=row.members_count,
        is_active=row.is_active,
    )

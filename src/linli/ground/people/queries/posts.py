"""Posts by area: who holds which until when, which are vacant, and one post with its way in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

from linli.ground.kernel.queries import get_calendar
from linli.ground.people.models import Appointment, PostSettings, WayIn
from linli.ground.people.post_rules import ENDING_DAYS, POSTS_OF_AREAS, right_to_keep
from linli.ground.people.rules import may, reach
from linli.ground.people.terms import Action, Basis, Member, Role, Scope, Target
from linli.ground.people.terms.posts import (
    EndReason,
    FoundPosts,
    PostFilters,
    PostLine,
    PostState,
    PostView,
    WayInInput,
)
from linli.ground.territory.terms import prefix_of

from .stand_ins import find_stand_in

# Roles in the order in which one reads them: the wide before the narrow.
_ORDER = [role for roles in POSTS_OF_AREAS.values() for role in roles]

_LINES = """
WITH wanted (kind, role) AS (VALUES {wanted}),
held AS (
    SELECT post.id, post.role, post.person_id, post.organisation_id, post.starts_on, post.ends_on,
        post.basis, COALESCE(post.area_id, body.area_id) AS area_id
    FROM people_appointment AS post
    LEFT JOIN people_organisation AS body ON body.id = post.organisation_id
    WHERE post.starts_on <= %(on)s AND (post.ends_on IS NULL OR post.ends_on > %(on)s)
),
line AS (
    SELECT held.id, held.role, held.person_id, person.name AS person_name, held.organisation_id,
        held.starts_on, held.ends_on, held.basis, place.id AS area_id, place.code, place.name,
        place.name_en,
        CASE WHEN held.ends_on <= %(soon)s THEN 'ending' ELSE 'filled' END AS state
    FROM held
    JOIN territory_area AS place ON place.id = held.area_id AND {inside}
    JOIN people_person AS person ON person.id = held.person_id
    UNION ALL
    SELECT NULL, wanted.role, NULL, '', NULL, NULL, NULL, '', place.id, place.code, place.name,
        place.name_en, 'vacant'
    FROM territory_area AS place
    JOIN wanted ON wanted.kind = place.kind
    WHERE {inside} AND place.valid_from <= %(on)s
        AND (place.valid_to IS NULL OR place.valid_to > %(on)s)
        AND NOT EXISTS (
            SELECT FROM held WHERE held.area_id = place.id AND held.role = wanted.role
        )
),
asked AS (
    SELECT * FROM line
    WHERE (%(role)s = '' OR role = %(role)s)
        AND (%(words)s = '' OR person_name LIKE %(like)s OR name LIKE %(like)s
            OR name_en ILIKE %(like)s)
)
"""
_COUNTS = "SELECT state, count(*) FROM asked GROUP BY state"
_PAGE = """
SELECT asked.id, role, state, area_id, asked.code, asked.name, asked.name_en, person_id,
    person_name, organisation_id, starts_on, ends_on, basis,
    COALESCE(above.names, ''), COALESCE(above.names_en, '')
FROM (
    SELECT * FROM asked WHERE %(state)s = '' OR state = %(state)s
    ORDER BY array_position(ARRAY['vacant', 'ending', 'filled'], state),
        CASE WHEN state = 'ending' THEN ends_on END, code,
        array_position(%(order)s::text[], role), id
    LIMIT %(most)s OFFSET %(past)s
) AS asked
LEFT JOIN LATERAL (
    SELECT string_agg(up.name, ' ' ORDER BY length(up.code)) AS names,
        string_agg(COALESCE(NULLIF(up.name_en, ''), up.name), ', ' ORDER BY length(up.code))
            AS names_en
    FROM territory_area AS up
    WHERE up.code IN (left(asked.code, 12), left(asked.code, 15), left(asked.code, 18))
        AND length(up.code) < length(asked.code) AND length(asked.code) > 12
        AND up.valid_from <= %(on)s AND (up.valid_to IS NULL OR up.valid_to > %(on)s)
) AS above ON TRUE
ORDER BY array_position(ARRAY['vacant', 'ending', 'filled'], state),
    CASE WHEN state = 'ending' THEN ends_on END, asked.code,
    array_position(%(order)s::text[], role), asked.id
"""


def list_posts(*, member: Member, filters: PostFilters, on: date) -> FoundPosts:
    """List the posts that a member may see, vacant ones first, then terms that end soon.

    In two statements, and one for the setting.

    Args:
        on: the day asked about, in the zone of the street.
    """
    scope = reach(member, Action.POST_READ)
    if scope.is_empty:
        return FoundPosts(rows=(), counts={}, total=0, page=1, page_size=filters.page_size)
    given = _given(scope, filters, on)
    text = _statement()
    with connection.cursor() as cursor:
        cursor.execute(text + _COUNTS, given)
        counts = {PostState(state): count for state, count in cursor.fetchall()}
        total = counts.get(filters.state, 0) if filters.state else sum(counts.values())
        page = min(filters.page, max(1, -(-total // filters.page_size)))
        given |= {"most": filters.page_size, "past": (page - 1) * filters.page_size}
        cursor.execute(text + _PAGE, given)
        rows = tuple(_line(row, on) for row in cursor.fetchall())
    return FoundPosts(
        rows=rows,
        counts={state: counts.get(state, 0) for state in PostState},
        total=total,
        page=page,
        page_size=filters.page_size,
    )


def all_posts(*, member: Member, filters: PostFilters, on: date, most: int) -> tuple[PostLine, ...]:
    """List what `list_posts` would on all its pages, at most so many."""
    wanted = PostFilters(
        state=filters.state,
        role=filters.role,
        area_code=filters.area_code,
        text=filters.text,
        page_size=most,
    )
    return list_posts(member=member, filters=wanted, on=on).rows


def _statement() -> str:
    wanted = ", ".join(
        f"('{kind.value}', '{role.value}')"
        for kind, roles in POSTS_OF_AREAS.items()
        for role in roles
    )
    inside = "place.code LIKE ANY(%(within)s) AND place.code LIKE %(area)s"
    return _LINES.format(wanted=wanted, inside=inside)


def _given(scope: Scope, filters: PostFilters, on: date) -> dict[str, Any]:
    prefixes = [""] if scope.all else list(scope.area_prefixes)
    words = filters.text.replace("\0", "").strip()
    plain = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return {
        "on": on,
        "soon": on + timedelta(days=_shortest(prefixes)),
        "within": [f"{one}%" for one in prefixes],
        "area": f"{prefix_of(filters.area_code)}%",
        "role": filters.role.value if filters.role else "",
        "state": filters.state.value if filters.state else "",
        "words": words,
        "like": f"%{plain}%",
        "order": [role.value for role in dict.fromkeys([*_ORDER, *Role])],
    }


def _shortest(prefixes: Iterable[str]) -> int:
    """Give the days of the one street asked about; of several the usual ones."""
    streets = {f"{one[:9]}000" for one in prefixes if len(one) >= 9}
    return get_ending_days(streets.pop()) if len(streets) == 1 else ENDING_DAYS


def get_ending_days(street_code: str) -> int:
    """Say how many days before its end a street shows a term as ending."""
    rows = PostSettings.objects.filter(street_code=street_code)
    return rows.values_list("ending_days", flat=True).first() or ENDING_DAYS


def today_in(street_code: str, at: datetime) -> date:
    """Say what day it is in a street; without one, where the house stands."""
    zone = get_calendar(street_code).zone if street_code else settings.TIME_ZONE
    return at.astimezone(ZoneInfo(zone)).date()


def _line(row: tuple[Any, ...], on: date) -> PostLine:
    (post_id, role, state, area_id, code, name, name_en) = row[:7]
    acting = find_stand_in(post_id, on) if post_id else None
    (person_id, person_name, organisation_id, starts_on, ends_on, basis) = row[7:13]
    return PostLine(
        appointment_id=post_id,
        role=Role(role),
        state=PostState(state),
        area_id=area_id,
        area_code=code,
        area_name=name,
        area_name_en=name_en or name,
        above=row[13],
        above_en=row[14],
        person_id=person_id,
        person_name=person_name,
        organisation_id=organisation_id,
        starts_on=starts_on,
        ends_on=ends_on,
        basis=Basis(basis) if basis else None,
        stand_in=acting.name if acting else "",
        stand_in_until=acting.ends_on if acting else None,
    )


_RELATED = ("person__account", "organisation__area", "area", "recommended_by", "way_in")


def find_post(appointment_id: int) -> PostView | None:
    """Find one post, past ones too; the caller asks the right."""
    rows = Appointment.objects.select_related(*_RELATED)
    row = rows.defer("area__geometry", "organisation__area__geometry").filter(id=appointment_id)
    found = row.first()
    return post_view(found) if found else None


def list_posts_at(*, area_id: int, role: Role, limit: int = 20) -> list[PostView]:
    """List who has held this role in this area, those of today first."""
    rows = Appointment.objects.select_related(*_RELATED).filter(area_id=area_id, role=role.value)
    rows = rows.defer("area__geometry", "organisation__area__geometry")
    return [post_view(row) for row in rows.order_by("-starts_on", "-id")[:limit]]


def is_over(post: PostView, *, on: date) -> bool:
    """Say whether a post is held no more on a day."""
    return post.ends_on is not None and post.ends_on <= on


def may_keep(member: Member, post: PostView) -> bool:
    """Say whether a member may prolong and end a post; never their own."""
    target = Target(area_code=post.area_code, street_code=post.area_code, is_complaint=False)
    is_own = post.person_id == member.person_id
    return not is_own and may(member, right_to_keep(post.role), target)


def may_see(member: Member, post: PostView) -> bool:
    """Say whether a member may see a post."""
    target = Target(area_code=post.area_code, street_code=post.area_code, is_complaint=False)
    return may(member, Action.POST_READ, target)


def post_view(row: Appointment) -> PostView:
    """Turn a row, read with what belongs to it, into what others get."""
    area = row.area or (row.organisation.area if row.organisation else None)
    return PostView(
        id=row.pk,
        role=Role(row.role),
        person_id=row.person_id,
        person_name=row.person.name,
        account_id=_account_of(row),
        organisation_id=row.organisation_id,
        organisation=row.organisation.name if row.organisation else "",
        area_id=area.pk if area else None,
        area_code=area.code if area else "",
        area_name=area.name if area else "",
        area_name_en=(area.name_en or area.name) if area else "",
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        basis=Basis(row.basis),
        recommended_by=row.recommended_by.name if row.recommended_by else "",
        shows_name=row.shows_name,
        end_reason=EndReason(row.end_reason) if row.end_reason else None,
        way_in=_way_in(row),
    )


def _account_of(row: Appointment) -> int | None:
    account = getattr(row.person, "account", None)
    return account.pk if account is not None and account.is_active else None


def _way_in(row: Appointment) -> WayInInput | None:
    way: WayIn | None = getattr(row, "way_in", None)
    if way is None:
        return None
    return WayInInput(
        decided_on=way.decided_on,
        entitled=way.entitled,
        cast=way.cast,
        in_favour=way.in_favour,
        document=way.document,
    )

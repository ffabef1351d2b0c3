"""Who holds posts inside an area."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from linli.ground.people.queries.leaving import in_office
from linli.ground.people.queries.posts import today_in
from linli.ground.people.terms import Role
from linli.ground.territory.terms import prefix_of


@dataclass(frozen=True, kw_only=True)
class Holder:
    """Somebody in a post for an area, by name; only for those who keep posts or places there."""

    person_id: int
    name: str
    role: Role
    area_name: str
    area_name_en: str


def list_holders_in(*, within_code: str, roles: Iterable[Role], at: datetime) -> list[Holder]:
    """List who holds one of these posts in an area or a part of it, by area; in one statement.

    Args:
        within_code: code of a sub-district, community, grid or building.
    """
    rows = in_office(today_in(f"{within_code[:9]}000", at)).filter(
        role__in=[role.value for role in roles], area__code__startswith=prefix_of(within_code)
    )
    rows = rows.select_related("person", "area").defer("area__geometry")
    return [
        Holder(
            person_id=row.person_id,
            name=row.person.name,
            role=Role(row.role),
            area_name=row.area.name,
            area_name_en=row.area.name_en,
        )
        for row in rows.order_by("area__code", "id")
        if row.area
    ]

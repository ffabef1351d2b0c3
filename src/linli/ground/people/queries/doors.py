"""What stands on the notice at the door of each unit: who leads it, by name where they agree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from linli.ground.people.models import Appointment
from linli.ground.people.queries.leaving import in_office
from linli.ground.people.terms import LEADERS_OF_ONE_AREA, Role
from linli.ground.territory.queries import list_areas
from linli.ground.territory.terms import AreaKind, AreaView, code_prefix, prefix_of

LEVELS = (AreaKind.COMMUNITY, AreaKind.GRID, AreaKind.BUILDING, AreaKind.UNIT)


@dataclass(frozen=True, kw_only=True)
class DoorLeader:
    """Who leads the unit, building or grid; no name where nobody does or they don't agree."""

    role: Role
    is_held: bool
    name: str


@dataclass(frozen=True, kw_only=True)
class Door:
    """One unit with the areas it lies in, from the community down, and its leaders."""

    unit: AreaView
    above: tuple[AreaView, ...]
    leaders: tuple[DoorLeader, ...]

    @property
    def building_code(self) -> str:
        """The code of the building."""
        return code_prefix(self.unit.code, AreaKind.BUILDING)


def count_doors(*, within_code: str, on: date) -> int:
    """Count the units in force in an area."""
    return len(list_areas(kind=AreaKind.UNIT, within_code=within_code, on=on))


def list_doors(*, within_code: str, on: date) -> list[Door]:
    """List the units in force in an area by code, with their leaders; in two statements.

    Args:
        within_code: code of a street, community, grid or building.
    """
    areas = {one.code: one for one in list_areas(within_code=within_code[:9] + "000", on=on)}
    held = _leaders(within_code, on)
    return [
        _door(one, areas, held)
        for code, one in areas.items()
        if one.kind is AreaKind.UNIT and code.startswith(prefix_of(within_code))
    ]


def _leaders(within_code: str, on: date) -> dict[tuple[str, str], Appointment]:
    roles = [role.value for role in LEADERS_OF_ONE_AREA]
    rows = in_office(on).filter(role__in=roles, area__code__startswith=within_code[:9])
    rows = rows.select_related("person", "area").defer("area__geometry")
    return {(row.role, row.area.code): row for row in rows if row.area}


def _door(
    unit: AreaView, areas: dict[str, AreaView], held: dict[tuple[str, str], Appointment]
) -> Door:
    codes = {kind: code_prefix(unit.code, kind) for kind in LEVELS}
    above = (areas.get(codes[kind]) for kind in LEVELS[:-1])
    return Door(
        unit=unit,
        above=tuple(one for one in above if one is not None),
        leaders=tuple(
            _leader(role, held.get((role.value, codes[kind])))
            for role, kind in (
                (Role.UNIT_LEADER, AreaKind.UNIT),
                (Role.BUILDING_LEADER, AreaKind.BUILDING),
                (Role.GRID_LEADER, AreaKind.GRID),
            )
        ),
    )


def _leader(role: Role, row: Appointment | None) -> DoorLeader:
    name = row.person.name if row is not None and row.shows_name else ""
    return DoorLeader(role=role, is_held=row is not None, name=name)

"""Who answers for a grid, as every report is told at once: kept by each process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from linli.ground.kernel.changes import announce
from linli.ground.kernel.fresh import Fresh
from linli.ground.people.models import DutyDesk
from linli.ground.people.terms import Role

from .leaving import in_office


@dataclass(frozen=True, kw_only=True)
class GridLeader:
    """The leader of a grid; without a name where they do not agree to show it."""

    name: str
    grid_name: str
    grid_name_en: str


@dataclass(frozen=True, slots=True)
class _Kept:
    leaders: Mapping[int, GridLeader]
    phones: Mapping[str, str]


def find_grid_leader(grid_id: int) -> GridLeader | None:
    """Find who leads a grid today, or None where nobody does."""
    return _leaders.get().leaders.get(grid_id)


def find_duty_phone(street_code: str) -> str:
    """Say by which number the duty desk of a street is reached, or an empty text."""
    return _leaders.get().phones.get(street_code, "")


def list_duty_phones() -> list[str]:
    """List the numbers of all duty desks."""
    return [phone for phone in _leaders.get().phones.values() if phone]


def announce_grid_leaders(**_sent: object) -> None:
    """Let every process read the leaders again; called when a post or a duty desk is saved."""
    announce(_leaders.name)


def _read() -> _Kept:
    held = in_office(timezone.localdate()).filter(role=Role.GRID_LEADER.value)
    rows = held.exclude(area=None).values_list(
        "area_id", "shows_name", "person__name", "area__name", "area__name_en"
    )
    return _Kept(
        leaders={
            area: GridLeader(name=name if shown else "", grid_name=grid, grid_name_en=grid_en)
            for area, shown, name, grid, grid_en in rows
        },
        phones=dict(DutyDesk.objects.values_list("street_code", "phone")),
    )


_leaders = Fresh("grid leaders", _read)

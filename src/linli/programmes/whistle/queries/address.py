"""Where a whistle belongs and whom it concerns, in ids: what notices need to find readers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from linli.ground.people.queries import list_account_ids
from linli.ground.people.rules import PERMISSIONS
from linli.ground.people.terms import Action, Role
from linli.programmes.whistle.models import Whistle
from linli.programmes.whistle.queries.facts import open_file
from linli.programmes.whistle.terms import Kind

_CALLING = tuple(role for role in Role if Action.WHISTLE_BLOW in PERMISSIONS[role])


@dataclass(frozen=True, kw_only=True)
class WhistleAddress:
    """A whistle by number, place and people; `calls` maps organisations to their calls.

    `caller_ids` are who follows it up, or all those of the side that called.
    """

    number: str
    kind: Kind
    street_code: str
    area_code: str
    caller_ids: tuple[int, ...]
    arrive_by: datetime
    calls: dict[int, int]


def get_address(whistle_id: UUID, *, at: datetime) -> WhistleAddress:
    """Get where a whistle belongs.

    Args:
        at: aware instant, for the posts in force.

    Raises:
        NoSuchWhistle: when there is none.
    """
    file = open_file(whistle_id)
    row = file.whistle
    return WhistleAddress(
        number=row.number,
        kind=Kind(row.kind),
        street_code=row.street.code,
        area_code=row.area.code if row.area else row.street.code,
        caller_ids=_callers(row, at),
        arrive_by=row.arrive_by,
        calls={one.organisation_id: one.pk for one in file.calls},
    )


def _callers(row: Whistle, at: datetime) -> tuple[int, ...]:
    if row.keeper_id is not None:
        return (row.keeper_id,)
    code = (row.caller_area or row.street).code
    return tuple(list_account_ids(at=at, roles=_CALLING, covering_code=code))

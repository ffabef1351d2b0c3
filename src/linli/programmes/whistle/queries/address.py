"""Where a whistle belongs and whom it concerns, in ids: what notices need to find readers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from linli.programmes.whistle.queries.facts import open_file
from linli.programmes.whistle.terms import Kind


@dataclass(frozen=True, kw_only=True)
class WhistleAddress:
    """A whistle by number, place and people; `calls` maps organisations to their calls."""

    number: str
    kind: Kind
    street_code: str
    area_code: str
    caller_account_id: int
    arrive_by: datetime
    calls: dict[int, int]


def get_address(whistle_id: UUID) -> WhistleAddress:
    """Get where a whistle belongs.

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
        caller_account_id=row.caller_id,
        arrive_by=row.arrive_by,
        calls={one.organisation_id: one.pk for one in file.calls},
    )

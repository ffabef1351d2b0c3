"""A case gets another place."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from linli.ground.territory.locator import locate
from linli.ground.territory.queries import check_point
from linli.spine.cases import events
from linli.spine.cases.queries.nearby import cell_of
from linli.spine.cases.rules.refusals import ActionRefused
from linli.spine.cases.services.performing import Act, Outcome, given, reconsider


def relocate(act: Act) -> Outcome:
    """Put the case where a person says it is; routing runs once again."""
    point, case = given(act.form.place), act.case
    check_point(point.lon, point.lat)
    on = act.at.astimezone(ZoneInfo(act.calendar.zone)).date()
    found = locate(point.lon, point.lat, on)
    if found.street_id is None:
        raise ActionRefused("cases.place_outside", field="place")
    case.street_id, case.community_id, case.grid_id = (
        found.street_id,
        found.community_id,
        found.grid_id,
    )
    case.lon, case.lat, case.h3 = point.lon, point.lat, cell_of(point.lon, point.lat)
    case.is_suspicious_place = False
    case.address = act.form.address.strip()[:200] or case.address
    case.save()
    lead_id = reconsider(act)
    return Outcome(
        event=events.CaseRelocated(
            street_id=found.street_id,
            community_id=found.community_id,
            grid_id=found.grid_id,
            lead_id=lead_id,
            reroute_lead_id=case.reroute_lead_id,
        )
    )

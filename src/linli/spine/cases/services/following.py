"""Open cases follow the ground of a grid that was re-drawn; ended ones keep the grid they had."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from linli.ground.kernel.calendar_store import get_calendar
from linli.ground.kernel.services import record_event
from linli.ground.kernel.terms import Actor
from linli.ground.territory.locator import locate
from linli.ground.territory.queries import find_heirs_now, find_ids
from linli.ground.territory.terms import AreaKind, code_prefix
from linli.spine.cases.gathering_events import CaseFollowedGrid
from linli.spine.cases.models import Case
from linli.spine.cases.queries.facts import SHAPES
from linli.spine.cases.queries.following import open_cases_in
from linli.spine.cases.rules.following import FollowedBy, Ground, goes_to
from linli.spine.cases.terms import case_subject


@transaction.atomic
def follow_redrawing(*, ground: Ground, on: date, plan_id: int, actor: Actor, at: datetime) -> int:
    """Give every open case of the former grids the grid that has its place now.

    Args:
        on: the first day of the new grids.

    Returns:
        how many followed.
    """
    cases = list(open_cases_in(ground.main_heirs).select_for_update(of=("self",)))
    ways = [(case, *_way(ground, case)) for case in cases]
    codes = {code for _case, code, _by in ways}
    communities = {code: code_prefix(code, AreaKind.COMMUNITY) for code in codes}
    ids = find_ids({*codes, *communities.values()}, on)
    for case, code, by in ways:
        _move(case, ids.get(code), ids.get(communities[code]), by, plan_id, actor, at)
    return len(ways)


def _way(ground: Ground, case: Case) -> tuple[str, FollowedBy]:
    code = case.grid.code if case.grid else ""
    return goes_to(ground, grid=code, lon=case.lon, lat=case.lat, address=case.address)


@transaction.atomic
def follow_reopened(*, case_id: UUID, actor: Actor, at: datetime) -> bool:
    """Give a case that is opened again the grid of today, if its own has ended meanwhile.

    Returns:
        whether it got another grid.
    """
    rows = Case.objects.select_for_update(of=("self",)).select_related("grid", "street")
    case = rows.defer(*SHAPES).filter(id=case_id, grid__valid_to__isnull=False).first()
    if case is None or case.grid is None or case.grid.valid_to is None:
        return False
    on = at.astimezone(ZoneInfo(get_calendar(case.street.code).zone)).date()
    if case.grid.valid_to > on:
        return False
    grid_id, by = _grid_today(case, on)
    _move(case, grid_id, case.community_id, by, None, actor, at)
    return grid_id is not None


def _grid_today(case: Case, on: date) -> tuple[int | None, FollowedBy]:
    if case.lon is not None and case.lat is not None:
        found = locate(case.lon, case.lat, on).grid_id
        if found is not None:
            return found, FollowedBy.POINT
    heirs = find_heirs_now(case.grid_id, on) if case.grid_id else []
    return (heirs[0].id if heirs else None), FollowedBy.SHARE


def _move(
    case: Case,
    grid_id: int | None,
    community_id: int | None,
    by: FollowedBy,
    plan_id: int | None,
    actor: Actor,
    at: datetime,
) -> None:
    if grid_id is None or grid_id == case.grid_id:
        return
    followed = CaseFollowedGrid(
        former_grid_id=case.grid_id,
        grid_id=grid_id,
        community_id=community_id or case.community_id,
        by=by.value,
        plan_id=plan_id,
        due_at=case.due_at,
    )
    case.grid_id, case.community_id, case.changed_at = grid_id, followed.community_id, at
    case.save(update_fields=["grid", "community", "changed_at"])
    record_event(
        followed,
        subject=case_subject(case.id),
        actor=actor,
        at=at,
        step_before=case.step,
        step_after=case.step,
    )

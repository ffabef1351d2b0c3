"""Grids to be re-drawn: a plan in preparation, of two small grids that become one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils import timezone

from linli.ground.people.models import Appointment
from linli.ground.people.queries import load_member
from linli.ground.people.terms import Role
from linli.ground.territory.plan_terms import MergeStep
from linli.ground.territory.services.plans import add_step, draft_plan, keep_post

COMMUNITY = "220104004005"
MERGED = (f"{COMMUNITY}011", f"{COMMUNITY}012")
INTO = MERGED[0]
DRAFTED_AGO, AHEAD = timedelta(days=4), timedelta(days=25)


def plan_some(*, accounts: Mapping[str, int], until: datetime) -> None:
    """Let the keeper plan the merge; another has still to approve it."""
    at = until - DRAFTED_AGO
    keeper = load_member(accounts["keeper"], at).actor(role=Role.KEEPER)
    plan = draft_plan(
        title="杏花村两个小网格合并",
        reason="两个网格户数少、挨着，合并后由一名网格长管，另一名转做网格员。",
        within_code=COMMUNITY,
        effective_on=timezone.localdate(until) + AHEAD,
        actor=keeper,
        at=at,
    )
    merge = MergeStep(codes=MERGED, into=INTO, name="杏花村东南网格")
    add_step(plan_id=plan.id, step=merge, actor=keeper, at=at + timedelta(minutes=3))
    leader = Appointment.objects.get(role=Role.GRID_LEADER.value, area__code=INTO, ended_at=None)
    keep_post(
        plan_id=plan.id,
        grid_code=INTO,
        appointment_id=leader.pk,
        actor=keeper,
        at=at + timedelta(minutes=5),
    )

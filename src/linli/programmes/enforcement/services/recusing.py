"""Somebody with an interest in the matter steps aside, and another acts in their place.

Source: 行政处罚法 (2021) 43. Until it is decided, the investigation goes on.
"""

from __future__ import annotations

from django.db.models import Q

from linli.programmes.enforcement import events
from linli.programmes.enforcement.models import Participation, Secondment
from linli.programmes.enforcement.rules import law
from linli.programmes.enforcement.rules.refusals import OperationRefused
from linli.programmes.enforcement.services.performing import Act, given


def step_aside(act: Act) -> events.OperationEvent:
    """Let the member who acts leave the operation."""
    mine = next(
        one for one in act.file.participations if one.secondment.person_id == act.member.person_id
    )
    return _recuse(act, mine, is_ordered=False)


def decide_recusal(act: Act) -> events.OperationEvent:
    """Decide whether somebody whom a party does not trust has to leave the operation."""
    asked = given(act.form.recusal)
    whom = next((p for p in act.file.participations if p.secondment_id == asked.member_id), None)
    if whom is None:
        raise OperationRefused("enforcement.member_unknown", field="recusal")
    if not asked.is_granted:
        return events.RecusalRefused(member_id=whom.secondment_id)
    return _recuse(act, whom, is_ordered=True)


def _recuse(act: Act, whom: Participation, *, is_ordered: bool) -> events.OperationEvent:
    successor = _successor(act)
    staying = [one.secondment for one in act.file.participations if one.pk != whom.pk]
    acting = [*staying, successor] if successor else staying
    if sum(one.is_officer for one in acting) < law.LEAST_OFFICERS:
        raise OperationRefused("enforcement.successor_needed", field="successor_id")
    whom.recused_at = act.at
    whom.save(update_fields=["recused_at"])
    if successor:
        Participation.objects.create(operation=act.operation, secondment=successor)
    if act.operation.commander_id == whom.secondment_id:
        act.operation.commander = successor
    return events.MemberRecused(
        member_id=whom.secondment_id,
        successor_id=successor.pk if successor else None,
        is_ordered=is_ordered,
    )


def _successor(act: Act) -> Secondment | None:
    if act.form.successor_id is None:
        return None
    known = {one.secondment_id for one in (*act.file.participations, *act.file.recused)}
    today = act.today.date()
    there = Q(seconded_until=None) | Q(seconded_until__gte=today)
    found = Secondment.objects.filter(
        there, pk=act.form.successor_id, team_id=act.operation.team_id, seconded_from__lte=today
    ).first()
    if found is None or found.pk in known:
        raise OperationRefused("enforcement.successor_unfit", field="successor_id")
    return found

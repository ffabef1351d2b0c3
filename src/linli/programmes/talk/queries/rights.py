"""Who keeps a point, and who may write down what is said there."""

from __future__ import annotations

from linli.ground.people.rules import may
from linli.ground.people.terms import Action, Member, Target
from linli.programmes.talk.models import Host, Point


def target_of(street_code: str, area_code: str) -> Target:
    """Say what an act at a point of this community is aimed at."""
    return Target(street_code=street_code, area_code=area_code, is_complaint=False)


def may_keep(member: Member | None, point: Point) -> bool:
    """Say whether a member keeps this point."""
    return may(member, Action.TALK_KEEP, target_of(point.street_code, point.area_code))


def may_receive(member: Member, point: Point) -> bool:
    """Say whether a member receives people at this point: its keeper in office, or a named host."""
    target = target_of(point.street_code, point.area_code)
    if not may(member, Action.TALK_HOST, target):
        return False
    return may_keep(member, point) or is_host(member, point)


def is_host(member: Member, point: Point) -> bool:
    """Say whether a member is named as a host of this point."""
    if member.person_id is None:
        return False
    return Host.objects.filter(point=point, person_id=member.person_id, ended_at=None).exists()

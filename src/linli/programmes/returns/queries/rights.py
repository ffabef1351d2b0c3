"""Whose a form is: its sub-district's, for those who keep, fill in or read it there."""

from __future__ import annotations

from django.db.models import Q

from linli.ground.kernel.terms import Actor
from linli.ground.people.rules import find_role, reach
from linli.ground.people.terms import Action, Member, Target
from linli.programmes.returns.rules.refusals import UnableToReturn


def actor_for(member: Member, right: Action, street_code: str) -> Actor:
    """Give the member as the one who acts, in the post that allows it there.

    Raises:
        UnableToReturn: when none does.
    """
    role = find_role(member, right, Target(street_code=street_code, is_complaint=False))
    if role is None:
        raise UnableToReturn("returns.not_yours")
    return member.actor(role=role)


def visible_to(member: Member) -> Q:
    """Build the filter of the forms a member may read."""
    scope = reach(member, Action.RETURN_READ)
    found = Q() if scope.all else Q(pk__in=[])
    for prefix in scope.area_prefixes:
        found |= Q(street_code__startswith=prefix)
    return found

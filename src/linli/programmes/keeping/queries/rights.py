"""Whose say a draft is: a list is its sub-district's, the catalogue is everybody's who uses it."""

from __future__ import annotations

from datetime import datetime

from linli.ground.people.queries import find_member, list_account_ids
from linli.ground.people.rules import PERMISSIONS, find_role, may
from linli.ground.people.terms import Action, Member, Role, Target
from linli.ground.territory.queries import list_areas
from linli.ground.territory.terms import AreaKind
from linli.programmes.keeping.terms import Matter


def target_of(matter: Matter, street_code: str) -> Target:
    """Describe a draft to the rules of access.

    The catalogue is one for all sub-districts: where there are several, only who answers for all
    of them may change it.
    """
    is_shared = matter is Matter.CATALOGUE and len(list_areas(kind=AreaKind.STREET)) > 1
    return Target(street_code="" if is_shared else street_code, is_complaint=False)


def may_keep(member: Member, right: Action, matter: Matter, street_code: str) -> bool:
    """Say whether a member has a right over drafts of this matter in this sub-district."""
    return may(member, right, target_of(matter, street_code))


def list_approvers(*, matter: Matter, street_code: str, at: datetime) -> list[int]:
    """List the accounts of those who may approve drafts of this matter in this sub-district."""
    roles = [role for role in Role if Action.KEEPING_APPROVE in PERMISSIONS[role]]
    people = list_account_ids(at=at, roles=roles)
    members = ((one, find_member(one, at)) for one in people)
    return [
        one
        for one, member in members
        if member is not None and may_keep(member, Action.KEEPING_APPROVE, matter, street_code)
    ]


def find_keeping_role(
    member: Member, right: Action, matter: Matter, street_code: str
) -> Role | None:
    """Find the role in which a member has that right, or None."""
    return find_role(member, right, target_of(matter, street_code))

"""Whose say a draft is: a list is its sub-district's, the catalogue is everybody's who uses it."""

from __future__ import annotations

from linli.ground.people.rules import find_role, may
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


def find_keeping_role(
    member: Member, right: Action, matter: Matter, street_code: str
) -> Role | None:
    """Find the role in which a member has that right, or None."""
    return find_role(member, right, target_of(matter, street_code))

"""Whether somebody may do something to one case beside the acts of its procedure."""

from __future__ import annotations

from uuid import UUID

from linli.ground.people.rules import find_role
from linli.ground.people.terms import Action, Member, Role
from linli.spine.cases.queries.facts import may_see, open_file, target_of


def find_role_for(*, case_id: UUID, member: Member, right: Action) -> Role | None:
    """Find the role in which a member who may read the case has this right to it, or None.

    Raises:
        NoSuchCase: when there is no such case.
    """
    file = open_file(case_id)
    return find_role(member, right, target_of(file)) if may_see(file, member) else None

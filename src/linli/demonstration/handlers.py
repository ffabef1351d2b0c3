"""Who answers for an organisation on a day."""

from __future__ import annotations

from datetime import datetime

from linli.ground.people.queries import list_account_ids, load_member
from linli.ground.people.terms import Member, Role


def find_handler(organisation_id: int | None, at: datetime) -> Member | None:
    """Find the first who handles for an organisation at an instant, or None."""
    if organisation_id is None:
        return None
    roles = (Role.HANDLER, Role.JOINT_TEAM_MEMBER)
    found = list_account_ids(at=at, organisation_id=organisation_id, roles=roles)
    return load_member(found[0], at) if found else None


def get_handler(organisation_id: int | None, at: datetime) -> Member:
    """Give the first who handles for an organisation at an instant.

    Raises:
        LookupError: nobody does.
    """
    handler = find_handler(organisation_id, at)
    if handler is None:
        raise LookupError(organisation_id)
    return handler

"""Who had a hand in a case, and hears therefore nothing of what its reporter said of it."""

from __future__ import annotations

from linli.ground.people.terms import Member
from linli.spine.cases.queries.facts import CaseFile
from linli.spine.cases.terms import AssignmentState, Duty

HANDLING = (Duty.LEAD, Duty.HELPER, Duty.TASK)
NEVER_HANDLED = (AssignmentState.RETURNED, AssignmentState.WITHDRAWN)


def has_handled(file: CaseFile, member: Member) -> bool:
    """Say whether a member, or an organisation of theirs, handled a case or helped with it."""
    return any(
        one.was_with(member.account_id) or one.organisation_id in member.organisation_ids
        for one in file.assignments
        if one.duty in HANDLING and one.state not in NEVER_HANDLED
    )

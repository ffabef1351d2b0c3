"""The centre's rulings after a return: kept as precedents, withdrawn by the shift leader."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from linli.ground.kernel.services import record_event
from linli.ground.kernel.terms import Occurrence
from linli.ground.people.rules import find_role
from linli.ground.people.terms import Action as Right
from linli.ground.people.terms import Member
from linli.spine.cases.gathering_events import PrecedentWithdrawn
from linli.spine.cases.models import Assignment, Precedent
from linli.spine.cases.queries.facts import open_file, target_of
from linli.spine.cases.rules.refusals import UnableToWithdrawPrecedent
from linli.spine.cases.services.performing import Act, given
from linli.spine.cases.terms import AssignmentState, Duty, case_subject


def keep_precedent(act: Act, lead: Assignment, occurrence: Occurrence) -> None:
    """Keep a ruling, so that it is shown when such a matter comes again."""
    case = act.case
    if case.category_id is None:
        return
    returned = [
        one
        for one in act.file.assignments
        if one.duty == Duty.LEAD and one.state == AssignmentState.RETURNED
    ]
    Precedent.objects.create(
        street_id=case.street_id,
        area_id=case.community_id or case.street_id,
        category_id=case.category_id,
        organisation_id=given(lead.organisation_id),
        against_id=returned[-1].organisation_id if returned else None,
        case=case,
        event_id=occurrence.id,
        ruled_at=act.at,
    )


@transaction.atomic
def withdraw_precedent(*, precedent_id: int, member: Member, at: datetime, note: str) -> None:
    """Withdraw a precedent: it is no longer shown; the ruling on its own case stays as it was.

    Raises:
        UnableToWithdrawPrecedent: unknown, withdrawn already, not this member's, or without why.
    """
    rows = Precedent.objects.select_for_update(of=("self",))
    row = rows.filter(id=precedent_id, withdrawn_at=None).first()
    if row is None:
        raise UnableToWithdrawPrecedent("precedent.unknown")
    file = open_file(row.case_id, lock=True)
    role = find_role(member, Right.PRECEDENT_WITHDRAW, target_of(file))
    if role is None:
        raise UnableToWithdrawPrecedent("precedent.not_yours")
    if not note.strip():
        raise UnableToWithdrawPrecedent("precedent.note_missing", field="note")
    row.withdrawn_at = at
    row.save(update_fields=["withdrawn_at"])
    record_event(
        PrecedentWithdrawn(precedent_id=row.pk, due_at=file.case.due_at),
        subject=case_subject(row.case_id),
        actor=member.actor(role=role),
        at=at,
        step_before=file.case.step,
        step_after=file.case.step,
        texts={"note": note.strip()},
    )

"""The state of a case from its row and from its events; a test holds them equal."""

from __future__ import annotations

from uuid import UUID

from linli.ground.kernel.queries import list_occurrences
from linli.spine.cases.models import Assignment, Check, Extension, Instruction, Pending, Reminder
from linli.spine.cases.queries.facts import open_file
from linli.spine.cases.rules.gathered import (
    CheckState,
    ExtensionState,
    InstructionState,
    PendingState,
    TaskState,
)
from linli.spine.cases.rules.projection import CaseState, replay
from linli.spine.cases.terms import AssignmentState, Duty, Step, case_subject


def replayed_state(case_id: UUID) -> CaseState:
    """Give the state of a case as its events tell it."""
    return replay(list_occurrences(case_subject(case_id)))


def live_state(case_id: UUID) -> CaseState:
    """Give the state of a case as its row and assignments stand.

    Raises:
        NoSuchCase: when there is none.
    """
    file = open_file(case_id)
    case, lead = file.case, file.lead
    helpers: list[Assignment] = [one for one in file.open_ones if one.duty == Duty.HELPER]
    return CaseState(
        step=Step(case.step),
        version=case.version,
        number=case.number,
        category_id=case.category_id,
        street_id=case.street_id,
        community_id=case.community_id,
        grid_id=case.grid_id,
        lead_id=lead.organisation_id if lead else None,
        helper_ids=tuple(one.organisation_id for one in helpers if one.organisation_id),
        is_binding=bool(lead and lead.is_binding),
        is_suspicious_place=case.is_suspicious_place,
        rework_count=case.rework_count,
        return_count=case.return_count,
        reported_at=case.reported_at,
        filed_at=case.filed_at,
        dispatched_at=case.dispatched_at,
        closed_at=case.closed_at,
        due_at=case.due_at,
        promised_at=case.promised_at,
        handle_due_at=case.handle_due_at,
        reopen_until=case.reopen_until,
        level=case.level,
        parent_id=case.parent_id,
        merged_into_id=case.merged_into_id,
        split_from_id=case.split_from_id,
        reroute_lead_id=case.reroute_lead_id,
        reminder_count=Reminder.objects.filter(case=case).count(),
        tasks=tuple(_task(one) for one in file.tasks),
        instructions=tuple(
            _instruction(one) for one in Instruction.objects.filter(case=case).order_by("no")
        ),
        extensions=tuple(
            _extension(one) for one in Extension.objects.filter(case=case).order_by("no")
        ),
        pendings=tuple(_pending(one) for one in Pending.objects.filter(case=case).order_by("no")),
        checks=tuple(_check(one) for one in Check.objects.filter(case=case).order_by("no")),
    )


def _check(row: Check) -> CheckState:
    answers = row.answers.values_list("case_id", "solved")
    return CheckState(
        no=row.no,
        verifier_id=row.verifier_id,
        due_at=row.due_at,
        done_at=row.done_at,
        passed=row.passed,
        answers=tuple(sorted((str(case_id), solved) for case_id, solved in answers)),
    )


def _extension(row: Extension) -> ExtensionState:
    return ExtensionState(no=row.no, until=row.until, is_granted=row.is_granted)


def _pending(row: Pending) -> PendingState:
    return PendingState(
        no=row.no,
        wake_at=row.wake_at,
        is_granted=row.is_granted,
        is_ended=row.ended_at is not None,
    )


def _instruction(row: Instruction) -> InstructionState:
    return InstructionState(
        no=row.no,
        organisation_id=row.organisation_id,
        due_at=row.due_at,
        answered_at=row.answered_at,
        withdrawn_at=row.withdrawn_at,
    )


def _task(row: Assignment) -> TaskState:
    return TaskState(
        no=row.task_no or 0,
        organisation_id=row.organisation_id or 0,
        state=AssignmentState(row.state),
        due_at=row.due_at,
        is_binding=row.is_binding,
        rework_count=row.rework_count,
    )

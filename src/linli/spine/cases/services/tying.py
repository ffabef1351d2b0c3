"""Ties between cases: merged into one and apart again, parent and children."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from django.db import connection

from linli.ground.kernel.services import record_event
from linli.ground.kernel.terms import Occurrence
from linli.spine.cases import gathering_events as events
from linli.spine.cases.models import Assignment, Case, Clock, Merge
from linli.spine.cases.queries.facts import may_see, open_file
from linli.spine.cases.queries.gathering import list_group
from linli.spine.cases.rules.refusals import ActionRefused, NoSuchCase
from linli.spine.cases.services.performing import Act, Outcome, end_case, finish, given
from linli.spine.cases.terms import (
    ENDS,
    ActionName,
    AssignmentState,
    CaseKind,
    Step,
    case_subject,
)

TIES = frozenset({ActionName.MERGE, ActionName.UNMERGE, ActionName.LINK})
_LOCK = 4_004_001
_ABOUT_SOMEBODY = (CaseKind.COMPLAINT, CaseKind.REPORT)


def wait_for_ties() -> None:
    """Let one act at a time change how cases hang together, until the transaction ends.

    Taken before any case is locked, so that nobody waits for somebody who waits for them.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def merge(act: Act) -> Outcome:
    """End the case in another that tells of the same matter; its clocks and assignments rest."""
    case = act.case
    target = _target(act)
    _check_alike(case, target)
    Merge.objects.create(source=case, target=target, merged_at=act.at, held=_held(act))
    for one in act.file.open_ones:
        finish(one, AssignmentState.WITHDRAWN, act.at)
    end_case(act)
    case.merged_into_id = target.id
    return Outcome(
        event=events.CaseMerged(target_id=target.id, target_number=target.number),
        finish=lambda _occurrence: _receive(act, target),
    )


def unmerge(act: Act) -> Outcome:
    """Put the case back exactly as it stood before it was merged."""
    case = act.case
    row = Merge.objects.select_related("target").get(source=case, undone_at=None)
    held = row.held
    row.undone_at = act.at
    row.save(update_fields=["undone_at"])
    for number, state in held["assignments"].items():
        rows = Assignment.objects.filter(case=case, id=int(number))
        rows.update(state=state, finished_at=None)
    running = Clock.objects.filter(case=case, id__in=held["clocks"])
    running.update(stopped_at=None)
    case.closed_at, case.merged_into_id = None, None
    case.due_at = running.filter(id=held["due_clock"]).values_list("due_at", flat=True).first()
    case.is_overdue, case.reroute_lead_id = held["is_overdue"], held["reroute_lead_id"]

    def leave(_occurrence: Occurrence) -> None:
        _tell(row.target_id, events.MergeLeft(source_id=case.id, source_number=case.number), act)

    return Outcome(
        event=events.CaseUnmerged(target_id=row.target_id, target_number=row.target.number),
        step=Step(held["step"]),
        finish=leave,
    )


def link(act: Act) -> Outcome:
    """Make the case part of a larger one, which may not be part of this one."""
    parent = _target(act)
    if act.case.id in _ancestors(parent):
        raise ActionRefused("cases.parent_is_child", field="target_id")
    act.case.parent_id = parent.id
    return Outcome(event=events.CaseLinked(parent_id=parent.id, parent_number=parent.number))


def unlink(act: Act) -> Outcome:
    """Let the case stand for itself again."""
    act.case.parent_id = None
    return Outcome(event=events.CaseUnlinked())


def _held(act: Act) -> dict[str, object]:
    case = act.case
    running = Clock.objects.filter(case=case, stopped_at=None).order_by("id")
    clocks = {clock.pk: clock.due_at for clock in running}
    return {
        "step": case.step,
        "clocks": list(clocks),
        "due_clock": next((pk for pk, due in clocks.items() if due == case.due_at), None),
        "is_overdue": case.is_overdue,
        "reroute_lead_id": case.reroute_lead_id,
        "assignments": {str(one.pk): one.state for one in act.file.open_ones},
    }


def _target(act: Act) -> Case:
    """Lock the other case, which must be open, in the same sub-district, and the member's to see.

    Raises:
        ActionRefused: saying what stands against it.
    """
    target_id = given(act.form.target_id)
    if target_id == act.case.id:
        raise ActionRefused("cases.target_itself", field="target_id")
    try:
        file = open_file(target_id, lock=True)
    except NoSuchCase as fault:
        raise ActionRefused("cases.target_unknown", field="target_id") from fault
    if not may_see(file, act.member):
        raise ActionRefused("cases.target_unknown", field="target_id")
    target = file.case
    if target.merged_into_id is not None:
        main = Case.objects.values_list("number", flat=True).get(id=target.merged_into_id)
        raise ActionRefused("cases.target_merged", field="target_id", number=main)
    if Step(target.step) in ENDS:
        raise ActionRefused("cases.target_ended", field="target_id")
    if target.street_id != act.case.street_id:
        raise ActionRefused("cases.target_elsewhere", field="target_id")
    return target


def _check_alike(case: Case, target: Case) -> None:
    """Keep what is said about a unit from those who handle something else."""
    if case.kind not in _ABOUT_SOMEBODY and target.kind not in _ABOUT_SOMEBODY:
        return
    about = case.about_organisation_id == target.about_organisation_id
    if case.kind != target.kind or not about:
        raise ActionRefused("cases.target_differs", field="target_id")


def _receive(act: Act, target: Case) -> None:
    """Record on the main case who joined it, who was the first, and who is thanked."""
    group = list_group(target.id)
    _tell(
        target.id,
        events.MergeReceived(
            source_id=act.case.id,
            source_number=act.case.number,
            first_case_id=group[0],
            case_ids=tuple(group),
        ),
        act,
    )


def _tell(case_id: UUID, event: events.MergeReceived | events.MergeLeft, act: Act) -> None:
    case = Case.objects.select_for_update().get(id=case_id)
    record_event(
        replace(event, due_at=case.due_at),
        subject=case_subject(case.id),
        actor=act.actor,
        at=act.at,
        step_before=case.step,
        step_after=case.step,
    )


def _ancestors(case: Case) -> Iterator[UUID]:
    """Walk up from a case, itself first; a circle, which can't be, would end it."""
    seen: set[UUID] = set()
    above: UUID | None = case.id
    while above is not None and above not in seen:
        seen.add(above)
        yield above
        above = Case.objects.values_list("parent_id", flat=True).get(id=above)

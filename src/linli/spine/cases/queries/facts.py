"""One case as the rules see it: its facts, and how somebody stands to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.db.models import QuerySet

from linli.ground.kernel.compiled import Compiled
from linli.ground.people.rules import may, reach
from linli.ground.people.terms import Action as Right
from linli.ground.people.terms import Member, Target
from linli.ground.territory.locator import heir_codes
from linli.spine.cases.catalogue_terms import CheckedBy
from linli.spine.cases.models import (
    Assignment,
    Case,
    Check,
    Extension,
    Instruction,
    Pending,
    Reporter,
)
from linli.spine.cases.queries.mains import find_main, is_rated
from linli.spine.cases.queries.settings import get_policy
from linli.spine.cases.rules.actions import (
    OPEN_TASK_STATES,
    CaseFacts,
    Standing,
    TaskFacts,
)
from linli.spine.cases.rules.checking import CheckFacts
from linli.spine.cases.rules.pending import PENDING_DECISIONS, PendingFacts
from linli.spine.cases.rules.procedure import Action, Bond
from linli.spine.cases.rules.putting_off import ExtensionFacts
from linli.spine.cases.rules.refusals import NoSuchCase
from linli.spine.cases.terms import AssignmentState, CaseKind, Duty, Step
from linli.spine.cases.terms.beside import ANYTHING, Beside
from linli.spine.cases.terms.checking import CheckKind

OPEN_ASSIGNMENTS = (
    AssignmentState.OFFERED,
    AssignmentState.ACCEPTED,
    AssignmentState.REPORTED,
)
SEEING_ASSIGNMENTS = (*OPEN_ASSIGNMENTS, AssignmentState.DONE)
WORKING = (Duty.LEAD, Duty.HELPER, Duty.TASK)
_RESTING = (Step.HANDLING, Step.PENDING)
_RELATED = ("category", "street", "community", "grid", "about_organisation")
# Polygons are large, and nobody here draws.
SHAPES = ("street__geometry", "community__geometry", "grid__geometry")


@dataclass(frozen=True, kw_only=True)
class CaseFile:
    """A case with its assignments, oldest first; for this room only."""

    case: Case
    assignments: tuple[Assignment, ...]
    beside: frozenset[Beside] = ANYTHING

    @cached_property
    def instructions(self) -> tuple[Instruction, ...]:
        """The instructions that wait for an answer, oldest first; read when first asked for."""
        if Beside.INSTRUCTIONS not in self.beside:
            return ()
        return tuple(_INSTRUCTIONS.rows(case_id=self.case.id))

    def find_instruction(self, member: Member) -> Instruction | None:
        """Find the oldest instruction that a member is to answer, or None."""
        return next((one for one in self.instructions if self.is_addressee(one, member)), None)

    def is_addressee(self, one: Instruction, member: Member) -> bool:
        """Say whether an instruction was given to a member: to the unit, or else to the centre."""
        if one.organisation_id is not None:
            return one.organisation_id in reach(member, Right.CASE_ANSWER).organisation_ids
        no_unit = replace(target_of(self), organisation_ids=())
        return may(member, Right.CASE_ANSWER, no_unit)

    @cached_property
    def open_check(self) -> Check | None:
        """The check that waits for somebody; read only where there may be one."""
        if self.case.step not in (Step.CHECKING, Step.SETTLED) or Beside.CHECKS not in self.beside:
            return None
        return _OPEN_CHECK.first(case_id=self.case.id)

    @property
    def check_facts(self) -> CheckFacts:
        """What the rules need to know of the open check."""
        one = self.open_check
        return CheckFacts(
            is_sample=bool(one and one.kind == CheckKind.SAMPLE),
            is_asking=bool(one and one.way == CheckedBy.REPORTER),
        )

    @cached_property
    def extensions(self) -> tuple[Extension, ...]:
        """The extensions asked for, oldest first; read only where one may be decided or asked."""
        if self.case.step != Step.HANDLING or Beside.EXTENSIONS not in self.beside:
            return ()
        return tuple(_EXTENSIONS.rows(case_id=self.case.id))

    @property
    def open_extension(self) -> Extension | None:
        """The extension that waits for a decision on the clock that runs, if any."""
        return next(
            (one for one in self.extensions if not one.decided_at and not one.clock.stopped_at),
            None,
        )

    @property
    def extension_facts(self) -> ExtensionFacts:
        """What the rules need to know of extensions."""
        one = self.open_extension
        return ExtensionFacts(
            granted=sum(row.is_granted is True for row in self.extensions),
            due_at=self.case.due_at,
            open_until=one.until if one else None,
            needs_leader=bool(one and one.needs_leader),
        )

    @cached_property
    def pendings(self) -> tuple[Pending, ...]:
        """The requests to rest on the register, oldest first; read only where they matter."""
        if self.case.step not in _RESTING or Beside.PENDINGS not in self.beside:
            return ()
        return tuple(_PENDINGS.rows(case_id=self.case.id))

    @property
    def open_pending(self) -> Pending | None:
        """The request that waits for a decision on the clock that runs or rests, if any."""
        return next(
            (one for one in self.pendings if not one.decided_at and not one.clock.stopped_at),
            None,
        )

    @property
    def on_register(self) -> Pending | None:
        """The approval by which the case is on the register now, if it is."""
        return next((one for one in self.pendings if one.is_granted and not one.ended_at), None)

    @property
    def pending_facts(self) -> PendingFacts:
        """What the rules need to know of the register."""
        one = self.open_pending
        return PendingFacts(
            open_wake_at=one.wake_at if one else None,
            has_open_task=any(task.state in OPEN_TASK_STATES for task in self.tasks),
            has_open_extension=self.open_extension is not None,
        )

    @property
    def lead(self) -> Assignment | None:
        """The open assignment as lead, if any."""
        return next((one for one in self.open_ones if one.duty == Duty.LEAD), None)

    @property
    def open_ones(self) -> list[Assignment]:
        """The assignments that are offered, accepted or waiting for their check."""
        return [one for one in self.assignments if one.state in OPEN_ASSIGNMENTS]

    @property
    def tasks(self) -> list[Assignment]:
        """The tasks of the case, by number."""
        return [one for one in self.assignments if one.duty == Duty.TASK]

    def find_task(self, number: int | None) -> Assignment | None:
        """Find a task by its number, or None."""
        return next((one for one in self.tasks if one.task_no == number), None)

    @property
    def area_code(self) -> str:
        """The code of the smallest area known."""
        area = self.case.grid or self.case.community or self.case.street
        return area.code


def open_file(case_id: UUID, *, lock: bool = False) -> CaseFile:
    """Read a case with its assignments; `lock` keeps others from changing it meanwhile.

    Raises:
        NoSuchCase: when there is none.
    """
    case = (_LOCKED_CASE if lock else _CASE).first(case_id=case_id)
    if case is None:
        raise NoSuchCase("cases.not_found")
    return CaseFile(case=case, assignments=list_assignments(case_id))


def list_assignments(case_id: UUID) -> tuple[Assignment, ...]:
    """List the assignments of a case with their organisations, oldest first."""
    return tuple(_ASSIGNMENTS.rows(case_id=case_id))


def related_cases() -> QuerySet[Case]:
    """Build the query of cases with what every look at one needs."""
    return Case.objects.select_related(*_RELATED).defer(*SHAPES)


def _case(case_id: UUID) -> QuerySet[Case]:
    return related_cases().filter(id=case_id)


_CASE = Compiled(_case)
_LOCKED_CASE = Compiled(lambda case_id: _case(case_id).select_for_update(of=("self",)))
_ASSIGNMENTS = Compiled(
    lambda case_id: (
        Assignment.objects.filter(case_id=case_id).select_related("organisation").order_by("id")
    )
)
_INSTRUCTIONS = Compiled(
    lambda case_id: Instruction.objects.filter(
        case_id=case_id, answered_at=None, withdrawn_at=None
    ).order_by("no")
)
_OPEN_CHECK = Compiled(
    lambda case_id: Check.objects.filter(case_id=case_id, done_at=None).order_by("id")[:1]
)
_EXTENSIONS = Compiled(
    lambda case_id: Extension.objects.filter(case_id=case_id).select_related("clock").order_by("no")
)
_PENDINGS = Compiled(
    lambda case_id: Pending.objects.filter(case_id=case_id).select_related("clock").order_by("no")
)


def facts_of(file: CaseFile) -> CaseFacts:
    """Give what the rules need to know of a case."""
    case, lead = file.case, file.lead
    return CaseFacts(
        step=Step(case.step),
        category_id=case.category_id,
        is_checked_by_reporter=bool(
            case.category and case.category.checked_by == CheckedBy.REPORTER
        ),
        is_binding=bool(lead and lead.is_binding),
        return_count=case.return_count,
        return_limit=get_policy(case.street_id).return_limit,
        accept_by=lead.accept_by if lead else None,
        reopen_until=case.reopen_until,
        is_rated=Beside.RATINGS in file.beside and is_rated(case),
        has_lead=lead is not None,
        has_grid=case.grid_id is not None,
        has_community=case.community_id is not None,
        has_parent=case.parent_id is not None,
        is_complaint=case.kind == CaseKind.COMPLAINT,
        is_reroute_proposed=case.reroute_lead_id is not None,
        is_main_closed=case.step == Step.MERGED and find_main(case).step == Step.CLOSED,
        tasks=tuple(_task_facts(one, file.tasks) for one in file.tasks),
        has_open_instruction=bool(file.instructions),
        extensions=file.extension_facts,
        pending=file.pending_facts,
        check=file.check_facts,
    )


def _task_facts(row: Assignment, tasks: Iterable[Assignment]) -> TaskFacts:
    return TaskFacts(
        no=row.task_no or 0,
        state=AssignmentState(row.state),
        organisation_id=row.organisation_id or 0,
        accept_by=row.accept_by,
        is_binding=row.is_binding,
        is_replaced=any(one.replaces_no == row.task_no for one in tasks),
    )


def target_for(file: CaseFile, action: Action, task_no: int | None = None) -> Target:
    """Describe a case to the rules of access as an action ties to it: case, lead or one task."""
    if action.bond is Bond.TASK:
        task = file.find_task(task_no)
        units = (task.organisation_id,) if task and task.organisation_id else ()
        return replace(target_of(file), organisation_ids=units)
    return target_of(file, lead_only=action.bond is Bond.LEAD)


def target_of(file: CaseFile, *, lead_only: bool = False) -> Target:
    """Describe a case to the rules of access; who reported it is left out."""
    return Target(
        street_code=file.case.street.code,
        area_code=file.area_code,
        organisation_ids=_organisations(file, lead_only=lead_only),
        is_complaint=file.case.kind == CaseKind.COMPLAINT,
        about_organisation_id=file.case.about_organisation_id,
    )


def standing_of(
    file: CaseFile, member: Member, action: Action, *, task_no: int | None = None
) -> Standing:
    """Say how a member stands to a case and an action, on one task where it is about one."""
    is_barred = action.bond is Bond.NOT_HANDLER
    return Standing(
        has_right=may(member, action.right, target_for(file, action, task_no)),
        is_handler=is_barred and (is_handler(file, member) or has_worked(file, member)),
        is_finder=file.case.finder_id is not None and file.case.finder_id == member.account_id,
        is_task_handler=action.bond is Bond.NOT_TASK and _is_task_handler(file, member, task_no),
        is_instructed=action.bond is Bond.INSTRUCTED and file.find_instruction(member) is not None,
        has_asked=action.bond is Bond.NOT_ASKER and _has_asked(file, member, action),
    )


def _has_asked(file: CaseFile, member: Member, action: Action) -> bool:
    is_to_rest = action.name in PENDING_DECISIONS
    one = file.open_pending if is_to_rest else file.open_extension
    return one is not None and one.asked_by_id == member.account_id


def _is_task_handler(file: CaseFile, member: Member, task_no: int | None) -> bool:
    task = file.find_task(task_no)
    if task is None:
        return False
    return task.was_with(member.account_id) or task.organisation_id in member.organisation_ids


def may_see(file: CaseFile, member: Member | None) -> bool:
    """Say whether a member may read a case as staff.

    Who covers the ground of a grid that was re-drawn reads what was closed in it.
    """
    target = target_of(file)
    if file.case.grid_id is not None and (heirs := heir_codes(file.case.grid_id)):
        target = replace(target, heir_codes=heirs)
    return may(member, Right.CASE_READ, target)


def is_handler(file: CaseFile, member: Member) -> bool:
    """Say whether a member handled the case, or answers for the organisation that did."""
    leads = [one for one in file.assignments if one.duty == Duty.LEAD]
    handled = any(one.was_with(member.account_id) for one in leads)
    return handled or may(member, Right.CASE_FEED_BACK, target_of(file, lead_only=True))


def has_worked(file: CaseFile, member: Member) -> bool:
    """Say whether a member, or an organisation of theirs, had a part in what is to be checked."""
    return any(
        one.was_with(member.account_id) or one.organisation_id in member.organisation_ids
        for one in file.assignments
        if one.duty in WORKING and one.state in SEEING_ASSIGNMENTS
    )


def may_open(file: CaseFile, member: Member, at: datetime) -> bool:
    """Say whether a member may open the reporter: the centre, and the lead the reporter agreed to.

    Whoever checks by asking may where the time to answer has passed without a word.

    Args:
        at: aware instant of asking.


    Of the reporter only that agreement is read.
    """
    if may(member, Right.REPORTER_OPEN, target_of(file)) or _is_to_telephone(file, member, at):
        return True
    lead = file.lead
    return (
        lead is not None
        and lead.organisation_id in member.organisation_ids
        and is_handler(file, member)
        and Reporter.objects.filter(case_id=file.case.id, agrees_contact=True).exists()
    )


def _is_to_telephone(file: CaseFile, member: Member, at: datetime) -> bool:
    check = file.open_check
    if check is None or check.answer_by is None or check.verifier_id != member.account_id:
        return False
    if at <= check.answer_by or check.answers.exists():
        return False
    return may(member, Right.CASE_CHECK, target_of(file)) and not has_worked(file, member)


def is_reporter(case_id: UUID, account_id: int) -> bool:
    """Say whether an account reported a case; asked only about the one who asks."""
    return Reporter.objects.filter(case_id=case_id, account_id=account_id).exists()


def _organisations(file: CaseFile, *, lead_only: bool) -> tuple[int, ...]:
    found = (
        one.organisation_id
        for one in file.assignments
        if one.state in SEEING_ASSIGNMENTS and (one.duty == Duty.LEAD or not lead_only)
    )
    return tuple(dict.fromkeys(number for number in found if number is not None))

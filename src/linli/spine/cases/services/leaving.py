"""Open work on cases that hangs on somebody who leaves a post, and what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from linli.ground.kernel.services import record_event
from linli.ground.kernel.terms import Actor
from linli.ground.people.queries.office import accounts_in_office
from linli.ground.people.terms.leaving import Leaver, Work, WorkKind
from linli.spine.cases.events import WorkTakenOver
from linli.spine.cases.models import Assignment, Check, Extension, Instruction
from linli.spine.cases.queries.facts import OPEN_ASSIGNMENTS
from linli.spine.cases.services.checking import left_checks, pass_check_on
from linli.spine.cases.terms import Duty, case_subject

_CHECK = "check:"
KINDS = {Duty.TASK: WorkKind.TASK, Duty.VERIFIER: WorkKind.CHECK}


class CaseKeeper:
    """Assignments, tasks and checks pass on by name; what waits on the case goes with its lead."""

    def list_work(self, leaver: Leaver, *, at: datetime) -> Sequence[Work]:
        """List open assignments of the leaver, with instructions and extensions that wait."""
        rows = list(_assignments(leaver))
        found = [
            Work(
                kind=KINDS.get(Duty(row.duty), WorkKind.ASSIGNMENT),
                ref=str(row.pk),
                number=row.case.number,
            )
            for row in rows
        ]
        leads = [row.case_id for row in rows if row.duty == Duty.LEAD]
        instructions = Instruction.objects.filter(
            case_id__in=leads, answered_at=None, withdrawn_at=None
        )
        asked = Extension.objects.filter(asked_by_id=leaver.account_id, decided_at=None)
        asked = asked.filter(clock__stopped_at=None)
        if not leaver.is_last:
            asked = asked.filter(case_id__in=leads)
        for kind, waiting in (
            (WorkKind.INSTRUCTION, instructions.select_related("case")),
            (WorkKind.EXTENSION, asked.select_related("case")),
        ):
            found += [
                Work(kind=kind, ref=str(one.pk), number=one.case.number)
                for one in waiting.order_by("id")
            ]
        return [*found, *_checks_of(leaver)]

    def pass_on(
        self, work: Sequence[Work], *, to_account_id: int | None, actor: Actor, at: datetime
    ) -> None:
        """Name the successor; without one the unit stands alone, as before somebody took it up.

        What was given to a person only, and has no unit, falls to whoever ends the post. A check
        goes to whom its grid proposes, where the successor is nobody who may make it.
        """
        # Checks first: they lock their case, as acts do before they touch its assignments.
        for check_id in sorted(_check_id(one) for one in work if _is_check(one)):
            pass_check_on(check_id, at=at, rather=to_account_id, actor=actor)
        named = (WorkKind.ASSIGNMENT, WorkKind.TASK, WorkKind.CHECK)
        ids = [int(one.ref) for one in work if one.kind in named and not _is_check(one)]
        rows = Assignment.objects.select_for_update(of=("self",)).filter(id__in=ids)
        for row in rows.select_related("case"):
            to = to_account_id
            if to is None and row.organisation_id is None:
                to = actor.account_id
            event = WorkTakenOver(
                assignment_id=row.pk,
                from_account_id=row.account_id,
                to_account_id=to,
                organisation_id=row.organisation_id,
                due_at=row.case.due_at,
            )
            if row.account_id is not None and row.account_id not in row.earlier_account_ids:
                row.earlier_account_ids.append(row.account_id)
            row.account_id = to
            row.save(update_fields=["account", "earlier_account_ids"])
            step = row.case.step
            record_event(
                event,
                subject=case_subject(row.case_id),
                actor=actor,
                at=at,
                step_before=step,
                step_after=step,
            )

    def count_orphans(self, *, at: datetime) -> int:
        """Count open assignments and checks of accounts that hold no post any more."""
        return orphaned(at).count() + left_checks(at).count()


def orphaned(at: datetime) -> QuerySet[Assignment]:
    """Read open assignments that hang on an account that holds no post any more; lazy."""
    held = accounts_in_office(at.date()).filter(id=OuterRef("account_id"))
    return Assignment.objects.filter(
        ~Exists(held), state__in=OPEN_ASSIGNMENTS, account__isnull=False
    )


def _checks_of(leaver: Leaver) -> list[Work]:
    """List the open checks proposed to the leaver: in that post's area, or all with the last."""
    rows = Check.objects.filter(verifier_id=leaver.account_id, done_at=None)
    if not leaver.is_last:
        rows = rows.filter(case__grid__code__startswith=leaver.area_prefix or "-")
    return [
        Work(kind=WorkKind.CHECK, ref=f"{_CHECK}{row.pk}", number=row.case.number)
        for row in rows.select_related("case").order_by("id")
    ]


def _is_check(work: Work) -> bool:
    return work.ref.startswith(_CHECK)


def _check_id(work: Work) -> int:
    return int(work.ref.removeprefix(_CHECK))


def _assignments(leaver: Leaver) -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(account_id=leaver.account_id, state__in=OPEN_ASSIGNMENTS)
    if not leaver.is_last:
        of_post = Q(pk__in=[])
        if leaver.organisation_id is not None:
            of_post |= Q(organisation_id=leaver.organisation_id)
        if leaver.area_prefix:
            of_post |= Q(organisation=None, case__grid__code__startswith=leaver.area_prefix)
        rows = rows.filter(of_post)
    return rows.select_related("case").order_by("id")

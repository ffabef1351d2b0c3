"""Checks: given out as a result comes in, answered by reporters, samples decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from linli.ground.kernel.calendars import Limit, Unit, due_after
from linli.ground.kernel.terms import SYSTEM, Actor, Occurrence
from linli.ground.people.queries.office import accounts_in_office
from linli.ground.territory.locator import ids_within
from linli.ground.territory.terms import AreaKind
from linli.spine.cases import checking_events as events
from linli.spine.cases.catalogue_terms import CheckedBy
from linli.spine.cases.models import Case, Check, CheckAnswer
from linli.spine.cases.queries.checking import propose_verifier
from linli.spine.cases.queries.facts import CaseFile, open_file
from linli.spine.cases.queries.settings import calendar_of, get_policy
from linli.spine.cases.rules.checking import way_of
from linli.spine.cases.services.noting import note
from linli.spine.cases.services.performing import Act, Outcome, given, ids_of, set_category
from linli.spine.cases.terms import ActionName, Duty, PhotoStage, Step
from linli.spine.cases.terms.checking import CheckKind

_PASSED = {ActionName.PASS_CHECK: True, ActionName.REWORK: False, ActionName.REDO: False}


def turn_checks(act: Act, before: Step) -> None:
    """End the check of the step a case has left, and give one out where it has to be checked."""
    after = Step(act.case.step)
    if before == after:
        return
    if before is Step.CHECKING:
        passed = _PASSED.get(act.action.name)
        _end(act, passed=passed)
    if after is Step.CHECKING:
        give_check(act.case.id, at=act.at)


def give_check(case_id: UUID, *, at: datetime) -> None:
    """Give out the check of a case that waits for it, to the person its grid proposes."""
    file = open_file(case_id)
    way = _way(file)
    answer_by = _answer_by(file, at) if way is CheckedBy.REPORTER else None
    led = [one for one in file.assignments if one.duty == Duty.LEAD and one.organisation_id]
    row = _create(
        file,
        kind=CheckKind.RESULT,
        way=way,
        organisation_id=led[-1].organisation_id if led else None,
        at=at,
        due_at=given(file.case.due_at),
        answer_by=answer_by,
    )
    _tell_given(file, row, events.CheckGiven, at)


def give_sample(case_id: UUID, *, at: datetime) -> None:
    """Let another than the finder look at what was settled at once."""
    file = open_file(case_id, lock=True)
    street_id = file.case.street_id
    days = Limit(get_policy(street_id).sample_days, Unit.WORKING_DAYS)
    row = _create(
        file,
        kind=CheckKind.SAMPLE,
        way=CheckedBy.SPOT,
        at=at,
        due_at=due_after(at, days, calendar_of(street_id)),
        settled_at=file.case.closed_at,
    )
    _tell_given(file, row, events.SampleDrawn, at)


def pass_sample(act: Act) -> Outcome:
    """What the finder settled is settled."""
    number = _end(act, passed=True)
    return Outcome(
        event=events.SamplePassed(check_no=number, photo_ids=ids_of(act.form.photos)),
        photos=[(PhotoStage.CHECK, act.form.photos)],
    )


def fail_sample(act: Act) -> Outcome:
    """It is not: the case is filed and an organisation is found for it."""
    number = _end(act, passed=False)
    if act.form.category_id is not None:
        set_category(act.case, act.form.category_id)
    act.case.filed_at, act.case.closed_at = act.at, None
    return Outcome(
        event=events.SampleFailed(
            check_no=number,
            category_id=given(act.case.category_id),
            photo_ids=ids_of(act.form.photos),
        ),
        photos=[(PhotoStage.CHECK, act.form.photos)],
    )


def answer_check(act: Act) -> Outcome:
    """A reporter says whether it is all right now; the checker still decides."""
    check = given(act.file.open_check)
    solved = given(act.form.solved)
    own_id = act.joined_case_id or act.case.id

    def keep(occurrence: Occurrence) -> None:
        CheckAnswer.objects.update_or_create(
            check_asked=check,
            case_id=own_id,
            defaults={"solved": solved, "answered_at": act.at, "event_id": occurrence.id},
        )

    event = events.CheckAnswered(
        check_no=check.no, solved=solved, joined_case_id=act.joined_case_id
    )
    return Outcome(event=event, finish=keep)


@transaction.atomic
def give_missing_checks(*, at: datetime, batch: int = 100) -> int:
    """Give out the checks of cases that wait for one and have none; return how many.

    Args:
        batch: how many at most of each sub-district.
    """
    count = 0
    for street_id in ids_within(AreaKind.STREET, ""):
        waiting = Case.objects.filter(street_id=street_id, step=Step.CHECKING.value)
        bare = waiting.exclude(checks__done_at=None, checks__id__isnull=False).order_by("due_at")
        ids = list(bare.values_list("id", flat=True)[:batch])
        locked = Case.objects.filter(id__in=ids, step=Step.CHECKING.value)
        for case in locked.select_for_update(skip_locked=True, of=("self",)).order_by("due_at"):
            if not Check.objects.filter(case=case, done_at=None).exists():
                give_check(case.id, at=at)
                count += 1
    return count


def pass_check_on(
    check_id: int, *, at: datetime, rather: int | None = None, actor: Actor = SYSTEM
) -> None:
    """Let another look than somebody who has left; in the caller's transaction.

    Args:
        rather: the account of a successor, who is asked if they may check this case at all.
    """
    case_id = Check.objects.values_list("case_id", flat=True).get(id=check_id)
    file = open_file(case_id, lock=True)
    row = Check.objects.filter(id=check_id, done_at=None).first()
    if row is None:
        return
    before = row.verifier_id
    proposed = propose_verifier(file, at=at, without=before, rather=rather)
    row.verifier_id, row.chosen = proposed.account_id, proposed.chosen.value
    row.save(update_fields=["verifier", "chosen"])
    event = events.CheckPassedOn(
        check_no=row.no,
        from_account_id=before,
        verifier_id=row.verifier_id,
        chosen=row.chosen,
        due_at=file.case.due_at,
    )
    note(file.case, event, at=at, actor=actor)


@transaction.atomic
def pass_on_left_checks(*, at: datetime, batch: int = 100) -> int:
    """Let others look where who was to holds no post any more; return how many checks.

    Args:
        batch: how many at most.
    """
    ids = list(left_checks(at).order_by("case_id").values_list("id", flat=True)[:batch])
    for check_id in ids:
        pass_check_on(check_id, at=at)
    return len(ids)


def left_checks(at: datetime) -> QuerySet[Check]:
    """Read open checks of those who hold no post any more; lazy, for this room only."""
    held = accounts_in_office(at.date()).filter(id=OuterRef("verifier_id"))
    return Check.objects.filter(~Exists(held), done_at=None, verifier__isnull=False)


@transaction.atomic
def mark_unanswered(*, at: datetime, batch: int = 100) -> int:
    """Note once that the time to answer has passed without a word; return how many.

    Args:
        batch: how many at most.
    """
    silent = Check.objects.filter(done_at=None, unanswered_at=None, answer_by__lt=at, answers=None)
    ids = list(silent.order_by("answer_by").values_list("id", flat=True)[:batch])
    rows = list(Check.objects.filter(id__in=ids, done_at=None).select_related("case"))
    Check.objects.filter(id__in=[row.pk for row in rows]).update(unanswered_at=at)
    for row in rows:
        event = events.CheckUnanswered(check_no=row.no, due_at=row.case.due_at)
        note(row.case, event, at=at)
    return len(rows)


def _way(file: CaseFile) -> CheckedBy:
    checked_by = file.case.category.checked_by if file.case.category else ""
    return way_of(checked_by, is_found_by_staff=file.case.finder_id is not None)


def _answer_by(file: CaseFile, at: datetime) -> datetime:
    street_id = file.case.street_id
    limit = Limit(get_policy(street_id).asking_days, Unit.WORKING_DAYS)
    return due_after(at, limit, calendar_of(street_id))


def _create(file: CaseFile, *, kind: CheckKind, way: CheckedBy, at: datetime, **more: Any) -> Check:
    proposed = propose_verifier(file, at=at)
    numbers = Check.objects.filter(case=file.case).order_by("-no").values_list("no", flat=True)
    return Check.objects.create(
        case=file.case,
        no=1 + (numbers.first() or 0),
        kind=kind.value,
        way=way.value,
        verifier_id=proposed.account_id,
        chosen=proposed.chosen.value,
        given_at=at,
        **more,
    )


def _tell_given(file: CaseFile, row: Check, kind: type[events.CheckGiven], at: datetime) -> None:
    event = kind(
        check_no=row.no,
        checked_by=row.way,
        verifier_id=row.verifier_id,
        chosen=row.chosen,
        organisation_id=row.organisation_id,
        check_due_at=row.due_at,
        answer_by=row.answer_by,
    )
    note(file.case, replace(event, due_at=file.case.due_at), at=at)


def _end(act: Act, *, passed: bool | None) -> int:
    """End the open check, if there is one, and give its number."""
    row = Check.objects.filter(case=act.case, done_at=None).first()
    if row is None:
        return 0
    row.done_at, row.passed = act.at, passed
    row.done_by_id = act.actor.account_id if passed is not None else None
    row.save(update_fields=["done_at", "passed", "done_by"])
    return row.no

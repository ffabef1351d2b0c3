"""Supervision by hand 督办: a rung given with a reason, a leader's instruction and its answer."""

from __future__ import annotations

from linli.ground.kernel.calendars import due_after
from linli.spine.cases import supervision_events as events
from linli.spine.cases.models import Clock, Instruction, RungMark
from linli.spine.cases.models.ladder import OnLadder
from linli.spine.cases.rules.clocks import STEP_CLOCKS
from linli.spine.cases.rules.ladder import DEFAULT_ANSWER_LIMIT, is_above
from linli.spine.cases.rules.refusals import ActionRefused
from linli.spine.cases.rules.supervising import ANSWER_LENGTH, INSTRUCTION_LENGTH, NAME_LENGTH
from linli.spine.cases.services.performing import Act, Outcome, given
from linli.spine.cases.terms import Step
from linli.spine.cases.terms.supervision import Rung

_AT_WORK = ("lead", "helper", "task")


def supervise(act: Act) -> Outcome:
    """Give a rung to the clock of the present step; the sweep goes on above it."""
    name = STEP_CLOCKS[Step(act.case.step)]
    clock = Clock.objects.select_for_update().get(case=act.case, name=name, stopped_at=None)
    rung = _climb(act, clock)
    RungMark.objects.create(case=act.case, clock=clock, rung=rung.value, at=act.at, is_by_hand=True)
    lead = act.file.lead
    return Outcome(
        event=events.RungReached(
            rung=rung.value,
            clock=name.value,
            organisation_id=lead.organisation_id if lead else None,
            is_by_hand=True,
        )
    )


def supervise_task(act: Act) -> Outcome:
    """Give a rung to one task."""
    task = act.task
    rung = _climb(act, task)
    RungMark.objects.create(case=act.case, task=task, rung=rung.value, at=act.at, is_by_hand=True)
    return Outcome(
        event=events.RungReached(
            rung=rung.value,
            task_no=task.task_no,
            organisation_id=task.organisation_id,
            is_by_hand=True,
        )
    )


def instruct(act: Act) -> Outcome:
    """Type in what a leader instructed; it has a clock of its own."""
    _check_words(act)
    limit = act.form.limit or DEFAULT_ANSWER_LIMIT
    due_at = due_after(act.at, limit, act.calendar)
    numbers = Instruction.objects.filter(case=act.case).order_by("-no").values_list("no", flat=True)
    row = Instruction.objects.create(
        case=act.case,
        no=1 + (numbers.first() or 0),
        instructed_by=act.form.instructed_by.strip(),
        way=given(act.form.way).value,
        words=act.form.note.strip(),
        organisation_id=_addressee(act),
        given_at=act.at,
        limit_amount=limit.amount,
        limit_unit=limit.unit.value,
        promised_at=due_at,
        due_at=due_at,
    )
    return Outcome(
        event=events.InstructionGiven(
            instruction_no=row.no,
            organisation_id=row.organisation_id,
            way=row.way,
            limit_amount=limit.amount,
            limit_unit=limit.unit.value,
            answer_due_at=due_at,
        )
    )


def answer(act: Act) -> Outcome:
    """Answer the oldest instruction of the member's in one line."""
    row = given(act.file.find_instruction(given(act.member)))
    words = " ".join(act.form.note.split())
    if len(words) > ANSWER_LENGTH:
        raise ActionRefused("cases.answer_too_long", field="note", most=ANSWER_LENGTH)
    row.answer, row.answered_at = words, act.at
    row.answered_by_id = act.actor.account_id
    row.save(update_fields=["answer", "answered_at", "answered_by"])
    return Outcome(
        event=events.InstructionAnswered(
            instruction_no=row.no,
            organisation_id=row.organisation_id,
            on_time=act.at <= row.due_at,
        )
    )


def withdraw(act: Act) -> Outcome:
    """Take back the oldest instruction that was not answered."""
    row = act.file.instructions[0]
    row.withdrawn_at = act.at
    row.save(update_fields=["withdrawn_at"])
    return Outcome(event=events.InstructionWithdrawn(instruction_no=row.no))


def _climb(act: Act, row: OnLadder) -> Rung:
    """Put something on the rung asked for, which is above the one it stands on."""
    rung = given(act.form.rung)
    if row.suspended_at is not None:
        raise ActionRefused("cases.clock_suspended")
    if not is_above(rung, Rung(row.rung) if row.rung else None):
        raise ActionRefused("cases.rung_reached", field="rung")
    row.rung, row.ladder_for = rung.value, None
    row.save(update_fields=["rung", "ladder_for"])
    return rung


def _addressee(act: Act) -> int | None:
    """Find who is to answer: the unit named, which must be at work, else the lead, else nobody."""
    unit_id, lead = act.form.unit_id, act.file.lead
    if unit_id is None:
        return lead.organisation_id if lead else None
    at_work = {one.organisation_id for one in act.file.open_ones if one.duty in _AT_WORK}
    if unit_id not in at_work:
        raise ActionRefused("cases.instruction_unit_not_at_work", field="unit_id")
    return unit_id


def _check_words(act: Act) -> None:
    for words, most, field in (
        (act.form.note, INSTRUCTION_LENGTH, "note"),
        (act.form.instructed_by, NAME_LENGTH, "instructed_by"),
    ):
        if len(words.strip()) > most:
            raise ActionRefused("cases.instruction_too_long", field=field, most=INSTRUCTION_LENGTH)

"""What supervision knows of one case: the rungs its clocks reached, and leaders' instructions."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext

from linli.ground.kernel.compiled import Compiled
from linli.ground.people.queries import list_account_names
from linli.spine.cases.models import Instruction, RungMark
from linli.spine.cases.queries.words import name_of
from linli.spine.cases.rules.reports import mask_numbers
from linli.spine.cases.terms import CLOCK_LABELS, ClockName
from linli.spine.cases.terms.beside import ANYTHING, Beside
from linli.spine.cases.terms.supervision import (
    RUNG_LABELS,
    WAY_LABELS,
    InstructionView,
    MarkView,
    Rung,
    Supervised,
    Way,
)


def get_supervised(
    *, case_id: UUID, at: datetime, beside: frozenset[Beside] = ANYTHING
) -> Supervised:
    """Get what supervision knows of a case; the asker's right to read the case is checked.

    Args:
        at: aware instant of asking, for what is overdue.
        beside: what the case has, where that is known.
    """
    rows = _INSTRUCTIONS.rows(case_id=case_id) if Beside.INSTRUCTIONS in beside else []
    marks = _MARKS.rows(case_id=case_id) if Beside.MARKS in beside else []
    people = list_account_names(row.answered_by_id for row in rows if row.answered_by_id)
    return Supervised(
        marks=tuple(_mark(row) for row in marks),
        instructions=tuple(_instruction(row, people, at) for row in rows),
    )


_MARKS = Compiled(
    lambda case_id: (
        RungMark.objects.filter(case_id=case_id)
        .select_related("clock", "task", "instruction")
        .order_by("at", "id")
    )
)
_INSTRUCTIONS = Compiled(
    lambda case_id: (
        Instruction.objects.filter(case_id=case_id).select_related("organisation").order_by("no")
    )
)


def _mark(row: RungMark) -> MarkView:
    rung = Rung(row.rung)
    return MarkView(
        rung=rung,
        label=gettext(RUNG_LABELS[rung]),
        what=_what(row),
        at=row.at,
        is_by_hand=row.is_by_hand,
        task_no=row.task.task_no if row.task else None,
        instruction_no=row.instruction.no if row.instruction else None,
    )


def _what(row: RungMark) -> str:
    if row.clock is not None:
        return gettext(CLOCK_LABELS[ClockName(row.clock.name)])
    if row.task is not None:
        return gettext("任务 %(task_no)s") % {"task_no": row.task.task_no}
    number = row.instruction.no if row.instruction else ""
    return gettext("第 %(no)s 条批示") % {"no": number}


def _instruction(row: Instruction, people: dict[int, str], at: datetime) -> InstructionView:
    return InstructionView(
        no=row.no,
        instructed_by=row.instructed_by,
        way_label=gettext(WAY_LABELS[Way(row.way)]),
        words=mask_numbers(row.words),
        organisation_id=row.organisation_id,
        organisation_name=name_of(row.organisation),
        given_at=row.given_at,
        due_at=row.due_at,
        answered_at=row.answered_at,
        answer=mask_numbers(row.answer),
        answered_by=people.get(row.answered_by_id or 0, ""),
        withdrawn_at=row.withdrawn_at,
        is_overdue=(row.answered_at or row.withdrawn_at or at) > row.due_at,
    )

"""Who calls about what: the matters reported from one number, each look logged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext

from linli.ground.kernel.services import record_look
from linli.ground.people.rules import reach
from linli.ground.people.terms import Action as Right
from linli.ground.people.terms import LookPurpose, Member
from linli.spine.cases.models import Case, Reporter
from linli.spine.cases.models.reporter import digits_of, spellings_of
from linli.spine.cases.queries.facts import SHAPES
from linli.spine.cases.queries.scope import within
from linli.spine.cases.queries.words import name_of, shown_title
from linli.spine.cases.rules.reports import mask_numbers
from linli.spine.cases.terms import ENDS, STEP_LABELS, Step, case_subject

LEAST_DIGITS = 7
MOST_MATTERS = 6
STILL_TALKED_OF = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class CallerMatter:
    """One matter of a caller: what a clerk needs to say how it stands, and nothing of the caller.

    `due_at` is when the present step runs out, empty at an end.
    """

    case_id: UUID
    number: str
    title: str
    category_name: str
    where: str
    step: Step
    step_label: str
    is_open: bool
    reported_at: datetime
    due_at: datetime | None
    closed_at: datetime | None


@transaction.atomic
def look_up_caller(*, phone: str, member: Member, at: datetime) -> list[CallerMatter]:
    """List what somebody who calls has reported from this number: open, or closed of late.

    Only for members who may open reporters, within their reach. A look is logged for every
    matter that is shown.

    Args:
        phone: the number as it was typed or sent by the telephone system.
        at: aware instant of the call.
    """
    digits = "".join(letter for letter in phone if letter.isdecimal())
    if len(digits) < LEAST_DIGITS or len(digits) > 15:
        return []
    found = _matters(spellings_of(digits), member, at)
    for case, person_id in found:
        record_look(
            actor=member.actor(),
            subject=case_subject(case.id),
            person_id=person_id,
            fields=["phone"],
            purpose=LookPurpose.CALL.value,
            at=at,
        )
    return [_view(case) for case, _person_id in found]


def _matters(numbers: list[str], member: Member, at: datetime) -> list[tuple[Case, int | None]]:
    persons = _reported_from(numbers)
    ends = [step.value for step in ENDS]
    cases = (
        Case.objects.filter(within(reach(member, Right.REPORTER_OPEN)), id__in=list(persons))
        .filter(~Q(step__in=ends) | Q(closed_at__gt=at - STILL_TALKED_OF))
        .exclude(step=Step.VOID.value)
        .select_related("category", "street", "community", "grid")
        .defer(*SHAPES)
    )
    listed = sorted(cases, key=lambda case: (case.step in ENDS, -case.reported_at.timestamp()))
    return [(case, persons[case.id]) for case in listed[:MOST_MATTERS]]


def _reported_from(numbers: list[str]) -> dict[UUID, int | None]:
    """Give the cases whose reporter left one of these numbers, or signs in with it."""
    left = Reporter.objects.exclude(phone="").annotate(digits=digits_of("phone"))
    signs_in = Reporter.objects.filter(account__phone__in=numbers)
    found: dict[UUID, int | None] = {}
    for rows in (left.filter(digits__in=numbers), signs_in):
        newest = rows.order_by("-case_id").values_list("case_id", "account__person_id")
        found |= dict(newest[: 10 * MOST_MATTERS])
    return found


def _view(case: Case) -> CallerMatter:
    step = Step(case.step)
    return CallerMatter(
        case_id=case.id,
        number=case.number,
        title=shown_title(case.title, category=name_of(case.category)),
        category_name=name_of(case.category),
        where=mask_numbers(case.address) or name_of(case.grid or case.community or case.street),
        step=step,
        step_label=gettext(STEP_LABELS[step]),
        is_open=step not in ENDS,
        reported_at=case.reported_at,
        due_at=case.due_at,
        closed_at=case.closed_at,
    )

"""The board of supervision: what is red and why, and the filters behind each of its numbers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import Count as CountOf
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL

from linli.ground.kernel.calendars import Limit, Unit, due_before
from linli.ground.people.queries import list_organisations
from linli.ground.people.terms import Action as Right
from linli.ground.people.terms import Member
from linli.ground.territory.locator import find_ref, ids_within
from linli.ground.territory.terms import AreaKind
from linli.spine.cases.models import Assignment, Case, Clock, Instruction
from linli.spine.cases.queries.facts import OPEN_ASSIGNMENTS
from linli.spine.cases.queries.scope import visible_to
from linli.spine.cases.queries.settings import calendar_of, get_policy
from linli.spine.cases.queries.words import is_english, name_of
from linli.spine.cases.terms import (
    RUNNING_STEPS,
    SUBJECT_KIND,
    AssignmentState,
    ClockName,
    Duty,
    Step,
)
from linli.spine.cases.terms.supervision import REASONS, Board, Count, Reason, Rung

# What is on the register rests: of it only the stock is shown beside the board.
_OPEN = Q(step__in=[step.value for step in RUNNING_STEPS])
_BEFORE_DISPATCH = [Step.VERIFYING.value, Step.FILING.value, Step.DISPATCHING.value]
_IN_HAND = [Step.HANDLING.value, Step.IN_GRID.value, Step.IN_COMMUNITY.value]
_UNDER_WAY = [AssignmentState.OFFERED.value, AssignmentState.ACCEPTED.value]
_CARDED = [Rung.YELLOW.value, Rung.RED.value, Rung.UP.value]
RETURNED_OFTEN = 2
REWORKED_OFTEN = 2
# What others did or noted about a case says nothing of those who have it in hand.
_SPOKEN_OF = """
SELECT subject_id::uuid FROM kernel_event
WHERE subject_kind = %s AND recorded_at > %s AND actor_kind IN ('staff', 'link')
  AND name NOT IN ('cases.reminded', 'cases.rung_reached', 'cases.instructed',
    'cases.instruction_withdrawn', 'cases.reporter_opened', 'cases.photo_approved')
"""


def on_board(reason: Reason, *, at: datetime, unit_id: int | None = None) -> Q:
    """Build the filter of the cases that are on the board for a reason.

    Args:
        at: aware instant of asking.
        unit_id: only where this organisation's turn it is: lead, task or instruction.
    """
    if reason is Reason.ANY:
        found = Q()
        for one in REASONS:
            found |= on_board(one, at=at, unit_id=unit_id)
        return found
    if reason is Reason.TASK_LATE:
        return _OPEN & _has(_late_tasks(at), unit_id)
    if reason is Reason.INSTRUCTION:
        return _has(_late_instructions(at), unit_id)
    found = _of_clock(reason, at)
    return found if unit_id is None else found & _has(_leads(), unit_id)


def on_rung(rung: Rung) -> Q:
    """Build the filter of the cases with a clock, task or instruction that stands on a rung now."""
    found = Q()
    for rows in _climbing():
        found |= _has(rows.filter(rung=rung.value))
    return found


def supervised_by(member: Member) -> Q:
    """Build the filter of what a member may see on the board."""
    return visible_to(member) & visible_to(member, Right.SUPERVISION_READ)


def build_board(*, member: Member, at: datetime) -> Board:
    """Count what is red in a member's reach, in seven statements however much it is.

    Args:
        at: aware instant of asking.
    """
    cases = Case.objects.filter(supervised_by(member))
    groups = _grouped(cases, at)
    return Board(
        by_reason=_sum(groups, lambda _row: True),
        by_step=_by_step(groups),
        by_rung=_by_rung(cases),
        organisations=_by_organisation(groups, cases, at),
        areas=_by_area(groups),
        pending=cases.filter(step=Step.PENDING.value).count(),
    )


def _of_clock(reason: Reason, at: datetime) -> Q:
    late = Q(due_at__lt=at)
    match reason:
        case Reason.UNASSIGNED:
            return Q(step__in=_BEFORE_DISPATCH) & late
        case Reason.NOT_ACCEPTED:
            accepting = Clock.objects.filter(stopped_at=None, name=ClockName.ACCEPT.value)
            carded = _has(accepting.filter(rung__in=_CARDED))
            return Q(step=Step.ACCEPTING.value) & (late | carded)
        case Reason.RETURNED:
            return _OPEN & Q(return_count__gte=RETURNED_OFTEN)
        case Reason.REWORKED:
            return _OPEN & Q(rework_count__gte=REWORKED_OFTEN)
        case Reason.SILENT:
            return Q(step=Step.FORWARDED.value) & late | _without_a_word(at)
        case _:
            return _OPEN & late


def _without_a_word(at: datetime) -> Q:
    """Build the filter of what is in hand and nobody has done or said anything about for days."""
    found = Q(pk__in=[])
    for street_id in ids_within(AreaKind.STREET, ""):
        since = silent_since(street_id, at)
        spoken_of = RawSQL(_SPOKEN_OF, [SUBJECT_KIND, since])  # noqa: S611 - parameters
        in_hand = Q(street_id=street_id, step__in=_IN_HAND, dispatched_at__lt=since)
        found |= in_hand & ~Q(pk__in=spoken_of)
    return found


def silent_since(street_id: int, at: datetime) -> datetime:
    """Give the instant since which a case must have heard of to be no silent one."""
    days = get_policy(street_id).silent_days
    return due_before(at, Limit(days, Unit.WORKING_DAYS), calendar_of(street_id))


def _leads() -> QuerySet[Assignment]:
    return Assignment.objects.filter(duty=Duty.LEAD.value, state__in=OPEN_ASSIGNMENTS)


def _late_tasks(at: datetime) -> QuerySet[Assignment]:
    return Assignment.objects.filter(duty=Duty.TASK.value, state__in=_UNDER_WAY, due_at__lt=at)


def _late_instructions(at: datetime) -> QuerySet[Instruction]:
    rows = Instruction.objects.filter(answered_at=None, withdrawn_at=None, due_at__lt=at)
    return rows.exclude(case__step__in=[Step.VOID.value, Step.MERGED.value])


def _climbing() -> tuple[QuerySet[Any], ...]:
    """Give what stands on rungs: clocks that run, tasks under way, instructions not answered."""
    return (
        Clock.objects.filter(stopped_at=None, suspended_at=None),
        Assignment.objects.filter(duty=Duty.TASK.value, state__in=_UNDER_WAY),
        Instruction.objects.filter(answered_at=None, withdrawn_at=None),
    )


def _has(rows: QuerySet[Any], unit_id: int | None = None) -> Q:
    """Build the filter of the cases these belong to: read once, not looked for case by case."""
    own = rows if unit_id is None else rows.filter(organisation_id=unit_id)
    return Q(pk__in=own.order_by().values("case_id"))


Group = Mapping[str, Any]


def _grouped(cases: QuerySet[Case], at: datetime) -> list[Group]:
    """Count the cases on the board by community, lead and step, and by which reasons hold."""
    lead = _leads().filter(case_id=OuterRef("pk")).values("organisation_id")[:1]
    flags = {reason.value: on_board(reason, at=at) for reason in REASONS}
    # Among the cases of many years few are open, and of the others only instructions may be late:
    # asked for apart, both are found by an index.
    others = on_board(Reason.INSTRUCTION, at=at) & ~_OPEN
    return [
        row
        for which in (_OPEN & on_board(Reason.ANY, at=at), others)
        for row in cases.filter(which)
        .annotate(lead=Subquery(lead), **flags)
        .values("community_id", "lead", "step", *flags)
        .annotate(count=CountOf("id"))
        .order_by()
    ]


def _sum(groups: Sequence[Group], is_in: Callable[[Group], bool]) -> dict[Reason, int]:
    found: Counter[Reason] = Counter(dict.fromkeys(REASONS, 0))
    for row in groups:
        if is_in(row):
            found.update({reason: row["count"] for reason in REASONS if row[reason.value]})
    any_of_them = sum(row["count"] for row in groups if is_in(row))
    return {Reason.ANY: any_of_them, **found}


def _by_step(groups: Iterable[Group]) -> dict[Step, int]:
    found: Counter[Step] = Counter()
    for row in groups:
        if row[Reason.OVERDUE.value]:
            found[Step(row["step"])] += row["count"]
    return {step: found[step] for step in RUNNING_STEPS}


def _by_rung(cases: QuerySet[Case]) -> dict[Rung, int]:
    flags = {rung.value: on_rung(rung) for rung in Rung}
    first, *others = (rows.exclude(rung="").values("case_id") for rows in _climbing())
    rows = cases.filter(pk__in=first.union(*others)).annotate(**flags).values(*flags)
    counted = list(rows.annotate(count=CountOf("id")).order_by())
    return {rung: sum(row["count"] for row in counted if row[rung.value]) for rung in Rung}


def _by_organisation(
    groups: Iterable[Group], cases: QuerySet[Case], at: datetime
) -> tuple[Count, ...]:
    """Count by whose turn it is: the lead's, a task's, an instruction's; by name, not ranked."""
    found: dict[int, Counter[Reason]] = defaultdict(Counter)
    own = [one for one in REASONS if one not in (Reason.TASK_LATE, Reason.INSTRUCTION)]
    for row in groups:
        if row["lead"] is not None:
            found[row["lead"]].update({one: row["count"] for one in own if row[one.value]})
    for reason, rows in (
        (Reason.TASK_LATE, _late_tasks(at)),
        (Reason.INSTRUCTION, _late_instructions(at)),
    ):
        theirs = rows.filter(case_id__in=cases.values("id"), organisation__isnull=False)
        counted = theirs.values("organisation_id").annotate(count=CountOf("case_id", distinct=True))
        for organisation_id, count in counted.values_list("organisation_id", "count"):
            found[organisation_id][reason] = count
    units = list_organisations(ids=found, active_only=False)
    return tuple(
        Count(
            key=str(unit.id),
            name=(is_english() and unit.name_en) or unit.name,
            by_reason={reason: found[unit.id][reason] for reason in REASONS},
        )
        for unit in units
        if any(found[unit.id].values())
    )


def _lies_in(area_id: int | None, row: Group) -> bool:
    return bool(row["community_id"] == area_id)


def _by_area(groups: Sequence[Group]) -> tuple[Count, ...]:
    ids = {row["community_id"] for row in groups if row["community_id"] is not None}
    found = (find_ref(area_id) for area_id in ids)
    areas = sorted((area for area in found if area is not None), key=lambda area: area.code)
    counts = [
        Count(
            key=area.code,
            name=name_of(area),
            by_reason=_sum(groups, partial(_lies_in, area.id)),
        )
        for area in areas
    ]
    unplaced = _sum(groups, partial(_lies_in, None))
    if unplaced[Reason.ANY]:
        counts.append(Count(key="", name="", by_reason=unplaced))
    return tuple(counts)

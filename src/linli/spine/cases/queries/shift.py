"""What stands open when a shift ends, by number: for the hand-over to the next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Q

from linli.ground.people.terms import Member
from linli.spine.cases.models import Case
from linli.spine.cases.queries.scope import visible_to
from linli.spine.cases.terms import OPEN_STEPS, SUBJECT_KIND, Step

NAMED = 50
ASKED_WITHIN = timedelta(days=14)


@dataclass(frozen=True, kw_only=True)
class Listed:
    """How many cases, and the first of their numbers, most urgent first."""

    count: int
    numbers: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ShiftList:
    """What stands open in a street."""

    urgent: Listed
    overdue: Listed
    dispatching: Listed
    ruling: Listed
    unreached: Listed


def list_for_shift(*, street_code: str, member: Member, at: datetime) -> ShiftList:
    """List what stands open in a street, as far as the member sees it.

    Args:
        at: aware instant of asking, for what is overdue.
    """
    rows = Case.objects.filter(
        visible_to(member),
        street__code=street_code,
        step__in=[step.value for step in OPEN_STEPS],
        reported_at__lte=at,
    )

    def listed(wanted: Q) -> Listed:
        found = rows.filter(wanted)
        numbers = found.order_by("due_at", "id").values_list("number", flat=True)
        return Listed(count=found.count(), numbers=tuple(numbers[:NAMED]))

    dispatching = Q(step=Step.DISPATCHING.value)
    return ShiftList(
        urgent=listed(Q(is_urgent=True)),
        overdue=listed(Q(due_at__lt=at)),
        dispatching=listed(dispatching & Q(return_count=0)),
        ruling=listed(dispatching & Q(return_count__gt=0)),
        unreached=listed(Q(id__in=_unreached(at))),
    )


def find_unknown_numbers(*, numbers: Iterable[str], member: Member) -> list[str]:
    """Find which of these are no numbers of cases that the member may see."""
    asked = list(dict.fromkeys(numbers))
    if not asked:
        return []
    seen = Case.objects.filter(visible_to(member), number__in=asked)
    known = set(seen.values_list("number", flat=True))
    return [number for number in asked if number not in known]


# Handlers ask the centre to contact a reporter; whoever does opens the reporter, which is logged.
_UNREACHED = """
SELECT DISTINCT asked.subject_id FROM kernel_event asked
WHERE asked.subject_kind = %s AND asked.name = 'cases.contact_requested'
  AND asked.recorded_at > %s AND asked.recorded_at <= %s
  AND NOT EXISTS (
    SELECT 1 FROM kernel_event opened
    WHERE opened.subject_kind = asked.subject_kind AND opened.subject_id = asked.subject_id
      AND opened.name = 'cases.reporter_opened' AND opened.recorded_at >= asked.recorded_at
  )
"""


def _unreached(at: datetime) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(_UNREACHED, [SUBJECT_KIND, at - ASKED_WITHIN, at])
        return [subject_id for (subject_id,) in cursor.fetchall()]

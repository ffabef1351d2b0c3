"""Figures of cases over a time and an area: every number is the length of the list it opens."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import islice
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from linli.ground.people.terms import Member
from linli.ground.territory.terms import prefix_of
from linli.spine.cases.models import (
    Assignment,
    Case,
    Check,
    Clock,
    Pending,
    Reminder,
)
from linli.spine.cases.queries.catalogue import list_category_versions
from linli.spine.cases.queries.rows import brief_rows
from linli.spine.cases.queries.scope import either, in_area, visible_to
from linli.spine.cases.terms import AssignmentState, ClockName, Step
from linli.spine.cases.terms.checking import CheckKind
from linli.spine.cases.terms.figures import CHECK_FIGURES, Ask, CaseFigure, Counted, CountedPage

PAGE_SIZE = 50
# So many numbers are counted by one statement, however many cases there are.
AT_ONCE = 60
_INSTANT = timedelta(microseconds=1)
_MERGED = Q(step=Step.MERGED.value)
_CLOSED = Q(step=Step.CLOSED.value)


def count_figures(asks: Iterable[Ask]) -> dict[Ask, int]:
    """Count what is asked for; the number of statements depends on the asks, not on the cases."""
    found: dict[Ask, int] = {}
    wanted = list(dict.fromkeys(asks))
    of_checks = [one for one in wanted if CaseFigure(one.figure) in CHECK_FIGURES]
    of_cases = [one for one in wanted if CaseFigure(one.figure) not in CHECK_FIGURES]
    for some in in_parts(of_cases):
        found |= _count(Case.objects.all(), some, _of_case)
    for some in in_parts(of_checks):
        found |= _count(Check.objects.all(), some, _of_check)
    return found


def list_counted(*, ask: Ask, member: Member, page: int) -> CountedPage:
    """List the cases behind a number, as far as the member may read them."""
    counted = _behind(ask)
    seen = counted.filter(visible_to(member))
    total, all_of_them = seen.count(), counted.count()
    page = max(1, min(page, -(-total // PAGE_SIZE) or 1))
    first = (page - 1) * PAGE_SIZE
    rows = seen.order_by("-reported_at", "-id")[first : first + PAGE_SIZE]
    return CountedPage(
        rows=tuple(
            Counted(
                id=row.id,
                number=row.number,
                title=row.title,
                note=f"{row.community_name} {row.step_label}".strip(),
                at=row.reported_at,
            )
            for row in brief_rows(rows, ask.before)
        ),
        total=total,
        hidden=all_of_them - total,
        page=page,
        page_size=PAGE_SIZE,
    )


def in_parts(asks: Sequence[Ask]) -> Iterator[list[Ask]]:
    """Cut asks into as many as one statement takes."""
    rest = iter(asks)
    while some := list(islice(rest, AT_ONCE)):
        yield some


def _count(rows: QuerySet[Any], asks: list[Ask], condition: Callable[[Ask], Q]) -> dict[Ask, int]:
    counts = {f"n{at}": Count("pk", filter=condition(ask)) for at, ask in enumerate(asks)}
    streets = dict.fromkeys(ask.street_code for ask in asks)
    counted = rows.filter(_in_one_of(rows, streets)).aggregate(**counts)
    return {ask: counted[f"n{at}"] for at, ask in enumerate(asks)}


def _in_one_of(rows: QuerySet[Any], street_codes: Iterable[str]) -> Q:
    """Leave out other sub-districts before anything is counted."""
    inside = either(in_area(prefix_of(code)) for code in street_codes)
    if rows.model is Case:
        return inside
    return Q(Exists(Case.objects.filter(inside, pk=OuterRef("case_id"))))


def _behind(ask: Ask) -> QuerySet[Case]:
    if CaseFigure(ask.figure) not in CHECK_FIGURES:
        return Case.objects.filter(_of_case(ask))
    checks = Check.objects.filter(_when_checked(ask), case_id=OuterRef("pk"))
    return Case.objects.filter(_narrow(ask), Exists(checks))


def _of_check(ask: Ask) -> Q:
    cases = Case.objects.filter(_narrow(ask), pk=OuterRef("case_id"))
    return _when_checked(ask) & Q(Exists(cases))


def _when_checked(ask: Ask) -> Q:
    """Say which checks count: results by when they were checked, samples by when it was settled.

    It is how the page of checks counts its months.
    """
    done = Q(kind=CheckKind.RESULT.value, passed__isnull=False) & _within("done_at", ask)
    drawn = Q(kind=CheckKind.SAMPLE.value) & _within("settled_at", ask)
    match CaseFigure(ask.figure):
        case CaseFigure.CHECKED:
            return done
        case CaseFigure.CHECK_FAILED:
            return done & Q(passed=False)
        case CaseFigure.SAMPLED:
            return drawn
        case _:
            return drawn & Q(passed=False)


def _of_case(ask: Ask) -> Q:
    return _narrow(ask) & _WHICH[CaseFigure(ask.figure)](ask)


def _narrow(ask: Ask) -> Q:
    found = in_area(prefix_of(ask.area_code or ask.street_code))
    if ask.category_key:
        versions = list_category_versions(ask.category_key)
        found &= Q(category_id__in=[one.id for one in versions])
    if ask.major_code:
        found &= Q(category__major_code=ask.major_code)
    if ask.channel:
        found &= Q(channel=ask.channel)
    if ask.level:
        found &= Q(level=ask.level)
    return found


def _within(field: str, ask: Ask) -> Q:
    return Q(**{f"{field}__gte": ask.since, f"{field}__lt": ask.before})


def _hangs_on(rows: QuerySet[Any]) -> Q:
    return Q(Exists(rows.filter(case_id=OuterRef("pk"))))


def _received(ask: Ask) -> Q:
    return _within("reported_at", ask) & ~_MERGED


def _closed(ask: Ask) -> Q:
    return _CLOSED & _within("closed_at", ask)


def _late(_ask: Ask) -> Q:
    """Say what was handled late: by a clock of handling that ran out before it was stopped."""
    clocks = Clock.objects.filter(name=ClockName.HANDLE.value, stopped_at__gt=F("due_at"))
    return _hangs_on(clocks)


def _open(ask: Ask) -> Q:
    still = Q(closed_at=None) | Q(closed_at__gte=ask.before)
    return Q(reported_at__lt=ask.before) & still & ~_MERGED


def _overdue(ask: Ask) -> Q:
    # The end does not belong to the time: late is what was due before its last instant.
    last = ask.before - _INSTANT
    due_now = Q(closed_at=None, due_at__lt=last)
    due_then = Q(closed_at__gte=ask.before, handle_due_at__lt=last)
    return _open(ask) & (due_now | due_then)


def _ended(ask: Ask) -> Q:
    ends = Q(step__in=[Step.CLOSED.value, Step.SETTLED.value], closed_at__lt=ask.before)
    return _received(ask) & ends


def _returned(ask: Ask) -> Q:
    rows = Assignment.objects.filter(
        _within("finished_at", ask), state=AssignmentState.RETURNED.value
    )
    return _hangs_on(rows)


def _reminded(ask: Ask) -> Q:
    return _hangs_on(Reminder.objects.filter(_within("reminded_at", ask)))


def _pended(ask: Ask) -> Q:
    return _hangs_on(Pending.objects.filter(_within("since", ask), is_granted=True))


def _pending(ask: Ask) -> Q:
    still = Q(ended_at=None) | Q(ended_at__gte=ask.before)
    rested = Pending.objects.filter(still, is_granted=True, since__lt=ask.before)
    return _hangs_on(rested)


_WHICH: Mapping[CaseFigure, Callable[[Ask], Q]] = {
    CaseFigure.RECEIVED: _received,
    CaseFigure.FILED: lambda ask: _within("filed_at", ask) & ~_MERGED,
    CaseFigure.DECLINED: lambda ask: Q(step=Step.DECLINED.value) & _within("closed_at", ask),
    CaseFigure.DISPATCHED: lambda ask: _within("dispatched_at", ask) & ~_MERGED,
    CaseFigure.CLOSED: _closed,
    CaseFigure.IN_TIME: lambda ask: _closed(ask) & ~_late(ask),
    CaseFigure.LATE: lambda ask: _closed(ask) & _late(ask),
    CaseFigure.SETTLED: lambda ask: Q(step=Step.SETTLED.value) & _within("closed_at", ask),
    CaseFigure.RECEIVED_AND_ENDED: _ended,
    CaseFigure.OPEN: _open,
    CaseFigure.OVERDUE: _overdue,
    CaseFigure.RETURNED: _returned,
    CaseFigure.REWORKED: lambda ask: _received(ask) & Q(rework_count__gt=0),
    CaseFigure.REMINDED: _reminded,
    CaseFigure.PENDED: _pended,
    CaseFigure.PENDING: _pending,
}

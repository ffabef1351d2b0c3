"""Lists of cases: with filters, and what waits for somebody by urgency."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q

from linli.ground.people.terms import Member
from linli.ground.territory.terms import prefix_of
from linli.spine.cases.models import Case, Reminder
from linli.spine.cases.queries.facts import SHAPES
from linli.spine.cases.queries.rows import RELATED, case_rows
from linli.spine.cases.queries.scope import assigned_to, in_area, visible_to
from linli.spine.cases.queries.work import my_work
from linli.spine.cases.terms import ENDS, CaseFilters, CasePage, CaseRow, Step

__all__ = ["RELATED", "all_cases", "case_rows", "count_cases", "list_cases", "my_work"]

URGENT_FIRST = "urgent_first"
ORDERS = {
    URGENT_FIRST: (
        F("is_urgent").desc(),
        F("due_at").asc(nulls_last=True),
        F("reported_at").asc(),
        F("id").asc(),
    ),
    "-reported_at": (F("reported_at").desc(), F("id").desc()),
    "reported_at": (F("reported_at").asc(), F("id").asc()),
    "due_at": (F("due_at").asc(nulls_last=True), F("id").asc()),
}
LARGEST_PAGE = 100
READ_AT_ONCE = 500


def list_cases(*, member: Member, filters: CaseFilters, at: datetime) -> CasePage:
    """List the cases a member may see, filtered, one page of them, in five statements.

    Args:
        at: aware instant of asking, for what is overdue.
    """
    found = Case.objects.filter(visible_to(member)).filter(filter_cases(filters, at))
    size = min(max(filters.page_size, 1), LARGEST_PAGE)
    start = (max(filters.page, 1) - 1) * size
    order = ORDERS.get(filters.order, ORDERS["-reported_at"])
    rows = found.select_related(*RELATED).defer(*SHAPES)
    rows = rows.order_by(*order)[start : start + size]
    return CasePage(
        rows=tuple(case_rows(rows, at)),
        total=found.count(),
        page=max(filters.page, 1),
        page_size=size,
    )


def count_cases(*, member: Member, filters: CaseFilters, at: datetime) -> int:
    """Count the cases a member may see that fit the filters."""
    return Case.objects.filter(visible_to(member)).filter(filter_cases(filters, at)).count()


def all_cases(
    *, member: Member, filters: CaseFilters, at: datetime, most: int
) -> Iterator[CaseRow]:
    """Give every case of a list in its order, read some hundred at a time; pages play no part.

    Args:
        at: aware instant of asking, for what is overdue.
        most: how many at most.
    """
    found = Case.objects.filter(visible_to(member)).filter(filter_cases(filters, at))
    order = ORDERS.get(filters.order, ORDERS["-reported_at"])
    ids = list(found.order_by(*order).values_list("id", flat=True)[:most])
    for start in range(0, len(ids), READ_AT_ONCE):
        some = ids[start : start + READ_AT_ONCE]
        rows = Case.objects.select_related(*RELATED).defer(*SHAPES).in_bulk(some)
        yield from case_rows((rows[one] for one in some if one in rows), at)


def filter_cases(filters: CaseFilters, at: datetime) -> Q:
    """Turn the filters of a list into a filter on cases."""
    found = Q()
    if filters.steps:
        found &= Q(step__in=[step.value for step in filters.steps])
    if filters.category_id is not None:
        found &= Q(category_id=filters.category_id)
    if filters.major_code:
        found &= Q(category__major_code=filters.major_code)
    if filters.kind is not None:
        found &= Q(kind=filters.kind.value)
    if filters.channel is not None:
        found &= Q(channel=filters.channel.value)
    if filters.area_code:
        found &= in_area(prefix_of(filters.area_code))
    if filters.organisation_id is not None:
        found &= assigned_to([filters.organisation_id])
    return found & _filter_state(filters, at) & _filter_text(filters)


def _filter_state(filters: CaseFilters, at: datetime) -> Q:
    found = _filter_ties(filters, at)
    ends = Q(step__in=[step.value for step in ENDS])
    if filters.is_overdue is not None:
        late = Q(due_at__lt=at) & ~ends
        found &= late if filters.is_overdue else ~late
    if filters.is_open is not None:
        found &= ~ends if filters.is_open else ends
    if filters.is_unplaced is not None:
        found &= Q(grid__isnull=filters.is_unplaced)
    if filters.reported_from is not None:
        found &= Q(reported_at__gte=filters.reported_from)
    if filters.reported_before is not None:
        found &= Q(reported_at__lt=filters.reported_before)
    return found


def _filter_ties(filters: CaseFilters, at: datetime) -> Q:
    found = Q()
    if not filters.steps and not filters.text.strip():
        found &= ~Q(step=Step.MERGED.value)
    if filters.level is not None:
        found &= Q(level=filters.level.value)
    if filters.original_number:
        found &= Q(original_number=filters.original_number)
    if filters.is_silent is not None:
        silent = Q(step=Step.FORWARDED.value, due_at__lt=at)
        found &= silent if filters.is_silent else ~silent
    if filters.is_reminded is not None:
        reminded = Q(Exists(Reminder.objects.filter(case_id=OuterRef("pk"))))
        found &= reminded if filters.is_reminded else ~reminded
    return found


def _filter_text(filters: CaseFilters) -> Q:
    text = filters.text.replace("\x00", "").strip()
    if not text:
        return Q()
    numbers = Q(number__icontains=text) | Q(original_number__icontains=text)
    return numbers | Q(title__icontains=text) | Q(address__icontains=text)

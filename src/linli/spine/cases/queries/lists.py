"""Lists of cases: with filters, and what waits for somebody by urgency."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db.models import BooleanField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from linli.ground.kernel.tokens import asked_tokens, query_text
from linli.ground.people.rules import reach
from linli.ground.people.terms import Action, Member, Scope
from linli.ground.territory.terms import prefix_of
from linli.spine.cases.models import Case, CaseWords, Reminder
from linli.spine.cases.queries.counted import (
    DUE_FIRST,
    NEWEST_FIRST,
    OLDEST_FIRST,
    URGENT_FIRST,
    Look,
    count_page,
)
from linli.spine.cases.queries.rows import brief_rows, case_rows
from linli.spine.cases.queries.scope import assigned_to, in_area, visible_to
from linli.spine.cases.queries.supervision import on_board, on_rung, supervised_by
from linli.spine.cases.queries.windows import lies_in
from linli.spine.cases.queries.work import my_work
from linli.spine.cases.rules.searching import (
    is_of_open_cases,
    marks_query,
    needs_marks,
    plain_number,
    reach_query,
    read_numbers,
)
from linli.spine.cases.terms import OPEN_STEPS, CaseFilters, CasePage, CaseRow, Step

__all__ = ["all_cases", "case_rows", "count_cases", "list_cases", "my_work"]

ORDERS = {
    URGENT_FIRST: (
        F("is_urgent").desc(),
        F("due_at").asc(nulls_last=True),
        F("reported_at").asc(),
        F("id").asc(),
    ),
    NEWEST_FIRST: (F("reported_at").desc(), F("id").desc()),
    OLDEST_FIRST: (F("reported_at").asc(), F("id").asc()),
    DUE_FIRST: (F("due_at").asc(nulls_last=True), F("reported_at").asc(), F("id").asc()),
}
LARGEST_PAGE = 100
READ_AT_ONCE = 500
# Nobody leafs further than this, and whoever wants an exact number narrows the list.
MOST_COUNTED = 1_000


def list_cases(
    *,
    member: Member,
    filters: CaseFilters,
    at: datetime,
    most_counted: int | None = None,
    is_brief: bool = False,
) -> CasePage:
    """List the cases a member may see, filtered, one page of them, in five statements.

    Args:
        at: aware instant of asking, for what is overdue.
        most_counted: when there are more, the total says this number and `is_more`, and later
            pages are empty; without it all are counted, however long that takes.
        is_brief: without leads, photos and reminders, which saves three of the statements.
    """
    size = min(max(filters.page_size, 1), LARGEST_PAGE)
    start = (max(filters.page, 1) - 1) * size
    if most_counted is None:
        found = _wanted(member, filters, at)
        total, is_more = found.count(), False
        part = read_part(found, filters.order, start, start + size)
    else:
        page = slice(start, start + size)
        total, is_more, part = _count_some(member, filters, at, page, most_counted)
    return CasePage(
        rows=tuple((brief_rows if is_brief else case_rows)(part, at)),
        total=total,
        page=max(filters.page, 1),
        page_size=size,
        is_more=is_more,
    )


def _count_some(
    member: Member, filters: CaseFilters, at: datetime, page: slice, most: int
) -> tuple[int, bool, QuerySet[Case]]:
    """Count cases up to a number; give how many, whether there are more, and those of the page."""
    look = _look_for(member, filters, at)
    name = _order(filters)
    page = slice(page.start, min(page.stop, most))
    wanted = _wanted(member, filters, at, with_words=look is None)
    counted = count_page(wanted, order=name, page=page, most=most, look=look)
    if counted.ids is None:
        part = read_part(_wanted(member, filters, at), name, page.start, page.stop)
    else:
        part = Case.objects.filter(pk__in=counted.ids).order_by(*ORDERS[name])
    return min(counted.count, most), counted.count > most, part


def _look_for(member: Member, filters: CaseFilters, at: datetime) -> Look | None:
    """Say what to look for in the index of marks; None where the cases' own indexes serve."""
    is_text = is_by_words(filters, at)
    limit = _limit_of(reach(member, Action.CASE_LIST))
    if not (is_text or limit or needs_marks(filters)):
        return None
    words = [_query_of(filters.text)] if is_text else []
    marks = marks_query(filters, limit=limit)
    query = " & ".join(part for part in (*words, marks) if part)
    return Look(
        query=query,
        is_text=is_text,
        at=at,
        since=filters.reported_from,
        before=filters.reported_before,
        plainly=partial(_wanted, member, filters, at),
        is_indexed=is_of_open_cases(filters),
    )


def _limit_of(scope: Scope) -> str:
    """Give what a member sees by assignments alone as a query over marks, else nothing.

    Marks name the grids of today; what was closed in former ones is seen by place as well.
    """
    by_place = (*scope.area_prefixes, *scope.area_prefixes_without_complaints)
    return "" if scope.all or by_place else reach_query(scope) or ""


def _order(filters: CaseFilters) -> str:
    return filters.order if filters.order in ORDERS else NEWEST_FIRST


def read_part(found: QuerySet[Case], order: str, start: int, stop: int) -> QuerySet[Case]:
    """Read the cases from one place to another, and nothing of those before."""
    ordered = ORDERS.get(order, ORDERS[NEWEST_FIRST])
    if start >= stop:
        return Case.objects.none()
    if order == DUE_FIRST:
        return Case.objects.filter(pk__in=_first_due(found, stop)[start:]).order_by(*ordered)
    part = found.order_by(*ordered).values("pk")[start:stop]
    return Case.objects.filter(pk__in=part).order_by(*ordered)


def _first_due(found: QuerySet[Case], stop: int) -> list[UUID]:
    """List the first by what is due: but open cases are, and each part has its own indexes."""
    due = found.filter(due_at__isnull=False).order_by(*ORDERS[DUE_FIRST])
    ids = list(due.values_list("pk", flat=True)[:stop])
    rest = found.filter(due_at=None).order_by(*ORDERS[OLDEST_FIRST])
    return ids + list(rest.values_list("pk", flat=True)[: stop - len(ids)])


def count_cases(*, member: Member, filters: CaseFilters, at: datetime) -> int:
    """Count the cases a member may see that fit the filters."""
    return _wanted(member, filters, at).count()


def all_cases(
    *, member: Member, filters: CaseFilters, at: datetime, most: int
) -> Iterator[CaseRow]:
    """Give every case of a list in its order, read some hundred at a time; pages play no part.

    Args:
        at: aware instant of asking, for what is overdue.
        most: how many at most.
    """
    found = _wanted(member, filters, at)
    order = ORDERS[_order(filters)]
    ids = list(found.order_by(*order).values_list("id", flat=True)[:most])
    for start in range(0, len(ids), READ_AT_ONCE):
        some = ids[start : start + READ_AT_ONCE]
        rows = Case.objects.in_bulk(some)
        yield from case_rows((rows[one] for one in some if one in rows), at)


def _wanted(
    member: Member, filters: CaseFilters, at: datetime, *, with_words: bool = True
) -> QuerySet[Case]:
    """Find what a member may see and wants; of the board only what the board shows to them."""
    wanted = filter_cases(filters, at, with_words=with_words)
    found = Case.objects.filter(visible_to(member)).filter(wanted)
    if filters.reason is None and filters.rung is None:
        return found
    return found.filter(supervised_by(member))


def filter_cases(filters: CaseFilters, at: datetime, *, with_words: bool = True) -> Q:
    """Turn the filters of a list into a filter on cases.

    Args:
        with_words: without, words are not asked for: they were looked for before.
    """
    equal = {
        "category_id": filters.category_id,
        "category__major_code": filters.major_code or None,
        "kind": filters.kind,
        "channel": filters.channel,
    }
    found = Q(**{name: value for name, value in equal.items() if value is not None})
    if filters.steps:
        found &= Q(step__in=[step.value for step in filters.steps])
    if filters.area_code:
        found &= in_area(prefix_of(filters.area_code))
    if filters.is_outside_communities:
        found &= Q(community=None)
    found &= _filter_turn(filters, at) & _filter_state(filters, at)
    if not with_words and is_by_words(filters, at):
        return found
    return found & _filter_text(filters, at)


def _filter_turn(filters: CaseFilters, at: datetime) -> Q:
    """Filter by what is on the board of supervision, and by whose it is."""
    found = on_rung(filters.rung) if filters.rung is not None else Q()
    if filters.reason is not None:
        return found & on_board(filters.reason, at=at, unit_id=filters.organisation_id)
    if filters.organisation_id is not None:
        found &= assigned_to([filters.organisation_id])
    return found


def _filter_state(filters: CaseFilters, at: datetime) -> Q:
    found = _filter_ties(filters, at)
    # Open steps are named one by one: so are they in the conditions of the indexes.
    is_open = Q(step__in=[step.value for step in OPEN_STEPS])
    if filters.is_overdue is not None:
        late = Q(due_at__lt=at) & is_open
        found &= late if filters.is_overdue else ~late
    if filters.is_open is not None:
        found &= is_open if filters.is_open else ~is_open
    if filters.is_unplaced is not None:
        found &= Q(grid__isnull=filters.is_unplaced)
    if filters.reported_from is not None:
        found &= Q(reported_at__gte=filters.reported_from)
    if filters.reported_before is not None:
        found &= Q(reported_at__lt=filters.reported_before)
    return found & lies_in(filters.window) if filters.window else found


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
    if filters.is_reworked is not None:
        reworked = Q(rework_count__gt=0)
        found &= reworked if filters.is_reworked else ~reworked
    if filters.is_reminded is not None:
        reminded = Q(Exists(Reminder.objects.filter(case_id=OuterRef("pk"))))
        found &= reminded if filters.is_reminded else ~reminded
    return found


def is_by_words(filters: CaseFilters, at: datetime) -> bool:
    """Say whether these filters find by words alone, and by no number."""
    text = filters.text.replace("\x00", "").strip()
    has_digits = text.isascii() and any(sign.isdecimal() for sign in text)
    return bool(text) and not has_digits and not any(read_numbers(text, year=at.year))


def _filter_text(filters: CaseFilters, at: datetime) -> Q:
    """Find by number where one was typed, else by words, which are some seconds behind."""
    text = filters.text.replace("\x00", "").strip()
    if not text:
        return Q()
    numbers, beginning = read_numbers(text, year=at.year)
    if numbers or beginning:
        begun = Q(number__startswith=beginning) if beginning else Q()
        return Q(number__in=numbers) | Q(original_number=text) | begun
    if text.isascii() and any(sign.isdecimal() for sign in text):
        asked = [_query_of(text), f"{plain_number(text)}%"]
        return Q(pk__in=RawSQL(_WORDS_OR_ORIGINAL, asked))  # noqa: S611 - parameters
    query = " & ".join(part for part in (_query_of(text), marks_query(filters)) if part)
    return Q(Exists(CaseWords.objects.filter(_holds(query), case_id=OuterRef("pk"))))


# No word of any text, so that nothing is found where nothing can be asked for.
_NO_WORD = "'^'"
_WORDS_OR_ORIGINAL = """
SELECT case_id FROM cases_casewords WHERE words @@ %s::tsquery
UNION ALL SELECT case_id FROM cases_casewords WHERE original <> '' AND original LIKE %s
"""


def _query_of(text: str) -> str:
    return query_text(asked_tokens(text)) or _NO_WORD


def _holds(query: str) -> RawSQL:
    condition = "words @@ %s::tsquery"
    return RawSQL(condition, [query], output_field=BooleanField())  # noqa: S611 - a parameter

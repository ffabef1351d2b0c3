"""One page of a list and how many cases the list has, in one statement however they are found.

What several filters leave is looked for in the index of words and marks. The database guesses
badly how many cases fit filters that go together, so the statements leave it no choice: the index
of marks first, then each case it names, by its key, asked for all the filters again. What only
few cases have is taken from the index at once; what many have is looked for by years or by eight
weeks from the end the list begins with, and the rest is never looked at.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from linli.ground.kernel.tokens import mark_text
from linli.spine.cases.models import Case
from linli.spine.cases.rules.searching import OPEN, period_of, year_of

# As many are read one by one in less time than all windows of eight weeks take to be opened, and
# as many as one of them takes.
FEW = 1_200
FEW_A_PERIOD = 250
# What fewer have is looked for by years: of each, many are opened for nothing.
FEW_OF_A_YEAR = 12_000
URGENT_FIRST = "urgent_first"
NEWEST_FIRST = "-reported_at"
OLDEST_FIRST = "reported_at"
DUE_FIRST = "due_at"
# Orders in which what many have can be found without looking at all of it.
IN_TIME = (NEWEST_FIRST, OLDEST_FIRST, DUE_FIRST)
SORTED = {
    URGENT_FIRST: "is_urgent DESC, due_at ASC NULLS LAST, reported_at ASC, id ASC",
    NEWEST_FIRST: "reported_at DESC, id DESC",
    OLDEST_FIRST: "reported_at ASC, id ASC",
    DUE_FIRST: "due_at ASC NULLS LAST, reported_at ASC, id ASC",
}
# What the orders of a list need to be sorted by.
KEYS = ("id", "is_urgent", "due_at", "reported_at")

_PAGE = """
WITH {found}
SELECT (SELECT count(*) FROM {limited}), (SELECT count(*) FROM counted),
    ARRAY(SELECT id FROM counted ORDER BY {order} OFFSET %s LIMIT %s)
"""
_COUNTED = "counted AS MATERIALIZED ({found})"
# OFFSET keeps the database from joining its own way.
_ASKED = """
SELECT one.* FROM marked CROSS JOIN LATERAL ({wanted} OFFSET 0) AS one
WHERE (SELECT count(*) FROM marked) < %s
"""
_AT_ONCE = f"marked AS MATERIALIZED ({{marked}} LIMIT %s), {_COUNTED.format(found=_ASKED)}"
_MARKED = """
SELECT one.* FROM ({marked} OFFSET 0) AS marked
CROSS JOIN LATERAL ({wanted} OFFSET 0) AS one
"""
_CASES = 'FROM "cases_case"'
_ONE_CASE = """
FROM (SELECT * FROM cases_case WHERE id = marked.case_id OFFSET 0) AS "cases_case"
"""
_OF_MARKS = "SELECT case_id FROM cases_casewords WHERE words @@ %s::tsquery"
_BY_PARTS = """
SELECT one.* FROM (
    SELECT
        (SELECT {span} FROM cases_casewords ORDER BY reported_at LIMIT 1) AS first,
        (SELECT {span} FROM cases_casewords ORDER BY reported_at DESC LIMIT 1) AS last
) AS span
CROSS JOIN LATERAL generate_series({parts}) AS part (no)
CROSS JOIN LATERAL ({found} ORDER BY {order} LIMIT %s) AS one
LIMIT %s
"""
# Put in order first, so that no more cases are asked than are wanted.
_OF_PART = """
SELECT case_id, reported_at FROM cases_casewords
WHERE words @@ (%s::tsquery && ('''{mark}' || part.no || '''')::tsquery)
ORDER BY {order}
"""
_DIRECTIONS = {
    OLDEST_FIRST: (
        "greatest(span.first, %s::int), least(span.last, %s::int), 1",
        "marked.reported_at, marked.case_id",
    ),
    NEWEST_FIRST: (
        "least(span.last, %s::int), greatest(span.first, %s::int), -1",
        "marked.reported_at DESC, marked.case_id DESC",
    ),
}
# What the time is cut into, and the mark of it.
_BY_EIGHT_WEEKS = ("period", "~", period_of)
_BY_YEAR = ("extract(year FROM reported_at AT TIME ZONE 'UTC')::int", "~y", year_of)
# Those whose marks are being written are asked of themselves.
_CHANGED = """
SELECT DISTINCT due.case_id FROM cases_casewordsdue AS due
WHERE NOT EXISTS (
    SELECT FROM cases_casewords AS kept
    WHERE kept.case_id = due.case_id AND kept.words @@ %s::tsquery
)
"""
_ESTIMATE = f"EXPLAIN (FORMAT JSON) {_OF_MARKS}"


@dataclass(frozen=True, kw_only=True)
class Look:
    """What to look for in the index of marks.

    Args:
        query: a `tsquery` over words and marks.
        is_text: whether words are looked for, which are some seconds behind; without, cases whose
            marks are being written are looked at as well.
        since, before: aware instants, when only reports of this time are wanted.
        at: aware instant of asking.
        plainly: builds the same question for the cases' own indexes, words and all.
        is_indexed: whether one of those serves better where many have these marks.
    """

    query: str
    is_text: bool
    at: datetime
    plainly: Callable[[], QuerySet[Case]]
    is_indexed: bool = False
    since: datetime | None = None
    before: datetime | None = None

    @property
    def few(self) -> int:
        """Up to how many are looked for at once."""
        if self.since is None:
            return FEW
        last = min(self.before or self.at, self.at)
        return min(FEW, FEW_A_PERIOD * (period_of(last) - period_of(self.since) + 1))


@dataclass(frozen=True, kw_only=True)
class Counted:
    """Cases counted up to a number, and those of the page where these many tell them."""

    count: int
    ids: list[UUID] | None


Statement = tuple[str, list[Any]]


def count_page(
    wanted: QuerySet[Case], *, order: str, page: slice, most: int, look: Look | None = None
) -> Counted:
    """Count cases up to `most` and one more, and give the page of the first `most`.

    Args:
        wanted: the cases that fit, without an order.
        order: one of `SORTED`.
        page: from which place to which.
        look: without one, the indexes of the cases themselves serve; when there are more than
            `most`, the page is left to the caller then.
    """
    try:
        return _count(wanted, order, page, most, look)
    except EmptyResultSet:
        return Counted(count=0, ids=[])


def _count(
    wanted: QuerySet[Case], order: str, page: slice, most: int, look: Look | None
) -> Counted:
    if look is None:
        return _count_plainly(wanted, order, page, most)
    estimate = _estimate(look.query)
    if estimate <= look.few:
        counted = _count_at_once(look, wanted, order, page)
        if counted is not None:
            return counted
    if look.is_indexed or order not in IN_TIME:
        return _count_plainly(look.plainly(), order, page, most)
    found, values = _in_time(look, wanted, most + 1, order, estimate)
    _, count, ids = _run((_COUNTED.format(found=found), values), order, page)
    return Counted(count=count, ids=ids)


def _count_plainly(wanted: QuerySet[Case], order: str, page: slice, most: int) -> Counted:
    found, values = _compile(wanted, most + 1)
    _, count, ids = _run((_COUNTED.format(found=found), values), order, page)
    return Counted(count=count, ids=ids if count <= most else None)


def _count_at_once(look: Look, wanted: QuerySet[Case], order: str, page: slice) -> Counted | None:
    """Take all that have the marks from the index; None when they are not few after all.

    The database guesses as if filters had nothing to do with each other.
    """
    one, values = _compile_one(wanted)
    marked, queries = _marked(look)
    found = _AT_ONCE.format(marked=marked, wanted=one)
    limit = FEW + 1
    asked = [*queries, limit, *values, limit]
    are, count, ids = _run((found, asked), order, page, limited="marked")
    return None if are == limit else Counted(count=count, ids=ids)


def _run(
    found: Statement, order: str, page: slice, *, limited: str = "counted"
) -> tuple[int, int, list[UUID]]:
    sql, values = found
    statement = _PAGE.format(found=sql, limited=limited, order=SORTED[order])
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, page.start, max(page.stop - page.start, 0)])
        are, count, ids = cursor.fetchone()
    return are, count, ids


def _compile(wanted: QuerySet[Case], most: int | None = None) -> Statement:
    sql, values = wanted.order_by().values(*KEYS)[:most].query.sql_with_params()
    return sql, list(values)


def _compile_one(wanted: QuerySet[Case]) -> Statement:
    """Compile what is asked of one case that was found by its marks, read by its key alone."""
    sql, values = _compile(wanted)
    return sql.replace(_CASES, _ONE_CASE, 1), values


def _estimate(query: str) -> float:
    """Ask the database how many cases it takes a question over marks to hold for."""
    with connection.cursor() as cursor:
        cursor.execute(_ESTIMATE, [query])
        (plan,) = cursor.fetchone()
    return float(plan[0]["Plan"]["Plan Rows"])


def _marked(look: Look) -> Statement:
    if look.is_text:
        return _OF_MARKS, [look.query]
    return f"{_OF_MARKS} UNION ALL {_CHANGED}", [look.query, look.query]


def _in_time(
    look: Look, wanted: QuerySet[Case], most: int, order: str, estimate: float
) -> Statement:
    """Write the statement that finds the first in an order; due are but open cases, which are few.

    What is due no more stands behind those, in the order of its reports.
    """
    if order != DUE_FIRST:
        return _by_parts(look, wanted, most, order, estimate)
    is_open = mark_text(OPEN)
    if is_open in look.query:
        return _first_of_all(look, wanted, most, order)
    of_open = replace(look, query=f"{look.query} & {is_open}")
    due, due_values = _first_of_all(of_open, wanted.filter(due_at__isnull=False), most, order)
    rest, rest_values = _by_parts(look, wanted.filter(due_at=None), most, OLDEST_FIRST, estimate)
    return f"({due}) UNION ALL ({rest})", [*due_values, *rest_values]


def _first_of_all(look: Look, wanted: QuerySet[Case], most: int, order: str) -> Statement:
    one, values = _compile_one(wanted)
    marked, queries = _marked(look)
    found = _MARKED.format(marked=marked, wanted=one)
    return f"{found} ORDER BY {SORTED[order]} LIMIT %s", [*queries, *values, most]


def _by_parts(
    look: Look, wanted: QuerySet[Case], most: int, order: str, estimate: float
) -> Statement:
    span, mark, number_of = _BY_YEAR if estimate < FEW_OF_A_YEAR else _BY_EIGHT_WEEKS
    one, values = _compile_one(wanted)
    first, last = (None if at is None else number_of(at) for at in (look.since, look.before))
    parts, marked_order = _DIRECTIONS[order]
    marked = _OF_PART.format(mark=mark, order=marked_order.replace("marked.", ""))
    found = _MARKED.format(marked=marked, wanted=one)
    windows = _BY_PARTS.format(span=span, parts=parts, found=found, order=marked_order)
    bounds = [first, last] if order == OLDEST_FIRST else [last, first]
    asked = [*bounds, look.query, *values, most, most]
    if look.is_text:
        return windows, asked
    changed = _MARKED.format(marked=_CHANGED, wanted=one)
    return f"({windows}) UNION ALL ({changed})", [*asked, look.query, *values]

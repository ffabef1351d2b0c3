"""Cases by number, by the number somebody else gave them, and by words, as far as one sees."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import connection

from linli.ground.kernel.tokens import (
    asked_tokens,
    is_one_edit_away,
    plain,
    query_text,
    telling_tokens,
)
from linli.ground.people.rules import reach
from linli.ground.people.terms import Action as Right
from linli.ground.people.terms import Member, Scope
from linli.ground.territory.locator import ids_within
from linli.ground.territory.terms import AreaKind
from linli.spine.cases.catalogue_terms import CategoryView
from linli.spine.cases.models import Case
from linli.spine.cases.queries.catalogue import list_categories, search_categories
from linli.spine.cases.queries.rows import case_rows
from linli.spine.cases.queries.scope import visible_to
from linli.spine.cases.rules.reports import mask_numbers
from linli.spine.cases.rules.searching import (
    numbers_meant,
    plain_number,
    reach_query,
    read_numbers,
)
from linli.spine.cases.terms import CaseRow

SHORTEST_ORIGINAL = 4
# Enough that those whom few of them concern find theirs; whole numbers are always found.
MOST_ORIGINALS = 200
READ_ONE_BY_ONE = 2_000
FEW = 5_000
AROUND = 24


class FoundBy(StrEnum):
    """Why a case is among what was found."""

    NUMBER = "number"
    ORIGINAL = "original"
    WORDS = "words"
    MEANT = "meant"


@dataclass(frozen=True, kw_only=True)
class CaseHit:
    """One case found; `excerpt` is what its text says around the words, numbers masked."""

    row: CaseRow
    found_by: FoundBy
    excerpt: str


@dataclass(frozen=True, kw_only=True)
class CasesFound:
    """What a question found among cases; `is_more` tells that older ones are not shown."""

    hits: tuple[CaseHit, ...]
    is_more: bool = False


# A common word stands in enough of the newest cases, which are read one by one.
_NEWEST = """
SELECT case_id FROM (
    SELECT case_id, words FROM cases_casewords ORDER BY reported_at DESC LIMIT %s
) AS newest WHERE words @@ %s::tsquery LIMIT %s
"""
# Of a word that is not among them few cases are left: all that have the signs asked for are taken
# from the index, and from the newest on read until enough have them as asked for.
_FEW = """
WITH few AS MATERIALIZED (
    SELECT case_id, reported_at FROM cases_casewords WHERE words @@ %s::tsquery LIMIT %s
)
SELECT (SELECT count(*) FROM few), ARRAY(
    SELECT newest.case_id
    FROM (SELECT * FROM few ORDER BY reported_at DESC OFFSET 0) AS newest
    CROSS JOIN LATERAL (
        SELECT FROM cases_casewords AS kept
        WHERE kept.case_id = newest.case_id AND kept.words @@ %s::tsquery OFFSET 0
    ) AS exact
    LIMIT %s
)
"""
# What is common but not of late, or common for others, is looked for period by period; OFFSET keeps
# the database from reading backwards through all cases instead.
_BY_PERIOD = """
SELECT found.case_id
FROM (
    SELECT
        (SELECT period FROM cases_casewords ORDER BY reported_at DESC LIMIT 1) AS newest,
        (SELECT period FROM cases_casewords ORDER BY reported_at LIMIT 1) AS oldest
) AS span
CROSS JOIN LATERAL generate_series(span.newest, span.oldest, -1) AS part (period)
CROSS JOIN LATERAL (
    SELECT case_id FROM (
        SELECT case_id, reported_at, words FROM cases_casewords
        WHERE words @@ (%s::tsquery && ('''~' || part.period || '''')::tsquery)
        OFFSET 0
    ) AS matching
    WHERE words @@ %s::tsquery
    ORDER BY reported_at DESC
    LIMIT %s
) AS found
LIMIT %s
"""
_BY_NUMBER = """
SELECT id, false FROM cases_case WHERE number = ANY(%s)
UNION ALL
(SELECT id, false FROM cases_case WHERE %s <> '' AND number LIKE %s ORDER BY number DESC LIMIT %s)
UNION ALL
(SELECT case_id, true FROM cases_casewords
    WHERE original <> '' AND %s <> '' AND original LIKE %s LIMIT %s)
"""


def search_cases(*, member: Member, text: str, at: datetime, limit: int = 8) -> CasesFound:
    """Find the cases a member may see by number, original number or words, the newest first.

    A number nobody can find here is taken for a slip of the finger: what is one edit away is
    given instead, marked so. Words are seconds behind, rights are asked of the case itself.

    Args:
        at: aware instant of asking, for this year's numbers and what is overdue.
        limit: how many at most.
    """
    limit_query = limit_of(reach(member, Right.CASE_LIST))
    if limit_query is None or not text.strip():
        return CasesFound(hits=())
    wanted = limit + 1
    by_number = _visible(_by_number(text, at, wanted), member)
    by_words = _visible(_by_words(text, limit_query, wanted), member)
    order = {**by_words, **by_number}
    ranked = [*by_number, *(case_id for case_id in by_words if case_id not in by_number)]
    if not any(order[case_id][0] is FoundBy.NUMBER for case_id in ranked):
        meant = _visible(_meant(text), member)
        order, ranked = {**meant, **order}, [*meant, *(one for one in ranked if one not in meant)]
    hits = _hits([order[case_id] for case_id in ranked[:limit]], text, at)
    return CasesFound(hits=hits, is_more=len(ranked) > limit)


def limit_of(scope: Scope) -> str | None:
    """Write how far a member sees as a query over marks, as `reach_query` does.

    Who sees every sub-district there is needs no limit by place: a mark that all cases have finds
    nothing faster, it is one long list more to be read.
    """
    inside = {
        number for prefix in scope.area_prefixes for number in ids_within(AreaKind.STREET, prefix)
    }
    is_everywhere = inside and inside >= set(ids_within(AreaKind.STREET, ""))
    return reach_query(replace(scope, all=True) if is_everywhere else scope)


def search_codes(*, text: str, limit: int = 6) -> tuple[list[CategoryView], bool]:
    """Find categories as `search_categories` does, or those whose code is one edit away.

    Returns:
        The categories, and whether their code was only meant.
    """
    found = search_categories(text=text, limit=limit)
    code = plain(text).strip()
    if found or not code.isdecimal():
        return found, False
    return [one for one in list_categories() if is_one_edit_away(code, one.code)][:limit], True


Found = tuple[FoundBy, Case]


def _visible(ids: dict[UUID, FoundBy], member: Member) -> dict[UUID, Found]:
    """Ask of each case found whether the member may see it; order stays."""
    if not ids:
        return {}
    rows = Case.objects.filter(id__in=list(ids)).filter(visible_to(member))
    cases = {case.id: case for case in rows}
    return {case_id: (by, cases[case_id]) for case_id, by in ids.items() if case_id in cases}


def _by_number(text: str, at: datetime, limit: int) -> dict[UUID, FoundBy]:
    numbers, beginning = read_numbers(text, year=at.year)
    original = plain_number(text)
    if len(original) < SHORTEST_ORIGINAL or not any(sign.isdecimal() for sign in original):
        original = ""
    if not (numbers or beginning or original):
        return {}
    ours = (numbers, beginning, _start(beginning), limit)
    asked = (*ours, original, _start(original), MOST_ORIGINALS)
    with connection.cursor() as cursor:
        cursor.execute(_BY_NUMBER, asked)
        rows = cursor.fetchall()
    return {row[0]: FoundBy.ORIGINAL if row[1] else FoundBy.NUMBER for row in reversed(rows)}


def _by_words(text: str, reach_limit: str, limit: int) -> dict[UUID, FoundBy]:
    asked = asked_tokens(text)
    if not asked:
        return {}
    first, exact = (
        " & ".join(part for part in (query_text(tokens), reach_limit) if part)
        for tokens in (telling_tokens(text), asked)
    )
    return dict.fromkeys(_newest_with(first, exact, limit), FoundBy.WORDS)


def _newest_with(first: str, exact: str, limit: int) -> list[UUID]:
    """List the newest cases a query holds for, in one to three statements.

    Args:
        first: a query of fewer words that holds for at least the same.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST, [READ_ONE_BY_ONE, exact, limit])
        found = [row[0] for row in cursor.fetchall()]
        if len(found) < limit:
            cursor.execute(_FEW, [first, FEW, exact, limit])
            count, found = cursor.fetchone()
            if count == FEW:
                cursor.execute(_BY_PERIOD, [first, exact, limit, limit])
                found = [row[0] for row in cursor.fetchall()]
    return found


def _meant(text: str) -> dict[UUID, FoundBy]:
    numbers = numbers_meant(text)
    rows = Case.objects.filter(number__in=numbers).order_by("-number") if numbers else ()
    return {case.id: FoundBy.MEANT for case in rows}


def _hits(found: Iterable[Found], text: str, at: datetime) -> tuple[CaseHit, ...]:
    listed = list(found)
    rows = case_rows([case for _, case in listed], at)
    return tuple(
        CaseHit(row=row, found_by=by, excerpt=_excerpt(case, text))
        for row, (by, case) in zip(rows, listed, strict=True)
    )


def _excerpt(case: Case, asked: str) -> str:
    """Give what the text says around the first of the words asked for; else its beginning."""
    text = " ".join(mask_numbers(case.text).split())
    places = [at for word in plain(asked).split() if (at := plain(text).find(word)) >= 0]
    start = max(min(places, default=0) - AROUND, 0)
    end = start + 3 * AROUND
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


def _start(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"

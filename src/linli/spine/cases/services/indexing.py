"""Keeps the words that cases are found by: taken up within seconds of a change, or all anew.

Triggers note every changed case in the transaction that changes it. The indexer takes notes and
writes words in one transaction, one indexer at a time; it locks the cases it reads, so that a
text erased meanwhile never comes back, and leaves those somebody else holds for the next round.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from linli.ground.kernel.tokens import tokens_of, vector_text
from linli.spine.cases.models import Assignment, Case, CaseWords, CaseWordsDue
from linli.spine.cases.queries.catalogue import get_category_by_id
from linli.spine.cases.queries.facts import SEEING_ASSIGNMENTS, SHAPES
from linli.spine.cases.rules.reports import mask_numbers
from linli.spine.cases.rules.searching import Marked, list_marks, period_of, plain_number
from linli.spine.cases.terms import CaseKind

LOCK_KEY = 0xCA5E
BATCH = 200
BLOCK = 1_000
Progress = Callable[[int, int], None]

_WRITE = """
INSERT INTO cases_casewords (case_id, street_id, period, reported_at, original, words)
SELECT * FROM unnest(
    %s::uuid[], %s::bigint[], %s::integer[], %s::timestamptz[], %s::varchar[], %s::tsvector[]
)
ON CONFLICT (case_id) DO UPDATE SET
    street_id = excluded.street_id, period = excluded.period, reported_at = excluded.reported_at,
    original = excluded.original, words = excluded.words
"""
_BUILD = """
CREATE INDEX IF NOT EXISTS cases_casewords_words ON cases_casewords
USING gin (words) WITH (fastupdate = off)
"""
_TAKE = """
DELETE FROM cases_casewordsdue WHERE id IN (
    SELECT id FROM cases_casewordsdue ORDER BY id DESC LIMIT %s
) RETURNING case_id
"""


def index_due(*, limit: int = BATCH) -> int:
    """Write the words of cases that changed, the latest first, and return how many were written.

    Another indexer at work, or cases somebody holds just now, are left for the next round.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK_KEY])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(_TAKE, [limit])
        due = {row[0] for row in cursor.fetchall()}
        written = _index(due)
        _note(set(Case.objects.filter(id__in=due - written).values_list("id", flat=True)))
    return len(written)


def rebuild_words(*, progress: Progress = lambda done, total: None) -> int:
    """Write the words of all cases anew and return how many there are; searches go on meanwhile.

    Into an empty index the words go first and the index is built over them, which is faster.

    Args:
        progress: told after every block how many are done of how many.
    """
    total, done = Case.objects.count(), 0
    is_empty = not CaseWords.objects.exists()
    # What waits now is done by the end; what comes meanwhile waits for the next round.
    _execute("CREATE TEMP TABLE words_waiting AS SELECT id FROM cases_casewordsdue")
    if is_empty:
        _execute("DROP INDEX IF EXISTS cases_casewords_words")
    for block in _blocks():
        with transaction.atomic():
            written = _index(block)
            _note(set(block) - written)
        done += len(block)
        progress(done, total)
    _execute(_BUILD)
    _execute("DELETE FROM cases_casewordsdue WHERE id IN (SELECT id FROM words_waiting)")
    _execute("DROP TABLE words_waiting")
    return done


def _blocks() -> Iterator[list[UUID]]:
    last: UUID | None = None
    while True:
        rows = Case.objects.order_by("id").values_list("id", flat=True)
        block = list((rows if last is None else rows.filter(id__gt=last))[:BLOCK])
        if not block:
            return
        last = block[-1]
        yield block


def _index(case_ids: Iterable[UUID]) -> set[UUID]:
    """Write the words of these cases as they stand, but of those that somebody else holds."""
    rows = Case.objects.filter(id__in=list(case_ids)).select_related("street", "community", "grid")
    held = rows.select_for_update(skip_locked=True, of=("self",), no_key=True)
    cases = list(held.defer(*SHAPES).order_by("id"))
    seen_by = _organisations([case.id for case in cases])
    if cases:
        _write([_row(case, seen_by[case.id]) for case in cases])
    return {case.id for case in cases}


def _organisations(case_ids: Sequence[UUID]) -> dict[UUID, set[int]]:
    found: dict[UUID, set[int]] = defaultdict(set)
    rows = Assignment.objects.filter(
        case_id__in=case_ids, state__in=SEEING_ASSIGNMENTS, organisation__isnull=False
    )
    for case_id, organisation_id in rows.values_list("case_id", "organisation_id"):
        found[case_id].add(organisation_id or 0)
    return found


def _row(case: Case, organisation_ids: Iterable[int]) -> tuple[Any, ...]:
    period = period_of(case.reported_at)
    category = get_category_by_id(case.category_id) if case.category_id else None
    marked = Marked(
        street_code=case.street.code,
        community_code=case.community.code if case.community else "",
        grid_code=case.grid.code if case.grid else "",
        organisation_ids=organisation_ids,
        is_complaint=case.kind == CaseKind.COMPLAINT,
        about_organisation_id=case.about_organisation_id,
        reported_at=case.reported_at,
        cell=case.h3,
        category_id=case.category_id,
        major_code=category.major_code if category else "",
        channel=case.channel,
        level=case.level,
        step=case.step,
    )
    named = (category.name, category.name_en) if category else ()
    tokens = tokens_of("\n".join([_text(case), *named]))
    original = plain_number(case.original_number)
    vector = vector_text(tokens | list_marks(marked))
    return (case.id, case.street_id, period, case.reported_at, original, vector)


def _text(case: Case) -> str:
    own = (case.title, case.text, case.address, case.place_note)
    return "\n".join(map(mask_numbers, own))


def _write(rows: Sequence[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [list(column) for column in zip(*rows, strict=True)])


def _note(case_ids: Iterable[UUID]) -> None:
    CaseWordsDue.objects.bulk_create(CaseWordsDue(case_id=case_id) for case_id in case_ids)


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)

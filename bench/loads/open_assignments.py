"""Open assignments for the ladder: cases under way, written by the database itself.

Nine in ten cases are handled by a lead, one waits in the centre for its dispatch; one in ten has a
task at another organisation besides. Together they are as many open assignments as asked for: first
the due ones and others that no sweep has seen yet, then those whose plan an earlier sweep has made,
with a next rung far ahead.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import datetime

import psycopg

WRITTEN_AT_ONCE = 100_000
TASKS_PER_CASE = 10
_PLAN = """
    CASE WHEN split_part(number, '-', 2)::int > {unseen} THEN reported_at + interval '30 days' END,
    CASE WHEN split_part(number, '-', 2)::int > {unseen} THEN due_at END
"""
# A case with lead and every tenth a task: so many cases make the assignments asked for.
CASES = """
INSERT INTO cases_case (id, number, version, kind, procedure, step, title, text, level, address,
    place_note, channel, original_number, visibility, is_urgent, is_suspicious_place, is_overdue,
    rework_count, return_count, reported_at, filed_at, dispatched_at, promised_at, handle_due_at,
    due_at, changed_at, street_id, category_id)
SELECT uuidv7(began - now()), 'L-' || no, 1, 'incident', 'incident',
    CASE WHEN no % 10 = 0 THEN 'dispatching' ELSE 'handling' END, '楼道口堆着垃圾', '', 'street',
    '', '', 'api', '', 'public', false, false, false, 0, 0, began, began,
    CASE WHEN no % 10 > 0 THEN began END, CASE WHEN no % 10 > 0 THEN due END,
    CASE WHEN no % 10 > 0 THEN due END, due, began, {street}, {category}
FROM (
    SELECT no, CASE WHEN no <= {due} THEN '{at}'::timestamptz - interval '20 days'
        ELSE '{at}'::timestamptz - interval '1 minute' * (no % 60) END AS began,
        CASE WHEN no <= {due} THEN '{at}'::timestamptz - interval '1 minute' * (no % 30)
        ELSE '{at}'::timestamptz + interval '40 days' END AS due
    FROM generate_series({first}, {last}) AS no
) AS drawn
"""
CLOCKS = """
INSERT INTO cases_clock (case_id, name, started_at, limit_amount, limit_unit, promised_at, due_at,
    ladder_at, ladder_for)
SELECT id, CASE WHEN step = 'handling' THEN 'handle' ELSE 'dispatch' END, reported_at, 20,
    'working_days', due_at, due_at, {plan}
FROM cases_case WHERE split_part(number, '-', 2)::int BETWEEN {first} AND {last}
"""
LEADS = """
INSERT INTO cases_assignment (case_id, duty, organisation_id, reason_code, reason_params, state,
    offered_at, accepted_at, promised_at, due_at, is_binding)
SELECT id, 'lead', {lead}, '', '{{}}', 'accepted', reported_at, reported_at, due_at, due_at, false
FROM cases_case WHERE split_part(number, '-', 2)::int BETWEEN {first} AND {last}
    AND step = 'handling'
"""
TASKS = """
INSERT INTO cases_assignment (case_id, duty, organisation_id, reason_code, reason_params, state,
    offered_at, accepted_at, promised_at, due_at, is_binding, task_no, limit_unit, ladder_at,
    ladder_for)
SELECT id, 'task', {other}, '', '{{}}', 'accepted', reported_at, reported_at, due_at, due_at,
    false, 1, 'working_days', {plan}
FROM cases_case WHERE split_part(number, '-', 2)::int BETWEEN {first} AND {last}
    AND step = 'handling' AND split_part(number, '-', 2)::int % {every} = 1
"""


@dataclass(frozen=True, kw_only=True)
class Units:
    """What the rows name: a street, a category, two organisations, and the instant of it all."""

    street: int
    category: int
    lead: int
    other: int
    at: str


def make_units(at: datetime) -> Units:
    """Make a street with a calendar, a category, two organisations and somebody at each."""
    from linli.ground.kernel.calendar_store import fill_holidays, set_calendar
    from linli.ground.kernel.services import ensure_partitions
    from linli.ground.people.tests.factories import AccountFactory, OrganisationFactory
    from linli.ground.territory.tests.factories import make_street
    from linli.spine.cases.tests.factories import CategoryFactory

    ensure_partitions(first=at.date(), last=at.date())
    street = make_street().street
    set_calendar(street_code=street.code)
    fill_holidays(street_code=street.code, year=at.year)
    lead, other = OrganisationFactory(), OrganisationFactory()
    for traits in (
        {"handler": True, "organisation": lead},
        {"handler": True, "organisation": other},
        {"dispatcher": True, "street": street},
        {"shift_leader": True, "street": street},
        {"supervisor": True, "street": street},
    ):
        AccountFactory(**traits)
    return Units(
        street=street.pk,
        category=CategoryFactory().pk,
        lead=lead.pk,
        other=other.pk,
        at=at.isoformat(),
    )


def fill_open(url: str, units: Units, count: int, *, due: int, unseen: int) -> None:
    """Write cases until `count` assignments are open.

    Args:
        due: cases that come to a rung now.
        unseen: cases no sweep has planned yet, the due ones among them.
    """
    with psycopg.connect(url, autocommit=True) as connection:
        for first in range(1, count + 1, WRITTEN_AT_ONCE):
            last = min(count, first + WRITTEN_AT_ONCE - 1)
            named = {**vars(units), "first": first, "last": last, "due": due}
            named["plan"] = _PLAN.format(unseen=unseen)
            for statement in (CASES, CLOCKS, LEADS, TASKS):
                connection.execute(statement.format(**named, every=TASKS_PER_CASE))
            print(f"{last:,} open cases", file=sys.stderr)
        for table in ("cases_case", "cases_clock", "cases_assignment"):
            connection.execute(f"VACUUM ANALYZE {table}")
        connection.execute("CHECKPOINT")

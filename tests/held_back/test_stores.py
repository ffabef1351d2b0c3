"""What is held back stands where it belongs, and in no other table, line, letter or cache."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.core import mail
from django.core.cache import cache
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob
from psycopg import sql

from linli.ground.notices.services.planning import plan_deliveries, release_held
from linli.ground.notices.services.sending import deliver

from . import canaries as planted
from .addresses import list_addresses
from .canaries import Held, find_held
from .visitors import MAY_MEET, Visitor, list_visitors
from .visits import Visit
from .walking import Said, ask, written_down
from .world import World

# Each group of words and the tables it may stand in; a new table holds nothing until it says so.
HOMES: Mapping[str, frozenset[Held]] = {
    "cases_reporter": frozenset({Held.REPORTER, Held.SECOND, Held.CALLER}),
    "cases_case": frozenset(
        {Held.TEXT, Held.SECOND_TEXT, Held.WRITTEN, Held.COMPLAINT, Held.CALLED, Held.REMARK}
    ),
    "cases_assignment": frozenset({Held.REMARK}),
    "cases_instruction": frozenset({Held.REMARK}),
    "kernel_eventtext": frozenset({Held.TEXT, Held.REMARK, Held.REASON}),
    "kernel_look": frozenset({Held.REASON}),
    "kernel_searchmade": frozenset({Held.SEARCHED}),
    "kernel_importrecord": frozenset({Held.SENT_IN, Held.CALLED, Held.CALLER}),
    "people_person": frozenset({Held.RECORD, Held.RECORD_CONTACT}),
    "people_household": frozenset({Held.RECORD_CONTACT}),
    "people_account": frozenset({Held.RECORD, Held.RECORD_CONTACT}),
    "hotline_draft": frozenset({Held.CALLER, Held.CALLED}),
    "enforcement_party": frozenset({Held.PARTY}),
    "shifts_handover": frozenset({Held.HANDED}),
    "shifts_handoverpoint": frozenset({Held.HANDED}),
}

# Where one types what to look for.
ASKING = {
    "desk:cases": "?q=",
    "desk:search": "?q=",
    "desk:places": "?q=",
    "desk:dispatch": "?q=",
    "api:list_cases": "?text=",
}


def held_by(table: str) -> frozenset[Held]:
    """Tell what the rows of a table give away."""
    asked = sql.SQL("SELECT string_agg(row_to_json(one)::text, chr(10)) FROM {} AS one")
    with connection.cursor() as cursor:
        cursor.execute(asked.format(sql.Identifier(table)).as_string())
        return find_held(cursor.fetchone()[0] or "")


def list_tables() -> list[str]:
    """List every table but the parts of those kept by month."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relkind IN ('r', 'p') AND NOT relispartition"
        )
        return [name for (name,) in cursor.fetchall()]


def test_each_table_holds_only_what_belongs_there(world: World) -> None:
    found = {table: held_by(table) for table in list_tables()}
    astray = {
        table: sorted(one.name for one in extra)
        for table, held in found.items()
        if (extra := held - HOMES.get(table, frozenset()))
    }
    assert astray == {}
    assert {table for table, held in found.items() if held} == set(HOMES)


def test_no_letter_message_or_job_says_it(world: World) -> None:
    with written_down() as log:
        for job in ProcrastinateJob.objects.filter(task_name="notices.plan"):
            plan_deliveries(at=world.office.at, **job.args)
        release_held(at=world.office.at)
        for job in ProcrastinateJob.objects.filter(task_name="notices.deliver"):
            deliver(delivery_id=UUID(job.args["delivery_id"]), at=world.office.at)
    sent = [f"{one.subject} {one.body} {one.to} {one.extra_headers}" for one in mail.outbox]
    told = "\n".join([*sent, log.getvalue()])
    assert find_held(told) - {Held.RECORD_CONTACT} == frozenset()
    for table in ("notices_delivery", "notices_notice", "notices_alert", "procrastinate_jobs"):
        assert held_by(table) == frozenset()


def test_no_line_of_the_log_says_it_nor_a_secret_address(said: list[Said]) -> None:
    lines = "\n".join(one.log for one in said)
    assert find_held(lines) == frozenset()
    secrets = {one.visit.path for one in said if one.visit.path.startswith(("/t/", "/h/"))}
    secrets |= {one.visit.path for one in said if "/reports/" in one.visit.path}
    assert [path for path in secrets if f"{path}\n" in lines] == []
    assert "/desk/" in lines


def test_the_cache_keeps_nothing_of_it(said: list[Said]) -> None:
    kept = getattr(cache, "_cache", {})
    words = "\n".join(bytes(value).decode("utf-8", "replace") for value in kept.values())
    assert find_held(words) == frozenset()


def test_asking_for_a_reporter_finds_no_case(world: World) -> None:
    numbers = [one.number for one in world.cases.values()]
    pages = {one.name: one for one in list_addresses()}
    for visitor in staff_of(world):
        for name, query in ASKING.items():
            for asked in (planted.NAME, planted.PHONE, planted.SECOND_PHONE):
                path = f"{pages[name].fill({})}{query}{asked}"
                answer = ask(visitor, Visit(address=pages[name], path=path))
                page = answer.content.decode()
                found = [number for number in numbers if number in page]
                assert found == [], f"{visitor.name} by {path}"


def staff_of(world: World) -> list[Visitor]:
    """Give one of each post where the cases are."""
    return [one for one in list_visitors(world) if one.name in {role.value for role in MAY_MEET}]

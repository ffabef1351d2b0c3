"""What is found in one world: said by pages, kept in tables, sent out, left in the cache."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.core import mail
from django.core.cache import cache
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from psycopg import sql

from linli.ground.notices.services.planning import plan_deliveries, release_held
from linli.ground.notices.services.sending import deliver

from . import canaries as planted
from .addresses import list_addresses
from .canaries import Held, find_held
from .visitors import MAY_MEET, Visitor, goes_to, list_visitors, rights_at, send
from .visits import UnknownAddress, Visit, list_visits
from .walking import Said, ask, walk, written_down
from .world import World

# Where one types what to look for.
ASKING = {
    "desk:cases": "?q=",
    "desk:search": "?q=",
    "desk:places": "?q=",
    "desk:dispatch": "?q=",
    "api:list_cases": "?text=",
}
SENDING = ("notices_delivery", "notices_notice", "notices_alert", "procrastinate_jobs")
# An address, and what somebody may do there.
Right = tuple[str, Hashable]


@dataclass(frozen=True, kw_only=True)
class Found:
    """All there is to find.

    `rights` lists who there is by what they may do at each address; `tables` and `sending` give
    what each table holds, before and after messages have left; `sent` what those messages, the log
    and the jobs say, `cached` what the walk left in the cache, `by_reporter` the cases found by
    asking for who reported.
    """

    said: list[Said]
    unknown: list[str]
    rights: frozenset[Right]
    tables: Mapping[str, frozenset[Held]]
    sending: Mapping[str, frozenset[Held]]
    sent: str
    cached: str
    by_reporter: list[str]


def look(world: World) -> Found:
    """Look everywhere; what one look changes is undone before the next."""
    visitors = list_visitors(world)
    tables = {table: held_by(table) for table in list_tables()}
    sent, sending = _send_everything(world)
    by_reporter = list(_ask_for_reporters(world, visitors))
    said = list(walk(world, visitors))
    return Found(
        said=said,
        unknown=_list_unknown(world),
        rights=frozenset(
            (address.name, rights_at(visitor, address))
            for address in list_addresses()
            for visitor in visitors
            if goes_to(visitor, address)
        ),
        tables=tables,
        sending=sending,
        sent=sent,
        cached=_read_cache(),
        by_reporter=by_reporter,
    )


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


def _send_everything(world: World) -> tuple[str, dict[str, frozenset[Held]]]:
    """Let all messages leave; give what was said outside the tables, and what the tables hold."""
    with transaction.atomic(), written_down() as log:
        for job in ProcrastinateJob.objects.filter(task_name="notices.plan"):
            plan_deliveries(at=world.office.at, **job.args)
        release_held(at=world.office.at)
        for job in ProcrastinateJob.objects.filter(task_name="notices.deliver"):
            deliver(delivery_id=UUID(job.args["delivery_id"]), at=world.office.at)
        held = {table: held_by(table) for table in SENDING}
        transaction.set_rollback(True)
    letters = [f"{one.subject} {one.body} {one.to} {one.extra_headers}" for one in mail.outbox]
    return "\n".join([*letters, log.getvalue()]), held


def _ask_for_reporters(world: World, visitors: list[Visitor]) -> Iterator[str]:
    """Look for the reporters by name and telephone in every box; tell what was found."""
    numbers = [one.number for one in world.cases.values()]
    pages = {one.name: one for one in list_addresses()}
    for name, query in ASKING.items():
        staff = [one for one in visitors if one.name in {role.value for role in MAY_MEET}]
        for visitor in send(staff, pages[name]):
            for asked in (planted.NAME, planted.PHONE, planted.SECOND_PHONE):
                path = f"{pages[name].fill({})}{query}{asked}"
                with transaction.atomic():
                    page = ask(visitor, Visit(address=pages[name], path=path)).content.decode()
                    transaction.set_rollback(True)
                yield from (f"{visitor.name} by {path}" for one in numbers if one in page)


def _list_unknown(world: World) -> list[str]:
    unknown = []
    for address in list_addresses():
        try:
            list_visits(address, world)
        except UnknownAddress as fault:
            unknown.append(str(fault))
    return unknown


def _read_cache() -> str:
    kept = getattr(cache, "_cache", {})
    return "\n".join(bytes(value).decode("utf-8", "replace") for value in kept.values())

"""Lives the year and writes it, each part while the next is being lived."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.db import connection
from psycopg import Connection

from linli.demonstration.accounts import SHOWN_LEADS
from linli.demonstration.copying import copy_rows
from linli.demonstration.places import STREET_CODE, grids
from linli.demonstration.residents import Ground, Staff
from linli.demonstration.stories import Telling, tell_year
from linli.demonstration.worktime import WorkingTime
from linli.ground.kernel.calendar_store import get_calendar
from linli.ground.kernel.terms import Occurrence
from linli.spine.cases.catalogue_terms import CategoryView
from linli.spine.cases.queries.catalogue import list_categories
from linli.spine.cases.queries.routing import list_items, load_tree
from linli.spine.cases.queries.settings import get_policy

from .life import Life
from .morning import set_desks
from .photos import draw_pictures
from .rows import Book
from .world import Hand, World

SEED = 220104004
PART = 2_000
TABLES = {
    "cases": "cases.Case",
    "reporters": "cases.Reporter",
    "events": "kernel.Event",
    "texts": "kernel.EventText",
    "assignments": "cases.Assignment",
    "clocks": "cases.Clock",
    "photos": "kernel.Photo",
    "case_photos": "cases.CasePhoto",
    "ratings": "cases.Rating",
}
Progress = Callable[[str], None]
# Rungs name their clocks by id, which only the database gives.
MARKS = """
INSERT INTO cases_rungmark (case_id, clock_id, rung, at, is_by_hand)
SELECT clock.case_id, clock.id, told.facts ->> 'rung', told.recorded_at, false
FROM kernel_event told CROSS JOIN LATERAL (
    SELECT id, case_id FROM cases_clock
    WHERE case_id = told.subject_id::uuid AND name = told.facts ->> 'clock'
        AND started_at <= told.recorded_at
    ORDER BY started_at DESC, id DESC LIMIT 1
) clock
WHERE told.name = 'cases.rung_reached'
"""


def write_year(
    *,
    ground: Ground,
    staff: Staff,
    until: datetime,
    secret: str,
    count: int,
    progress: Progress = lambda message: None,
) -> list[Occurrence]:
    """Live `count` cases up to an instant, write all their rows by COPY, tell the latest events."""
    world = _world(ground, staff, until, secret)
    latest: list[Occurrence] = []
    writing: Future[None] | None = None
    through = connection.connection
    with ThreadPoolExecutor(max_workers=1) as writer:
        for book in _books(world, _tellings(world, ground, count)):
            if writing is not None:
                writing.result()
            writing = writer.submit(_write, book, through)
            latest += book.latest
            progress(f"一年的案件 {world.numbers}/{count} · a year of cases")
        if writing is not None:
            writing.result()
    with connection.cursor() as cursor:
        cursor.execute(MARKS)
        cursor.execute("SELECT setval('cases_number', %s)", [world.numbers])
    return latest


def _tellings(world: World, ground: Ground, count: int) -> list[Telling]:
    """Give exactly `count` reports, those that set the desks among them, oldest first."""
    leads = [ground.organisations[code] for code in SHOWN_LEADS]
    first_grid = next(grids()).code
    told = set_desks(world, _by_story(world), leads=leads, grid_code=first_grid)
    return sorted([*tell_year(world.until, count=count - len(told)), *told], key=lambda one: one.at)


def _books(world: World, tellings: Sequence[Telling]) -> Iterator[Book]:
    categories = _by_story(world)
    rest = iter(tellings)
    while part := list(islice(rest, PART)):
        book = Book()
        for telling in part:
            Life(world, book, telling, categories[telling.story.category]).live()
        yield book


def _write(book: Book, through: Connection[Any]) -> None:
    """Write the rows of one part and have their references checked at once, not at the end."""
    for attribute, label in TABLES.items():
        copy_rows(label, getattr(book, attribute), through=through)
    through.execute("SET CONSTRAINTS ALL IMMEDIATE")
    through.execute("SET CONSTRAINTS ALL DEFERRED")


def _by_story(world: World) -> Mapping[str, CategoryView]:
    """Find categories by key, and local extensions by their names."""
    local = {one.name: one for one in world.categories.values() if one.is_extension}
    return {**local, **world.categories}


def _world(ground: Ground, staff: Staff, until: datetime, secret: str) -> World:
    calendar = get_calendar(STREET_CODE)
    street_id = ground.areas[STREET_CODE]
    return World(
        until=until,
        secret=secret,
        calendar=calendar,
        policy=get_policy(street_id),
        hours=WorkingTime(calendar, until - timedelta(days=370), until + timedelta(days=120)),
        street_id=street_id,
        areas=ground.areas,
        categories={one.key: one for one in list_categories(on=ground.today)},
        items=list_items(STREET_CODE),
        tree=load_tree(STREET_CODE),
        clerk=_centre(ground, staff, "clerk", "intake_clerk"),
        shift_leader=_centre(ground, staff, "shift", "shift_leader"),
        dispatcher=_centre(ground, staff, "dispatcher", "dispatcher"),
        verifier=_centre(ground, staff, "verifier", "verifier"),
        grid_leaders=_grid_leaders(ground, staff),
        handlers=_handlers(ground, staff),
        resident_id=staff.accounts["resident"],
        pictures=draw_pictures(),
        chance=random.Random(SEED),
    )


def _centre(ground: Ground, staff: Staff, login: str, role: str) -> Hand:
    centre = ground.organisations["centre"]
    return Hand(account_id=staff.accounts[login], role=role, organisation_id=centre)


def _grid_leaders(ground: Ground, staff: Staff) -> dict[str, Hand]:
    return {
        desk.area: Hand(
            account_id=staff.accounts[desk.login],
            role=desk.role,
            organisation_id=ground.organisations[desk.organisation],
        )
        for desk in staff.desks
        if desk.role == "grid_leader"
    }


def _handlers(ground: Ground, staff: Staff) -> dict[int, Hand]:
    found: dict[int, Hand] = {}
    for desk in staff.desks:
        if desk.role in ("handler", "joint_team_member"):
            organisation = ground.organisations[desk.organisation]
            account = staff.accounts[desk.login]
            hand = Hand(account_id=account, role=desk.role, organisation_id=organisation)
            found.setdefault(organisation, hand)
    return found

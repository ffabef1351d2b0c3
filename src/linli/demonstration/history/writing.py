"""Lives the year and writes it."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from django.db import connection

from linli.demonstration.copying import copy_rows
from linli.demonstration.places import STREET_CODE
from linli.demonstration.residents import Ground, Staff
from linli.demonstration.stories import tell_year
from linli.demonstration.worktime import WorkingTime
from linli.ground.kernel.calendar_store import get_calendar
from linli.ground.kernel.services import ensure_partitions
from linli.spine.cases.catalogue_terms import CategoryView
from linli.spine.cases.queries.catalogue import list_categories
from linli.spine.cases.queries.routing import list_items, load_tree
from linli.spine.cases.queries.settings import get_policy

from .life import Life
from .photos import draw_pictures
from .rows import Book
from .world import Hand, World

SEED = 220104004
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


def write_year(*, ground: Ground, staff: Staff, until: datetime, secret: str, count: int) -> Book:
    """Live `count` cases up to an instant and write all their rows by COPY."""
    world = _world(ground, staff, until, secret)
    categories = _by_story(world)
    book = Book()
    for telling in tell_year(until, count=count):
        Life(world, book, telling, categories[telling.story.category]).live()
    ensure_partitions(first=(until - timedelta(days=370)).date(), last=until.date())
    for attribute, label in TABLES.items():
        copy_rows(label, (_columns(row) for row in getattr(book, attribute)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval('cases_number', %s)", [len(book.cases)])
    return book


def _columns(row: object) -> Mapping[str, object]:
    return row if isinstance(row, dict) else vars(row)


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

"""How a case comes in: its row, its reporter apart, the first event."""

from __future__ import annotations

from datetime import timedelta

from linli.demonstration import population
from linli.demonstration.stories import Telling
from linli.ground.kernel.terms import Actor, ActorKind
from linli.spine.cases import events
from linli.spine.cases.catalogue_terms import CategoryView
from linli.spine.cases.queries.nearby import cell_of
from linli.spine.cases.rules.actions import first_step
from linli.spine.cases.rules.reports import digest_of, title_of
from linli.spine.cases.terms import CaseKind, Channel, NewReport, Point, Step, Visibility

from .columns import CaseColumns
from .rows import Book, Ledger, Row, reporter_row
from .world import World


def open_case(world: World, book: Book, telling: Telling, category: CategoryView) -> Ledger:
    """Write down a new case and its reporter, and record the report."""
    case = _case(world, book, telling, category)
    ledger = Ledger(world=world, book=book, case=case, step=_first_step(telling))
    book.cases.append(case)
    book.reporters.append(
        _reporter(world, telling, ledger, is_resident=_is_resident(world, book, telling))
    )
    ledger.open(
        events.CaseReported(
            number=case.number,
            channel=telling.channel,
            case_kind=telling.kind,
            category_id=category.id,
            street_id=world.street_id,
            community_id=world.areas[telling.grid.parent_code],
            grid_id=world.areas[telling.grid.code],
        ),
        actor=_actor(world, telling),
        at=telling.at,
    )
    return ledger


def _is_resident(world: World, book: Book, telling: Telling) -> bool:
    """Give a case now and then, and more of the newest, to the resident with an account."""
    every = 12 if world.until - telling.at < timedelta(days=6) else 1500
    return telling.channel == "web" and len(book.cases) % every == 0


def _first_step(telling: Telling) -> Step:
    return first_step(kind=CaseKind(telling.kind), is_found_by_staff=telling.channel == "patrol")


def _actor(world: World, telling: Telling) -> Actor:
    if telling.channel == "patrol":
        return world.grid_leaders[telling.grid.code].actor
    if telling.channel == "web":
        return Actor(kind=ActorKind.ANONYMOUS)
    return world.clerk.actor


def _case(world: World, book: Book, telling: Telling, category: CategoryView) -> CaseColumns:
    lon, lat = telling.point
    is_public = telling.kind == "incident" and category.is_public
    finder = world.grid_leaders[telling.grid.code].account_id
    year = telling.at.astimezone(world.hours.zone).year
    return CaseColumns(
        id=world.new_id(telling.at),
        number=f"{year}-{len(book.cases) + 1:07d}",
        kind=telling.kind,
        step=_first_step(telling).value,
        title=title_of(_as_report(telling)),
        text=telling.text,
        category_id=category.id,
        street_id=world.street_id,
        community_id=world.areas[telling.grid.parent_code],
        grid_id=world.areas[telling.grid.code],
        lon=lon,
        lat=lat,
        h3=cell_of(lon, lat),
        address=telling.address,
        channel=telling.channel,
        original_number=_original_number(book, telling),
        visibility=(Visibility.PUBLIC if is_public else Visibility.STAFF).value,
        finder_id=finder if telling.channel == "patrol" else None,
        is_urgent=telling.story.category in ("水管爆裂", "路面塌陷"),
        reported_at=telling.at,
        changed_at=telling.at,
    )


def _original_number(book: Book, telling: Telling) -> str:
    return f"RX{len(book.cases) + 310000}" if telling.channel == "hotline" else ""


def _as_report(telling: Telling) -> NewReport:
    lon, lat = telling.point
    return NewReport(
        text=telling.text,
        kind=CaseKind(telling.kind),
        channel=Channel(telling.channel),
        point=Point(lon=lon, lat=lat),
        address=telling.address,
    )


def _reporter(world: World, telling: Telling, ledger: Ledger, *, is_resident: bool) -> Row:
    digest = digest_of(_as_report(telling))
    if telling.channel == "patrol":
        finder = world.grid_leaders[telling.grid.code].account_id
        return reporter_row(world, ledger.id, account_id=finder, body_digest=digest)
    if is_resident:
        return reporter_row(world, ledger.id, account_id=world.resident_id, body_digest=digest)
    if telling.channel == "web" and world.chance.random() < 0.55:
        return reporter_row(world, ledger.id, is_anonymous=True, body_digest=digest)
    return reporter_row(
        world,
        ledger.id,
        name=population.invent_name(world.chance),
        phone=f"1380000{world.chance.randrange(10_000):04d}",
        agrees_contact=world.chance.random() < 0.3,
        body_digest=digest,
    )

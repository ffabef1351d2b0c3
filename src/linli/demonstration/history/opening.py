"""How a case comes in: its row, its reporter apart, the first event."""

from __future__ import annotations

from linli.demonstration import population
from linli.demonstration.stories import Telling
from linli.ground.kernel.ids import code_digest, tracking_code
from linli.ground.kernel.terms import ANONYMOUS, Actor, ActorKind
from linli.spine.cases import events
from linli.spine.cases.catalogue_terms import CategoryView
from linli.spine.cases.queries.nearby import cell_of
from linli.spine.cases.rules.actions import first_step
from linli.spine.cases.rules.reports import digest_of, title_of
from linli.spine.cases.terms import (
    CaseKind,
    Channel,
    Contact,
    NewReport,
    Point,
    Step,
    Visibility,
)

from .columns import CaseColumns, ReporterColumns
from .rows import Book, Ledger
from .world import World

RESIDENT_ROLE = "resident"
URGENT = frozenset({"水管爆裂", "路面塌陷"})


def open_case(world: World, book: Book, telling: Telling, category: CategoryView) -> Ledger:
    """Write down a new case and its reporter, and record the report."""
    report = _report(world, telling, category)
    case = _case(world, report, telling, category)
    ledger = Ledger(
        world=world,
        book=book,
        case=case,
        step=Step(case.step),
        photographer_id=_account(world, telling),
    )
    book.cases.append(case)
    book.reporters.append(_reporter(world, report, case, telling))
    ledger.open(
        events.CaseReported(
            number=case.number,
            channel=telling.channel,
            case_kind=telling.kind,
            category_id=category.id,
            street_id=world.street_id,
            community_id=case.community_id,
            grid_id=case.grid_id,
        ),
        actor=_actor(world, telling),
        at=telling.at,
    )
    return ledger


def _report(world: World, telling: Telling, category: CategoryView) -> NewReport:
    """Give the report as it was sent, with whom to contact where somebody says so."""
    lon, lat = telling.point
    is_anonymous = (
        telling.channel == "web" and not telling.is_of_resident and world.chance.random() < 0.55
    )
    return NewReport(
        id=world.new_id(telling.at),
        text=telling.text,
        kind=CaseKind(telling.kind),
        channel=Channel(telling.channel),
        category_key=category.key,
        point=Point(lon=lon, lat=lat),
        address=telling.address,
        contact=Contact() if is_anonymous else _contact(world, telling),
        is_anonymous=is_anonymous,
        is_urgent=telling.story.category in URGENT,
        original_number=f"RX{world.numbers + 310000}" if telling.channel == "hotline" else "",
    )


def _contact(world: World, telling: Telling) -> Contact:
    if telling.channel == "patrol" or telling.is_of_resident:
        return Contact()
    return Contact(
        name=population.invent_name(world.chance),
        phone=f"1380000{world.chance.randrange(10_000):04d}",
        agrees_contact=world.chance.random() < 0.3,
    )


def _account(world: World, telling: Telling) -> int | None:
    """Give the account of who reports: the finder's own or the resident's."""
    if telling.channel == "patrol":
        return world.grid_leaders[telling.grid.code].account_id
    return world.resident_id if telling.is_of_resident else None


def _actor(world: World, telling: Telling) -> Actor:
    """Give who sent it in, without the account where it is a resident's."""
    if telling.channel == "patrol":
        return world.grid_leaders[telling.grid.code].actor
    if telling.channel != "web":
        return world.clerk.actor
    if telling.is_of_resident:
        return Actor(kind=ActorKind.RESIDENT, role=RESIDENT_ROLE)
    return ANONYMOUS


def _case(world: World, report: NewReport, telling: Telling, category: CategoryView) -> CaseColumns:
    is_found = telling.channel == "patrol"
    is_public = report.kind is CaseKind.INCIDENT and category.is_public
    lon, lat = telling.point
    world.numbers += 1
    year = telling.at.astimezone(world.hours.zone).year
    return CaseColumns(
        id=report.id or world.new_id(telling.at),
        number=f"{year}-{world.numbers:07d}",
        kind=telling.kind,
        step=first_step(kind=report.kind, is_found_by_staff=is_found).value,
        title=title_of(report),
        text=report.text,
        category_id=category.id,
        street_id=world.street_id,
        community_id=world.areas[telling.grid.parent_code],
        grid_id=world.areas[telling.grid.code],
        lon=lon,
        lat=lat,
        h3=cell_of(lon, lat),
        address=report.address,
        channel=telling.channel,
        original_number=report.original_number,
        visibility=(Visibility.PUBLIC if is_public else Visibility.STAFF).value,
        finder_id=_account(world, telling) if is_found else None,
        is_urgent=report.is_urgent,
        reported_at=telling.at,
        changed_at=telling.at,
    )


def _reporter(
    world: World, report: NewReport, case: CaseColumns, telling: Telling
) -> ReporterColumns:
    contact = report.contact
    return ReporterColumns(
        case_id=case.id,
        account_id=_account(world, telling),
        name=contact.name,
        phone=contact.phone,
        agrees_contact=contact.agrees_contact,
        is_anonymous=report.is_anonymous,
        tracking_digest=code_digest(tracking_code(case.id, secret=world.secret)),
        body_digest=digest_of(report),
    )

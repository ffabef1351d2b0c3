"""From what somebody sends to all that will be written of it, without a word to the database."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from linli.ground.kernel.ids import new_id, tracking_code
from linli.ground.kernel.terms import Actor, ActorKind
from linli.ground.people.queries import list_organisations
from linli.ground.territory.locator import locate, locate_each
from linli.ground.territory.queries import check_point
from linli.ground.territory.terms import Place
from linli.spine.cases.catalogue_terms import CategoryView
from linli.spine.cases.queries.catalogue import get_category
from linli.spine.cases.queries.nearby import Around, CloseCase, Spot, cell_of, look_around
from linli.spine.cases.queries.settings import calendar_of, get_policy, home_street
from linli.spine.cases.rules.actions import first_step
from linli.spine.cases.rules.clocks import STEP_CLOCKS, Policy, StartedClock, start_clock
from linli.spine.cases.rules.refusals import ReportRefused
from linli.spine.cases.rules.reports import anonymous, check_report, digest_of, is_suspicious
from linli.spine.cases.terms import Channel, NewReport, Point, Step

NOWHERE = Place()


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrival:
    """A report as it came: who sent it and at which aware instant."""

    report: NewReport
    actor: Actor
    at: datetime


@dataclass(kw_only=True, slots=True)
class Draft:
    """All that is written of one report.

    Without a grid when the point is missing, outside or doubtful; `close` are the cases near by.
    """

    case_id: UUID
    event_id: UUID
    report: NewReport
    actor: Actor
    at: datetime
    on: date
    category: CategoryView | None
    street_id: int
    policy: Policy
    step: Step
    clock: StartedClock
    tracking: str
    body_digest: bytes
    found: Place = NOWHERE
    community_id: int | None = None
    grid_id: int | None = None
    cell: int | None = None
    is_suspicious: bool = False
    close: tuple[CloseCase, ...] = ()


def locate_all(arrivals: Sequence[Arrival]) -> list[Place]:
    """Say where the points of all reports lie; a report without a point lies nowhere."""
    if len(arrivals) == 1:
        return [_locate(arrivals[0])]
    by_day: dict[date, list[int]] = defaultdict(list)
    for n, arrival in enumerate(arrivals):
        if arrival.report.point is not None:
            by_day[_local_date(arrival.at)].append(n)
    places = [NOWHERE] * len(arrivals)
    for on, chosen in by_day.items():
        points = [(p.lon, p.lat) for n in chosen if (p := arrivals[n].report.point)]
        lons, lats = zip(*points, strict=True)
        for n, place in zip(chosen, locate_each(lons, lats, on), strict=True):
            places[n] = place
    return places


def _locate(arrival: Arrival) -> Place:
    point = arrival.report.point
    return locate(point.lon, point.lat, _local_date(arrival.at)) if point else NOWHERE


def _local_date(at: datetime) -> date:
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def draft(arrival: Arrival, found: Place) -> Draft:
    """Check a report and work out all that does not depend on other reports.

    Args:
        found: where its point lies, as `locate_all` says.

    Raises:
        ReportRefused: words, place or id that can't be taken.
        InvalidPoint: a point that can't be meant.
        UnknownCategory: a category the catalogue does not have.
    """
    report, actor, at = arrival.report, arrival.actor, arrival.at
    check_report(report)
    if report.point is not None:
        check_point(report.point.lon, report.point.lat)
    on = _local_date(at)
    category = get_category(report.category_key, on=on) if report.category_key else None
    if report.about_organisation_id is not None:
        _check_organisation(report.about_organisation_id)
    case_id = report.id or new_id()
    street_id = found.street_id or home_street(on)
    policy = get_policy(street_id)
    step = first_step(kind=report.kind, is_found_by_staff=is_found(report, actor))
    return Draft(
        case_id=case_id,
        event_id=new_id(),
        report=anonymous(report),
        actor=actor,
        at=at,
        on=on,
        category=category,
        street_id=street_id,
        policy=policy,
        step=step,
        clock=start_clock(
            name=STEP_CLOCKS[step],
            at=at,
            policy=policy,
            calendar=calendar_of(street_id),
            is_urgent=report.is_urgent,
        ),
        tracking=tracking_code(case_id, secret=settings.SECRET_KEY),
        body_digest=digest_of(report),
        found=found,
        cell=cell_of(report.point.lon, report.point.lat) if report.point else None,
    )


def _check_organisation(organisation_id: int) -> None:
    if not list_organisations(ids=[organisation_id]):
        raise ReportRefused("report.about_unknown", field="about_organisation_id")


def is_found(report: NewReport, actor: Actor) -> bool:
    """Say whether staff found the matter on a patrol, so that nobody need verify it."""
    return actor.kind is ActorKind.STAFF and report.channel is Channel.PATROL


def compare(drafts: Iterable[Draft]) -> None:
    """Look around the points of all drafts at once, and doubt places reported far too often.

    Of drafts at the same point a later one counts the earlier ones.
    """
    placed = [(one, one.report.point) for one in drafts if one.report.point is not None]
    before: Counter[tuple[int, float, float]] = Counter()
    answers = look_around([_spot(*pair) for pair in placed])
    for (one, point), around in zip(placed, answers, strict=True):
        here = (one.street_id, point.lon, point.lat)
        one.close = around.close
        one.is_suspicious = _is_doubtful(one, point, around.seen + before[here])
        found = NOWHERE if one.is_suspicious else one.found
        one.community_id, one.grid_id = found.community_id, found.grid_id
        before[here] += 1


def _spot(one: Draft, point: Point) -> Spot:
    return Spot(
        street_id=one.street_id,
        lon=point.lon,
        lat=point.lat,
        at=one.at,
        category_id=one.category.id if one.category else None,
        public_only=one.actor.kind is not ActorKind.STAFF,
        most=max(20, one.policy.suspicious_repeats),
        radius_m=one.policy.duplicate_radius_m,
        hours=one.policy.duplicate_hours,
    )


def _is_doubtful(one: Draft, point: Point, seen: int) -> bool:
    return is_suspicious(
        (point.lon, point.lat),
        listed=one.policy.suspicious_points,
        seen=seen,
        repeats=one.policy.suspicious_repeats,
    )


def clock_at(one: Draft, street_id: int, at: datetime) -> StartedClock:
    """Give the first clock of a report as it started when the report came."""
    return start_clock(
        name=STEP_CLOCKS[one.step],
        at=at,
        policy=get_policy(street_id),
        calendar=calendar_of(street_id),
        is_urgent=one.report.is_urgent,
    )


def around_as_reported(one: Draft, street_id: int, at: datetime) -> Around:
    """Look around a report that came before, as it was when it came."""
    if one.report.point is None:
        return Around()
    spot = Spot(
        street_id=street_id,
        lon=one.report.point.lon,
        lat=one.report.point.lat,
        at=at,
        category_id=one.category.id if one.category else None,
        public_only=one.actor.kind is not ActorKind.STAFF,
        besides=one.case_id,
        radius_m=one.policy.duplicate_radius_m,
        hours=one.policy.duplicate_hours,
    )
    return look_around([spot])[0]

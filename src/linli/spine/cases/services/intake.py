"""Taking in a report: placed, numbered, counted from now, answered the same when sent again.

The hottest path of the house: one statement looks around the place, one writes case, reporter
and clock, one the event. What it needs besides is held in memory by version.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from linli.ground.kernel.ids import code_digest, new_id, tracking_code
from linli.ground.kernel.photos import attach_photos
from linli.ground.kernel.prepared import prepared_cursor
from linli.ground.kernel.services import record_event
from linli.ground.kernel.terms import Actor, ActorKind
from linli.ground.people.queries import list_organisations
from linli.ground.territory.locator import locate
from linli.ground.territory.queries import check_point
from linli.spine.cases.catalogue_terms import CategoryView
from linli.spine.cases.events import CaseReported
from linli.spine.cases.models import Case, CasePhoto, Reporter
from linli.spine.cases.queries.catalogue import get_category
from linli.spine.cases.queries.nearby import (
    Around,
    CloseCase,
    cell_of,
    look_around,
    show_duplicates,
)
from linli.spine.cases.queries.settings import (
    area_name,
    calendar_of,
    get_policy,
    home_street,
)
from linli.spine.cases.rules.actions import first_step
from linli.spine.cases.rules.clocks import STEP_CLOCKS, Policy, StartedClock, start_clock
from linli.spine.cases.rules.refusals import ReportRefused
from linli.spine.cases.rules.reports import (
    anonymous,
    check_report,
    digest_of,
    is_suspicious,
    plausible,
    title_of,
)
from linli.spine.cases.services.intake_sql import INSERT_REPORT
from linli.spine.cases.terms import (
    CaseKind,
    Channel,
    NewReport,
    PhotoStage,
    Point,
    Reported,
    Step,
    Visibility,
    case_subject,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Placed:
    """Where a report lies; without a grid when the point is missing, outside or doubtful."""

    street_id: int
    community_id: int | None = None
    grid_id: int | None = None
    cell: int | None = None
    is_outside: bool = False
    is_suspicious: bool = False
    close: tuple[CloseCase, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Draft:
    """All that is written of one report."""

    case_id: UUID
    report: NewReport
    actor: Actor
    at: datetime
    category: CategoryView | None
    placed: _Placed
    step: Step
    clock: StartedClock
    tracking: str
    body_digest: bytes


@transaction.atomic
def report_case(*, report: NewReport, actor: Actor, at: datetime) -> Reported:
    """Take in a report; the same report sent again gets the same answer.

    Args:
        actor: who sends it; a resident's account goes to the reporter, never to the case.
        at: aware instant from the edge.

    Raises:
        ReportRefused: words, place or id that can't be taken.
        InvalidPoint: a point that can't be meant.
        UnknownCategory: a category the catalogue does not have.
        UnableToUsePhoto: a photo that is not there to be used.
    """
    check_report(report)
    draft = _draft(anonymous(report), actor, at, digest_of(report))
    number = _insert(draft)
    if number is None:
        return _answer_again(draft)
    record_event(
        _event(draft, number),
        subject=case_subject(draft.case_id),
        actor=faceless(actor),
        at=at,
        step_after=draft.step,
    )
    if report.photos:
        _keep_photos(draft)
    return _answer(draft, number)


def faceless(actor: Actor) -> Actor:
    """Give the actor as the history of a case may name it: a resident without the account."""
    return actor if actor.kind is ActorKind.STAFF else Actor(kind=actor.kind, role=actor.role)


def _draft(report: NewReport, actor: Actor, at: datetime, body_digest: bytes) -> _Draft:
    on = _local_date(at)
    category = get_category(report.category_key, on=on) if report.category_key else None
    if report.about_organisation_id is not None:
        _check_organisation(report.about_organisation_id)
    case_id = report.id or new_id()
    placed = _place(report, category, actor, at)
    step = first_step(kind=report.kind, is_found_by_staff=_is_found(report, actor))
    return _Draft(
        case_id=case_id,
        report=report,
        actor=actor,
        at=at,
        category=category,
        placed=placed,
        step=step,
        clock=_clock(step, placed.street_id, report.is_urgent, at),
        tracking=tracking_code(case_id, secret=settings.SECRET_KEY),
        body_digest=body_digest,
    )


def _clock(step: Step, street_id: int, is_urgent: bool, at: datetime) -> StartedClock:
    return start_clock(
        name=STEP_CLOCKS[step],
        at=at,
        policy=get_policy(street_id),
        calendar=calendar_of(street_id),
        is_urgent=is_urgent,
    )


def _is_found(report: NewReport, actor: Actor) -> bool:
    return actor.kind is ActorKind.STAFF and report.channel is Channel.PATROL


def _place(report: NewReport, category: CategoryView | None, actor: Actor, at: datetime) -> _Placed:
    point, on = report.point, _local_date(at)
    if point is None:
        return _Placed(street_id=home_street(on))
    check_point(point.lon, point.lat)
    found = locate(point.lon, point.lat, on)
    street_id = found.street_id or home_street(on)
    policy = get_policy(street_id)
    around = look_around(
        street_id=street_id,
        lon=point.lon,
        lat=point.lat,
        at=at,
        category_id=category.id if category else None,
        public_only=_is_public(actor),
        most=max(20, policy.suspicious_repeats),
    )
    doubtful = _is_doubtful(point, around, policy)
    return _Placed(
        street_id=street_id,
        community_id=None if doubtful else found.community_id,
        grid_id=None if doubtful else found.grid_id,
        cell=cell_of(point.lon, point.lat),
        is_outside=found.street_id is None,
        is_suspicious=doubtful,
        close=around.close,
    )


def _is_public(actor: Actor) -> bool:
    return actor.kind is not ActorKind.STAFF


def _is_doubtful(point: Point, around: Around, policy: Policy) -> bool:
    return is_suspicious(
        (point.lon, point.lat),
        listed=policy.suspicious_points,
        seen=around.seen,
        repeats=policy.suspicious_repeats,
    )


def _insert(draft: _Draft) -> str | None:
    """Write case, reporter and clock; None when the id is there already."""
    values = (*_case_values(draft), *_reporter_values(draft), *_clock_values(draft))
    with prepared_cursor() as cursor:
        cursor.execute(INSERT_REPORT, values)
        row = cursor.fetchone()
    return str(row[0]) if row else None


def _case_values(draft: _Draft) -> tuple[Any, ...]:
    report, placed = draft.report, draft.placed
    return (
        draft.case_id,
        str(_local_date(draft.at).year),
        report.kind.value,
        draft.step.value,
        title_of(report),
        report.text,
        draft.category.id if draft.category else None,
        placed.street_id,
        placed.community_id,
        placed.grid_id,
        report.point.lon if report.point else None,
        report.point.lat if report.point else None,
        placed.cell,
        report.address,
        report.place_note,
        report.channel.value,
        report.original_number,
        _visibility(report, draft.category).value,
        report.about_organisation_id,
        draft.actor.account_id if _is_found(report, draft.actor) else None,
        report.is_urgent,
        placed.is_suspicious,
        draft.at,
        draft.clock.due_at,
        draft.at,
    )


def _reporter_values(draft: _Draft) -> tuple[Any, ...]:
    report, device = draft.report, plausible(draft.report.device)
    return (
        _reporter_account(report, draft.actor),
        report.contact.name,
        report.contact.phone,
        report.contact.door,
        report.contact.agrees_contact,
        report.is_anonymous,
        code_digest(draft.tracking),
        draft.body_digest,
        device.lon if device else None,
        device.lat if device else None,
        report.language,
    )


def _clock_values(draft: _Draft) -> tuple[Any, ...]:
    clock = draft.clock
    return (
        clock.name.value,
        draft.at,
        clock.limit.amount,
        clock.limit.unit.value,
        clock.due_at,
        clock.due_at,
    )


def _visibility(report: NewReport, category: CategoryView | None) -> Visibility:
    is_public = report.kind is CaseKind.INCIDENT and (category is None or category.is_public)
    return Visibility.PUBLIC if is_public else Visibility.STAFF


def _reporter_account(report: NewReport, actor: Actor) -> int | None:
    """Give the reporter's account; a clerk who writes down a call is not the reporter."""
    is_own = actor.kind is ActorKind.RESIDENT or _is_found(report, actor)
    return actor.account_id if is_own and not report.is_anonymous else None


def _event(draft: _Draft, number: str) -> CaseReported:
    return CaseReported(
        number=number,
        channel=draft.report.channel.value,
        case_kind=draft.report.kind.value,
        category_id=draft.category.id if draft.category else None,
        street_id=draft.placed.street_id,
        community_id=draft.placed.community_id,
        grid_id=draft.placed.grid_id,
        is_suspicious_place=draft.placed.is_suspicious,
        due_at=draft.clock.due_at,
    )


def _keep_photos(draft: _Draft) -> None:
    refs = [(photo.id, photo.secret) for photo in draft.report.photos]
    attached = attach_photos(refs=refs, subject=case_subject(draft.case_id), at=draft.at)
    CasePhoto.objects.bulk_create(
        CasePhoto(
            case_id=draft.case_id,
            photo_id=photo.id,
            stage=PhotoStage.REPORT.value,
            added_at=draft.at,
        )
        for photo in attached
    )
    first = next((photo for photo in attached if photo.taken_lon is not None), None)
    if first and not draft.report.device and not draft.report.is_anonymous:
        Reporter.objects.filter(case_id=draft.case_id).update(
            photographer_lon=first.taken_lon, photographer_lat=first.taken_lat
        )


def _answer(draft: _Draft, number: str, *, created: bool = True) -> Reported:
    placed = draft.placed
    duplicates = show_duplicates(placed.close)
    return Reported(
        case_id=draft.case_id,
        number=number,
        tracking_code=draft.tracking,
        step=draft.step,
        street=area_name(placed.street_id),
        community=area_name(placed.community_id) if placed.community_id else None,
        grid=area_name(placed.grid_id) if placed.grid_id else None,
        is_outside=placed.is_outside,
        is_suspicious_place=placed.is_suspicious,
        duplicates=tuple(duplicates),
        created=created,
    )


def _answer_again(draft: _Draft) -> Reported:
    known = Reporter.objects.select_related("case").get(case_id=draft.case_id)
    if bytes(known.body_digest) != draft.body_digest:
        raise ReportRefused("report.id_reused", field="id")
    case = known.case
    return _answer(_as_reported(draft, case), case.number, created=False)


def _as_reported(draft: _Draft, case: Case) -> _Draft:
    """Give the draft as it was when the report first came, so that the answer is the same."""
    point, category = draft.report.point, draft.category
    around = Around()
    if point is not None:
        around = look_around(
            street_id=case.street_id,
            lon=point.lon,
            lat=point.lat,
            at=case.reported_at,
            category_id=category.id if category else None,
            public_only=_is_public(draft.actor),
            besides=case.id,
        )
    placed = replace(
        draft.placed,
        street_id=case.street_id,
        community_id=case.community_id,
        grid_id=case.grid_id,
        is_suspicious=case.is_suspicious_place,
        close=around.close,
    )
    return replace(draft, at=case.reported_at, placed=placed)


def _check_organisation(organisation_id: int) -> None:
    if not list_organisations(ids=[organisation_id]):
        raise ReportRefused("report.about_unknown", field="about_organisation_id")


def _local_date(at: datetime) -> date:
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()

"""A whistle is blown: organisations are called to a place by a time, perhaps for a case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from linli.ground.kernel.calendars import WorkingCalendar
from linli.ground.kernel.queries import get_calendar
from linli.ground.kernel.services import record_event
from linli.ground.people.queries import list_organisations
from linli.ground.people.rules import may
from linli.ground.people.terms import Action as Right
from linli.ground.people.terms import Member, OrganisationRef, Post, Target
from linli.ground.territory.locator import locate
from linli.ground.territory.queries import check_point, find_area, get_area
from linli.programmes.whistle import events
from linli.programmes.whistle.models import Call, Whistle
from linli.programmes.whistle.queries.facts import open_file
from linli.programmes.whistle.queries.settings import get_policy
from linli.programmes.whistle.queries.whistles import view_of
from linli.programmes.whistle.rules.clocks import answer_by, count_on
from linli.programmes.whistle.rules.refusals import WhistleRefused
from linli.programmes.whistle.terms import (
    CALLABLE,
    MOST_CALLED,
    NEVER_TIMED,
    KindLimits,
    NewWhistle,
    Step,
    WhistleView,
    whistle_subject,
)
from linli.spine.cases.queries.case import get_case
from linli.spine.cases.queries.whistle_items import list_whistle_items
from linli.spine.cases.terms import ENDS as CASE_ENDS
from linli.spine.cases.terms import CaseKind, CaseView


@dataclass(frozen=True, kw_only=True)
class _Ground:
    """Where a whistle is blown, and by whom: the post that gives the right."""

    post: Post
    street_id: int
    street_code: str
    area_id: int | None
    calendar: WorkingCalendar


@transaction.atomic
def blow(
    *, new: NewWhistle, member: Member, at: datetime, case_id: UUID | None = None
) -> WhistleView:
    """Call organisations to the spot.

    Args:
        case_id: the matter it is for; its own clock runs on.

    Raises:
        WhistleRefused: not by this member, not there, too soon, without a basis, or not them.
        NoSuchCase: no such case, or not for this member.
    """
    case = get_case(case_id=case_id, member=member, at=at) if case_id is not None else None
    ground = _stand(new, case, member, at)
    called = _organisations(new, case)
    _check_basis(new, ground, at)
    policy = get_policy(ground.street_id)
    _check_time(new, policy.limits[new.kind], ground.calendar, at)
    whistle = _row(new, ground, case, member, at)
    whistle.save(force_insert=True)
    answers = answer_by(
        at=at,
        arrive_by=new.arrive_by,
        limits=policy.limits[new.kind],
        calendar=ground.calendar,
    )
    call_organisations(
        whistle, called, lead_id=new.lead_id, answer_by=answers, arrive_by=new.arrive_by
    )
    _record(whistle, called, ground, member, at, answers)
    return view_of(open_file(whistle.id))


def call_organisations(
    whistle: Whistle,
    called: Iterable[OrganisationRef],
    *,
    lead_id: int | None,
    answer_by: datetime,
    arrive_by: datetime,
) -> None:
    """Store who is called."""
    Call.objects.bulk_create(
        Call(
            whistle=whistle,
            organisation_id=one.id,
            is_lead=one.id == lead_id,
            is_timed=one.kind not in NEVER_TIMED,
            answer_by=answer_by,
            arrive_by=arrive_by,
        )
        for one in called
    )


def find_callable(ids: Iterable[int], *, field: str) -> list[OrganisationRef]:
    """Find the organisations of these ids that may be called, in the order named.

    Raises:
        WhistleRefused: when one is unknown or may not be called.
    """
    wanted = list(dict.fromkeys(ids))
    found = {one.id: one for one in list_organisations(kinds=CALLABLE, ids=wanted)}
    if len(found) != len(wanted):
        raise WhistleRefused("whistle.organisation_unknown", field=field)
    return [found[one] for one in wanted]


def untimed(called: Iterable[OrganisationRef]) -> tuple[int, ...]:
    """List those whose time is not kept: volunteers."""
    return tuple(one.id for one in called if one.kind in NEVER_TIMED)


def check_not_complained_of(
    called: Iterable[OrganisationRef], about_id: int | None, *, field: str
) -> None:
    """Refuse calling the organisation a case complains of, or a part of it.

    Raises:
        WhistleRefused: when it is among the called.
    """
    if about_id is not None and any(about_id in (one.id, one.parent_id) for one in called):
        raise WhistleRefused("whistle.complained_of", field=field)


def needed(text: str, field: str, most: int) -> str:
    """Give a text without spaces around it.

    Raises:
        WhistleRefused: empty, too long, or with a sign that can't be stored.
    """
    plain = text.strip()
    if not plain:
        raise WhistleRefused("whistle.missing", field=field)
    if len(plain) > most or "\x00" in plain:
        raise WhistleRefused("whistle.text_unfit", field=field)
    return plain


def _stand(new: NewWhistle, case: CaseView | None, member: Member, at: datetime) -> _Ground:
    if new.point is not None:
        check_point(new.point.lon, new.point.lat)
        place = locate(new.point.lon, new.point.lat, at.date())
        street_id, area_id = place.street_id, place.grid_id or place.community_id
    elif case is not None:
        inner = case.grid or case.community
        street_id, area_id = case.street.id, inner.id if inner else None
    else:
        return _at_home(member)
    if street_id is None:
        raise WhistleRefused("whistle.outside", field="address")
    street = get_area(street_id)
    area_code = get_area(area_id).code if area_id is not None else street.code
    post = _post_for(member, Target(street_code=street.code, area_code=area_code))
    if post is None:
        raise WhistleRefused("whistle.outside", field="address")
    return _Ground(
        post=post,
        street_id=street_id,
        street_code=street.code,
        area_id=area_id,
        calendar=get_calendar(street.code),
    )


def _at_home(member: Member) -> _Ground:
    """Stand where the member's own post is, when only words say where it is."""
    for post in member.appointments:
        target = Target(street_code=post.street_code, area_code=post.area_code, is_complaint=False)
        if post.street_code and _grants(member, post, target):
            street_id, area_id = _areas_of(post)
            return _Ground(
                post=post,
                street_id=street_id,
                street_code=post.street_code,
                area_id=area_id,
                calendar=get_calendar(post.street_code),
            )
    raise WhistleRefused("whistle.may_not_blow")


def _areas_of(post: Post) -> tuple[int, int | None]:
    street = find_area(post.street_code)
    if street is None:
        raise WhistleRefused("whistle.may_not_blow")
    return street.id, post.area_id if post.area_id != street.id else None


def _post_for(member: Member, target: Target) -> Post | None:
    plain = replace(target, is_complaint=False)
    granting = (post for post in member.appointments if _grants(member, post, plain))
    return next(granting, None)


def _grants(member: Member, post: Post, target: Target) -> bool:
    """Say whether this one post gives the right; the member may be a lazy one."""
    alone = Member(
        account_id=member.account_id,
        person_id=member.person_id,
        login=member.login,
        name=member.name,
        language=member.language,
        appointments=(post,),
    )
    return may(alone, Right.WHISTLE_BLOW, target)


def _organisations(new: NewWhistle, case: CaseView | None) -> list[OrganisationRef]:
    helpers = [one for one in dict.fromkeys(new.helper_ids) if one != new.lead_id]
    if len(helpers) + 1 > MOST_CALLED:
        raise WhistleRefused("whistle.too_many", field="helper_ids", most=MOST_CALLED)
    called = [
        *find_callable([new.lead_id], field="lead_id"),
        *find_callable(helpers, field="helper_ids"),
    ]
    if case is not None:
        if case.step in CASE_ENDS:
            raise WhistleRefused("whistle.case_over")
        about = case.about_organisation_id if case.kind is CaseKind.COMPLAINT else None
        check_not_complained_of(called, about, field="helper_ids")
    return called


def _check_basis(new: NewWhistle, ground: _Ground, at: datetime) -> None:
    if new.item_id is None:
        if not new.reason.strip():
            raise WhistleRefused("whistle.no_basis", field="reason")
        return
    items = list_whistle_items(street_code=ground.street_code, on=at.date())
    if new.item_id not in {one.id for one in items}:
        raise WhistleRefused("whistle.item_unknown", field="item_id")


def _check_time(
    new: NewWhistle, limits: KindLimits, calendar: WorkingCalendar, at: datetime
) -> None:
    # Forms know minutes, so the very minute is soon enough.
    soonest = count_on(at, limits.least, limits, calendar).replace(second=0, microsecond=0)
    if new.arrive_by < max(soonest, at + timedelta(minutes=1)):
        local = soonest.astimezone(ZoneInfo(calendar.zone))
        raise WhistleRefused("whistle.too_soon", field="arrive_by", at=f"{local:%m-%d %H:%M}")


def _row(
    new: NewWhistle, ground: _Ground, case: CaseView | None, member: Member, at: datetime
) -> Whistle:
    point = new.point
    return Whistle(
        number=_next_number(at),
        kind=new.kind.value,
        step=Step.CALLED.value,
        title=needed(new.title, "title", 120),
        wanted=needed(new.wanted, "wanted", 2000),
        reason=needed(new.reason, "reason", 1000) if new.reason.strip() else "",
        item_id=new.item_id,
        case_id=case.id if case else None,
        street_id=ground.street_id,
        area_id=ground.area_id,
        address=needed(new.address, "address", 200),
        lon=point.lon if point else case.lon if case else None,
        lat=point.lat if point else case.lat if case else None,
        caller_id=member.account_id,
        keeper_id=member.account_id,
        caller_organisation_id=ground.post.organisation_id,
        caller_area_id=ground.post.area_id,
        blown_at=at,
        arrive_by=new.arrive_by,
        due_at=new.arrive_by,
    )


def _record(
    whistle: Whistle,
    called: list[OrganisationRef],
    ground: _Ground,
    member: Member,
    at: datetime,
    answers: datetime,
) -> None:
    lead, *helpers = called
    record_event(
        events.WhistleBlown(
            number=whistle.number,
            whistle_kind=whistle.kind,
            street_id=whistle.street_id,
            lead_id=lead.id,
            helper_ids=tuple(one.id for one in helpers),
            untimed_ids=untimed(called),
            answer_by=answers,
            arrive_by=whistle.arrive_by,
            item_id=whistle.item_id,
            case_id=whistle.case_id,
            due_at=whistle.due_at,
        ),
        subject=whistle_subject(whistle.id),
        actor=member.actor(post=ground.post),
        at=at,
        step_after=Step.CALLED,
    )


def _next_number(at: datetime) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('whistle_number')")
        (number,) = cursor.fetchone() or (0,)
    return f"SH{at.year}-{number:04d}"

"""Whistles for those who call, are called, or look on: one, and lists of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext

from linli.ground.kernel.photos import find_photo, list_photos
from linli.ground.people.terms import Member
from linli.programmes.whistle.models import Call, FollowUp, Judgement, Whistle
from linli.programmes.whistle.queries.facts import (
    WhistleFile,
    facts_of,
    judgement_of,
    may_see,
    open_file,
    sign_in_of,
    standing_of,
)
from linli.programmes.whistle.rules.actions import ABOUT_ONE, can_act, list_fitting
from linli.programmes.whistle.rules.facts import CallFacts
from linli.programmes.whistle.rules.procedure import ACTIONS, Action
from linli.programmes.whistle.rules.refusals import NoSuchWhistle
from linli.programmes.whistle.terms import (
    KIND_LABELS,
    STEP_LABELS,
    SUBJECT_KIND,
    ActionName,
    AllowedAction,
    Answer,
    CallView,
    Kind,
    Proof,
    Step,
    Verdict,
    VerdictView,
    WhistleView,
    whistle_subject,
)
from linli.programmes.whistle.terms import FollowUp as FollowUpView
from linli.spine.cases.queries.words import is_english, name_of, shown_title


def find_whistle_id(*, number: str) -> UUID | None:
    """Find the id of a whistle by its number."""
    found = Whistle.objects.filter(number=number.strip())
    return found.values_list("id", flat=True).first()


def get_whistle(*, whistle_id: UUID, member: Member) -> WhistleView:
    """Get one whistle as a member sees it.

    Raises:
        NoSuchWhistle: no such whistle, or not for this member.
    """
    return view_of(_seen(whistle_id, member))


def allowed_actions(*, whistle_id: UUID, member: Member, at: datetime) -> list[AllowedAction]:
    """List exactly the actions the member may take now, in the order of the procedure.

    Raises:
        NoSuchWhistle: no such whistle, or not for this member.
    """
    file = _seen(whistle_id, member)
    facts, standing = facts_of(file), standing_of(file, member)
    return [
        describe_action(one)
        for one in ACTIONS.values()
        if can_act(name=one.name, facts=facts, standing=standing, at=at)
    ]


def describe_action(one: Action) -> AllowedAction:
    """Describe an action as it is offered, in the language of the request."""
    return AllowedAction(
        name=one.name,
        label=gettext(one.label),
        hint=gettext(one.hint),
        needs=one.needs,
        takes=one.takes,
    )


def list_choices(*, whistle_id: UUID, member: Member) -> dict[ActionName, tuple[int, ...]]:
    """List by action the called organisations it may be about, as the member stands.

    Raises:
        NoSuchWhistle: no such whistle, or not for this member.
    """
    file = _seen(whistle_id, member)
    facts, standing = facts_of(file), standing_of(file, member)
    return {
        name: _ids(list_fitting(name=name, facts=facts, standing=standing)) for name in ABOUT_ONE
    }


def _ids(found: Iterable[CallFacts]) -> tuple[int, ...]:
    return tuple(one.organisation_id for one in found)


def may_see_photo(*, photo_id: UUID, member: Member | None) -> bool:
    """Say whether somebody may see a photo of a whistle: those who may read it."""
    photo = find_photo(photo_id)
    if photo is None or photo.subject is None or photo.subject.kind != SUBJECT_KIND:
        return False
    return may_see(open_file(UUID(photo.subject.id)), member)


def view_of(file: WhistleFile) -> WhistleView:
    """Build what is seen of a whistle; the caller has asked the right."""
    row = file.whistle
    kind, step = Kind(row.kind), Step(row.step)
    photos = list_photos(whistle_subject(row.id))
    return WhistleView(
        id=row.id,
        number=row.number,
        version=row.version,
        kind=kind,
        kind_label=gettext(KIND_LABELS[kind]),
        step=step,
        step_label=gettext(STEP_LABELS[step]),
        title=row.title,
        wanted=row.wanted,
        reason=row.reason,
        item_no=row.item.item_no if row.item else None,
        item_title=_item_title(row),
        address=row.address,
        lon=row.lon,
        lat=row.lat,
        area_name=name_of(row.area or row.street),
        street_code=row.street.code,
        caller_name=name_of(row.caller_organisation or row.caller_area or row.street),
        caller_account_id=row.caller_id,
        blown_at=row.blown_at,
        arrive_by=row.arrive_by,
        due_at=row.due_at,
        reply_by=row.reply_by,
        case_id=row.case_id,
        case_number=row.case.number if row.case else "",
        is_fed_back=row.is_fed_back,
        outcome=row.outcome,
        photo_ids=tuple(one.id for one in photos),
        calls=tuple(_call(one) for one in file.calls),
        follow_ups=tuple(_follow_ups(row)),
    )


def _seen(whistle_id: UUID, member: Member) -> WhistleFile:
    file = open_file(whistle_id)
    if not may_see(file, member):
        raise NoSuchWhistle("whistle.not_found")
    return file


def _item_title(row: Whistle) -> str:
    if row.item is None:
        return ""
    return (row.item.title_en or row.item.title) if is_english() else row.item.title


def _call(row: Call) -> CallView:
    sign_in, judgement = sign_in_of(row), judgement_of(row)
    return CallView(
        id=row.pk,
        organisation_id=row.organisation_id,
        name=name_of(row.organisation),
        is_lead=row.is_lead,
        is_timed=row.is_timed,
        answer_by=row.answer_by,
        arrive_by=row.arrive_by,
        answer=Answer(row.answer) if row.answer else None,
        answered_at=row.answered_at,
        answer_note=row.answer_note,
        sends=row.sends,
        is_silent=row.is_silent,
        arrived_at=sign_in.arrived_at if sign_in else None,
        proof=Proof(sign_in.proof) if sign_in else None,
        distance_m=sign_in.distance_m if sign_in else None,
        has_position=sign_in is not None and sign_in.position_until is not None,
        is_late=row.is_late,
        deed=row.deed,
        verdict=_verdict(judgement) if judgement else None,
        reply=row.reply,
        replied_at=row.replied_at,
        disputes=row.disputes,
    )


def _verdict(row: Judgement) -> VerdictView:
    return VerdictView(
        first=Verdict(
            responded=row.responded, in_time=row.in_time, did_part=row.did_part, why=row.why
        ),
        final=Verdict(
            responded=row.final_responded,
            in_time=row.final_in_time,
            did_part=row.final_did_part,
        ),
        settled_at=row.settled_at,
        settled_why=row.settled_why,
    )


def _follow_ups(row: Whistle) -> Iterable[FollowUpView]:
    rows = FollowUp.objects.filter(whistle=row).select_related("case__category").order_by("id")
    for one in rows:
        title = shown_title(one.case.title, category=name_of(one.case.category))
        yield FollowUpView(case_id=one.case_id, number=one.case.number, title=title)

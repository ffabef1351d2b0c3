"""Commands on matters: write one down for somebody, and write the answer that hangs there."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.ground.kernel.services import record_event
from linli.ground.kernel.terms import Actor
from linli.ground.people.errors import NotPermitted
from linli.ground.people.rules import find_role
from linli.ground.people.terms import Action, Member
from linli.programmes.talk import events
from linli.programmes.talk.models import Matter, Point
from linli.programmes.talk.queries.points import find_row
from linli.programmes.talk.queries.rights import may_receive, target_of
from linli.programmes.talk.rules.refusals import TalkRefused
from linli.programmes.talk.rules.words import check_answer, check_matter, may_hang
from linli.programmes.talk.terms import Entered, NewMatter, point_subject
from linli.spine.cases.queries.standing import list_standings
from linli.spine.cases.services.intake import report_case
from linli.spine.cases.terms import Channel, NewReport, Reported


@transaction.atomic
def enter_case(
    *, point_id: int, matter: NewMatter, report: NewReport, member: Member, at: datetime
) -> Entered:
    """Write down a matter that somebody will have to see to; it becomes a case like others.

    The same id sent again gets the same answer.

    Raises:
        NoSuchPoint: there is none.
        NotPermitted: for whom it is not to receive people there.
        TalkRefused: given up, or words that can't hang there.
        ReportRefused: words or place the case can't be taken in with.
    """
    row = _lock_received(point_id, member)
    check_matter(replace(matter, answer=""))
    taken = replace(report, id=matter.id, channel=Channel.TALK_POINT)
    reported = report_case(report=taken, actor=_actor(row, member), at=at)
    if not Matter.objects.filter(pk=matter.id).exists():
        _keep(
            row,
            Matter(
                id=matter.id,
                case_id=reported.case_id,
                asked=matter.asked.strip(),
                is_posted=matter.is_posted and may_hang(report.kind),
            ),
            member,
            at,
        )
    return _told(reported)


@transaction.atomic
def answer_at_once(*, point_id: int, matter: NewMatter, member: Member, at: datetime) -> Entered:
    """Write down a question that the host answered on the spot; it gets the point's own number.

    Raises:
        NoSuchPoint, NotPermitted, TalkRefused: as `enter_case`, or without an answer.
    """
    row = _lock_received(point_id, member)
    check_matter(matter)
    check_answer(matter.answer)
    known = Matter.objects.filter(pk=matter.id).first()
    if known is None:
        known = Matter(
            id=matter.id,
            asked=matter.asked.strip(),
            is_posted=matter.is_posted,
            answer=matter.answer.strip(),
            answered_by_id=member.account_id,
            answered_at=at,
        )
        _keep(row, known, member, at)
    elif (known.asked, known.answer) != (matter.asked.strip(), matter.answer.strip()):
        raise TalkRefused("talk.id_reused")
    return Entered(matter_id=matter.id, number=f"{row.pk}-{known.seq}")


@transaction.atomic
def answer_matter(
    *, point_id: int, matter_id: UUID, answer: str, member: Member, at: datetime
) -> None:
    """Write the answer to hang at the point, once the case is over; again replaces it.

    Raises:
        NoSuchPoint, NotPermitted: as `enter_case`.
        TalkRefused: no such matter there, not over yet, or words that can't hang.
    """
    row = _lock_received(point_id, member, closed_too=True)
    matter = Matter.objects.select_for_update().filter(pk=matter_id, point=row).first()
    if matter is None:
        raise TalkRefused("talk.matter_not_found")
    check_answer(answer)
    if matter.case_id and not list_standings(case_ids=[matter.case_id])[matter.case_id].is_over:
        raise TalkRefused("talk.not_over")
    matter.answer, matter.answered_at = answer.strip(), at
    matter.answered_by_id = member.account_id
    matter.save(update_fields=["answer", "answered_at", "answered_by"])
    answered = events.MatterAnswered(matter_id=str(matter.id))
    record_event(answered, subject=point_subject(row.pk), actor=_actor(row, member), at=at)


def _keep(row: Point, matter: Matter, member: Member, at: datetime) -> None:
    row.last_seq += 1
    row.save(update_fields=["last_seq"])
    matter.point, matter.seq = row, row.last_seq
    matter.entered_by_id, matter.entered_at = member.account_id, at
    matter.save(force_insert=True)
    entered = events.MatterEntered(
        matter_id=str(matter.id),
        is_case=matter.case_id is not None,
        is_posted=matter.is_posted,
    )
    record_event(entered, subject=point_subject(row.pk), actor=_actor(row, member), at=at)


def _told(reported: Reported) -> Entered:
    return Entered(
        matter_id=reported.case_id,
        number=reported.number,
        tracking_code=reported.tracking_code,
    )


def _actor(row: Point, member: Member) -> Actor:
    target = target_of(row.street_code, row.area_code)
    return member.actor(role=find_role(member, Action.TALK_HOST, target))


def _lock_received(point_id: int, member: Member, *, closed_too: bool = False) -> Point:
    find_row(point_id)
    row = Point.objects.select_for_update().get(pk=point_id)
    if not may_receive(member, row):
        raise NotPermitted
    if row.closed_at is not None and not closed_too:
        raise TalkRefused("talk.closed")
    return row

"""Commands on hand-overs: open, write, give, take back, confirm; tick a point."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from linli.ground.kernel.services import record_event
from linli.ground.kernel.terms import Happened, Subject
from linli.ground.people.errors import NotPermitted
from linli.ground.people.rules import may
from linli.ground.people.terms import Action, Member, Target
from linli.spine.cases.queries.shift import find_unknown_numbers, list_for_shift

from . import events
from .errors import NoSuchHandover, UnableToHandOver
from .models import Handover, HandoverPoint, PointTick
from .terms import (
    MOST_POINT,
    MOST_POINTS,
    MOST_REMARKS,
    HandoverState,
    NewPoint,
    Section,
)


def open_handover(*, street_code: str, member: Member, at: datetime) -> int:
    """Begin to hand over the shift of a street and give the hand-over's id.

    Raises:
        NotPermitted: for whom it is not to hand over.
        UnableToHandOver: when one is under way.
    """
    _check_may_write(member, street_code)
    row = Handover(
        street_code=street_code,
        state=HandoverState.OPEN.value,
        opened_by_id=member.account_id,
        opened_at=at,
        sections=_count(street_code, member, at),
    )
    with transaction.atomic():
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError as error:
            raise UnableToHandOver("shifts.under_way") from error
        _record(row, events.HandoverOpened(street_code=street_code), member, at)
    return row.pk


@transaction.atomic
def write_handover(
    *, handover_id: int, remarks: str, points: Sequence[NewPoint], member: Member, at: datetime
) -> None:
    """Write remarks and points of one's open hand-over; what the system counts is counted anew.

    Raises:
        NoSuchHandover: when there is none.
        UnableToHandOver: when it is not open, somebody else's, too long, or names an unknown case.
    """
    row = _lock_own_open(handover_id, member)
    _check_words(remarks, points, member)
    row.remarks = remarks.strip()
    row.sections = _count(row.street_code, member, at)
    row.save(update_fields=["remarks", "sections"])
    row.points.all().delete()
    HandoverPoint.objects.bulk_create(
        HandoverPoint(
            handover=row, position=place, case_number=point.case_number, text=point.text.strip()
        )
        for place, point in enumerate(points, start=1)
    )


@transaction.atomic
def give_handover(*, handover_id: int, member: Member, at: datetime) -> None:
    """Give one's open hand-over to the next shift; the sections are counted and frozen.

    Raises:
        NoSuchHandover, UnableToHandOver: as `write_handover`.
    """
    row = _lock_own_open(handover_id, member)
    row.state, row.handed_at = HandoverState.HANDED.value, at
    row.sections = _count(row.street_code, member, at)
    row.save(update_fields=["state", "handed_at", "sections"])
    given = events.HandoverGiven(
        counts={name: counted["count"] for name, counted in row.sections.items()},
        points=row.points.count(),
    )
    _record(row, given, member, at)


@transaction.atomic
def take_back_handover(*, handover_id: int, member: Member, at: datetime) -> None:
    """Take back what nobody has confirmed yet, to change it.

    Raises:
        NoSuchHandover, UnableToHandOver: when it is not there, not handed, or somebody else's.
    """
    row = _lock(handover_id)
    if row.opened_by_id != member.account_id:
        raise UnableToHandOver("shifts.not_yours")
    _check_handed(row)
    row.state, row.handed_at = HandoverState.OPEN.value, None
    row.save(update_fields=["state", "handed_at"])
    _record(row, events.HandoverTakenBack(), member, at)


@transaction.atomic
def confirm_handover(*, handover_id: int, member: Member, at: datetime) -> None:
    """Take a shift over; from then on the hand-over never changes.

    Raises:
        NoSuchHandover: when there is none.
        NotPermitted: for whom it is not to hand over.
        UnableToHandOver: when it is not handed, or one's own.
    """
    row = _lock(handover_id)
    _check_may_write(member, row.street_code)
    _check_handed(row)
    if row.opened_by_id == member.account_id:
        raise UnableToHandOver("shifts.confirm_by_another")
    row.state = HandoverState.CONFIRMED.value
    row.confirmed_at, row.confirmed_by_id = at, member.account_id
    row.save(update_fields=["state", "confirmed_at", "confirmed_by"])
    _record(row, events.HandoverConfirmed(given_by_id=row.opened_by_id), member, at)


@transaction.atomic
def tick_point(*, point_id: int, member: Member, at: datetime) -> None:
    """Tick off a point that was taken over.

    Raises:
        NoSuchHandover: when there is no such point.
        NotPermitted: for whom it is not to hand over.
        UnableToHandOver: when the hand-over is not confirmed, or it is done already.
    """
    point = HandoverPoint.objects.select_related("handover").filter(id=point_id).first()
    if point is None:
        raise NoSuchHandover
    _check_may_write(member, point.handover.street_code)
    if point.handover.state != HandoverState.CONFIRMED.value:
        raise UnableToHandOver("shifts.point_not_taken_over")
    _tick, is_new = PointTick.objects.get_or_create(
        point=point, defaults={"ticked_by_id": member.account_id, "ticked_at": at}
    )
    if not is_new:
        raise UnableToHandOver("shifts.ticked_already")
    _record(point.handover, events.PointTicked(point_id=point.pk), member, at)


def _count(street_code: str, member: Member, at: datetime) -> dict[str, dict[str, object]]:
    found = list_for_shift(street_code=street_code, member=member, at=at)
    listed = {
        Section.URGENT: found.urgent,
        Section.OVERDUE: found.overdue,
        Section.DISPATCHING: found.dispatching,
        Section.RULING: found.ruling,
        Section.UNREACHED: found.unreached,
    }
    return {
        section.value: {"count": cases.count, "numbers": list(cases.numbers)}
        for section, cases in listed.items()
    }


def _check_words(remarks: str, points: Sequence[NewPoint], member: Member) -> None:
    if len(remarks) > MOST_REMARKS:
        raise UnableToHandOver("shifts.remarks_too_long", field="remarks", most=MOST_REMARKS)
    if len(points) > MOST_POINTS:
        raise UnableToHandOver("shifts.too_many_points", field="points", most=MOST_POINTS)
    if any(len(point.text) > MOST_POINT for point in points):
        raise UnableToHandOver("shifts.point_too_long", field="points", most=MOST_POINT)
    numbers = [point.case_number for point in points if point.case_number]
    unknown = find_unknown_numbers(numbers=numbers, member=member)
    if unknown:
        raise UnableToHandOver("shifts.unknown_case", field="points", number=unknown[0])


def _check_may_write(member: Member, street_code: str) -> None:
    target = Target(street_code=street_code, is_complaint=False)
    if not may(member, Action.HANDOVER_WRITE, target):
        raise NotPermitted


def _lock(handover_id: int) -> Handover:
    row = Handover.objects.select_for_update().filter(id=handover_id).first()
    if row is None:
        raise NoSuchHandover
    return row


def _lock_own_open(handover_id: int, member: Member) -> Handover:
    row = _lock(handover_id)
    if row.opened_by_id != member.account_id:
        raise UnableToHandOver("shifts.not_yours")
    if row.state != HandoverState.OPEN.value:
        raise UnableToHandOver("shifts.not_open")
    return row


def _check_handed(row: Handover) -> None:
    if row.state != HandoverState.HANDED.value:
        raise UnableToHandOver("shifts.not_handed")


def _record(row: Handover, event: Happened, member: Member, at: datetime) -> None:
    subject = Subject(kind="shifts.Handover", id=str(row.pk))
    record_event(event, subject=subject, actor=member.actor(), at=at)

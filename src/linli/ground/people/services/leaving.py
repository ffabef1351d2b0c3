"""Work handed over when somebody leaves: passed on at once, on record, confirmed by both."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from linli.ground.kernel.services import record_event
from linli.ground.kernel.terms import SYSTEM, Actor, Subject
from linli.ground.people.errors import NotPermitted, UnableToHandOver
from linli.ground.people.events import DutyShiftGiven, DutyShiftRemoved, WorkConfirmed, WorkPassedOn
from linli.ground.people.leaving import keepers
from linli.ground.people.models import (
    Account,
    Appointment,
    DutyShift,
    WorkHandover,
    WorkHandoverLine,
)
from linli.ground.people.post_rules import right_to_keep
from linli.ground.people.queries.leaving import (
    leaver_of,
    list_successors,
    list_work,
    shifts_of_nobody,
)
from linli.ground.people.queries.members import local_date
from linli.ground.people.queries.posts import find_post, post_view
from linli.ground.people.rules import may
from linli.ground.people.terms import Member, Role, Target
from linli.ground.people.terms.leaving import ENDS_WITH_POST, Leaver, Work, WorkKind
from linli.ground.people.terms.posts import EndReason

from .posts import end_post

MOST_RELEASED = 200
WEEK = timedelta(days=7)


def leave_post(
    *,
    appointment_id: int,
    reason: EndReason,
    note: str,
    successor_id: int | None,
    member: Member,
    at: datetime,
) -> int | None:
    """End a post and hand over what hangs on its holder; return the record, if there is one.

    Args:
        successor_id: the person who takes over; None gives it back to the unit.

    Raises:
        NotPermitted, UnableToAppoint, UnableToEndAppointment: as `end_post`.
        UnableToHandOver: to somebody who can't take it over.
    """
    with transaction.atomic():
        end_post(appointment_id=appointment_id, reason=reason, note=note, member=member, at=at)
        return _hand_over(appointment_id, successor_id=successor_id, actor=member.actor(), at=at)


def hand_over_for_leave(
    *, appointment_id: int, successor_id: int, member: Member, at: datetime
) -> int | None:
    """Hand over what hangs on the holder of a post who goes on leave; the post stays theirs.

    Raises:
        NotPermitted: for whom the post is not theirs to keep.
        UnableToHandOver: as `leave_post`.
    """
    with transaction.atomic():
        post = find_post(appointment_id)
        if post is None or not may_keep_work(member, post.role, post.area_code):
            raise NotPermitted
        return _hand_over(
            appointment_id, successor_id=successor_id, actor=member.actor(), at=at, is_leave=True
        )


def may_keep_work(member: Member, role: Role, area_code: str) -> bool:
    """Say whether a member keeps posts of this role there, and so confirms for the unit."""
    target = Target(area_code=area_code, street_code=area_code, is_complaint=False)
    return may(member, right_to_keep(role), target)


def _hand_over(
    appointment_id: int,
    *,
    successor_id: int | None,
    actor: Actor,
    at: datetime,
    is_leave: bool = False,
) -> int | None:
    row = Appointment.objects.get(id=appointment_id)
    post, today = post_view(row), local_date(row, at)
    leaver = leaver_of(post, on=today)
    found = list_work(leaver, at=at) if leaver else []
    if is_leave:
        found = [one for one in found if one[1].kind not in ENDS_WITH_POST]
    if not found:
        return None
    known = [person_id for person_id, _name in list_successors(post, on=today)]
    if successor_id is not None and successor_id not in known:
        raise UnableToHandOver("people.no_successor", field="successor")
    account_id = _account_of(successor_id)
    made = WorkHandover.objects.create(
        appointment=row,
        giver_id=row.person_id,
        taker_id=successor_id,
        made_at=at,
        made_by_id=actor.account_id,
    )
    _write_lines(made, found, to_unit=successor_id is None)
    for room, keeper in keepers():
        own = [work for whose, work in found if whose == room]
        if own:
            keeper.pass_on(own, to_account_id=account_id, actor=actor, at=at)
    event = WorkPassedOn(
        appointment_id=row.pk, giver_id=row.person_id, taker_id=successor_id, count=len(found)
    )
    record_event(event, subject=subject_of(made.pk), actor=actor, at=at)
    return made.pk


def _write_lines(made: WorkHandover, found: Sequence[tuple[str, Work]], *, to_unit: bool) -> None:
    WorkHandoverLine.objects.bulk_create(
        WorkHandoverLine(
            handover=made,
            room=room,
            kind=work.kind.value,
            ref=work.ref,
            number=work.number,
            to_unit=to_unit,
        )
        for room, work in found
    )


def _account_of(person_id: int | None) -> int | None:
    if person_id is None:
        return None
    return Account.objects.values_list("id", flat=True).get(person_id=person_id, is_active=True)


def confirm_work_handover(*, handover_id: int, member: Member, at: datetime) -> None:
    """Confirm a record: who gave it, who took it; for the unit, whoever keeps the post.

    Raises:
        NotPermitted: for anybody else.
        UnableToHandOver: when it is confirmed already.
    """
    with transaction.atomic():
        row = WorkHandover.objects.select_for_update().filter(id=handover_id).first()
        if row is None:
            raise NotPermitted
        if member.person_id == row.giver_id:
            if row.given_at is not None:
                raise UnableToHandOver("people.confirmed_already")
            row.given_at = at
        elif _may_take(row, member):
            if row.taken_at is not None:
                raise UnableToHandOver("people.confirmed_already")
            row.taken_at, row.taken_by_id = at, member.person_id
        else:
            raise NotPermitted
        row.save(update_fields=["given_at", "taken_at", "taken_by"])
        event = WorkConfirmed(is_giver=member.person_id == row.giver_id)
        record_event(event, subject=subject_of(row.pk), actor=member.actor(), at=at)


def _may_take(row: WorkHandover, member: Member) -> bool:
    if row.taker_id is not None:
        return member.person_id == row.taker_id
    post = post_view(row.appointment)
    return member.person_id is not None and may_keep_work(member, post.role, post.area_code)


def release_ended(*, at: datetime) -> int:
    """Give back to the unit what hangs on those whose term ran out; return how many posts.

    Posts that ended yesterday or within the week are looked at again; there is nothing left then.
    """
    today = timezone.localdate(at)
    ended = Appointment.objects.filter(
        ends_on__lte=today,
        ends_on__gt=today - WEEK,
        person__account__isnull=False,
    )
    released = 0
    for appointment_id in ended.order_by("id").values_list("id", flat=True)[:MOST_RELEASED]:
        with transaction.atomic():
            released += (
                _hand_over(appointment_id, successor_id=None, actor=SYSTEM, at=at) is not None
            )
    return released


def subject_of(handover_id: int) -> Subject:
    """Name the record an event is about."""
    return Subject(kind="people.WorkHandover", id=str(handover_id))


class ShiftKeeper:
    """Shifts to come: the successor takes them over, or they are taken out and shown as a gap."""

    def list_work(self, leaver: Leaver, *, at: datetime) -> Sequence[Work]:
        """List the shifts to come of somebody who leaves the last post."""
        if not leaver.is_last:
            return []
        rows = DutyShift.objects.filter(account_id=leaver.account_id, ends_at__gt=at)
        return [
            Work(
                kind=WorkKind.SHIFT,
                ref=str(row.pk),
                number=f"{timezone.localtime(row.starts_at):%Y-%m-%d %H:%M}",
            )
            for row in rows.order_by("starts_at")
        ]

    def pass_on(
        self, work: Sequence[Work], *, to_account_id: int | None, actor: Actor, at: datetime
    ) -> None:
        """Give the shifts to the successor, or take them out; one twice in the roster is a gap."""
        for row in DutyShift.objects.select_for_update().filter(id__in=[int(w.ref) for w in work]):
            is_taken = to_account_id is not None and not self._is_busy(row, to_account_id)
            roster = Subject(kind="people.DutyRoster", id=row.street_code)
            record_event(
                _passed(row, to_account_id if is_taken else None),
                subject=roster,
                actor=actor,
                at=at,
            )
            if is_taken:
                DutyShift.objects.filter(id=row.pk).update(account_id=to_account_id)
            else:
                row.delete()

    def count_orphans(self, *, at: datetime) -> int:
        """Count shifts to come of those who hold no post any more."""
        return shifts_of_nobody(at).count()

    def _is_busy(self, row: DutyShift, account_id: int) -> bool:
        at_once = DutyShift.objects.filter(
            account_id=account_id,
            role=row.role,
            street_code=row.street_code,
            starts_at__lt=row.ends_at,
            ends_at__gt=row.starts_at,
        )
        return at_once.exists()


def _passed(row: DutyShift, to_account_id: int | None) -> DutyShiftGiven | DutyShiftRemoved:
    if to_account_id is not None:
        return DutyShiftGiven(
            shift_id=row.pk, from_account_id=row.account_id, to_account_id=to_account_id
        )
    return DutyShiftRemoved(
        shift_id=row.pk,
        account_id=row.account_id,
        role=row.role,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
    )

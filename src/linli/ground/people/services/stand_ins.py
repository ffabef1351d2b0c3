"""Stand-ins A/B 角 named for a time, ended early, and followed when a post ends or moves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction

from linli.ground.kernel.services import record_event
from linli.ground.people.errors import NotPermitted, UnableToStandIn
from linli.ground.people.events import StandInEnded, StandInNamed
from linli.ground.people.models import Appointment, Person, StandIn
from linli.ground.people.queries.members import local_date
from linli.ground.people.queries.stand_ins import announce_stand_ins
from linli.ground.people.terms import Member
from linli.ground.people.terms.posts import AwayReason

from .appointments import subject_of
from .posts import lock_post

MOST_DAYS = 366


def name_stand_in(
    *,
    appointment_id: int,
    person_id: int,
    starts_on: date,
    ends_on: date,
    reason: AwayReason,
    member: Member,
    at: datetime,
) -> int:
    """Let somebody act in a post while its holder is away, and return the id; ends by itself.

    Nobody who is away at the time stands in, and nobody who stands in is away: so there is
    neither a circle nor a chain.

    Args:
        ends_on: the first day on which the holder is back.

    Raises:
        NotPermitted: for whom this post is not theirs to keep.
        UnableToStandIn: as its messages say.
        UnableToEndAppointment: when the post is over.
    """
    with transaction.atomic():
        post, actor = lock_post(appointment_id, member=member, at=at)
        _lock_people(post.person_id, person_id)
        _check(post, person_id, starts_on, ends_on, local_date(post, at))
        row = StandIn(
            appointment=post,
            holder_id=post.person_id,
            person_id=person_id,
            starts_on=starts_on,
            ends_on=ends_on,
            reason=reason.value,
        )
        _insert(row)
        event = StandInNamed(
            stand_in_id=row.pk,
            appointment_id=post.pk,
            person_id=person_id,
            starts_on=starts_on.isoformat(),
            ends_on=ends_on.isoformat(),
            reason=reason.value,
        )
        record_event(event, subject=subject_of(post.person_id), actor=actor, at=at)
        announce_stand_ins()
    return row.pk


def end_stand_in(*, stand_in_id: int, member: Member, at: datetime) -> None:
    """End a stand-in before its time, as when somebody is back early.

    Raises:
        NotPermitted: for whom the post is not theirs to keep.
        UnableToStandIn: when it is over.
    """
    with transaction.atomic():
        row = StandIn.objects.select_for_update().filter(id=stand_in_id).first()
        if row is None:
            raise NotPermitted
        post, actor = lock_post(row.appointment_id, member=member, at=at)
        today = local_date(post, at)
        if row.ends_on <= today:
            raise UnableToStandIn("people.stand_in_over")
        cut(row, today, at)
        event = StandInEnded(
            stand_in_id=row.pk,
            appointment_id=post.pk,
            person_id=row.person_id,
            ends_on=row.ends_on.isoformat(),
        )
        record_event(event, subject=subject_of(post.person_id), actor=actor, at=at)
        announce_stand_ins()


def cut(row: StandIn, on: date, at: datetime) -> None:
    """Let a stand-in be over on a day; for this room only."""
    row.ends_on, row.ended_at = max(on, row.starts_on), at
    row.save(update_fields=["ends_on", "ended_at"])


def follow_posts(moved: Mapping[int, Appointment | None], *, on: date, at: datetime) -> None:
    """Let stand-ins go on in the posts that follow these, or end with them; for this room only.

    Args:
        moved: the post that follows each, None where it ended.
    """
    rows = StandIn.objects.filter(appointment_id__in=moved, ends_on__gt=on)
    for row in rows.select_for_update():
        successor = moved[row.appointment_id]
        ends_on, starts_on = row.ends_on, max(on, row.starts_on)
        cut(row, on, at)
        if successor is not None:
            StandIn.objects.create(
                appointment=successor,
                holder_id=row.holder_id,
                person_id=row.person_id,
                starts_on=starts_on,
                ends_on=ends_on,
                reason=row.reason,
            )
    announce_stand_ins()


def _lock_people(*person_ids: int) -> None:
    """Lock both, so that of two stand-ins that would close a circle the second sees the first."""
    rows = Person.objects.select_for_update(of=("self",)).filter(id__in=person_ids)
    list(rows.order_by("id").values_list("id"))


def _check(post: Appointment, person_id: int, starts_on: date, ends_on: date, today: date) -> None:
    if person_id == post.person_id:
        raise UnableToStandIn("people.stand_in_oneself", field="person")
    if not Person.objects.filter(id=person_id, account__is_active=True).exists():
        raise UnableToStandIn("people.stand_in_needs_account", field="person")
    if ends_on <= max(starts_on, today) or (ends_on - starts_on).days > MOST_DAYS:
        raise UnableToStandIn("people.stand_in_dates", field="ends_on", most=MOST_DAYS)
    if starts_on < post.starts_on or (post.ends_on is not None and ends_on > post.ends_on):
        raise UnableToStandIn("people.stand_in_outside_term", field="ends_on")
    at_once = StandIn.objects.filter(starts_on__lt=ends_on, ends_on__gt=starts_on)
    if at_once.filter(holder_id=person_id).exists():
        raise UnableToStandIn("people.stand_in_away", field="person")
    if at_once.filter(person_id=post.person_id).exists():
        raise UnableToStandIn("people.holder_stands_in", field="person")


def _insert(row: StandIn) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        if name != "people_standin_one_at_a_time":
            raise
        raise UnableToStandIn("people.stand_in_twice", field="starts_on") from error

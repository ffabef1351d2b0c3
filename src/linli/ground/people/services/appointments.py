"""Posts given and ended."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest

from linli.ground.kernel.services import record_event
from linli.ground.kernel.terms import Actor, Subject
from linli.ground.people import queries
from linli.ground.people.errors import UnableToAppoint, UnableToEndAppointment
from linli.ground.people.events import AppointmentEnded, AppointmentMade
from linli.ground.people.models import Appointment, StandIn
from linli.ground.people.queries.stand_ins import announce_stand_ins
from linli.ground.people.terms import LEADERS_OF_ONE_AREA, AppointmentView, Basis, Role
from linli.ground.people.terms.posts import EndReason

_CODE_OF_CONSTRAINT = {
    "people_appointment_same_post_once": "people.same_post_twice",
    "people_appointment_term_in_order": "people.term_out_of_order",
    "people_appointment_leader_has_area": "people.leader_needs_area",
    "people_appointment_somewhere": "people.post_needs_place",
    **{
        f"people_appointment_one_{role.value}": "people.area_has_leader"
        for role in LEADERS_OF_ONE_AREA
    },
}


def appoint(
    *,
    person_id: int,
    role: Role,
    starts_on: date,
    basis: Basis,
    actor: Actor,
    at: datetime,
    organisation_id: int | None = None,
    area_id: int | None = None,
    ends_on: date | None = None,
    recommended_by_id: int | None = None,
    shows_name: bool = False,
) -> AppointmentView:
    """Give a person a post for a term.

    Args:
        ends_on: the first day out of office, None for an open term.
        recommended_by_id: the organisation whose recommendation it rests on.
        shows_name: the person agrees to stand by name on the notice at the door.

    Raises:
        UnableToAppoint: the same post twice at a time, a second leader of one area, a term out of
            order, or neither organisation nor area; the database holds all of these.
    """
    post = Appointment(
        person_id=person_id,
        role=role.value,
        organisation_id=organisation_id,
        area_id=area_id,
        starts_on=starts_on,
        ends_on=ends_on,
        basis=basis.value,
        recommended_by_id=recommended_by_id,
        shows_name=shows_name,
    )
    with transaction.atomic():
        save_post(post, force_insert=True)
        record_event(_made(post), subject=subject_of(person_id), actor=actor, at=at)
    return queries.appointment_view(post)


def end_appointment(
    *,
    appointment_id: int,
    actor: Actor,
    at: datetime,
    reason: EndReason | None = None,
    note: str = "",
) -> AppointmentView:
    """End a post before its term is over; the day of `at` is the first day out of office.

    Args:
        note: more on the reason; kept beside the event, erasable.

    Raises:
        UnableToEndAppointment: when it is over already.
        Appointment.DoesNotExist: when there is none.
    """
    with transaction.atomic():
        post = Appointment.objects.select_for_update(of=("self",)).get(id=appointment_id)
        today = queries.local_date(post, at)
        if post.ends_on is not None and post.ends_on <= today:
            raise UnableToEndAppointment("people.appointment_over")
        post.ends_on, post.ended_at = max(today, post.starts_on), at
        post.end_reason = reason.value if reason else ""
        post.save(update_fields=["ends_on", "ended_at", "end_reason"])
        _end_stand_ins(post, at)
        ended = AppointmentEnded(
            person_id=post.person_id,
            role=post.role,
            ends_on=post.ends_on.isoformat(),
            appointment_id=post.pk,
            reason=post.end_reason,
        )
        texts = {"note": note.strip()}
        person = subject_of(post.person_id)
        record_event(ended, subject=person, actor=actor, at=at, texts=texts)
    return queries.appointment_view(post)


def _end_stand_ins(post: Appointment, at: datetime) -> None:
    """Let nobody act in a post that is over."""
    ends_on = post.ends_on or post.starts_on
    rows = StandIn.objects.filter(appointment=post, ends_on__gt=ends_on)
    if rows.update(ends_on=Greatest(F("starts_on"), Value(ends_on)), ended_at=at):
        announce_stand_ins()


def save_post(post: Appointment, *, force_insert: bool = False) -> None:
    """Save a post; for this room only.

    Raises:
        UnableToAppoint: when the database refuses it.
    """
    try:
        with transaction.atomic():
            post.save(force_insert=force_insert)
    except IntegrityError as error:
        raise UnableToAppoint(_code(error)) from error


def _code(error: IntegrityError) -> str:
    diagnosis = getattr(error.__cause__, "diag", None)
    code = _CODE_OF_CONSTRAINT.get(getattr(diagnosis, "constraint_name", None) or "")
    if code is None:
        raise error
    return code


def _made(post: Appointment) -> AppointmentMade:
    return AppointmentMade(
        person_id=post.person_id,
        role=post.role,
        organisation_id=post.organisation_id,
        area_id=post.area_id,
        starts_on=post.starts_on.isoformat(),
        ends_on=post.ends_on.isoformat() if post.ends_on else None,
        basis=post.basis,
        appointment_id=post.pk,
    )


def subject_of(person_id: int) -> Subject:
    """Name the person whom an event on a post is about."""
    return Subject(kind="people.Person", id=str(person_id))

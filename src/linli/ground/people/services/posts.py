"""Posts given, prolonged and ended by whoever keeps them, by right and territory."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from linli.ground.kernel.services import record_event
from linli.ground.kernel.terms import Actor, Happened, Subject
from linli.ground.people import post_rules
from linli.ground.people.errors import NotPermitted, UnableToAppoint, UnableToEndAppointment
from linli.ground.people.events import AppointmentProlonged, EndingDaysSet, NameOnDoorChosen
from linli.ground.people.models import Appointment, PostSettings, WayIn
from linli.ground.people.queries.members import local_date
from linli.ground.people.queries.posts import post_view
from linli.ground.people.rules import find_role
from linli.ground.people.terms import Member, Role, Target
from linli.ground.people.terms.posts import EndReason, NewPost
from linli.ground.territory.queries import get_area
from linli.ground.territory.terms import AreaView

from .appointments import appoint, end_appointment, save_post, subject_of


def fill_post(*, said: NewPost, member: Member, at: datetime) -> int:
    """Give somebody a post, with the way in on record, and return its id.

    Raises:
        NotPermitted: for whom posts of this role are not theirs to give there.
        UnableToAppoint: to oneself, in the wrong place, for no proper term, on no proper basis,
            or as the database refuses it.
    """
    place = get_area(said.area_id)
    actor = check_may_keep(member, said.role, place.code)
    _check(said, place, member)
    with transaction.atomic():
        made = appoint(
            person_id=said.person_id,
            role=said.role,
            starts_on=said.starts_on,
            ends_on=said.ends_on,
            basis=said.basis,
            actor=actor,
            at=at,
            organisation_id=said.organisation_id,
            area_id=said.area_id,
            recommended_by_id=said.recommended_by_id,
            shows_name=said.shows_name,
        )
        if not said.way_in.is_empty:
            _keep_way_in(made.id, said)
    return made.id


def _check(said: NewPost, place: AreaView, member: Member) -> None:
    if said.person_id == member.person_id:
        raise UnableToAppoint("people.not_oneself", field="person")
    if place.valid_to is not None and place.valid_to <= said.starts_on:
        raise UnableToAppoint("people.unknown_place", field="area")
    post_rules.check_place(said, place.kind)
    post_rules.check_term(said.role, said.starts_on, said.ends_on)
    post_rules.check_way_in(said)


def _keep_way_in(appointment_id: int, said: NewPost) -> None:
    way = said.way_in
    WayIn.objects.create(
        appointment_id=appointment_id,
        decided_on=way.decided_on,
        entitled=way.entitled,
        cast=way.cast,
        in_favour=way.in_favour,
        document=way.document.strip(),
    )


def prolong_post(*, appointment_id: int, ends_on: date, member: Member, at: datetime) -> None:
    """Let a term that is not over go on to a later day.

    Raises:
        NotPermitted, UnableToAppoint: as `fill_post`.
        UnableToEndAppointment: when it is over already.
    """
    with transaction.atomic():
        row, actor = lock_post(appointment_id, member=member, at=at)
        if row.ends_on is None or ends_on <= row.ends_on:
            raise UnableToAppoint("people.not_longer", field="ends_on")
        post_rules.check_term(Role(row.role), row.ends_on, ends_on)
        before, row.ends_on = row.ends_on, ends_on
        save_post(row)
        event = AppointmentProlonged(
            appointment_id=row.pk,
            role=row.role,
            from_ends_on=before.isoformat(),
            ends_on=ends_on.isoformat(),
        )
        _record(event, row.person_id, actor, at)


def end_post(
    *, appointment_id: int, reason: EndReason, note: str, member: Member, at: datetime
) -> None:
    """End a post before its term is over, saying why.

    Raises:
        NotPermitted: as `fill_post`.
        UnableToEndAppointment: when it is over already.
    """
    with transaction.atomic():
        _row, actor = lock_post(appointment_id, member=member, at=at)
        end_appointment(appointment_id=appointment_id, reason=reason, note=note, actor=actor, at=at)


def show_name(*, appointment_id: int, shows_name: bool, member: Member, at: datetime) -> None:
    """Note whether the holder agrees to stand by name on the notice at the door.

    The holder says so, or whoever keeps the post notes it down.

    Raises:
        NotPermitted: for anybody else.
        UnableToEndAppointment: when the post is over.
    """
    with transaction.atomic():
        row = _locked(appointment_id, at=at)
        is_own = row.person_id == member.person_id
        actor = member.actor() if is_own else check_may_keep(member, *_role_and_code(row))
        if row.shows_name == shows_name:
            return
        row.shows_name = shows_name
        row.save(update_fields=["shows_name"])
        event = NameOnDoorChosen(appointment_id=row.pk, shows_name=shows_name)
        _record(event, row.person_id, actor, at)


def set_ending_days(*, street_code: str, days: int, member: Member, at: datetime) -> None:
    """Set how many days before its end a street shows a term as ending.

    Raises:
        NotPermitted: for whom the posts of this street are not theirs to keep.
        UnableToAppoint: when it is too few or too many.
    """
    actor = check_may_keep(member, Role.STREET_LEADER, street_code)
    least, most = post_rules.LEAST_DAYS, post_rules.MOST_DAYS
    if not least <= days <= most:
        raise UnableToAppoint("people.days_out_of_range", field="days", least=least, most=most)
    with transaction.atomic():
        PostSettings.objects.update_or_create(
            street_code=street_code, defaults={"ending_days": days}
        )
        street = Subject(kind="people.PostSettings", id=street_code)
        record_event(EndingDaysSet(days=days), subject=street, actor=actor, at=at)


def check_may_keep(member: Member, role: Role, area_code: str) -> Actor:
    """Refuse who may not give or end posts of this role there, and sign for who may.

    Raises:
        NotPermitted: saying so.
    """
    target = Target(area_code=area_code, street_code=area_code, is_complaint=False)
    right = post_rules.right_to_keep(role)
    signs = find_role(member, right, target)
    if signs is None:
        raise NotPermitted
    return member.actor(role=signs)


def lock_post(appointment_id: int, *, member: Member, at: datetime) -> tuple[Appointment, Actor]:
    """Lock a post that is not over, for somebody who may keep it; for this room only.

    Raises:
        NotPermitted: for whom it is not theirs to keep.
        UnableToAppoint: their own.
        UnableToEndAppointment: when it is over.
    """
    row = _locked(appointment_id, at=at)
    actor = check_may_keep(member, *_role_and_code(row))
    if row.person_id == member.person_id:
        raise UnableToAppoint("people.not_oneself")
    return row, actor


def _locked(appointment_id: int, *, at: datetime) -> Appointment:
    rows = Appointment.objects.select_for_update(of=("self",))
    row = rows.filter(id=appointment_id).first()
    if row is None or (row.ends_on is not None and row.ends_on <= local_date(row, at)):
        raise UnableToEndAppointment("people.appointment_over")
    return row


def _role_and_code(row: Appointment) -> tuple[Role, str]:
    view = post_view(row)
    return view.role, view.area_code


def _record(event: Happened, person_id: int, actor: Actor, at: datetime) -> None:
    record_event(event, subject=subject_of(person_id), actor=actor, at=at)

"""Posts, households and organisations follow the ground of an area that was re-drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction

from linli.ground.kernel.services import record_event
from linli.ground.kernel.terms import Actor, Subject
from linli.ground.people.events import AppointmentEnded, AppointmentFollowed
from linli.ground.people.models import Appointment, Household, Organisation
from linli.ground.people.queries.grid_leaders import announce_grid_leaders
from linli.ground.people.queries.organisations import announce_organisations
from linli.ground.people.queries.redrawing import held_post, posts_in
from linli.ground.people.redrawing_rules import follow, main_heirs
from linli.ground.people.terms.redrawing import PostFate, PostFollow
from linli.ground.territory.plan_terms import Heir
from linli.ground.territory.queries import find_ids

from .stand_ins import follow_posts


@transaction.atomic
def follow_redrawing(
    *,
    plan_id: int,
    heirs: Iterable[Heir],
    kept: Mapping[str, int],
    on: date,
    actor: Actor,
    at: datetime,
) -> list[PostFollow]:
    """Let posts go on in the successors of their areas, to the end of their terms.

    The post in the former area ends on the day, so that it stays readable who held it. Doors
    and organisations get the successor as their area.

    Args:
        kept: appointment named to stay, by grid code, where two leaders claim one grid.
        on: the first day of the new areas.

    Returns:
        what became of each post.
    """
    handed = list(heirs)
    ids = find_ids({heir.code for heir in handed}, on)
    rows = {row.pk: row for row in _locked(handed, on)}
    follows = follow([held_post(row) for row in rows.values()], handed, kept=kept)
    new = {one.post.appointment_id: _successor(rows, one, ids, on) for one in follows}
    for one in follows:
        row = rows[one.post.appointment_id]
        row.ends_on, row.ended_at = max(on, row.starts_on), at
    Appointment.objects.bulk_update(rows.values(), ["ends_on", "ended_at"])
    Appointment.objects.bulk_create(row for row in new.values() if row is not None)
    follow_posts({one: new[one] for one in rows if one in new}, on=on, at=at)
    for one in follows:
        _record(rows[one.post.appointment_id], new[one.post.appointment_id], plan_id, actor, at)
    _move_others(main_heirs(handed), ids)
    return follows


def _locked(heirs: list[Heir], on: date) -> Iterable[Appointment]:
    return posts_in((heir.former_code for heir in heirs), on=on).select_for_update(of=("self",))


def _successor(
    rows: Mapping[int, Appointment], one: PostFollow, ids: Mapping[str, int], on: date
) -> Appointment | None:
    """Make the post in the successor; it must be read off before the former one is ended."""
    former = rows[one.post.appointment_id]
    if one.fate is PostFate.ENDS:
        return None
    return Appointment(
        person_id=former.person_id,
        role=former.role,
        organisation_id=former.organisation_id,
        area_id=ids[one.to_code],
        starts_on=max(on, former.starts_on),
        ends_on=former.ends_on,
        basis=former.basis,
        recommended_by_id=former.recommended_by_id,
        shows_name=former.shows_name,
    )


def _record(
    former: Appointment, new: Appointment | None, plan_id: int, actor: Actor, at: datetime
) -> None:
    person = Subject(kind="people.Person", id=str(former.person_id))
    event: AppointmentFollowed | AppointmentEnded
    if new is None:
        ended_on = former.ends_on.isoformat() if former.ends_on else ""
        event = AppointmentEnded(person_id=former.person_id, role=former.role, ends_on=ended_on)
    else:
        event = AppointmentFollowed(
            person_id=former.person_id,
            role=former.role,
            from_area_id=former.area_id or 0,
            area_id=new.area_id or 0,
            starts_on=new.starts_on.isoformat(),
            plan_id=plan_id,
        )
    record_event(event, subject=person, actor=actor, at=at)


def _move_others(to: Mapping[str, str], ids: Mapping[str, int]) -> None:
    """Give doors and organisations the successor; they have no history of their own here."""
    doors = list(Household.objects.filter(area__code__in=to).select_related("area"))
    for door in doors:
        door.area_id = ids[to[door.area.code]]
    Household.objects.bulk_update(doors, ["area"], batch_size=500)
    bodies = list(Organisation.objects.filter(area__code__in=to).select_related("area"))
    for body in bodies:
        body.area_id = ids[to[body.area.code]] if body.area else None
    Organisation.objects.bulk_update(bodies, ["area"], batch_size=500)
    announce_organisations()
    announce_grid_leaders()

"""Posts of the grids beside their leaders, vacancies, terms that end, elections, a stand-in."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from linli.ground.kernel.pinyin import first_letters
from linli.ground.people.models import Account, Appointment, Person
from linli.ground.people.queries import load_member
from linli.ground.people.queries.grid_leaders import announce_grid_leaders
from linli.ground.people.services.posts import end_post, fill_post
from linli.ground.people.services.stand_ins import name_stand_in
from linli.ground.people.terms import Basis, Role
from linli.ground.people.terms.posts import AwayReason, EndReason, NewPost, WayInInput

from . import places, population
from .copying import move_sequences, next_ids

SEED = 48_924
SINCE, TERM = timedelta(days=300), timedelta(days=3 * 365)
# One officer and one helper look after several grids, one worker after each.
GRIDS_OF_ONE = {"grid_worker": 1, "grid_officer": 8, "order_helper": 6}
VACANT_WORKERS = frozenset((7, 23, 41))
ENDING_UNITS, ENDING_WORKERS, NEW_UNITS = 6, 2, 2
WEEK = timedelta(days=7)


def staff_grids(*, areas: Mapping[str, int], today: date) -> None:
    """Put a worker, an officer and a helper on the grids; three grids lack their worker."""
    chance = random.Random(SEED)
    people: list[Person] = []
    posts = list(_posts(areas, today, people, chance))
    Person.objects.bulk_create(people)
    Appointment.objects.bulk_create(posts)
    move_sequences(["people.Person", "people.Appointment"])
    announce_grid_leaders()


def _posts(
    areas: Mapping[str, int], today: date, people: list[Person], chance: random.Random
) -> Iterator[Appointment]:
    numbers = next_ids("people.Person")
    for role, share in GRIDS_OF_ONE.items():
        for place, grid in enumerate(places.grids()):
            if place % share == 0:
                name = population.invent_name(chance)
                people.append(_person(next(numbers), name))
            if share == 1 and place in VACANT_WORKERS:
                continue
            yield Appointment(
                person=people[-1],
                role=role,
                area_id=areas[grid.code],
                starts_on=today - SINCE,
                ends_on=today - SINCE + TERM,
                basis=Basis.APPOINTED.value,
            )


def _person(number: int, name: str) -> Person:
    return Person(
        id=number, name=name, initials=first_letters(name)[:40], street_code=places.STREET_CODE
    )


def change_some(*, accounts: Mapping[str, int], until: datetime) -> None:
    """Let two units elect a neighbour after a leader moved away, and a few terms end soon."""
    first = places.COMMUNITIES[0][0]
    held = Appointment.objects.filter(role="unit_leader", area__code__startswith=first)
    leaders = list(held.order_by("area__code"))
    for one in leaders[-NEW_UNITS:]:
        _elect(one, secretary_id=accounts["secretary1"], until=until)
    # Beyond a month, so that the figures of the accounts hold that long.
    _let_end(leaders[10 : 10 + ENDING_UNITS], until.date() + timedelta(days=33))
    workers = Appointment.objects.filter(role="grid_worker", area__code__startswith=first)
    _let_end(list(workers.order_by("area__code")[:ENDING_WORKERS]), until.date() + WEEK)


def stand_in_for_one(*, accounts: Mapping[str, int], until: datetime) -> None:
    """Let the leader of the second grid stand in for the first's, who is on leave this week."""
    post = Appointment.objects.get(role="grid_leader", person__account=accounts["grid01"])
    stand_in = Account.objects.get(id=accounts["grid02"]).person_id
    yesterday = until - timedelta(days=1)
    name_stand_in(
        appointment_id=post.pk,
        person_id=stand_in or 0,
        starts_on=until.date(),
        ends_on=until.date() + WEEK,
        reason=AwayReason.LEAVE,
        member=load_member(accounts["secretary1"], yesterday),
        at=yesterday,
    )


def _let_end(posts: Sequence[Appointment], first: date) -> None:
    for place, one in enumerate(posts):
        one.ends_on = first + timedelta(days=4 * place)
        one.save(update_fields=["ends_on"])


def _elect(former: Appointment, *, secretary_id: int, until: datetime) -> None:
    """Let a leader leave and the unit elect a neighbour on the same day, eight days ago."""
    at = until - timedelta(days=8)
    secretary, today = load_member(secretary_id, at), at.date()
    neighbours = Person.objects.filter(household__area_id=former.area_id or 0)
    person = neighbours.exclude(id=former.person_id).order_by("id")[0]
    end_post(appointment_id=former.pk, reason=EndReason.MOVED, note="", member=secretary, at=at)
    fill_post(
        said=NewPost(
            person_id=person.pk,
            role=Role.UNIT_LEADER,
            area_id=former.area_id or 0,
            starts_on=today,
            ends_on=today + TERM,
            basis=Basis.ELECTED,
            shows_name=True,
            way_in=WayInInput(decided_on=today, entitled=20, cast=17, in_favour=15),
        ),
        member=secretary,
        at=at,
    )

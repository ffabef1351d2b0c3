"""Puts the invented people in place: households, residents, leaders, staff and their accounts."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.contrib.auth.hashers import make_password

from linli.ground.kernel.pinyin import first_letters

from . import accounts, places, population
from .accounts import Desk
from .copying import copy_rows, move_sequences, next_ids
from .places import Plot

SEED = 48_493_924
BASES = ("self_recommended", "elected", "recommended")
# In UTC, noon in China.
NOON = time(4)
TERM = timedelta(days=3 * 365)


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What people are put on: ids of areas and organisations by code, and the day of loading."""

    areas: Mapping[str, int]
    organisations: Mapping[str, int]
    today: date


@dataclass(frozen=True, kw_only=True)
class Staff:
    """The desks opened, and the accounts made by login."""

    desks: Sequence[Desk]
    accounts: Mapping[str, int]


def settle(ground: Ground) -> Staff:
    """Write households, residents, leaders, staff, accounts and appointments by COPY."""
    by_unit = _move_in(ground)
    _appoint(_leaders(ground, by_unit))
    all_desks = list(desks(ground.organisations))
    opened = _open_desks(ground, all_desks)
    opened[accounts.RESIDENT_LOGIN] = _open_resident(ground, opened, by_unit)
    move_sequences(["people.Household", "people.Person", "people.Account", "people.Appointment"])
    return Staff(desks=all_desks, accounts=opened)


def _move_in(ground: Ground) -> dict[str, list[int]]:
    """Write all homes and give the ids of the adults of each unit, one a household."""
    households, persons = [], []
    by_unit: dict[str, list[int]] = {}
    household_ids, person_ids = next_ids("people.Household"), next_ids("people.Person")
    for home in population.homes([unit.code for unit in places.units()]):
        household = next(household_ids)
        households.append(
            {
                "id": household,
                "street_code": places.STREET_CODE,
                "area_id": ground.areas[home.unit_code],
                "door": home.door,
            }
        )
        for place, name in enumerate(home.names):
            person = next(person_ids)
            persons.append(_person(person, name, household))
            if place == 0:
                by_unit.setdefault(home.unit_code, []).append(person)
    copy_rows("people.Household", households)
    copy_rows("people.Person", persons)
    return by_unit


def _person(number: int, name: str, household: int | None) -> dict[str, object]:
    return {
        "id": number,
        "name": name,
        "initials": first_letters(name),
        "phone": "",
        "street_code": places.STREET_CODE,
        "household_id": household,
        "wants_contact": False,
    }


def _leaders(ground: Ground, by_unit: Mapping[str, Sequence[int]]) -> Iterator[dict[str, object]]:
    """Choose leaders of units and buildings; every third building leader also leads a unit."""
    chance = random.Random(SEED)
    units: dict[str, list[Plot]] = {}
    for unit in places.units():
        units.setdefault(unit.parent_code, []).append(unit)
    for number, building in enumerate(places.buildings()):
        own_units = units[building.code]
        chosen = {unit.code: chance.choice(by_unit[unit.code][:-1]) for unit in own_units}
        for unit in own_units:
            yield _post(ground, chosen[unit.code], "unit_leader", area=unit.code, chance=chance)
        first = own_units[0].code
        leader = (
            chosen[first]
            if number % 3 == 0
            else _another(by_unit[first][:-1], chosen[first], chance)
        )
        yield _post(ground, leader, "building_leader", area=building.code, chance=chance)


def _another(candidates: Sequence[int], taken: int, chance: random.Random) -> int:
    return chance.choice([person for person in candidates if person != taken])


def _post(
    ground: Ground,
    person: int,
    role: str,
    *,
    area: str = "",
    organisation: str = "",
    chance: random.Random | None = None,
) -> dict[str, object]:
    since = ground.today - timedelta(days=420 + (chance.randrange(400) if chance else 0))
    return {
        "person_id": person,
        "role": role,
        "organisation_id": ground.organisations[organisation] if organisation else None,
        "area_id": ground.areas[area] if area else None,
        "starts_on": since,
        "ends_on": since + TERM,
        "basis": chance.choice(BASES) if chance else "appointed",
        "recommended_by_id": None,
        "ended_at": None,
        "shows_name": bool(area and not organisation and since.toordinal() % 5),
    }


def _appoint(posts: Iterable[dict[str, object]]) -> None:
    ids = next_ids("people.Appointment")
    copy_rows("people.Appointment", ({"id": next(ids), **post} for post in posts))


def desks(organisations: Iterable[str]) -> Iterator[Desk]:
    """Give every account to be made: the named ones, 48 grid leaders, handlers, the joint team."""
    chance = random.Random(SEED + 1)
    yield from accounts.DESKS
    for number, grid in enumerate(places.grids(), start=1):
        yield Desk(
            login=f"grid{number:02d}",
            name=population.invent_name(chance),
            role="grid_leader",
            organisation=f"community-{grid.parent_code}",
            area=grid.code,
            is_shown=number == 1,
        )
    for code in sorted(organisations, key=lambda code: (code not in accounts.SHOWN_HANDLERS, code)):
        if code.startswith(("dept-", "street-", "community-")):
            yield Desk(
                login=f"handler-{code.removeprefix('dept-')}",
                name=population.invent_name(chance),
                role="handler",
                organisation=code,
                is_shown=code in accounts.SHOWN_HANDLERS,
            )
    for number in range(1, len(accounts.JOINT_TEAM_HOMES) + 1):
        yield Desk(
            login=f"joint{number:02d}",
            name=population.invent_name(chance),
            role="joint_team_member",
            organisation="joint-team",
            is_shown=number == 1,
        )


def _open_desks(ground: Ground, all_desks: Sequence[Desk]) -> dict[str, int]:
    person_ids, account_ids = next_ids("people.Person"), next_ids("people.Account")
    persons = {desk.login: next(person_ids) for desk in all_desks}
    opened = {desk.login: next(account_ids) for desk in all_desks}
    copy_rows("people.Person", (_person(persons[d.login], d.name, None) for d in all_desks))
    password = make_password(accounts.PASSWORD)
    copy_rows(
        "people.Account",
        (
            _account(
                opened[desk.login],
                desk.login,
                persons[desk.login],
                password,
                keeper=desk.role == "keeper",
            )
            for desk in all_desks
        ),
    )
    _appoint(_desk_posts(ground, all_desks, persons))
    return opened


def _desk_posts(
    ground: Ground, all_desks: Sequence[Desk], persons: Mapping[str, int]
) -> Iterator[dict[str, object]]:
    homes = iter(accounts.JOINT_TEAM_HOMES)
    for desk in all_desks:
        yield _post(
            ground, persons[desk.login], desk.role, area=desk.area, organisation=desk.organisation
        )
        if desk.role == "joint_team_member":
            home = next(homes)
            yield _post(ground, persons[desk.login], "handler", organisation=home)


def _account(
    number: int, login: str, person: int, password: str, *, keeper: bool = False
) -> dict[str, object]:
    return {
        "id": number,
        "password": password,
        "last_login": None,
        "is_superuser": False,
        "login": login,
        "person_id": person,
        "phone": None,
        "phone_proved_at": None,
        "language": "zh-hans",
        "large_type": None,
        "is_staff": keeper,
        "is_active": True,
        "email": "",
        "is_demonstration": True,
        "session_round": 0,
    }


def _open_resident(
    ground: Ground, opened: Mapping[str, int], by_unit: Mapping[str, Sequence[int]]
) -> int:
    """Give one resident who holds no post an account, with a phone proved a month ago."""
    first_unit = next(iter(places.units())).code
    person = by_unit[first_unit][-1]
    number = max(opened.values()) + 1
    password = make_password(accounts.PASSWORD)
    account = _account(number, accounts.RESIDENT_LOGIN, person, password)
    proved_at = datetime.combine(ground.today, NOON, tzinfo=UTC) - timedelta(days=30)
    phone = {"phone": accounts.RESIDENT_PHONE, "phone_proved_at": proved_at}
    copy_rows("people.Account", [account | phone])
    return number

"""Who comes to every address, and what each may meet there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

from django.test import Client

from linli.faces.desk.access import rights_for
from linli.ground.people.models import Account
from linli.ground.people.rules import PERMISSIONS
from linli.ground.people.terms import Role
from linli.ground.people.tests.factories import AccountFactory
from linli.ground.territory.tests.factories import AreaFactory

from .addresses import Address
from .canaries import Held
from .visits import Visit
from .world import NEIGHBOUR_CODE, World

MATTER = frozenset({Held.TEXT, Held.SECOND_TEXT, Held.REMARK})
# The desk of calls shows the clerk who is on the phone; what was looked for, to the one who looked.
AT_THE_PHONE = frozenset({Held.CALLER, Held.CALLED})
MAY_MEET: dict[Role, frozenset[Held]] = {
    Role.RESIDENT: frozenset(),
    Role.INTAKE_CLERK: MATTER | AT_THE_PHONE | {Held.COMPLAINT, Held.HANDED, Held.SENT_IN},
    Role.SHIFT_LEADER: MATTER
    | {Held.COMPLAINT, Held.CALLED, Held.HANDED, Held.SENT_IN, Held.ANSWERED},
    Role.DISPATCHER: MATTER | {Held.COMPLAINT, Held.CALLED, Held.HANDED},
    Role.HANDLER: MATTER,
    Role.GRID_LEADER: MATTER | {Held.CALLED},
    Role.GRID_WORKER: MATTER | {Held.CALLED},
    Role.VERIFIER: MATTER | {Held.COMPLAINT, Held.CALLED},
    Role.SUPERVISOR: MATTER
    | {Held.COMPLAINT, Held.CALLED, Held.HANDED, Held.SEARCHED, Held.ANSWERED},
    Role.CALLBACK_CLERK: MATTER | {Held.COMPLAINT, Held.CALLED, Held.ANSWERED},
    Role.COMMUNITY_SECRETARY: MATTER | {Held.COMPLAINT, Held.CALLED},
    Role.JOINT_TEAM_MEMBER: frozenset({Held.PARTY}),
    Role.BUILDING_LEADER: MATTER | {Held.CALLED},
    Role.UNIT_LEADER: MATTER | {Held.CALLED},
    Role.STREET_LEADER: MATTER
    | {Held.COMPLAINT, Held.CALLED, Held.HANDED, Held.PARTY, Held.ANSWERED},
    Role.KEEPER: frozenset({Held.SEARCHED, Held.RECORD}),
    Role.GRID_OFFICER: MATTER | {Held.CALLED},
    Role.ORDER_HELPER: MATTER | {Held.CALLED},
}
OF_ONE_AREA = (
    Role.GRID_LEADER,
    Role.GRID_WORKER,
    Role.BUILDING_LEADER,
    Role.UNIT_LEADER,
    Role.GRID_OFFICER,
    Role.ORDER_HELPER,
)
NEXT_DOOR = (
    Role.INTAKE_CLERK,
    Role.SHIFT_LEADER,
    Role.DISPATCHER,
    Role.SUPERVISOR,
    Role.STREET_LEADER,
    Role.GRID_LEADER,
    Role.COMMUNITY_SECRETARY,
)
# Those who between them see most; the others look at the first few of a kind.
THOROUGH = ("another resident", "shift_leader", "handler", "grid_leader", "keeper")
FEW = 2
PASSERS_BY = ("anybody", "another resident", "the second reporter", "handler")
AT_THE_ADMINISTRATION = ("anybody", "another resident", "keeper", "shift_leader")
# What is the same for whoever knows the code, or for everybody.
OPEN_TO_ANY = ("api:get_report", "api:post_reporter_action", "api:openapi-json")
# What those from elsewhere ask for besides what has a number: all that gathers many matters.
LISTS_OF_ALL = (
    "desk:home",
    "desk:cases",
    "desk:points",
    "desk:dispatch",
    "desk:dispatch_points",
    "desk:search",
    "desk:precedents",
    "desk:handovers",
    "desk:enforcement",
    "desk:whistles",
    "desk:whistle_year",
    "desk:callbacks",
    "desk:callback_list",
    "desk:callback_rates",
    "desk:callback_exclusions",
    "desk:searches",
    "desk:returns",
    "desk:imports",
    "desk:intake",
    "api:list_cases",
)
# A resident's record may be opened by these, each time with a reason.
OPENS_RECORDS = (
    Role.INTAKE_CLERK,
    Role.SHIFT_LEADER,
    Role.GRID_LEADER,
    Role.GRID_WORKER,
    Role.COMMUNITY_SECRETARY,
)


@dataclass(frozen=True)
class Visitor:
    """Somebody with a browser or a program; `role` is the one post held, None for a stranger."""

    name: str
    client: Client
    role: Role | None = None
    meets: frozenset[Held] = frozenset()
    is_here: bool = True
    headers: dict[str, str] = field(default_factory=dict)


def list_visitors(world: World) -> list[Visitor]:
    """Bring everybody: strangers, residents, each post here, elsewhere and next door, a program."""
    return [
        Visitor("anybody", Client(raise_request_exception=False)),
        _of("another resident", AccountFactory(), Role.RESIDENT),
        _of("the second reporter", world.second, Role.RESIDENT, {Held.SECOND_TEXT, Held.SECOND}),
        *_posts_here(world),
        *_posts_elsewhere(world),
        *_posts_next_door(),
        Visitor(
            "a program",
            Client(raise_request_exception=False),
            Role.SUPERVISOR,
            MAY_MEET[Role.SUPERVISOR],
            headers={"Authorization": f"Bearer {world.tokens['program']}"},
        ),
    ]


def goes_to(visitor: Visitor, address: Address) -> bool:
    """Tell whether it matters who comes to an address: what is open to all is seen by a few."""
    route = address.route
    if visitor.headers:
        return route.startswith("api/")
    if route.startswith("admin/"):
        return visitor.name in AT_THE_ADMINISTRATION
    if route.startswith(("desk/", "api/")):
        return visitor.is_here or bool(address.gaps) or address.name in LISTS_OF_ALL
    if route.startswith(("notices/", "me", "people/")):
        return visitor.is_here or "person_id" in address.gaps
    return visitor.name in PASSERS_BY


def makes(visitor: Visitor, visit: Visit) -> bool:
    """Tell whether somebody makes a visit: one of each kind is enough where all are shut out."""
    few = FEW if is_entitled(visitor, visit.address) else 1
    return visit.place < few or (visitor.name in THOROUGH and few == FEW)


def send(visitors: Iterable[Visitor], address: Address) -> list[Visitor]:
    """Of those who may do the same at an address send one: at every address another of them."""
    alike: dict[Hashable, list[Visitor]] = defaultdict(list)
    for visitor in visitors:
        if goes_to(visitor, address):
            alike[rights_at(visitor, address)].append(visitor)
    turn = crc32(address.name.encode())
    return [those[turn % len(those)] for those in alike.values()]


def rights_at(visitor: Visitor, address: Address) -> Hashable:
    """Name what somebody may do at an address; the same for all who may do the same there.

    Whoever has none of the rights of a page of the desk gets no further than its gate; a tracking
    code opens the same to all of a kind; posts that give the same rights are alike where they are
    held in the same place. Everybody else is alike to nobody.
    """
    if address.name.startswith("desk:") and rights_for(address.view):
        if not is_entitled(visitor, address):
            return _kind(visitor)
    elif address.name in OPEN_TO_ANY:
        return _kind(visitor)
    if visitor.role is None or not visitor.is_here or visitor.headers:
        return visitor.name
    return (frozenset(PERMISSIONS[visitor.role].items()), visitor.meets, _of_residents(visitor))


def _kind(visitor: Visitor) -> Hashable:
    if visitor.role is None or visitor.headers:
        return visitor.name
    return _of_residents(visitor) or "staff"


def _of_residents(visitor: Visitor) -> str:
    """Tell residents apart: what is theirs is not a matter of rights."""
    return visitor.name if visitor.role is Role.RESIDENT else ""


def is_entitled(visitor: Visitor, address: Address) -> bool:
    """Tell whether a post of the visitor gives some right that opens a page of the desk."""
    if not address.name.startswith("desk:"):
        return True
    has = {} if visitor.role in (None, Role.RESIDENT) else PERMISSIONS[visitor.role]
    return any(right in has for right in rights_for(address.view))


def _posts_here(world: World) -> Iterator[Visitor]:
    """One of each post, where the matters are."""
    for role, meets in MAY_MEET.items():
        if role is not Role.RESIDENT:
            yield _of(role.value, _account_here(world, role), role, meets)


def _account_here(world: World, role: Role) -> Account:
    office = world.office
    if role in office.accounts:
        return office.accounts[role]
    if role is Role.JOINT_TEAM_MEMBER:
        return world.team.accounts["urban"]
    if role is Role.CALLBACK_CLERK:
        return world.people["callback"]
    if role is Role.STREET_LEADER:
        return world.team.accounts["leader"]
    place = office.place.grids[0] if role in OF_ONE_AREA else office.place.street
    return _made(role, area=place)


def _posts_elsewhere(world: World) -> Iterator[Visitor]:
    """Those of the same street whom these matters are not given to."""
    place = world.office.place
    far, community = place.grids[-1], place.communities[-1]
    yield _elsewhere("another unit's handler", world.team.accounts["home"], Role.HANDLER)
    for role in (Role.GRID_LEADER, Role.GRID_WORKER):
        yield _elsewhere(f"another grid's {role.value}", _made(role, area=far), role)
    secretary = _made(Role.COMMUNITY_SECRETARY, area=community)
    yield _elsewhere("another community's secretary", secretary, Role.COMMUNITY_SECRETARY)


def _posts_next_door() -> Iterator[Visitor]:
    """The staff of the neighbouring sub-district."""
    street = AreaFactory(code=f"{NEIGHBOUR_CODE[:9]}001", community=True, name="邻社区")
    grid = AreaFactory(code=f"{street.code}001", grid=True, name="邻网格", geometry=None)
    for role in Role:
        if role in NEXT_DOOR:
            place = grid if role in OF_ONE_AREA else street
            yield _elsewhere(f"next door's {role.value}", _made(role, area=place), role)


def _made(role: Role, **place: Any) -> Account:
    return AccountFactory(**{role.value: True}, **place)


def _elsewhere(name: str, account: Account, role: Role) -> Visitor:
    return _of(name, account, role, is_here=False)


def _of(
    name: str,
    account: Account,
    role: Role,
    meets: frozenset[Held] | set[Held] = frozenset(),
    *,
    is_here: bool = True,
) -> Visitor:
    client = Client(raise_request_exception=False)
    client.force_login(account)
    return Visitor(name, client, role, frozenset(meets), is_here)

"""What the tests of talk points share: an office, and a point that is open on workdays."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from linli.ground.people.models import Account
from linli.ground.people.terms import Member, Role
from linli.ground.people.tests.factories import AccountFactory, member_of
from linli.ground.territory.tests.factories import AreaFactory, middle
from linli.programmes.talk.services.points import name_host, open_point
from linli.programmes.talk.terms import NewPoint
from linli.spine.cases.tests.factories import START, Office, make_office


@dataclass
class Corner:
    """A point, the secretary who keeps it, and a building leader who receives people there."""

    office: Office
    point_id: int
    secretary: Member
    host: Member
    host_account: Account


def new_point(area_code: str, **changes: object) -> NewPoint:
    """Write down a point in the middle of the first grid."""
    lon, lat = middle(0, 0)
    usual: dict[str, object] = {
        "name": "大柳树下",
        "area_code": area_code,
        "address": "3 号楼前",
        "lon": lon,
        "lat": lat,
        "phone": "0431-00000000",
    }
    return NewPoint(**{**usual, **changes})  # type: ignore[arg-type]


@pytest.fixture
def office(db: None) -> Office:
    """Give a small office in one street."""
    return make_office()


@pytest.fixture
def corner(office: Office) -> Corner:
    """Give a point with somebody who receives people on Mondays."""
    place = office.place
    community = place.communities[0]
    keeper = AccountFactory(community_secretary=True, area=community)
    building = AreaFactory(
        kind="building", code=f"{place.grids[0].code}001", name="3 号楼", parent=place.grids[0]
    )
    account = AccountFactory(building_leader=True, area=building)
    secretary = member_of(keeper, at=START)
    point_id = open_point(point=new_point(community.code), member=secretary, at=office.tick())
    host = member_of(account, at=START)
    name_host(
        point_id=point_id,
        person_id=host.person_id or 0,
        weekdays=(1, 3),
        shows_name=True,
        member=secretary,
        at=office.tick(),
    )
    return Corner(
        office=office, point_id=point_id, secretary=secretary, host=host, host_account=account
    )


__all__ = ["Corner", "Role", "new_point"]

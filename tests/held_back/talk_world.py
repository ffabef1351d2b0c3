"""A talk point at work: what the reporter said there became a case, and one answer hangs."""

from __future__ import annotations

from linli.ground.kernel.ids import new_id
from linli.ground.people.terms import Role
from linli.programmes.talk.models import Host
from linli.programmes.talk.services.matters import answer_at_once, enter_case
from linli.programmes.talk.services.points import name_host, open_point
from linli.programmes.talk.terms import NewMatter, NewPoint
from linli.spine.cases.terms import NewReport, Point

from . import canaries as planted
from .world import CONTACT, World, point_of_first_grid


def talk(world: World) -> None:
    """Set up a point, name a host, enter what somebody says and answer a question at once."""
    office, secretary = world.office, world.office[Role.COMMUNITY_SECRETARY]
    lon, lat = point_of_first_grid()
    new = NewPoint(
        name="大柳树下",
        area_code=office.place.communities[0].code,
        address="3 号楼前",
        lon=lon,
        lat=lat,
        phone="0431-00000000",
    )
    point_id = open_point(point=new, member=secretary, at=office.tick())
    name_host(
        point_id=point_id,
        person_id=office[Role.GRID_WORKER].person_id or 0,
        weekdays=(1,),
        shows_name=False,
        member=secretary,
        at=office.tick(),
    )
    said = NewReport(text=planted.TEXT, point=Point(lon=lon, lat=lat), contact=CONTACT)
    matter = NewMatter(id=new_id(), asked="路边成堆，谁来清")
    given = {"point_id": point_id, "member": secretary}
    enter_case(matter=matter, report=said, at=office.tick(), **given)  # type: ignore[arg-type]
    spot = NewMatter(id=new_id(), asked="几点供暖", answer="零点起")
    answer_at_once(matter=spot, at=office.tick(), **given)  # type: ignore[arg-type]
    world.ids |= {
        "talk_point": point_id,
        "host_id": Host.objects.get(point_id=point_id).pk,
        "matter_id": matter.id,
    }

"""Couriers at work: one confirmed who reported, one who waits, a place to rest."""

from __future__ import annotations

from linli.ground.kernel.ids import new_id
from linli.ground.people.terms import Role
from linli.ground.people.tests.factories import AccountFactory, member_of
from linli.programmes.couriers.services.couriers import apply, decide
from linli.programmes.couriers.services.places import open_rest_place
from linli.programmes.couriers.services.reports import send_report
from linli.programmes.couriers.terms import Company, NewRestPlace
from linli.programmes.enforcement.tests.factories import make_picture
from linli.spine.cases.models import Category
from linli.spine.cases.services.catalogue import touch_catalogue
from linli.spine.cases.terms import NewReport, Point

from .world import World, point_of_first_grid


def ride(world: World) -> None:
    """Let two couriers apply; the one who is confirmed reports, and a place to rest is entered."""
    office, secretary = world.office, world.office[Role.COMMUNITY_SECRETARY]
    given = {
        "company": Company.OTHER,
        "company_name": "同城跑腿",
        "area_code": office.place.communities[0].code,
    }
    members = [member_of(AccountFactory(), at=office.at) for _ in range(2)]
    ids = [apply(member=one, at=office.tick(), **given) for one in members]  # type: ignore[arg-type]
    decide(courier_id=ids[0], confirms=True, member=secretary, at=office.tick())
    Category.objects.filter(pk=office.category.pk).update(for_couriers=True)
    touch_catalogue(at=office.at)
    lon, lat = point_of_first_grid()
    picture = make_picture(at=office.at)
    report = NewReport(
        id=new_id(),
        text="井盖不见了",
        category_key=office.category.key,
        point=Point(lon=lon, lat=lat),
        photos=(picture,),
    )
    sent = send_report(report=report, member=members[0], at=office.tick())
    place = NewRestPlace(name="社区服务站", address="义和路 1 号", lon=lon, lat=lat)
    world.ids |= {
        "courier_id": ids[1],
        "courier_case": sent.number,
        "rest_place": open_rest_place(place=place, member=secretary, at=office.tick()),
    }

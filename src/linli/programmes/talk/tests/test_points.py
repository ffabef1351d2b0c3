"""Points are kept by their secretary; hosts are leaders of the community, by name if they agree."""

from __future__ import annotations

import pytest

from linli.ground.kernel.queries import list_occurrences
from linli.ground.people.errors import NotPermitted
from linli.ground.people.holdings import collect
from linli.ground.people.terms import Role
from linli.ground.people.tests.factories import AccountFactory, member_of
from linli.ground.territory.tests.factories import middle
from linli.programmes.talk.queries.points import (
    get_my_point,
    get_point,
    list_my_points,
    list_points,
)
from linli.programmes.talk.rules.refusals import NoSuchPoint, TalkRefused
from linli.programmes.talk.services import points
from linli.programmes.talk.terms import point_subject
from linli.spine.cases.tests.factories import START

from .conftest import Corner, new_point


def change(corner: Corner, *, version: int = 1, **changes: object) -> None:
    area_code = corner.office.place.communities[0].code
    points.change_point(
        point_id=corner.point_id,
        point=new_point(area_code, **changes),
        seen_version=version,
        member=corner.secretary,
        at=corner.office.tick(),
    )


def test_everybody_sees_hours_phone_and_who_is_there_today(corner: Corner) -> None:
    (shown,) = list_points(at=START)
    assert (shown.name, shown.phone, shown.is_open) == ("大柳树下", "0431-00000000", True)
    assert [one.name for one in shown.on_duty] == [corner.host.name]


def test_a_host_who_does_not_agree_is_shown_by_post_only(corner: Corner) -> None:
    leader = AccountFactory(grid_leader=True, area=corner.office.place.grids[1])
    points.name_host(
        point_id=corner.point_id,
        person_id=leader.person_id,
        weekdays=(1,),
        shows_name=False,
        member=corner.secretary,
        at=corner.office.tick(),
    )
    shown = get_point(point_id=corner.point_id, at=START).on_duty[-1]
    assert (shown.role, shown.name) == (Role.GRID_LEADER, "")
    own = get_my_point(point_id=corner.point_id, member=corner.secretary, at=START)
    assert own.on_duty[-1].name == leader.person.name


def test_only_leaders_of_the_community_receive_people(corner: Corner) -> None:
    for account in (
        AccountFactory(),
        AccountFactory(grid_leader=True, area=corner.office.place.grids[-1]),
    ):
        with pytest.raises(TalkRefused) as refusal:
            points.name_host(
                point_id=corner.point_id,
                person_id=account.person_id,
                weekdays=(1,),
                shows_name=False,
                member=corner.secretary,
                at=corner.office.tick(),
            )
        assert refusal.value.code == "talk.host_unknown"


def test_nobody_is_named_twice_and_who_ended_may_come_again(corner: Corner) -> None:
    office, person_id = corner.office, corner.host.person_id or 0

    def name() -> int:
        return points.name_host(
            point_id=corner.point_id,
            person_id=person_id,
            weekdays=(2,),
            shows_name=False,
            member=corner.secretary,
            at=office.tick(),
        )

    with pytest.raises(TalkRefused) as refusal:
        name()
    assert refusal.value.code == "talk.host_there"
    host_id = get_point(point_id=corner.point_id, at=START).hosts[0].id
    points.end_host(
        point_id=corner.point_id, host_id=host_id, member=corner.secretary, at=office.tick()
    )
    assert list_my_points(member=corner.host, at=START) == []
    name()
    assert len(list_my_points(member=corner.host, at=START)) == 1


def test_the_secretary_of_another_community_keeps_and_sees_nothing_of_it(corner: Corner) -> None:
    other = AccountFactory(community_secretary=True, area=corner.office.place.communities[1])
    member = member_of(other, at=START)
    assert list_my_points(member=member, at=START) == []
    with pytest.raises(NoSuchPoint):
        get_my_point(point_id=corner.point_id, member=member, at=START)
    with pytest.raises(NotPermitted):
        points.close_point(point_id=corner.point_id, member=member, at=corner.office.tick())
    with pytest.raises(NotPermitted):
        points.open_point(
            point=new_point(corner.office.place.communities[0].code),
            member=member,
            at=corner.office.tick(),
        )


def test_a_point_lies_in_its_community(corner: Corner) -> None:
    lon, lat = middle(0, 1)
    with pytest.raises(TalkRefused) as refusal:
        change(corner, lon=lon, lat=lat)
    assert refusal.value.code == "talk.outside"


@pytest.mark.parametrize("field", ["name", "address", "phone"])
def test_a_point_nobody_could_find_is_refused(corner: Corner, field: str) -> None:
    with pytest.raises(TalkRefused) as refusal:
        change(corner, **dict.fromkeys([field], " "))  # type: ignore[arg-type]
    assert (refusal.value.code, refusal.value.field) == (f"talk.{field}_missing", field)


def test_who_was_slower_is_told_and_nothing_is_overwritten(corner: Corner) -> None:
    change(corner, phone="0431-11111111")
    with pytest.raises(TalkRefused) as refusal:
        change(corner, phone="0431-22222222")
    assert refusal.value.code == "talk.changed_meanwhile"
    assert get_point(point_id=corner.point_id, at=START).phone == "0431-11111111"


def test_two_points_of_a_community_differ_in_name(corner: Corner) -> None:
    with pytest.raises(TalkRefused) as refusal:
        points.open_point(
            point=new_point(corner.office.place.communities[0].code),
            member=corner.secretary,
            at=corner.office.tick(),
        )
    assert refusal.value.code == "talk.name_taken"


def test_what_is_given_up_is_listed_no_more_and_never_changed(corner: Corner) -> None:
    points.close_point(point_id=corner.point_id, member=corner.secretary, at=corner.office.tick())
    assert list_points(at=START) == []
    with pytest.raises(TalkRefused) as refusal:
        change(corner, version=2)
    assert refusal.value.code == "talk.closed"
    assert get_point(point_id=corner.point_id, at=START).closed_at is not None


def test_all_that_happens_is_on_record(corner: Corner) -> None:
    change(corner, phone="0431-11111111")
    named = [one.event.name for one in list_occurrences(point_subject(corner.point_id))]
    assert named == ["talk.PointOpened", "talk.HostNamed", "talk.PointChanged"]


def test_hosts_find_on_their_own_page_where_they_are_named(corner: Corner) -> None:
    holdings = collect(account_id=corner.host.account_id, person_id=corner.host.person_id)
    (mine,) = [one for one in holdings if (one.room, one.part) == ("talk", "hosts")]
    assert [field.value for row in mine.rows for field in row if field.name == "point"] == [
        "大柳树下"
    ]

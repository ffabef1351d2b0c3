"""Talk points as everybody sees them: where, when, and what was answered."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from linli.ground.kernel.ids import new_id
from linli.ground.kernel.opening import Hours
from linli.ground.people.terms import Role
from linli.ground.territory.tests.factories import middle
from linli.programmes.talk.services.matters import answer_at_once, enter_case
from linli.programmes.talk.services.points import close_point, open_point
from linli.programmes.talk.terms import NewMatter, NewPoint
from linli.spine.cases.terms import Step
from linli.spine.cases.tests.factories import PATHS, Office, new_report

SECRETARY = Role.COMMUNITY_SECRETARY


@pytest.fixture
def point_id(office: Office) -> int:
    """Give a point open on workdays."""
    lon, lat = middle(0, 0)
    point = NewPoint(
        name="大柳树下",
        name_en="Under the big willow",
        area_code=office.place.communities[0].code,
        address="3 号楼前",
        lon=lon,
        lat=lat,
        phone="0431-00000000",
        hours=Hours(),
    )
    return open_point(point=point, member=office[SECRETARY], at=office.tick())


def say(office: Office, point_id: int, asked: str, answer: str = "") -> None:
    matter = NewMatter(id=new_id(), asked=asked, answer=answer)
    given = {"point_id": point_id, "matter": matter, "member": office[SECRETARY]}
    if answer:
        answer_at_once(**given, at=office.tick())  # type: ignore[arg-type]
    else:
        entered = enter_case(report=new_report(), at=office.tick(), **given)  # type: ignore[arg-type]
        for action in PATHS[Step.ACCEPTING]:
            office.step_on(entered.matter_id, action)


def shown(client: Client, path: str) -> str:
    return str(client.get(path).content.decode())


def test_the_list_says_where_when_and_whom_to_call(
    client: Client, office: Office, point_id: int
) -> None:
    page = shown(client, "/talk/")
    for words in ("大柳树下", "示例社区1 3", "周一至周五", "0431-00000000", "现在开着"):
        assert words in page
    office.tick(timedelta(hours=3))
    assert "现在没开，今天 14:00 再开" in shown(client, "/talk/")
    (feature,) = client.get("/talk/points.json").json()["features"]
    assert feature["properties"] == {
        "status": "ended",
        "title": "大柳树下",
        "url": f"/talk/{point_id}",
    }


def test_the_board_says_who_answers_until_when_and_what_was_answered(
    client: Client, office: Office, point_id: int
) -> None:
    say(office, point_id, "楼道灯不亮")
    say(office, point_id, "几点供暖", "零点起")
    page = shown(client, f"/talk/{point_id}")
    for words in (
        "楼道灯不亮",
        "由示例环卫所答复，最晚",
        "几点供暖",
        "零点起",
        "2026年11月23日答复",
    ):
        assert words in page
    assert "王示例" not in page
    assert "楼下垃圾" not in page


def test_answers_of_long_ago_are_on_a_page_of_their_own(
    client: Client, office: Office, point_id: int
) -> None:
    say(office, point_id, "几点供暖", "零点起")
    office.tick(timedelta(days=31))
    page = shown(client, f"/talk/{point_id}")
    assert "看更早的 1 条答复" in page
    assert "零点起" not in page
    assert "零点起" in shown(client, f"/talk/{point_id}?earlier=1")
    assert client.get(f"/talk/{point_id}?earlier=x").status_code == 200


def test_a_point_given_up_is_no_longer_listed_and_stays_to_be_read(
    client: Client, office: Office, point_id: int
) -> None:
    say(office, point_id, "几点供暖", "零点起")
    close_point(point_id=point_id, member=office[SECRETARY], at=office.tick())
    assert "还没有说事点" in shown(client, "/talk/")
    page = shown(client, f"/talk/{point_id}")
    assert "停用，贴过的答复还在下面" in page
    assert "零点起" in page


def test_there_is_an_english_page_and_none_for_what_is_not_there(
    client: Client, point_id: int
) -> None:
    client.cookies["language"] = "en"
    page = shown(client, f"/talk/{point_id}")
    assert "Under the big willow" in page
    assert "Mon to Fri 9:00–11:00, 14:00–16:00; closed on public holidays" in page
    assert client.get("/talk/999").status_code == 404

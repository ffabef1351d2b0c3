"""The list: filters in the address, parts for htmx, points for the map."""

from __future__ import annotations

import pytest

from linli.faces.desk.web import listing
from linli.ground.people.terms import Role
from linli.spine.cases.terms import Channel, Step
from linli.spine.cases.tests.factories import Office
from linli.spine.cases.tests.test_reports import place

from .conftest import SignIn, count_queries

EVERYWHERE = "-180,-90,180,90"
NOTHING_HERE = "这个范围内没有符合筛选的案件，移动或缩小地图再看。"


def test_the_address_carries_the_filters(office: Office, sign_in: SignIn) -> None:
    filing, accepting = office.play(to=Step.FILING), office.play(to=Step.ACCEPTING)
    client = sign_in(Role.SHIFT_LEADER)
    grid = office.place.grids[0].code
    for query, expected in (
        ("", {filing.number, accepting.number}),
        ("step=filing", {filing.number}),
        ("step=open", {filing.number, accepting.number}),
        (f"q={accepting.number}", {accepting.number}),
        (f"area={grid}", {filing.number, accepting.number}),
        (f"organisation={office.lead.pk}", {accepting.number}),
        (f"category={office.category.pk}", {accepting.number}),
        ("category=major-06", {accepting.number}),
        ("source=phone", set()),
        ("since=2026-11-24", set()),
        ("until=2026-11-23", {filing.number, accepting.number}),
        ("overdue=on", set()),
    ):
        page = client.get(f"/desk/cases/?{query}").content.decode()
        shown = {n for n in (filing.number, accepting.number) if f"/desk/cases/{n}/" in page}
        assert shown == expected, query


def test_an_address_nobody_made_is_read_as_far_as_it_goes(office: Office, sign_in: SignIn) -> None:
    reported = office.play(to=Step.FILING)
    query = "step=nonsense&since=32-13&page=-3&order=drop&organisation=x&area=%00&q=%00"
    answer = sign_in(Role.SHIFT_LEADER).get(f"/desk/cases/?{query}")
    assert answer.status_code == 200
    assert reported.number in answer.content.decode()


def test_htmx_gets_the_results_alone(office: Office, sign_in: SignIn) -> None:
    office.play(to=Step.FILING)
    client = sign_in(Role.SHIFT_LEADER)
    part = client.get("/desk/cases/", headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<section id="cases"')
    assert "<html" not in part


def test_nothing_found_says_how_to_go_on(office: Office, sign_in: SignIn) -> None:
    page = sign_in(Role.SHIFT_LEADER).get("/desk/cases/?q=无此案").content.decode()
    assert "没有符合条件的案件" in page
    assert "清空条件" in page


def test_a_handler_sees_only_what_was_given_to_the_organisation(
    office: Office, sign_in: SignIn
) -> None:
    filing, accepting = office.play(to=Step.FILING), office.play(to=Step.ACCEPTING)
    page = sign_in(Role.HANDLER).get("/desk/cases/").content.decode()
    assert accepting.number in page
    assert filing.number not in page


def test_pages_follow_each_other(office: Office, sign_in: SignIn) -> None:
    numbers = [office.report(channel=Channel.PHONE).number for _ in range(21)]
    client = sign_in(Role.SHIFT_LEADER)
    first = client.get("/desk/cases/?source=phone").content.decode()
    second = client.get("/desk/cases/?source=phone&page=2").content.decode()
    assert numbers[0] not in first
    assert numbers[0] in second
    assert "source=phone&amp;page=2" in first


def test_the_map_gets_points_with_shape_and_link(office: Office, sign_in: SignIn) -> None:
    reported = office.play(to=Step.FILING)
    client = sign_in(Role.SHIFT_LEADER)
    (feature,) = client.get("/desk/cases/points.json?step=filing").json()["features"]
    assert feature["properties"]["url"] == f"/desk/cases/{reported.number}/"
    assert feature["properties"]["status"] in ("today", "in-hand")
    assert feature["geometry"]["type"] == "Point"
    page = client.get("/desk/cases/?view=map&step=filing").content.decode()
    assert 'data-points="/desk/cases/points.json?view=map&amp;step=filing"' in page


def test_the_map_asks_for_what_lies_in_its_window(office: Office, sign_in: SignIn) -> None:
    office.play(to=Step.FILING)
    beside = office.report(point=place(2, 1))
    client = sign_in(Role.SHIFT_LEADER)

    def ask(window: str) -> tuple[list[str], str]:
        answer = client.get(f"/desk/cases/points.json?step=verifying&window={window}").json()
        return [one["properties"]["url"] for one in answer["features"]], answer["told"]

    assert ask("") == ([f"/desk/cases/{beside.number}/"], "这里有 1 件。")
    assert ask("125.2,43.8,125.4,43.9") == ask("")
    assert ask("125.2,43.8,125.3,43.9") == ([], NOTHING_HERE)
    assert ask("-180,-90,-179,-89") == ([], NOTHING_HERE)


def test_a_window_nobody_can_look_through_is_refused_in_words(
    office: Office, sign_in: SignIn
) -> None:
    client = sign_in(Role.SHIFT_LEADER)
    for window in ("nonsense", "125.4,43.8,125.2,43.9", "1,2,3", "nan,nan,nan,nan", "%00"):
        answer = client.get(f"/desk/cases/points.json?window={window}")
        assert answer.status_code == 400
        assert answer.json()["told"].startswith("看不懂地图范围")
        assert client.get(f"/desk/cases/?view=map&window={window}").status_code == 200


def test_the_map_tells_when_it_does_not_show_all(
    office: Office, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "POINTS_ON_MAP", 2)
    for _ in range(3):
        office.play(to=Step.FILING)
    client = sign_in(Role.SHIFT_LEADER)
    answer = client.get(f"/desk/cases/points.json?step=filing&window={EVERYWHERE}").json()
    assert len(answer["features"]) == 2
    assert answer["told"] == "这里超过 2 件，地图画出排在最前的 2 件，放大地图可看到更多。"
    page = client.get("/desk/cases/?view=map&step=filing").content.decode()
    assert 'id="map-told" role="status"' in page
    assert 'data-told="map-told"' in page


def test_cases_without_a_place_are_told_beside_the_map(office: Office, sign_in: SignIn) -> None:
    office.report(point=None, address="示例街道")
    client = sign_in(Role.SHIFT_LEADER)
    told = client.get("/desk/cases/points.json").json()["told"]
    assert told == "找到的案件都没有地图位置，请看列表。"
    office.report()
    told = client.get("/desk/cases/points.json").json()["told"]
    assert told == "这里有 1 件。另有 1 件没有地图位置。"


def test_nine_rows_take_no_more_queries_than_one(office: Office, sign_in: SignIn) -> None:
    client = sign_in(Role.SHIFT_LEADER)
    office.play(to=Step.ACCEPTING)
    few = count_queries(client, "/desk/cases/")
    for _ in range(8):
        office.play(to=Step.ACCEPTING)
    assert count_queries(client, "/desk/cases/") == few
    assert few <= 12


def test_the_map_leads_to_the_whistle_for_those_who_may_blow(
    office: Office, sign_in: SignIn
) -> None:
    office.play(to=Step.FILING)
    secretary = sign_in(Role.COMMUNITY_SECRETARY)
    assert "/desk/whistles/new/" in secretary.get("/desk/cases/?view=map").content.decode()
    assert "/desk/whistles/new/" not in secretary.get("/desk/cases/").content.decode()
    clerk = sign_in(Role.INTAKE_CLERK)
    assert "/desk/whistles/new/" not in clerk.get("/desk/cases/?view=map").content.decode()

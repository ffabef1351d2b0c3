"""The territory at the desk: drafted by one, approved by another, all it brings shown before."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from xlsxwriter import Workbook

from linli.ground.people.models import Account, Appointment
from linli.ground.people.terms import Role
from linli.ground.people.tests.factories import AccountFactory
from linli.ground.territory.models import RedrawPlan
from linli.ground.territory.services import apply_due_plans
from linli.ground.territory.tests.factories import SOUTH, STEP_LAT, STEP_LON, WEST, cell, middle
from linli.ground.territory.tests.plan_places import put_buildings
from linli.spine.cases.terms import Point, Step
from linli.spine.cases.tests.factories import Office

from .conftest import SignIn, count_queries

COMMUNITY = "220104004001"
FIRST, SECOND = f"{COMMUNITY}001", f"{COMMUNITY}002"


@pytest.fixture
def keeper(office: Office) -> Client:
    """Give the browser of the keeper, over grids with buildings."""
    for column in (0, 1):
        put_buildings(office.place.grids[column], column=column, row=0)
    return browser(office.accounts[Role.KEEPER])


@pytest.fixture
def head(office: Office) -> Client:
    """Give the browser of a leader of the sub-district."""
    return browser(AccountFactory(street_leader=True, street=office.place.street))


def browser(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def begin(keeper: Client, *, on: str = "2026-11-23") -> str:
    """Begin a plan and give the address of its page."""
    form = {"title": "合并一二网格", "within_code": COMMUNITY, "effective_on": on}
    return str(keeper.post("/desk/territory/plans/new", form).headers["Location"])


def merge(keeper: Client, plan: str) -> None:
    form = {"codes": [FIRST, SECOND], "into": FIRST, "name": "一号大网格"}
    assert keeper.post(f"{plan}steps/merge", form).status_code == 302


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.content.decode()[:400]
    return answer.content.decode()


def approve(client: Client, plan: str) -> str:
    revision = RedrawPlan.objects.get().revision
    answer = client.post(f"{plan}approve", {"revision": revision}, follow=True)
    return str(answer.content.decode())


def test_a_plan_from_the_first_click_to_its_day(
    office: Office, keeper: Client, head: Client
) -> None:
    lon, lat = middle(1, 0)
    office.report(point=Point(lon=lon, lat=lat))
    plan = begin(keeper)
    merge(keeper, plan)
    seen = page(keeper, plan)
    assert "一号大网格" in seen
    assert "1 件转到别的网格" in seen
    assert "4 栋楼换网格" in seen
    assert "要由另一个人批准" in seen
    assert "批准，到日子自动生效" not in seen
    assert "方案已批准" in approve(head, plan)
    assert apply_due_plans(at=office.tick()) == 1
    done = page(keeper, plan)
    assert "已生效" in done
    assert "4 栋楼换了网格" in done
    assert done.count("100%") == 2
    now = page(keeper, "/desk/territory/")
    assert "一号大网格" in now
    before = page(keeper, "/desk/territory/?on=2026-11-01")
    assert "一号大网格" not in before
    assert "第1-2网格" in before
    gone = page(keeper, f"/desk/territory/areas/{SECOND}/")
    assert "一号大网格" in gone


def test_an_old_case_shows_its_grid_as_it_was_and_who_has_its_ground_now(
    office: Office, keeper: Client, head: Client, sign_in: SignIn
) -> None:
    lon, lat = middle(1, 0)
    closed = office.play(to=Step.CLOSED, point=Point(lon=lon, lat=lat))
    plan = begin(keeper)
    merge(keeper, plan)
    approve(head, plan)
    apply_due_plans(at=office.tick())
    seen = page(sign_in(Role.SUPERVISOR), f"/desk/cases/{closed.number}/")
    assert "第1-2网格" in seen
    assert "当时的网格，现在属于" in seen
    assert "一号大网格" in seen


def test_the_drafter_does_not_approve(keeper: Client) -> None:
    plan = begin(keeper)
    merge(keeper, plan)
    assert "起草人以外的人批准" in approve(keeper, plan)
    assert RedrawPlan.objects.get().state == "draft"


def test_two_leaders_are_settled_before_the_approval(
    office: Office, keeper: Client, head: Client
) -> None:
    leaders = [AccountFactory(grid_leader=True, area=grid) for grid in office.place.grids[:2]]
    plan = begin(keeper)
    merge(keeper, plan)
    assert "由谁当网格长" in page(keeper, plan)
    assert "有两位网格长" in approve(head, plan)
    stays = Appointment.objects.get(person=leaders[1].person)
    keeper.post(f"{plan}post", {"grid": FIRST, "post": stays.pk})
    assert "方案已批准" in approve(head, plan)
    assert apply_due_plans(at=office.tick()) == 1
    leading = Appointment.objects.get(role="grid_leader", ends_on=None)
    assert leading.person == leaders[1].person


def test_a_step_that_is_refused_keeps_what_was_ticked(keeper: Client) -> None:
    plan = begin(keeper)
    form = {"buildings": [f"{FIRST}00{number}" for number in range(1, 5)], "to": SECOND}
    answer = keeper.post(f"{plan}steps/move", form)
    assert answer.status_code == 422
    seen = answer.content.decode()
    assert "请改用合并" in seen
    assert seen.count(" checked") == 4


def test_buildings_move_by_a_list(keeper: Client) -> None:
    plan = begin(keeper)
    keeper.post(f"{plan}steps/move", {"buildings": [f"{FIRST}002"], "to": SECOND})
    assert "1 栋楼换网格" in page(keeper, plan)
    keeper.post(f"{plan}drop/1")
    assert "还没有任何变化" in page(keeper, plan)


def test_a_line_drawn_splits_a_grid(keeper: Client) -> None:
    plan = begin(keeper)
    at = WEST + 0.4 * STEP_LON
    line = {"type": "LineString", "coordinates": [[at, SOUTH], [at, SOUTH + STEP_LAT]]}
    form = {"code": FIRST, "name": "西半网格", "line": json.dumps(line)}
    assert keeper.post(f"{plan}steps/split", form).status_code == 302
    assert "西半网格" in page(keeper, plan)
    form["line"] = "not a line"
    assert "请在地图上画一条线" in keeper.post(f"{plan}steps/split", form).content.decode()


def test_a_new_outline_that_leaves_the_ground_is_refused(keeper: Client) -> None:
    plan = begin(keeper)
    form = {"code": FIRST, "geometry": json.dumps(cell(-1, 0))}
    answer = keeper.post(f"{plan}steps/redraw", form)
    assert answer.status_code == 422
    assert "在本社区的网格之外" in answer.content.decode()


def workbook(*rows: tuple[str, ...]) -> SimpleUploadedFile:
    held = BytesIO()
    with Workbook(held) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return SimpleUploadedFile("划转.xlsx", held.getvalue())


def test_an_excel_list_moves_buildings_all_or_none(keeper: Client) -> None:
    plan = begin(keeper)
    good = workbook(("楼栋编号", "划入网格"), (f"{FIRST}002", SECOND), (f"{FIRST}001", "新设网格"))
    assert keeper.post(f"{plan}steps/draw", {"file": good}).status_code == 302
    assert "新设网格" in page(keeper, plan)
    bad = workbook(("楼栋编号", "划入网格"), (f"{FIRST}003", SECOND), ("0", SECOND))
    assert keeper.post(f"{plan}steps/draw", {"file": bad}).status_code == 422
    assert len(RedrawPlan.objects.get().steps) == 2


def test_a_file_of_outlines_needs_its_system_and_shows_gaps(keeper: Client) -> None:
    plan = begin(keeper)
    features = [
        {"type": "Feature", "properties": {"name": "唯一网格"}, "geometry": cell(0, 0)},
        {
            "type": "Feature",
            "properties": {"name": "环卫一片", "department": "环卫", "duties": ["保洁", "清雪"]},
            "geometry": cell(0, 0),
        },
    ]
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    file = SimpleUploadedFile("grids.geojson", content)
    answer = keeper.post(f"{plan}steps/draw", {"file": file})
    assert "没有说明坐标系" in answer.content.decode()
    file = SimpleUploadedFile("grids.geojson", content)
    keeper.post(f"{plan}steps/draw", {"file": file, "system": "WGS-84"})
    seen = page(keeper, plan)
    assert "不属于任何网格" in seen
    assert "2 项职责" in seen
    places = json.loads(page(keeper, f"{plan}places.json"))
    assert {one["properties"]["status"] for one in places["features"]} == {"overdue"}


def test_maps_get_the_outlines_as_they_will_be(keeper: Client, office: Office) -> None:
    plan = begin(keeper)
    merge(keeper, plan)
    outlines = json.loads(page(keeper, f"{plan}grids.json"))
    assert len(outlines["features"]) == 2
    outline = page(keeper, f"/desk/territory/outlines/{office.place.grids[0].id}.json")
    assert json.loads(outline)["features"][0]["properties"]["code"] == FIRST


def test_a_plan_is_withdrawn_and_put_off(keeper: Client, head: Client) -> None:
    plan = begin(keeper)
    merge(keeper, plan)
    keeper.post(f"{plan}day", {"effective_on": "2026-12-01"})
    assert RedrawPlan.objects.get().effective_on.isoformat() == "2026-12-01"
    assert (
        "生效日期不能早于"
        in keeper.post(f"{plan}day", {"effective_on": "2026-01-01"}).content.decode()
    )
    assert keeper.post(f"{plan}day", {"effective_on": "soon"}).status_code == 422
    approve(head, plan)
    assert "网格照旧" in head.post(f"{plan}withdraw", follow=True).content.decode()
    assert RedrawPlan.objects.get().state == "withdrawn"


def test_who_may_not_draft_is_told_who_may(office: Office, keeper: Client, sign_in: SignIn) -> None:
    plan = begin(keeper)
    for role in (Role.SHIFT_LEADER, Role.COMMUNITY_SECRETARY):
        client = sign_in(role)
        assert client.get("/desk/territory/").status_code == 200
        assert client.post("/desk/territory/plans/new").status_code == 403
        assert client.post(f"{plan}steps/merge", {}).status_code == 403
        assert client.post(f"{plan}approve", {}).status_code == 403
    for role in (Role.HANDLER, Role.GRID_WORKER, Role.RESIDENT):
        assert sign_in(role).get("/desk/territory/").status_code == 403


def test_a_plan_of_another_community_is_not_the_secretary_s(
    office: Office, keeper: Client, sign_in: SignIn
) -> None:
    form = {"title": "别处", "within_code": "220104004002", "effective_on": "2026-11-23"}
    plan = keeper.post("/desk/territory/plans/new", form).headers["Location"]
    secretary = sign_in(Role.COMMUNITY_SECRETARY)
    for path in ("", "grids.json", "places.json"):
        assert secretary.get(f"{plan}{path}").status_code == 403
    assert secretary.get("/desk/territory/areas/220104004002001/").status_code == 403


def test_what_is_not_there_is_not_found(keeper: Client) -> None:
    plan = begin(keeper)
    for path in (
        "/desk/territory/plans/999999/",
        "/desk/territory/areas/220104004001999/",
        "/desk/territory/outlines/999999.json",
    ):
        assert keeper.get(path).status_code == 404
    assert keeper.post(f"{plan}steps/melt", {}).status_code == 404


def test_the_head_of_a_plan_keeps_what_was_typed(keeper: Client) -> None:
    form = {"title": "留着", "within_code": COMMUNITY, "effective_on": "2020-01-01"}
    answer = keeper.post("/desk/territory/plans/new", form)
    assert answer.status_code == 422
    assert 'value="留着"' in answer.content.decode()


def test_pages_ask_the_same_however_much_there_is(office: Office, keeper: Client) -> None:
    plan = begin(keeper)
    keeper.post(f"{plan}steps/move", {"buildings": [f"{FIRST}002"], "to": SECOND})
    few = count_queries(keeper, plan)
    lon, lat = middle(1, 0)
    for _ in range(3):
        office.report(point=Point(lon=lon, lat=lat))
    AccountFactory(grid_worker=True, area=office.place.grids[1])
    assert count_queries(keeper, plan) == few
    assert few <= 30
    assert count_queries(keeper, "/desk/territory/") <= 16

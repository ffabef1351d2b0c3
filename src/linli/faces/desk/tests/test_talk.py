"""Talk points on the desk: set up, hosted, a matter entered, its answer written and printed."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from pypdf import PdfReader

from linli.ground.kernel.ids import new_id
from linli.ground.notices.queries import list_notices
from linli.ground.people.terms import Role
from linli.ground.people.tests.factories import AccountFactory
from linli.ground.territory.tests.factories import AreaFactory, middle
from linli.programmes.talk.models import Host, Matter, Point
from linli.spine.cases.models import Case, Reporter
from linli.spine.cases.terms import Step
from linli.spine.cases.tests.factories import PATHS, Office

from .conftest import SignIn, count_queries

LON, LAT = middle(0, 0)
POINT = {
    "name": "大柳树下",
    "community": "220104004001",
    "address": "3 号楼前凉亭",
    "phone": "0431-00000000",
    "lon": str(LON),
    "lat": str(LAT),
    "weekdays": ["1", "3"],
    "opens": "09:00",
    "closes": "11:00",
}
ASKED = "3 号楼楼道灯不亮"


@pytest.fixture
def secretary(office: Office, sign_in: SignIn) -> Client:
    """Sign the community's secretary in."""
    return sign_in(Role.COMMUNITY_SECRETARY)


@pytest.fixture
def point(secretary: Client) -> Point:
    """Set up a point by the form."""
    assert secretary.post("/desk/talk/new/", POINT).status_code == 302
    return Point.objects.get()


@pytest.fixture
def host(office: Office, secretary: Client, point: Point) -> Client:
    """Name a building leader as host and sign them in."""
    grid = office.place.grids[0]
    building = AreaFactory(kind="building", code=f"{grid.code}001", name="3 号楼", parent=grid)
    account = AccountFactory(building_leader=True, area=building)
    given = {"person_id": account.person_id, "weekdays": ["1"], "shows_name": "on"}
    assert secretary.post(f"/desk/talk/{point.pk}/hosts/", given).status_code == 302
    client = Client()
    client.force_login(account)
    return client


def entry(**changes: str) -> dict[str, str]:
    usual = {
        "id": str(new_id()),
        "asked": ASKED,
        "how": "case",
        "is_posted": "on",
        "kind": "incident",
        "address": "3 号楼",
        "lon": str(LON),
        "lat": str(LAT),
        "name": "王示例",
        "door": "3-2-101",
    }
    return usual | changes


def shown(client: Client, path: str) -> str:
    return str(client.get(path).content.decode())


def test_a_point_is_set_up_changed_and_given_up(secretary: Client, point: Point) -> None:
    page = f"/desk/talk/{point.pk}/"
    assert "周一、周三 9:00–11:00，公共假日不开" in shown(secretary, page)
    change = {**POINT, "phone": "0431-11111111", "version": "1"}
    assert secretary.post(f"{page}change/", change).status_code == 302
    slower = secretary.post(f"{page}change/", {**POINT, "version": "1"})
    assert (slower.status_code, "别人刚刚改过" in slower.content.decode()) == (422, True)
    assert secretary.post(f"{page}close/").status_code == 302
    assert "还没有您管的说事点" in shown(secretary, "/desk/talk/")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "这个字段是必填项"),
        ("weekdays", [], "请至少选一天"),
        ("closes", "08:00", "开放时间要从早到晚"),
        ("lon", "121.0", "这个位置不在您管的社区里"),
        ("opens_again", "14:00", "下午的两个时间要么都填"),
    ],
)
def test_what_does_not_fit_is_said_beside_it_and_kept(
    secretary: Client, field: str, value: object, said: str
) -> None:
    answer = secretary.post("/desk/talk/new/", {**POINT, field: value})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "3 号楼前凉亭" in page
    assert Point.objects.count() == 0


def test_the_host_enters_a_matter_for_somebody_without_a_phone(
    office: Office, host: Client, point: Point
) -> None:
    answer = host.post(f"/desk/talk/{point.pk}/enter/", entry(), follow=True)
    case = Case.objects.get()
    assert f"已登记，编号 {case.number}" in answer.content.decode()
    assert (case.channel, case.title, case.text) == ("talk_point", ASKED, ASKED)
    reporter = Reporter.objects.get()
    assert (reporter.name, reporter.door, reporter.is_anonymous) == ("王示例", "3-2-101", False)
    assert ASKED in answer.content.decode()
    assert "王示例" not in answer.content.decode()


def test_a_question_is_answered_on_the_spot(host: Client, point: Point) -> None:
    spot = entry(how="spot", answer="10 月 20 日零点起", address="", lon="", lat="")
    answer = host.post(f"/desk/talk/{point.pk}/enter/", spot, follow=True)
    assert f"已记下，编号 {point.pk}-1" in answer.content.decode()
    assert Case.objects.count() == 0
    nothing = host.post(f"/desk/talk/{point.pk}/enter/", entry(how="spot"))
    assert (nothing.status_code, "请写当场怎么答复的" in nothing.content.decode()) == (422, True)


def test_a_case_without_a_place_asks_for_it_beside_the_address(host: Client, point: Point) -> None:
    given = entry(address="", lon="", lat="", text="一到晚上就黑")
    answer = host.post(f"/desk/talk/{point.pk}/enter/", given)
    assert answer.status_code == 422
    assert "一到晚上就黑" in answer.content.decode()
    assert 'id="matter_address-error"' in answer.content.decode()


def close(office: Office) -> Case:
    case = Case.objects.get()
    for action in PATHS[Step.CLOSED]:
        office.step_on(case.id, action)
    return case


def test_a_case_over_is_told_to_the_host_who_writes_the_answer(
    office: Office, host: Client, point: Point
) -> None:
    host.post(f"/desk/talk/{point.pk}/enter/", entry())
    case = close(office)
    person = Host.objects.get().person
    told = list_notices(account_id=person.account.pk, limit=20)
    assert "talk.answer_owed" in [one.kind for one in told]
    page = f"/desk/talk/{point.pk}/"
    assert "1 件等贴答复" in shown(host, "/desk/talk/")
    path = f"{page}answers/{case.id}/"
    refused = host.post(path, {"answer": "请打 13900001234"})
    assert (refused.status_code, "请打 13900001234" in refused.content.decode()) == (422, True)
    answer = host.post(path, {"answer": "已换新灯"}, follow=True)
    assert "已换新灯" in answer.content.decode()
    assert Matter.objects.get().answer == "已换新灯"


def test_the_sheet_says_what_hangs_there_and_nobody(
    office: Office, host: Client, point: Point
) -> None:
    host.post(f"/desk/talk/{point.pk}/enter/", entry())
    host.post(f"/desk/talk/{point.pk}/enter/", entry(how="spot", asked="几点供暖", answer="零点"))
    answer = host.get(f"/desk/talk/{point.pk}/sheet.pdf")
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    squeezed = "".join(text.split())
    for words in ("大柳树下", "3号楼楼道灯不亮", Case.objects.get().number, "几点供暖", "零点"):
        assert words in squeezed
    assert "王示例" not in squeezed
    point.refresh_from_db()
    assert point.printed_at == office.at
    office.tick()
    host.post(f"/desk/talk/{point.pk}/enter/", entry(asked="楼门关不上"))
    assert "打印以后有 1 处变动" in shown(host, f"/desk/talk/{point.pk}/")


def test_others_neither_see_nor_enter(office: Office, sign_in: SignIn, point: Point) -> None:
    clerk, worker = sign_in(Role.INTAKE_CLERK), sign_in(Role.GRID_WORKER)
    assert clerk.get("/desk/talk/").status_code == 403
    assert worker.get(f"/desk/talk/{point.pk}/").status_code == 404
    assert worker.post(f"/desk/talk/{point.pk}/enter/", entry()).status_code == 404
    assert worker.post(f"/desk/talk/{point.pk}/hosts/", {}).status_code == 403


def test_the_keeper_keeps_points_and_opens_no_case(
    sign_in: SignIn, host: Client, point: Point
) -> None:
    keeper = sign_in(Role.KEEPER)
    assert "大柳树下" in shown(keeper, "/desk/talk/")
    assert keeper.get(f"/desk/talk/{point.pk}/enter/").status_code == 403


def test_a_board_of_many_matters_asks_no_more(office: Office, host: Client, point: Point) -> None:
    path = f"/desk/talk/{point.pk}/"
    host.post(f"{path}enter/", entry())
    few = count_queries(host, path)
    for number in range(3):
        host.post(f"{path}enter/", entry(asked=f"第 {number} 件"))
    assert count_queries(host, path) == few

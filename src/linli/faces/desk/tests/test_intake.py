"""The intake desk: what a clerk sees and does during a call, and that nobody else does."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from django.test import Client

from linli.ground.kernel.ids import new_id
from linli.ground.kernel.models import Look
from linli.ground.people.terms import Role
from linli.ground.territory.tests.factories import middle
from linli.programmes.hotline.models import Call, Draft, TellBack
from linli.programmes.hotline.tests.factories import add_answer
from linli.spine.cases.models import Case, Reporter
from linli.spine.cases.terms import Channel, Step
from linli.spine.cases.tests.factories import PATHS, Office

from .conftest import SignIn, count_queries

INTAKE = "/desk/intake/"
PAGES = (INTAKE, "/desk/intake/paste/", "/desk/answers/")
FRAGMENTS = ("caller", "answers", "near", "categories")


def typed(**changes: object) -> dict[str, object]:
    """Fill the form as during a call."""
    lon, lat = middle(0, 0)
    usual: dict[str, object] = {
        "caller": "13900009999",
        "channel": "phone",
        "kind": "request",
        "lon": f"{lon:.6f}",
        "lat": f"{lat:.6f}",
        "text": "楼道灯不亮",
        "name": "李示例",
        "editor": "window",
        "version": "0",
        "do": "file",
    }
    return usual | changes


def call_address(draft_id: UUID | None = None) -> str:
    """Give the address of a call in hand, or of one just begun."""
    return f"{INTAKE}{draft_id or new_id()}/"


def end(client: Client, **changes: object) -> str:
    """End a call and read the page for the next one."""
    return client.post(call_address(), typed(**changes), follow=True).content.decode()


@pytest.fixture
def clerk(sign_in: SignIn) -> Client:
    """Give the clerk's browser."""
    return sign_in(Role.INTAKE_CLERK)


def test_a_call_ends_with_the_number_to_read_out_and_the_next_call(
    office: Office, clerk: Client
) -> None:
    page = end(clerk)
    case = Case.objects.get()
    assert case.channel == Channel.PHONE
    assert re.search(rf'class="call-number">.*{case.number}', page)
    assert "查询码" in page
    assert "李示例" not in page
    assert "data-new" in page
    assert Reporter.objects.get().phone == "13900009999"


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("role", [Role.HANDLER, Role.DISPATCHER, Role.GRID_WORKER, Role.KEEPER])
def test_others_are_told_who_may(sign_in: SignIn, role: Role, path: str) -> None:
    answer = sign_in(role).get(path)
    assert answer.status_code == 403
    assert "受理员" in answer.content.decode()


@pytest.mark.parametrize("name", FRAGMENTS)
def test_what_appears_beside_a_call_is_closed_to_others(sign_in: SignIn, name: str) -> None:
    answer = sign_in(Role.HANDLER).post(f"{INTAKE}{name}/", typed())
    assert answer.status_code == 403


def test_a_stranger_is_led_to_the_sign_in_and_the_words_wait(office: Office) -> None:
    client, address = Client(), call_address()
    answer = client.post(address, typed(text="说了很久的话", back=address))
    assert "/accounts/login/" in answer["Location"]
    client.force_login(office.accounts[Role.INTAKE_CLERK])
    assert "说了很久的话</textarea>" in client.get(address).content.decode()


def test_the_caller_s_matters_are_there_at_once_and_the_look_is_logged(
    office: Office, clerk: Client
) -> None:
    known = office.report(text="暖气不热")
    ended = office.play(to=Step.CLOSED)
    page = clerk.get(INTAKE, {"from": "+86 139-0000-1234"}).content.decode()
    assert known.number in page
    assert ended.number in page
    assert 'value="13900001234"' in page
    looks = Look.objects.filter(purpose="call")
    assert {look.subject_id for look in looks} == {str(known.case_id), str(ended.case_id)}


def test_another_s_number_shows_nothing(office: Office, clerk: Client) -> None:
    known = office.report()
    for number in ("13911112222", "1390000", "0", "x" * 40, ""):
        page = clerk.post(f"{INTAKE}caller/", {"caller": number}).content.decode()
        assert known.number not in page
    assert not Look.objects.exists()


def test_a_call_about_an_earlier_number_becomes_a_reminder(office: Office, clerk: Client) -> None:
    earlier = office.play(to=Step.HANDLING)
    page = end(clerk, remind=earlier.number, text="还没有人来")
    assert "已记为催办" in page
    assert earlier.number in page
    assert Case.objects.count() == 1
    assert Call.objects.get().outcome == "reminder"


def test_a_number_read_by_the_caller_that_is_none_is_said(office: Office, clerk: Client) -> None:
    answer = clerk.post(call_address(), typed(remind="", number="2026-7654321"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "没有这个编号的案件" in page
    assert "楼道灯不亮</textarea>" in page


def test_a_question_is_answered_without_a_case(office: Office, clerk: Client) -> None:
    add_answer(office)
    asking = {"kind": "question", "text": "大厅几点开门"}
    found = clerk.post(f"{INTAKE}answers/", typed(**asking)).content.decode()
    assert "工作日上午八点到十二点" in found
    version = re.search(r'name="answered" value="(\d+)"', found)
    assert version
    page = end(clerk, answered=version[1], **asking)
    assert "当场答复" in page
    assert not Case.objects.exists()


def test_a_question_nobody_can_answer_is_wanted(office: Office, clerk: Client) -> None:
    assert "待补答案" in end(clerk, do="want", kind="question", text="老年卡在哪年检")
    listed = clerk.get("/desk/answers/").content.decode()
    assert "老年卡在哪年检" in listed


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"lon": "", "lat": ""}, "请找到地点"),
        ({"lon": "125", "lat": "y"}, "经纬度读不懂"),
        ({"text": " "}, "请写明发生了什么"),
        ({"behalf": "on"}, "怎么把结果告诉本人"),
        ({"kind": "nonsense"}, "请选择是什么事"),
        ({"category": "matter:99999"}, "类别"),
    ],
)
def test_what_is_missing_is_said_and_the_rest_is_kept(
    office: Office, clerk: Client, changes: dict[str, object], said: str
) -> None:
    answer = clerk.post(call_address(), typed(door="3-2-101") | changes)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert 'value="3-2-101"' in page
    assert not Case.objects.exists()


def test_words_for_a_place_are_taken_where_none_was_found(office: Office, clerk: Client) -> None:
    end(clerk, lon="", lat="", place="老粮店对面")
    assert Case.objects.get().address == "老粮店对面"


def test_a_call_is_saved_as_it_is_typed_and_comes_back(office: Office, clerk: Client) -> None:
    draft_id = new_id()
    answer = clerk.post(f"{call_address(draft_id)}save/", typed(text="井盖"))
    assert "已存" in answer.content.decode()
    assert answer["HX-Replace-Url"] == call_address(draft_id)
    page = clerk.get(call_address(draft_id)).content.decode()
    assert "井盖</textarea>" in page
    assert 'aria-current="page"' in page


def test_another_window_is_told_that_it_is_behind(office: Office, clerk: Client) -> None:
    address = call_address() + "save/"
    clerk.post(address, typed(text="第一版"))
    clerk.post(address, typed(text="第二版", editor="other", version="1"))
    late = clerk.post(address, typed(text="旧窗口", version="1")).content.decode()
    assert "另一个窗口" in late
    assert Draft.objects.get().words["text"] == "第二版"


def test_an_ended_call_is_not_saved_again(office: Office, clerk: Client) -> None:
    address = call_address()
    clerk.post(address, typed())
    late = clerk.post(address + "save/", typed())
    assert late.status_code == 422
    assert "已经办完" in late.content.decode()


def test_a_window_that_sends_twice_files_once(office: Office, clerk: Client) -> None:
    address = call_address()
    for _ in range(2):
        page = clerk.post(address, typed(), follow=True).content.decode()
    number = Case.objects.get().number
    assert number in page


def test_several_calls_are_in_hand_at_once(office: Office, clerk: Client) -> None:
    for text in ("第一个来电", "第二个来电"):
        clerk.post(call_address() + "save/", typed(text=text))
    page = clerk.get(INTAKE).content.decode()
    assert "第一个来电" in page
    assert "第二个来电" in page


def test_a_call_put_aside_can_be_taken_up_again(office: Office, clerk: Client) -> None:
    draft_id = new_id()
    clerk.post(f"{call_address(draft_id)}save/", typed(text="打错了吗"))
    page = clerk.post(call_address(draft_id), typed(do="drop"), follow=True).content.decode()
    assert "拿回来" in page
    again = clerk.post(f"{call_address(draft_id)}again/", follow=True).content.decode()
    assert "打错了吗</textarea>" in again


def test_another_clerk_s_call_is_not_shown(office: Office, clerk: Client, sign_in: SignIn) -> None:
    draft_id = new_id()
    clerk.post(f"{call_address(draft_id)}save/", typed(text="别人的来电"))
    page = sign_in(Role.SHIFT_LEADER).get(call_address(draft_id)).content.decode()
    assert "别人的来电" not in page


def test_without_script_a_draft_is_saved_by_a_button(office: Office, clerk: Client) -> None:
    answer = clerk.post(call_address(), typed(do="save"), follow=True)
    assert "楼道灯不亮</textarea>" in answer.content.decode()


def test_cases_near_by_stand_beside_the_call(office: Office, clerk: Client) -> None:
    known = office.report()
    page = clerk.post(f"{INTAKE}near/", typed()).content.decode()
    assert known.number in page
    nowhere = clerk.post(f"{INTAKE}near/", typed(lon="", lat="")).content.decode()
    assert known.number not in nowhere


def test_categories_are_found_by_initials_and_suggested_by_the_words(
    office: Office, clerk: Client
) -> None:
    address = f"{INTAKE}categories/"
    found = clerk.post(address, typed(category_name="暴露")).content.decode()
    assert 'data-category="matter:06010"' in found
    suggested = clerk.post(address, typed(text="楼下垃圾成堆")).content.decode()
    assert "暴露垃圾" in suggested
    none = clerk.post(address, typed(category_name="飞碟")).content.decode()
    assert "没有这个类别" in none


def test_somebody_without_a_phone_is_told_and_marked(office: Office, clerk: Client) -> None:
    end(
        clerk,
        kind="incident",
        channel="counter",
        caller="",
        behalf="on",
        tell_by="point",
        tell_note="三社区议事亭",
    )
    case = Case.objects.get()
    assert TellBack.objects.get().where == "三社区议事亭"
    for action in PATHS[Step.DECLINED]:
        office.step_on(case.id, action)
    page = clerk.get(INTAKE).content.decode()
    assert "要当面回告的" in page
    assert "三社区议事亭" in page
    told = clerk.post(f"{INTAKE}told/{case.id}/", follow=True).content.decode()
    assert "要当面回告的" not in told


def test_the_page_asks_little_of_the_database(office: Office, clerk: Client) -> None:
    for text in ("甲", "乙", "丙"):
        clerk.post(call_address() + "save/", typed(text=text))
    end(clerk)
    assert count_queries(clerk, INTAKE) <= 13
    assert count_queries(clerk, f"{INTAKE}?from=13900009999") <= 20


def test_the_page_is_never_kept_by_a_browser(office: Office, clerk: Client) -> None:
    assert clerk.get(INTAKE)["Cache-Control"] == "no-store"

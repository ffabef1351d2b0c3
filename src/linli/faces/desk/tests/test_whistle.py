"""Whistles at the desk: each part in the browser, nothing of the reporter, nothing typed lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings

from linli.ground.kernel.models import Look
from linli.ground.kernel.tests.sheets import cells_of
from linli.programmes.whistle.models import SignIn, Whistle
from linli.programmes.whistle.terms import ActionName, Step
from linli.programmes.whistle.tests.factories import LAT, LON, THERE, Crew, make_crew
from linli.spine.cases.terms import CaseKind, Contact
from linli.spine.cases.terms import Step as CaseStep

from .conftest import count_queries

SignInAs = Callable[[str], Client]
CANARIES = ("金丝雀", "13911112222", "7-7-777")


@pytest.fixture
def crew(db: None, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Crew:
    """Give a crew at work; the pages' clock is its own."""
    settings.MEDIA_ROOT = tmp_path
    made = make_crew()
    monkeypatch.setattr("django.utils.timezone.now", lambda: made.at)
    return made


@pytest.fixture
def come(crew: Crew) -> SignInAs:
    """Give a browser signed in as somebody of the crew's world."""

    def signed_in(who: str) -> Client:
        client = Client()
        client.force_login(crew.accounts[who])
        return client

    return signed_in


def address(number: str, rest: str = "") -> str:
    return f"/desk/whistles/{number}/{rest}"


def typed(crew: Crew, **changes: object) -> dict[str, object]:
    usual: dict[str, object] = {
        "kind": "emergency",
        "arrive_by": "2026-11-23T10:00",
        "title": "水管爆裂",
        "wanted": "关阀抢修",
        "address": "示例路口",
        "lon": str(LON),
        "lat": str(LAT),
        "item_id": str(crew.item.pk),
        "lead_id": str(crew.id_of("water")),
        "helper_ids": [str(crew.id_of("road")), str(crew.id_of("volunteers"))],
    }
    return usual | changes


def test_an_item_of_the_list_fills_in_whom_to_call(crew: Crew, come: SignInAs) -> None:
    page = come("dispatcher").get(f"/desk/whistles/new/?item={crew.item.pk}").content.decode()
    assert f'<option value="{crew.id_of("water")}" selected>' in page
    assert "按职责清单第 118 项：爆管停水联动" in page
    again = come("dispatcher").get("/desk/whistles/new/?kind=inspection").content.decode()
    assert again.count('<option value="inspection" selected>') == 2
    without = come("dispatcher").get("/desk/whistles/new/?item=").content.decode()
    assert "为什么要吹哨" in without


def test_a_whistle_is_blown_and_seen_by_the_called(crew: Crew, come: SignInAs) -> None:
    blown = come("dispatcher").post("/desk/whistles/new/", typed(crew), follow=True)
    assert "被叫的单位都收到了通知" in blown.content.decode()
    number = Whistle.objects.get().number
    page = come("water").get(address(number)).content.decode()
    assert "我到了，报到" in page
    assert "arrive-button" in page
    assert "arrive-button" not in come("dispatcher").get(address(number)).content.decode()


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(
    crew: Crew, come: SignInAs
) -> None:
    browser = come("dispatcher")
    early = browser.post("/desk/whistles/new/", typed(crew, arrive_by="2026-11-23T09:02"))
    assert early.status_code == 422
    page = early.content.decode()
    assert "最早只能要求" in page
    assert "关阀抢修</textarea>" in page
    groundless = browser.post("/desk/whistles/new/", typed(crew, item_id=""))
    assert "请写明为什么" in groundless.content.decode()
    assert browser.post("/desk/whistles/new/", {}).status_code == 422
    unknown = browser.post("/desk/whistles/new/", typed(crew, case_number="2026-99999"))
    assert "没有这个编号的案件" in unknown.content.decode()
    assert Whistle.objects.count() == 0


def test_a_case_hands_over_its_place_but_nothing_of_the_reporter(
    crew: Crew, come: SignInAs
) -> None:
    contact = Contact(name=CANARIES[0], phone=CANARIES[1], door=CANARIES[2])
    reported = crew.office.report(contact=contact, text="水管爆了。")
    number = reported.number
    browser = come("dispatcher")
    assert f"?case={number}" in browser.get(f"/desk/cases/{number}/").content.decode()
    page = browser.get(f"/desk/whistles/new/?case={number}").content.decode()
    assert 'value="水管爆了' in page
    browser.post("/desk/whistles/new/", typed(crew, case_number=number))
    whistle = Whistle.objects.get()
    seen = come("water").get(address(whistle.number)).content.decode()
    assert number in seen
    assert not [one for one in CANARIES if one in seen]
    assert whistle.number in browser.get(f"/desk/cases/{number}/").content.decode()


def test_a_complaint_hands_over_no_words(crew: Crew, come: SignInAs) -> None:
    reported = crew.office.report(
        kind=CaseKind.COMPLAINT,
        about_organisation_id=crew.id_of("road"),
        text="示例市政施工太吵。",
    )
    page = come("shift").get(f"/desk/whistles/new/?case={reported.number}").content.decode()
    assert 'name="title" value="示例市政' not in page
    typed_for = typed(crew, case_number=reported.number)
    refused = come("shift").post("/desk/whistles/new/", typed_for)
    assert "投诉的正是这个单位" in refused.content.decode()


def test_signing_in_takes_the_position_that_was_sent(crew: Crew, come: SignInAs) -> None:
    number = crew.blow().number
    crew.office.tick()
    given = {"lon": str(THERE.lon), "lat": str(THERE.lat)}
    done = come("water").post(address(number, "sign_in/"), given, follow=True)
    assert "离现场 40\u2009米" in done.content.decode()
    again = come("colleague").post(address(number, "sign_in/"), given)
    assert again.status_code == 409
    without = come("road").post(address(number, "sign_in/"), {}, follow=True)
    assert "等召集人确认" in without.content.decode()
    confirm = {"organisation_id": str(crew.id_of("road"))}
    confirmed = come("dispatcher").post(address(number, "countersign/"), confirm, follow=True)
    assert "召集人确认" in confirmed.content.decode()
    assert SignIn.objects.count() == 2


def test_answers_deeds_and_the_outcome(
    crew: Crew, come: SignInAs, photo: Callable[[], SimpleUploadedFile]
) -> None:
    number = crew.blow().number
    water, road = come("water"), come("road")
    assert water.post(address(number, "come/"), {"sends": "张工"}).status_code == 302
    assert road.post(address(number, "decline/"), {"note": ""}).status_code == 422
    assert road.post(address(number, "decline/"), {"note": "人不够"}).status_code == 302
    crew.office.tick()
    water.post(address(number, "sign_in/"), {})
    deed = {"note": "关了阀门", "photos": [photo()]}
    assert water.post(address(number, "report_deed/"), deed).status_code == 302
    told = water.post(address(number, "record_outcome/"), {"note": "修好了"}, follow=True)
    page = told.content.decode()
    assert "关了阀门" in page
    assert "等待评价" in page
    shown = next(line for line in page.split('"') if line.startswith("/desk/whistles/photos/"))
    assert water.get(shown).getvalue().startswith(b"\xff\xd8\xff")
    assert come("police").get(shown).status_code == 404
    assert come("police").get(address(number)).status_code == 403


def judged(crew: Crew, number: str, come: SignInAs, **changes: str) -> None:
    form: dict[str, str] = {}
    for who in ("water", "road", "volunteers"):
        came = "0" if who == "volunteers" else "1"
        form |= {
            f"responded_{crew.id_of(who)}": came,
            f"did_part_{crew.id_of(who)}": came,
            f"why_{crew.id_of(who)}": "没有来" if came == "0" else "",
        }
        if who != "volunteers":
            form[f"in_time_{crew.id_of(who)}"] = came
    answer = come("dispatcher").post(address(number, "judge/"), form | changes)
    assert answer.status_code == 302, answer.content.decode()


def test_the_judgement_its_answer_and_the_settlement(crew: Crew, come: SignInAs) -> None:
    number = crew.play(to=Step.JUDGING).number
    road = crew.id_of("road")
    judged(crew, number, come, **{f"did_part_{road}": "0", f"why_{road}": "围挡没有装"})
    disputed = {"note": "围挡是我们装的", "disputes": "1"}
    assert come("road").post(address(number, "reply/"), disputed).status_code == 302
    settled = {
        "organisation_id": str(road),
        "responded": "1",
        "in_time": "1",
        "did_part": "1",
        "why": "",
    }
    leader = come("leader")
    assert leader.post(address(number, "settle/"), settled).status_code == 422
    done = leader.post(address(number, "settle/"), settled | {"why": "看过照片"}, follow=True)
    assert "看过照片" in done.content.decode()


def test_a_verdict_without_its_reason_comes_back_with_what_was_typed(
    crew: Crew, come: SignInAs
) -> None:
    number = crew.play(to=Step.JUDGING).number
    water = crew.id_of("water")
    form = {f"responded_{water}": "1", f"in_time_{water}": "1", f"did_part_{water}": "0"}
    back = come("dispatcher").post(address(number, "judge/"), form)
    assert back.status_code == 422
    assert f'name="did_part_{water}" value="0"' in back.content.decode()


def test_a_position_is_looked_at_with_a_reason(crew: Crew, come: SignInAs) -> None:
    view = crew.play(to=Step.FINISHED)
    crew.step_on(view.id, ActionName.REPLY, "water")
    leader = come("leader")
    path = address(view.number, f"positions/{crew.id_of('water')}/")
    assert "核对报到的位置" in leader.get(address(view.number)).content.decode()
    assert leader.post(path, {"reason": ""}).status_code == 422
    opened = leader.post(path, {"reason": "核对到场"})
    assert str(THERE.lon) in opened.content.decode()
    assert opened["Cache-Control"] == "no-store"
    assert Look.objects.count() == 1
    assert come("dispatcher").post(path, {"reason": "看看"}).status_code == 403


def test_an_action_not_open_to_one_changes_nothing(crew: Crew, come: SignInAs) -> None:
    number = crew.blow().number
    for action in ActionName:
        answer = come("supervisor").post(address(number, f"{action.value}/"), {"note": "试试"})
        assert answer.status_code == (302 if action is ActionName.COMMENT else 409)
    assert Whistle.objects.get().step == Step.CALLED


@pytest.mark.parametrize("who", ["police", "stranger", "clerk", "resident"])
def test_who_may_not_is_told_who_may(crew: Crew, come: SignInAs, who: str) -> None:
    number = crew.blow().number
    assert come(who).get(address(number)).status_code == 403
    assert come(who).get("/desk/whistles/new/").status_code == 403


def test_strangers_sign_in_first(crew: Crew) -> None:
    number = crew.blow().number
    for path in ("/desk/whistles/", "/desk/whistles/year/", address(number)):
        assert Client().get(path).status_code == 302


def test_an_empty_list_says_whether_it_is_the_filter(crew: Crew, come: SignInAs) -> None:
    browser = come("dispatcher")
    assert "还没有吹过哨" in browser.get("/desk/whistles/").content.decode()
    assert "没有符合的哨" in browser.get("/desk/whistles/?kind=inspection").content.decode()


def test_the_year_opens_the_lists_it_counts(crew: Crew, come: SignInAs) -> None:
    number = crew.play(to=Step.FINISHED).number
    browser = come("supervisor")
    page = browser.get("/desk/whistles/year/?year=2026").content.decode()
    link = f"/desk/whistles/?organisation={crew.id_of('water')}&amp;year=2026&amp;shown=came"
    assert link in page
    assert "不计" in page
    assert number in browser.get(link.replace("&amp;", "&")).content.decode()
    nobody = browser.get("/desk/whistles/?shown=late").content.decode()
    assert number not in nobody
    assert "这一年没有吹过哨" in browser.get("/desk/whistles/year/?year=2019").content.decode()
    own = come("road").get("/desk/whistles/year/").content.decode()
    assert "示例水务" not in own


@pytest.mark.parametrize("name", ["whistles", "whistle-year"])
def test_both_lists_are_taken_as_excel(crew: Crew, come: SignInAs, name: str) -> None:
    crew.play(to=Step.FINISHED)
    path = f"/desk/exports/{name}/"
    answer = come("dispatcher").post(path, {"query": "year=2026"})
    cells = [str(cell) for row in cells_of(answer.content) for cell in row]
    assert "示例水务" in cells


@pytest.mark.parametrize("query", ["kind=emergency&page=2", "step=nonsense&year=x&shown=y", ""])
def test_filters_bear_nonsense(crew: Crew, come: SignInAs, query: str) -> None:
    crew.blow()
    assert come("dispatcher").get(f"/desk/whistles/?{query}").status_code == 200
    assert come("dispatcher").get(f"/desk/whistles/new/?{query}&lon=x").status_code == 200


def test_more_whistles_take_no_more_statements(crew: Crew, come: SignInAs) -> None:
    browser = come("dispatcher")
    view = crew.play(to=Step.ON_SPOT)
    one, few = (
        count_queries(browser, address(view.number)),
        count_queries(browser, "/desk/whistles/"),
    )
    year = count_queries(browser, "/desk/whistles/year/")
    for number in range(3):
        crew.act(view.id, ActionName.COMMENT, "water", note=f"第 {number} 句")
        crew.play(to=Step.ON_SPOT)
    assert count_queries(browser, address(view.number)) == one <= 32
    assert count_queries(browser, "/desk/whistles/") == few <= 10
    assert count_queries(browser, "/desk/whistles/year/") == year <= 10


def test_a_case_at_any_step_shows_the_way_only_while_it_is_open(crew: Crew, come: SignInAs) -> None:
    closed = crew.office.play(to=CaseStep.CLOSED)
    page = come("dispatcher").get(f"/desk/cases/{closed.number}/").content.decode()
    assert "叫单位到场" not in page

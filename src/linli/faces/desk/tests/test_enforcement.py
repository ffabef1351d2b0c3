"""Joint enforcement at the desk: every step in the browser, nobody named, nothing typed lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from linli.ground.kernel.models import Look
from linli.programmes.enforcement.models import Operation, Power, Secondment
from linli.programmes.enforcement.terms import ActionName, Criterion, Step
from linli.programmes.enforcement.tests.factories import (
    SECRET_NAME,
    SECRET_PHONE,
    SECRET_PLATE,
    Team,
    make_team,
)
from linli.spine.cases.terms import Step as CaseStep

from .conftest import count_queries

SECRETS = (SECRET_NAME, SECRET_PLATE, SECRET_PHONE)
SignInAs = Callable[[str], Client]


@pytest.fixture
def team(db: None, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Team:
    """Give a team at work; the pages' clock is its own."""
    settings.MEDIA_ROOT = tmp_path
    made = make_team()
    monkeypatch.setattr("django.utils.timezone.now", lambda: made.at)
    return made


@pytest.fixture
def come(team: Team) -> SignInAs:
    """Give a browser signed in as somebody of the team's world."""

    def signed_in(who: str) -> Client:
        client = Client()
        client.force_login(team.accounts[who])
        return client

    return signed_in


def address(number: str, rest: str = "") -> str:
    return f"/desk/enforcement/{number}/{rest}"


def plan_form(team: Team) -> dict[str, object]:
    return {
        "kind": "open_air_market",
        "title": "早市占道整治",
        "aim": "疏导占道摊位",
        "address": "示例路早市",
        "starts_at": "2026-11-24T06:00",
        "member_ids": [str(one) for one in team.lines.values()],
        "commander_id": str(team.lines["urban"]),
    }


def test_a_plan_is_drawn_up_and_approved(team: Team, come: SignInAs) -> None:
    drawn = come("urban").post("/desk/enforcement/new", plan_form(team), follow=True)
    assert "方案已提交" in drawn.content.decode()
    number = Operation.objects.get().number
    leader = come("leader").post(address(number, "approve_plan/"), {"version": "1"}, follow=True)
    assert "行动现在是“依法告知”" in leader.content.decode()


def test_a_plan_for_a_case_names_it_and_an_unknown_one_is_refused(
    team: Team, come: SignInAs
) -> None:
    reported = team.office.play(to=CaseStep.DISPATCHING)
    browser, form = come("urban"), plan_form(team)
    unknown = browser.post("/desk/enforcement/new", form | {"case_number": "2026-9999999"})
    assert unknown.status_code == 422
    assert "疏导占道摊位</textarea>" in unknown.content.decode()
    not_mine = browser.post("/desk/enforcement/new", form | {"case_number": reported.number})
    assert not_mine.status_code == 422
    assert Operation.objects.count() == 0


def test_too_few_officers_are_said_beside_the_field(team: Team, come: SignInAs) -> None:
    form = plan_form(team) | {"member_ids": [str(team.lines["urban"]), str(team.lines["helper"])]}
    page = come("urban").post("/desk/enforcement/new", form).content.decode()
    assert "至少要有两名有执法资格的人员" in page
    assert 'value="早市占道整治"' in page


def test_the_whole_of_it_in_the_browser(
    team: Team, come: SignInAs, photo: Callable[[], SimpleUploadedFile]
) -> None:
    number = team.play(to=Step.NOTICING).number
    browser = come("urban")
    notice = {
        "party_kind": "business",
        "mark": "东侧 12 号摊位",
        "party_name": SECRET_NAME,
        "phone": SECRET_PHONE,
        "notice_kind": "rectify",
        "power_id": str(team.powers["guide"]),
        "wanted": "三日内撤出",
        "serving": "in_person",
        "deadline_at": "2026-11-26T12:00",
    }
    assert browser.post(address(number, "give_notice/"), notice).status_code == 302
    evidence = {
        "stage": "before",
        "taken_at": "2026-11-23T08:00",
        "taken_by": str(team.lines["urban"]),
        "place": "示例路早市东侧",
    }
    without = browser.post(address(number, "keep_evidence/"), evidence)
    assert without.status_code == 422
    assert "这一步要有照片" in without.content.decode()
    kept = browser.post(address(number, "keep_evidence/"), evidence | {"photos": [photo()]})
    assert kept.status_code == 302
    page = browser.get(address(number)).content.decode()
    assert "核对一致" in page
    assert not [secret for secret in SECRETS if secret in page]
    assert browser.post(address(number, "end_notices/"), {"version": "2"}).status_code == 302
    early = browser.post(address(number, "begin_action/"), {"version": "3"})
    assert "还在给东侧 12 号摊位的改正期限内" in early.content.decode()


def test_scores_are_given_by_the_sub_district_and_answered(team: Team, come: SignInAs) -> None:
    number = team.play(to=Step.JUDGING).number
    scores = {f"points_{one.value}": "17" for one in Criterion} | {"note": "到位准时，取证完整"}
    judged = come("leader").post(address(number, "judge/"), scores, follow=True)
    assert "85 / 100" in judged.content.decode()
    home = come("home")
    assert "回应评价" in home.get(address(number)).content.decode()
    replied = home.post(address(number, "reply/"), {"note": "下次早到半小时"}, follow=True)
    assert "下次早到半小时" in replied.content.decode()


def test_a_public_text_that_names_somebody_comes_back(team: Team, come: SignInAs) -> None:
    number = team.play(to=Step.PUBLISHING).number
    summary = f"对{SECRET_NAME}的摊位进行疏导"
    back = come("leader").post(address(number, "publish/"), {"summary": summary})
    assert back.status_code == 422
    assert "请改掉再公示" in back.content.decode()
    assert f"{summary}</textarea>" in back.content.decode()


def test_a_party_is_opened_with_a_reason_only(team: Team, come: SignInAs) -> None:
    view = team.play(to=Step.GATHERING)
    browser, path = come("urban"), address(view.number, f"parties/{view.parties[0].id}/")
    assert browser.post(path, {"reason": ""}).status_code == 422
    assert not Look.objects.exists()
    opened = browser.post(path, {"reason": "送达改正通知"})
    assert SECRET_NAME in opened.content.decode()
    assert opened["Cache-Control"] == "no-store"
    assert SECRET_NAME not in browser.get(address(view.number)).content.decode()
    assert come("home").post(path, {"reason": "看看"}).status_code == 403


def test_who_may_not_is_told_who_may(team: Team, come: SignInAs) -> None:
    view = team.play(to=Step.GATHERING)
    photo_id = view.evidence[0].photo_id
    for who, status in (("verifier", 403), ("stranger", 403), ("resident", 403)):
        browser = come(who)
        assert browser.get(address(view.number)).status_code == status
        assert browser.get(f"/desk/enforcement/photos/{photo_id}/full").status_code in (403, 404)
    assert come("urban").get("/desk/enforcement/ZF2026-9999/").status_code == 404
    shown = come("home").get(f"/desk/enforcement/photos/{photo_id}/thumb")
    assert shown.getvalue().startswith(b"\xff\xd8\xff")
    assert Client().get(address(view.number)).status_code == 302


def test_an_action_not_open_to_one_changes_nothing(team: Team, come: SignInAs) -> None:
    number = team.play(to=Step.PLANNING).number
    for action in ActionName:
        answer = come("home").post(address(number, f"{action.value}/"), {"note": "试试"})
        assert answer.status_code == (302 if action is ActionName.COMMENT else 409)
    assert Operation.objects.get().step == Step.PLANNING


def test_the_roster_grows_and_lets_go(team: Team, come: SignInAs) -> None:
    leader = come("leader")
    page = leader.get("/desk/enforcement/roster/").content.decode()
    assert "示例市场监管所" in page
    line = Secondment.objects.get(pk=team.lines["market"])
    taken = {
        "person_id": str(line.person_id),
        "home_id": str(team.urban.pk),
        "badge_number": "SF-300",
        "seconded_from": "2026-11-01",
    }
    again = leader.post("/desk/enforcement/roster/add", taken)
    assert again.status_code == 422
    assert "已经在执法队名册上" in again.content.decode()
    today = f"{timezone.localdate():%Y-%m-%d}"
    path = f"/desk/enforcement/roster/{line.pk}/end"
    assert leader.post(path, {"last_on": "2026-13-40"}).status_code == 422
    assert leader.post(path, {"last_on": today}).status_code == 302
    assert come("urban").post(path, {"last_on": today}).status_code == 403


@pytest.mark.parametrize("path", ["", "new", "roster/"])
def test_pages_open_for_the_team(team: Team, come: SignInAs, path: str) -> None:
    team.play(to=Step.NOTICING)
    assert come("urban").get(f"/desk/enforcement/{path}").status_code == 200


def test_filters_find_by_step_and_kind(team: Team, come: SignInAs) -> None:
    number = team.play(to=Step.NOTICING).number
    browser = come("leader")
    for query, there in (
        ("step=noticing", True),
        ("kind=open_air_market&page=x", True),
        ("step=finished", False),
        ("step=nonsense&kind=nonsense", True),
    ):
        page = browser.get(f"/desk/enforcement/?{query}").content.decode()
        assert (number in page) is there


def test_more_of_everything_takes_no_more_statements(team: Team, come: SignInAs) -> None:
    browser = come("leader")
    view = team.play(to=Step.ACTING)
    one, lists = count_queries(browser, address(view.number)), "/desk/enforcement/"
    few = count_queries(browser, lists)
    for number in range(3):
        team.act(view.id, ActionName.COMMENT, note=f"第 {number} 句")
        team.step_on(view.id, ActionName.KEEP_EVIDENCE)
        team.begin(title=f"第 {number} 次")
    assert count_queries(browser, address(view.number)) == one
    assert count_queries(browser, lists) == few
    assert one <= 34
    assert few <= 10


def test_the_list_of_powers_is_kept_by_who_approves(team: Team, client: Client) -> None:
    client.force_login(team.accounts["leader"])
    first = Power.objects.get(pk=team.powers["guide"])
    address = f"/desk/enforcement/powers/{first.pk}/"
    typed = {
        "department_id": first.department_id,
        "operation_kind": first.operation_kind,
        "title": first.title,
        "basis": "《示例条例》第八条",
        "measures": ["guide", "educate"],
        "way": "devolved",
        "delegation": "",
    }
    refused = client.post(address, typed)
    assert refused.status_code == 422
    assert "《示例条例》第八条" in refused.content.decode()
    assert client.post(address, typed | {"delegation": "示例府发〔2026〕1 号"}).status_code == 302
    newest = Power.objects.get(origin=first)
    page = client.get("/desk/enforcement/powers/").content.decode()
    assert "示例府发〔2026〕1 号" in page
    assert "第 2 版" in page
    assert (
        "《示例条例》第一条"
        in client.get(f"/desk/enforcement/powers/{newest.pk}/").content.decode()
    )
    client.post(f"/desk/enforcement/powers/{newest.pk}/retire")
    assert "示例府发" not in client.get("/desk/enforcement/powers/").content.decode()


def test_others_read_the_list_of_powers(team: Team, client: Client) -> None:
    client.force_login(team.accounts["urban"])
    address = f"/desk/enforcement/powers/{team.powers['guide']}/"
    assert "存成新的一版" not in client.get(address).content.decode()
    assert client.post(address, {}).status_code == 403
    assert client.get("/desk/enforcement/powers/new").status_code == 403
    assert client.get("/desk/enforcement/powers/99999999/").status_code == 404


def test_who_steps_aside_is_named_with_who_took_over(team: Team, client: Client) -> None:
    view = team.play(to=Step.GATHERING)
    client.force_login(team.accounts["helper"])
    typed = {"note": "当事人是我的邻居", "successor_id": "", "version": view.version}
    answer = client.post(f"/desk/enforcement/{view.number}/step_aside/", typed)
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "已回避" in page
    assert "当事人是我的邻居" in page
    assert 'id="act-keep_evidence"' not in page


def test_nothing_is_decided_before_the_head_decides(team: Team, client: Client) -> None:
    view = team.play(to=Step.GATHERING)
    client.force_login(team.accounts["leader"])
    page = client.get(f"/desk/enforcement/{view.number}/").content.decode()
    form = page.split('id="act-decide_recusal"')[1].split("</form>")[0]
    assert 'value="1" selected' not in form
    assert "一定要选" in form
    typed = {"recused_id": team.lines["helper"], "note": "没有利害关系", "version": view.version}
    address = f"/desk/enforcement/{view.number}/decide_recusal/"
    assert client.post(address, typed).status_code == 422
    answer = client.post(address, typed | {"is_granted": "0"})
    assert "不用回避" in client.get(answer["Location"]).content.decode()
    client.cookies["language"] = "en"
    assert "（" not in client.get(f"/desk/enforcement/{view.number}/").content.decode()

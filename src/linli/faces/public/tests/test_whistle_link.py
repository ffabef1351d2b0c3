"""The page behind a called organisation's link: one whistle on any phone, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from linli.programmes.whistle.models import Call, CallLink, CallLinkUse, SignIn
from linli.programmes.whistle.queries.codes import get_code
from linli.programmes.whistle.services.links import give_link, stop_link
from linli.programmes.whistle.terms import ActionName, WhistleView
from linli.programmes.whistle.tests.factories import LAT, LON, Crew, make_crew
from linli.spine.cases.terms import Contact, Step

from .conftest import photo_file

CANARIES = ("金丝雀名", "13912340987", "金丝雀门牌")
WECHAT: dict[str, Any] = {"HTTP_USER_AGENT": "Mozilla/5.0 (iPhone) Mobile MicroMessenger/8.0"}


@pytest.fixture
def crew(db: None, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Crew:
    """Give a crew at work; the pages' clock is its own."""
    settings.MEDIA_ROOT = tmp_path
    made = make_crew()
    monkeypatch.setattr("django.utils.timezone.now", lambda: made.at)
    return made


@pytest.fixture
def view(crew: Crew) -> WhistleView:
    """Blow a whistle for a case whose reporter would be recognised anywhere."""
    contact = Contact(name=CANARIES[0], phone=CANARIES[1], door=CANARIES[2])
    case = crew.office.play(to=Step.HANDLING, contact=contact)
    return crew.blow(case_id=case.case_id)


def link_of(crew: Crew, view: WhistleView, who: str = "water") -> str:
    return give_link(
        whistle_id=view.id,
        organisation_id=crew.id_of(who),
        member=crew["dispatcher"],
        at=crew.office.tick(),
    ).token


@pytest.fixture
def token(crew: Crew, view: WhistleView) -> str:
    return link_of(crew, view)


def strict() -> Client:
    return Client(enforce_csrf_checks=True)


def form_of(page: str, action: str) -> dict[str, str]:
    """Read the hidden fields of one form, as a browser would send them."""
    form = page.split(f"/{action}#{action}")[1].split("</form>", maxsplit=1)[0]
    found = re.findall(r'<input type="hidden" name="(\w+)"(?: value="([^"]*)")?', form)
    return dict(found)


def send(client: Client, token: str, action: str, **given: Any) -> Any:
    page = client.get(f"/w/{token}", **WECHAT).content.decode()
    return client.post(f"/w/{token}/{action}", form_of(page, action) | given, **WECHAT)


def test_it_is_answered_signed_in_and_reported_with_a_photo(crew: Crew, token: str) -> None:
    client = strict()
    answered = send(client, token, "come", sends="张工", handler_name="老张")
    assert (answered.status_code, "done=come" in answered["Location"]) == (302, True)
    there = send(client, token, "sign_in", lon=str(LON), lat=str(LAT))
    page = client.get(there["Location"]).content.decode()
    assert "已报到" in page
    assert "按位置核对" in page
    told = send(client, token, "report_deed", note="关阀换管", photos=[photo_file()])
    page = client.get(told["Location"]).content.decode()
    assert "关阀换管" in page
    (shot,) = re.findall(rf'src="(/w/{token}/photos/[^"]+)"', page)
    picture = client.get(shot)
    assert picture.getvalue()[:2] == b"\xff\xd8"
    assert picture["Cache-Control"].startswith("no-store, private")
    used = CallLinkUse.objects.exclude(action="open").order_by("id")
    assert [(one.action, one.device) for one in used] == [
        (name, "wechat") for name in ("come", "sign_in", "report_deed")
    ]
    assert all(one.event_id for one in used)


def test_the_code_proves_where_the_phone_gives_no_position(
    crew: Crew, view: WhistleView, token: str
) -> None:
    client = strict()
    wrong = send(client, token, "sign_in", code="12", note="东门")
    page = wrong.content.decode()
    assert (wrong.status_code, "到场码不对" in page, "东门" in page) == (422, True, True)
    assert not SignIn.objects.exists()
    code = get_code(whistle_id=view.id, member=crew["dispatcher"], at=crew.at).code
    scanned = client.get(f"/w/here/{code}")
    assert scanned["Location"] == f"/w/{token}?code={code}#sign_in"
    assert f'value="{code}"' in client.get(scanned["Location"]).content.decode()
    send(client, token, "sign_in", code=code)
    assert SignIn.objects.get().proof == "code"


def test_who_scans_the_code_without_a_link_is_told_where_to_type_it(crew: Crew) -> None:
    page = Client().get("/w/here/483920")
    assert (page.status_code, "483 920" in page.content.decode()) == (200, True)
    assert page["Cache-Control"] == "no-store, private"
    for nonsense in ("abc", "1" * 12, "४८३"):
        assert Client().get(f"/w/here/{nonsense}").status_code == 404


def test_without_position_and_code_the_caller_has_to_confirm(crew: Crew, token: str) -> None:
    client = strict()
    done = send(client, token, "sign_in")
    assert "请召集人确认到场" in client.get(done["Location"]).content.decode()


def test_nobody_learns_of_the_reporter_and_of_nothing_else(
    crew: Crew, view: WhistleView, token: str
) -> None:
    client = strict()
    page = client.get(f"/w/{token}")
    text = page.content.decode()
    assert not [one for one in CANARIES if one in text]
    assert view.case_number
    assert view.case_number not in text
    assert page["Referrer-Policy"] == "no-referrer"
    assert page["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    own = re.compile(rf"^(#|\?|tel:|/w/{token})")
    assert [one for one in re.findall(r'<a [^>]*href="([^"]+)"', text) if not own.match(one)] == []
    assert client.get("/desk/").status_code == 302


def test_a_form_sent_from_elsewhere_changes_nothing(crew: Crew, token: str) -> None:
    sent = strict().post(f"/w/{token}/come", {"version": "1", "secret": "x", "note": "别的"})
    assert (sent.status_code, "别的" in sent.content.decode()) == (403, True)
    assert not Call.objects.exclude(answer="").exists()


@pytest.mark.parametrize("action", [ActionName.CANCEL, ActionName.RECORD_OUTCOME, ActionName.JUDGE])
def test_the_caller_s_acts_are_not_there(crew: Crew, token: str, action: ActionName) -> None:
    sent = strict().post(f"/w/{token}/{action.value}", {"note": "x"})
    assert sent.status_code == 409
    assert strict().post(f"/w/{token}/no_such", {}).status_code == 404


def test_why_one_can_t_come_is_asked(crew: Crew, token: str) -> None:
    client = strict()
    empty = send(client, token, "decline", handler_name="老张")
    page = empty.content.decode()
    assert (empty.status_code, 'value="老张"' in page) == (422, True)
    assert send(client, token, "decline", note="走不开").status_code == 302


def test_dead_links_say_so_and_give_a_telephone(crew: Crew, view: WhistleView, token: str) -> None:
    client = strict()
    link = CallLink.objects.get()
    stop_link(whistle_id=view.id, link_id=link.id, member=crew["dispatcher"], at=crew.at)
    revoked = client.get(f"/w/{token}")
    assert (revoked.status_code, "tel:" in revoked.content.decode()) == (410, True)
    assert client.post(f"/w/{token}/come", {}).status_code == 410
    fresh = link_of(crew, view)
    crew.office.tick(timedelta(days=40))
    assert client.get(f"/w/{fresh}").status_code == 410
    assert client.get(f"/w/{'x' * 32}").status_code == 404


def test_another_s_photo_is_not_shown(crew: Crew, view: WhistleView, token: str) -> None:
    client, other = strict(), link_of(crew, view, "road")
    for one in (token, other):
        send(client, one, "sign_in", lon=str(LON), lat=str(LAT))
    send(client, token, "report_deed", note="做了", photos=[photo_file()])
    page = client.get(f"/w/{token}").content.decode()
    (shot,) = re.findall(rf'src="(/w/{token}/photos/[^"]+)"', page)
    assert client.get(shot.replace(token, other)).status_code == 404


def test_in_english_too(crew: Crew, token: str) -> None:
    page = strict().get(f"/w/{token}?language=en").content.decode()
    assert 'lang="en"' in page
    assert "Example Water" in page
    shown = re.sub(
        r"<[^>]*>|水管爆裂|关阀、抢修、围挡、疏导|示例\w+|第[\d-]*网格", "", page.split("<main")[1]
    )
    assert re.findall(r"[\u4e00-\u9fff]+", shown) == []


@pytest.fixture
def signed_in(crew: Crew) -> Callable[[str], Client]:
    """Give a browser signed in as somebody of the crew's world."""

    def enter(who: str) -> Client:
        client = Client()
        client.force_login(crew.accounts[who])
        return client

    return enter


def test_the_caller_gives_shows_once_and_stops(
    crew: Crew, view: WhistleView, signed_in: Callable[[str], Client]
) -> None:
    client, path = signed_in("dispatcher"), f"/desk/whistles/{view.number}/links/"
    made = client.post(f"{path}give", {"organisation": crew.id_of("water")})
    page = made.content.decode()
    address = page.split('data-copy="')[1].split('"')[0]
    assert address.startswith("http://testserver/w/")
    assert ("<svg" in page.split('class="qr')[1], made["Cache-Control"]) == (True, "no-store")
    assert strict().get(address).status_code == 200
    later = client.get(path).content.decode()
    assert address not in later
    assert "打开" in later
    stopped = client.post(f"{path}{CallLink.objects.get().id}/stop")
    assert "链接已停用" in stopped.content.decode()
    assert strict().get(address).status_code == 410
    again = client.post(f"{path}{CallLink.objects.get().id}/stop")
    assert again.status_code == 422


def test_what_can_t_be_given_is_said(
    crew: Crew, view: WhistleView, signed_in: Callable[[str], Client]
) -> None:
    client, path = signed_in("dispatcher"), f"/desk/whistles/{view.number}/links/"
    for sent in ({}, {"organisation": "x"}, {"organisation": crew.id_of("police")}):
        assert client.post(f"{path}give", sent).status_code == 422
    far = {"organisation": crew.id_of("water"), "expires_on": "2029-01-01"}
    assert client.post(f"{path}give", far).status_code == 422
    assert client.get("/desk/whistles/SH2026-9999/links/").status_code == 404
    assert not CallLink.objects.exists()


@pytest.mark.parametrize("who", ["water", "secretary", "stranger", "clerk"])
def test_links_and_code_are_the_caller_s_alone(
    crew: Crew, view: WhistleView, signed_in: Callable[[str], Client], who: str
) -> None:
    client, path = signed_in(who), f"/desk/whistles/{view.number}/"
    assert client.get(f"{path}links/").status_code == 403
    assert client.get(f"{path}code/").status_code == 403
    assert client.post(f"{path}links/give", {"organisation": "1"}).status_code == 403


def test_the_code_s_page_shows_it_large_and_refreshes(
    crew: Crew, view: WhistleView, signed_in: Callable[[str], Client]
) -> None:
    code = get_code(whistle_id=view.id, member=crew["dispatcher"], at=crew.at).code
    client, path = signed_in("shift"), f"/desk/whistles/{view.number}/code/"
    whole = client.get(path).content.decode()
    part = client.get(path, HTTP_HX_REQUEST="true").content.decode()
    for page in (whole, part):
        assert f"{code[:3]} {code[3:]}" in page
        assert "<svg" in page
    assert "<main" in whole
    assert "<main" not in part


def test_the_whistle_s_page_leads_there_for_its_caller(
    crew: Crew, view: WhistleView, signed_in: Callable[[str], Client]
) -> None:
    path = f"/desk/whistles/{view.number}/"
    assert f"{path}links/" in signed_in("dispatcher").get(path).content.decode()
    assert f"{path}links/" not in signed_in("water").get(path).content.decode()

"""Giving a link on the case page: shown once, stopped, and by whom."""

from __future__ import annotations

from linli.ground.people.terms import Role
from linli.spine.cases.models import Assignment, HandlerLink
from linli.spine.cases.terms import Reported, Step
from linli.spine.cases.tests.factories import Office

from .conftest import SignIn, count_queries


def path(reported: Reported, rest: str = "") -> str:
    return f"/desk/cases/{reported.number}/links/{rest}"


def lead_id(reported: Reported) -> str:
    return str(Assignment.objects.get(case_id=reported.case_id, duty="lead").pk)


def test_a_link_is_made_and_its_address_shown_once(office: Office, sign_in: SignIn) -> None:
    reported = office.play(to=Step.HANDLING)
    client = sign_in(Role.DISPATCHER)
    made = client.post(path(reported, "give"), {"assignment": lead_id(reported)})
    page = made.content.decode()
    address = page.split('data-copy="')[1].split('"')[0]
    assert address.startswith("http://testserver/h/")
    assert client.get(address).status_code == 200
    later = client.get(path(reported)).content.decode()
    assert address not in later
    assert "其他设备" in later or "电脑浏览器" in later
    assert made["Cache-Control"] == "no-store"


def test_the_last_day_is_one_s_choice(office: Office, sign_in: SignIn) -> None:
    reported = office.play(to=Step.HANDLING)
    client, asked = sign_in(Role.DISPATCHER), {"assignment": lead_id(reported)}
    client.post(path(reported, "give"), asked | {"expires_on": "2026-12-01"})
    assert HandlerLink.objects.get().expires_at.isoformat() == "2026-12-01T15:59:59+00:00"
    too_far = client.post(path(reported, "give"), asked | {"expires_on": "2029-12-01"})
    assert too_far.status_code == 422
    assert "90 天以内" in too_far.content.decode()


def test_a_link_is_stopped(office: Office, sign_in: SignIn) -> None:
    reported = office.play(to=Step.HANDLING)
    client = sign_in(Role.DISPATCHER)
    page = client.post(path(reported, "give"), {"assignment": lead_id(reported)}).content.decode()
    address = page.split('data-copy="')[1].split('"')[0]
    stopped = client.post(path(reported, f"{HandlerLink.objects.get().id}/stop"))
    assert "链接已停用" in stopped.content.decode()
    assert client.get(address).status_code == 410


def test_the_case_page_takes_in_the_links_of_those_who_may_give_them(
    office: Office, sign_in: SignIn
) -> None:
    reported = office.play(to=Step.HANDLING)
    for role, there in ((Role.DISPATCHER, True), (Role.HANDLER, True), (Role.VERIFIER, False)):
        page = sign_in(role).get(f"/desk/cases/{reported.number}/").content.decode()
        assert (f'hx-get="{path(reported)}"' in page) is there
    assert sign_in(Role.VERIFIER).get(path(reported)).status_code == 403


def test_a_fragment_is_given_to_the_page_and_a_whole_page_without_script(
    office: Office, sign_in: SignIn
) -> None:
    reported = office.play(to=Step.HANDLING)
    client = sign_in(Role.DISPATCHER)
    part = client.get(path(reported), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "生成链接" in part
    assert "<html" in client.get(path(reported)).content.decode()


def test_out_of_reach_nonsense_and_unknown_numbers(office: Office, sign_in: SignIn) -> None:
    reported = office.play(to=Step.FILING)
    assert sign_in(Role.HANDLER).get(path(reported)).status_code == 403
    client = sign_in(Role.DISPATCHER)
    assert client.get("/desk/cases/2026-9999999/links/").status_code == 404
    for nonsense in ("", "x", "-1", "9" * 30, "٣"):
        answer = client.post(path(reported, "give"), {"assignment": nonsense})
        assert answer.status_code == 422


def test_many_links_take_no_more_statements(office: Office, sign_in: SignIn) -> None:
    reported = office.play(to=Step.HANDLING)
    client = sign_in(Role.DISPATCHER)
    asked = {"assignment": lead_id(reported), "keeps_others": "1"}
    client.post(path(reported, "give"), asked)
    few = count_queries(client, path(reported))
    for _ in range(5):
        client.post(path(reported, "give"), asked)
    assert count_queries(client, path(reported)) == few
    assert few <= 16

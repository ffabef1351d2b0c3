"""The page behind a handler's link: one case on any phone, and nothing else by it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

from linli.ground.people.terms import Role
from linli.spine.cases.models import Assignment, Case, CasePhoto, HandlerLink, LinkUse
from linli.spine.cases.services.links import make_link, revoke_link
from linli.spine.cases.terms import ActionName, Contact, Point, Reported, Step
from linli.spine.cases.tests.factories import Office, make_photo, new_report

from .conftest import photo_file

CANARIES = ("金丝雀名", "13912340987", "金丝雀门牌")
WECHAT: dict[str, Any] = {"HTTP_USER_AGENT": "Mozilla/5.0 (iPhone) Mobile MicroMessenger/8.0"}


def link_for(office: Office, reported: Reported, **changes: Any) -> str:
    lead = Assignment.objects.filter(case_id=reported.case_id, duty="lead").latest("id")
    member = office[Role.DISPATCHER]
    return make_link(assignment_id=lead.pk, member=member, at=office.tick(), **changes).token


@pytest.fixture
def reported(office: Office) -> Reported:
    """Give a case that waits for its handler, by a reporter who would be recognised anywhere."""
    contact = Contact(name="金丝雀名", phone="13912340987", door="金丝雀门牌")
    return office.play(
        to=Step.ACCEPTING,
        contact=contact,
        photos=(make_photo(),),
        device=Point(lon=125.30777, lat=43.87777),
    )


@pytest.fixture
def token(office: Office, reported: Reported) -> str:
    return link_for(office, reported)


def form_of(page: str, action: str) -> dict[str, str]:
    """Read the hidden fields of one form, as a browser would send them."""
    form = page.split(f"/{action}#{action}")[1].split("</form>", maxsplit=1)[0]
    found = re.findall(r'<input type="hidden" name="(\w+)"(?: value="([^"]*)")?', form)
    return dict(found)


def send(client: Client, token: str, action: str, **given: Any) -> Any:
    page = client.get(f"/h/{token}", **WECHAT).content.decode()
    return client.post(f"/h/{token}/{action}", form_of(page, action) | given, **WECHAT)


def strict() -> Client:
    """Give a browser that is asked for a CSRF token wherever one is wanted."""
    return Client(enforce_csrf_checks=True)


def step_of(reported: Reported) -> str:
    return Case.objects.values_list("step", flat=True).get(id=reported.case_id)


def test_the_whole_work_is_done_by_link_without_cookies_and_script(
    office: Office, reported: Reported, token: str
) -> None:
    browser = strict()
    accepted = send(browser, token, "accept", handler_name="张师傅")
    assert accepted.status_code == 302
    assert step_of(reported) == Step.HANDLING
    assert send(browser, token, "contact_request", note="在几单元？").status_code == 302
    assert send(browser, token, "comment", note="配件明天到").status_code == 302
    done = send(browser, token, "feed_back", note="已清运", photos=[photo_file()])
    assert done.status_code == 302
    assert step_of(reported) == Step.CHECKING
    assert CasePhoto.objects.filter(case_id=reported.case_id, stage="handling").count() == 1
    shown = browser.get(done["Location"]).content.decode()
    assert "接下来由别人到现场核查" in shown
    assert not browser.cookies
    assert set(LinkUse.objects.values_list("device", flat=True)) == {"wechat", "unknown"}


def test_returning_cites_an_item_and_ends_the_link(
    office: Office, reported: Reported, token: str
) -> None:
    browser = strict()
    without = send(browser, token, "return", note="不归我们管", responsibility_id="")
    assert without.status_code == 422
    assert "不归我们管</textarea>" in without.content.decode()
    item = str(office.responsibility.pk)
    returned = send(browser, token, "return", note="不归我们管", responsibility_id=item)
    assert "已退回指挥中心" in returned.content.decode()
    assert step_of(reported) == Step.DISPATCHING
    assert browser.get(f"/h/{token}").status_code == 410


def test_the_page_tells_nothing_of_the_reporter_and_is_told_to_nobody(
    office: Office, reported: Reported, token: str
) -> None:
    answer = strict().get(f"/h/{token}")
    page = answer.content.decode()
    assert not [canary for canary in CANARIES if canary in page]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer["X-Robots-Tag"]
    assert "no-store" in answer["Cache-Control"]
    outside = re.findall(r'(?:href|src|action)="(?!/|#|\?|tel:)([^"]*)"', page)
    assert outside == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_is_whole_in_both_languages(token: str, language: str) -> None:
    page = strict().get(f"/h/{token}?language={language}").content.decode()
    assert ("Accept" in page) is (language == "en")
    assert ("接单" in page) is (language != "en")
    assert f'name="language" value="{language}"' in page


def test_a_refused_form_keeps_words_and_photos(
    reported: Reported, token: str, office: Office
) -> None:
    browser = strict()
    send(browser, token, "accept")
    refused = send(browser, token, "feed_back", note="", photos=[photo_file()], handler_name="李")
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "已收到 1 张照片" in page
    kept = page.split('name="photos_kept" value="')[1].split('"')[0]
    assert send(browser, token, "feed_back", note="好了", photos_kept=kept).status_code == 302
    no_photo = LinkUse.objects.filter(action="feed_back").count()
    assert no_photo == 1


def test_a_form_without_its_secret_does_nothing(reported: Reported, token: str) -> None:
    for secret in ({}, {"secret": "0" * 32}):
        answer = strict().post(f"/h/{token}/accept", {"version": "1", **secret})
        assert answer.status_code == 403
        assert "页面放得太久" in answer.content.decode()
    assert step_of(reported) == Step.ACCEPTING


def test_who_comes_second_sees_how_it_stands(reported: Reported, token: str) -> None:
    browser = strict()
    page = browser.get(f"/h/{token}").content.decode()
    first = form_of(page, "accept")
    assert browser.post(f"/h/{token}/accept", first).status_code == 302
    again = browser.post(f"/h/{token}/accept", first)
    assert again.status_code == 409
    assert "处置中" in again.content.decode()


def test_a_dead_link_names_the_telephone(office: Office, reported: Reported, token: str) -> None:
    row = HandlerLink.objects.get()
    with mock.patch(
        "linli.faces.public.web.behind_link.get_duty_phone", return_value="0431-5550100"
    ):
        revoke_link(link_id=row.id, member=office[Role.DISPATCHER], at=office.tick())
        revoked = strict().get(f"/h/{token}")
        assert (revoked.status_code, "0431-5550100" in revoked.content.decode()) == (410, True)
        fresh = link_for(office, reported)
        office.tick(timedelta(days=40))
        expired = strict().get(f"/h/{fresh}")
        assert "已经过期" in expired.content.decode()
        assert strict().post(f"/h/{fresh}/accept", {}).status_code == 410
    unknown = strict().get("/h/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
    assert (unknown.status_code, "12345" in unknown.content.decode()) == (404, True)
    assert reported.number not in revoked.content.decode() + expired.content.decode()


def test_guessing_is_slowed_down(office: Office) -> None:
    answers = [strict().get(f"/h/guess{number}").status_code for number in range(23)]
    assert answers[0] == 404
    assert answers[-1] == 429


@pytest.mark.parametrize("action", sorted(set(ActionName) - {ActionName.ACCEPT}))
def test_no_other_action_is_taken_by_link(
    reported: Reported, token: str, action: ActionName
) -> None:
    version = Case.objects.get(id=reported.case_id).version
    browser = strict()
    secret = form_of(browser.get(f"/h/{token}").content.decode(), "accept")["secret"]
    given = {"version": str(version), "secret": secret, "note": ""}
    assert browser.post(f"/h/{token}/{action.value}", given).status_code in (409, 422)
    assert step_of(reported) == Step.ACCEPTING


def addresses(patterns: list[Any] | None = None, before: str = "") -> list[str]:
    """List every address of the house, with something plausible for its variables."""
    found: list[str] = []
    for one in get_resolver().url_patterns if patterns is None else patterns:
        path = before + str(one.pattern)
        if isinstance(one, URLResolver):
            found += addresses(one.url_patterns, path)
        elif isinstance(one, URLPattern):
            found.append("/" + re.sub(r"<[^>]*>|\(.*?\)|[\^$\\]", "1", path))
    return found


def test_the_link_opens_nothing_else(office: Office, reported: Reported, token: str) -> None:
    browser, stranger = Client(), Client()
    browser.get(f"/h/{token}", **WECHAT)
    tokens: dict[str, Any] = {
        "HTTP_AUTHORIZATION": f"Bearer {token}",
        "HTTP_REFERER": f"http://testserver/h/{token}",
    }
    others = [path for path in addresses() if not path.startswith(("/h/", "/static/"))]
    others += [
        f"/desk/cases/{reported.number}/",
        f"/desk/cases/{reported.number}/links/",
        f"/api/v1/cases/{reported.number}",
        f"/t/{token}",
        f"/photos/{CasePhoto.objects.get(case_id=reported.case_id).photo_id}/full",
    ]
    assert len(others) > 60
    for path in others:
        by_link = browser.get(path, **tokens)
        assert reported.number not in _told(by_link), path
        if not path.startswith("/api/"):
            assert by_link.status_code == stranger.get(path).status_code, path
        else:
            assert by_link.status_code in (200, 401, 403, 404, 405, 422), path


def _told(answer: Any) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return bytes(body).decode(errors="replace")


def test_the_token_is_no_token_of_the_api(token: str) -> None:
    asked: dict[str, Any] = {"HTTP_AUTHORIZATION": f"Bearer {token}"}
    assert Client().get("/api/v1/cases", **asked).status_code == 401


def test_photos_are_shown_under_the_link_only_of_its_case(
    office: Office, reported: Reported, token: str
) -> None:
    other = office.report(photos=(make_photo(),), text="别处的事")
    foreign = CasePhoto.objects.get(case_id=other.case_id).photo_id
    assert strict().get(f"/h/{token}/photos/{foreign}/full").status_code == 404
    browser = strict()
    send(browser, token, "accept")
    send(browser, token, "feed_back", note="好了", photos=[photo_file()])
    mine = CasePhoto.objects.get(case_id=reported.case_id, stage="handling").photo_id
    shown = browser.get(f"/h/{token}/photos/{mine}/thumb")
    assert _told(shown)
    assert shown["Referrer-Policy"] == "no-referrer"
    assert strict().get(f"/h/{token}/photos/{mine}/huge").status_code == 404
    assert strict().get(f"/photos/{mine}/thumb").status_code == 404


def test_script_in_what_people_wrote_stays_text(office: Office) -> None:
    nasty = "<script>window.canary=1</script>"
    reported = office.play(to=Step.HANDLING, text=nasty, address=nasty, place_note=nasty)
    token = link_for(office, reported)
    send(strict(), token, "comment", note=nasty, handler_name=nasty)
    page = strict().get(f"/h/{token}").content.decode()
    assert "<script>window" not in page
    assert "&lt;script&gt;" in page


def test_a_long_life_takes_no_more_statements(office: Office, reported: Reported) -> None:
    token = link_for(office, reported)
    counts = []
    for _ in range(2):
        strict().get(f"/h/{token}")
        with CaptureQueriesContext(connection) as asked:
            strict().get(f"/h/{token}")
        counts.append(len(asked))
        for number in range(8):
            office.act(reported.case_id, ActionName.COMMENT, Role.SHIFT_LEADER, note=f"{number}")
    assert counts[0] == counts[1]
    assert counts[0] <= 22


def test_new_report_is_what_the_case_came_from(reported: Reported) -> None:
    assert Case.objects.get(id=reported.case_id).text == new_report().text

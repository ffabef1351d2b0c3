"""The pending register in public, and the page of the tracking code of a case on it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from linli.ground.people.terms import Role
from linli.spine.cases.models import Case
from linli.spine.cases.services import wake_due
from linli.spine.cases.terms import ActionName, CaseKind, Step, Visibility
from linli.spine.cases.terms.putting_off import Cause
from linli.spine.cases.tests.factories import Office

PAGE = "/pending/"
TEXT, TITLE, ADDRESS = "金丝雀说路面塌了一块", "金丝雀标题", "金丝雀巷九号"


def shown(client: Client, path: str) -> str:
    return str(client.get(path).content.decode())


def test_everybody_reads_why_and_until_when_and_nothing_a_reporter_wrote(
    client: Client, office: Office
) -> None:
    reported = office.play(to=Step.PENDING, text=TEXT, title=TITLE, address=ADDRESS)
    page = shown(client, PAGE)
    for words in (
        "有 1 件先挂账，到日子再办",
        reported.number,
        "示例社区1",
        "季节：现在的季节没法施工，要等天气合适",
        "围挡并挂警示牌，每天看一次",
        "2026年12月14日",
    ):
        assert words in page
    for words in ("金丝雀", "地冻着", "环卫值班岗", "示例环卫所"):
        assert words not in page


@pytest.mark.parametrize(
    "change",
    [
        {"visibility": Visibility.STAFF.value},
        {"kind": CaseKind.COMPLAINT.value},
        {"kind": CaseKind.REPORT.value},
    ],
)
def test_what_is_not_public_is_counted_and_not_shown(
    client: Client, office: Office, change: dict[str, str]
) -> None:
    reported = office.play(to=Step.PENDING)
    Case.objects.filter(id=reported.case_id).update(**change)
    page = shown(client, PAGE)
    assert "有 1 件先挂账，到日子再办" in page
    assert "另有 1 件按规定不公开内容，只计件数。" in page
    assert reported.number not in page


def test_it_is_linked_from_the_front_and_empty_at_first(client: Client, office: Office) -> None:
    assert 'href="/pending/"' in shown(client, "/")
    assert "没有挂账的案件" in shown(client, PAGE)


def test_in_english_too(client: Client, office: Office) -> None:
    office.play(to=Step.PENDING)
    client.cookies["language"] = "en"
    page = shown(client, PAGE)
    assert "1 matter waits for its day" in page
    assert "Season: the work can&#x27;t be done in this season and waits for the weather" in page


def test_the_tracking_page_tells_how_it_waits_and_that_it_goes_on(
    client: Client, office: Office
) -> None:
    reported = office.play(to=Step.PENDING)
    page = shown(client, f"/t/{reported.tracking_code}")
    assert "先挂账，到日子再办" in page
    assert "现在的季节没法施工，要等天气合适，2026年12月14日 再办" in page
    assert "地冻着" not in page
    wake_due(at=office.tick(timedelta(days=25)))
    page = shown(client, f"/t/{reported.tracking_code}")
    assert "挂账已经结束，由示例环卫所接着办" in page
    assert "恢复办理，改到" in page


def test_the_tracking_page_tells_of_more_time(client: Client, office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    office.act(
        reported.case_id,
        ActionName.ASK_EXTENSION,
        Role.HANDLER,
        cause=Cause.WEATHER,
        until=date(2026, 11, 25),
        note="内部的话",
    )
    assert "延期" not in shown(client, f"/t/{reported.tracking_code}")
    office.act(reported.case_id, ActionName.GRANT_EXTENSION, Role.SHIFT_LEADER)
    page = shown(client, f"/t/{reported.tracking_code}")
    assert "经批准延期，2026年11月25日 18:00 前办好" in page
    assert "内部的话" not in page

"""The pending register at the desk: asked for and decided on the page, listed, taken as a file."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from linli.ground.kernel.tests.sheets import cells_of
from linli.ground.people.terms import Role
from linli.spine.cases.models import Case, Pending
from linli.spine.cases.services import wake_due
from linli.spine.cases.terms import ActionName, Reported, Step
from linli.spine.cases.terms.pending import Obstacle
from linli.spine.cases.tests.factories import Office

from .conftest import SignIn, count_queries

PAGE = "/desk/pending/"
MEASURE = "围挡并挂警示牌，每天看一次"


@pytest.fixture
def office(office: Office) -> Office:
    office.lead_street()
    return office


def ask(office: Office, reported: Reported, **changes: object) -> None:
    wish = office.wish_to_rest(**changes)
    office.act(reported.case_id, ActionName.ASK_PENDING, Role.HANDLER, **wish)


def test_it_is_asked_for_on_the_page_and_what_was_typed_stays(
    office: Office, sign_in: SignIn
) -> None:
    reported = office.play(to=Step.HANDLING)
    client, path = sign_in(Role.HANDLER), f"/desk/cases/{reported.number}/"
    version = Case.objects.get(id=reported.case_id).version
    typed = {
        "version": str(version),
        "obstacle": "season",
        "measure": MEASURE,
        "unit_id": str(office.lead.pk),
        "post": "值班岗",
        "wake_on": "2026-12-13",
        "note": "地冻着",
    }
    refused = client.post(f"{path}ask_pending/", typed)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "那一天不上班，请选一个工作日。" in page
    assert MEASURE in page
    assert 'value="2026-12-13"' in page
    taken = client.post(f"{path}ask_pending/", typed | {"wake_on": "2026-12-14"})
    assert taken.status_code == 302
    assert "等街道领导决定" in client.get(path).content.decode()


def test_the_leader_finds_it_and_decides_and_the_clock_is_said_to_rest(
    office: Office, sign_in: SignIn
) -> None:
    reported = office.play(to=Step.HANDLING)
    ask(office, reported)
    client, path = sign_in(Role.STREET_LEADER), f"/desk/cases/{reported.number}/"
    assert "1 件申请等您决定" in client.get(PAGE).content.decode()
    assert f"{path}#act-approve_pending" in client.get("/desk/").content.decode()
    page = client.get(path).content.decode()
    assert "该您：批准挂账" in page
    version = Case.objects.get(id=reported.case_id).version
    answer = client.post(f"{path}approve_pending/", {"version": str(version), "note": "同意"})
    assert answer.status_code == 302
    page = client.get(path).content.decode()
    assert "挂账期间暂停，恢复办理后从剩下的接着走" in page
    assert "现在应办结" not in page
    assert MEASURE in page


def test_the_list_shows_the_longest_waiting_first_and_is_narrowed(
    office: Office, sign_in: SignIn
) -> None:
    older, newer = office.play(to=Step.PENDING), office.play(to=Step.HANDLING)
    office.tick(timedelta(days=1))
    ask(office, newer, obstacle=Obstacle.LAW, post="执法岗")
    office.act(newer.case_id, ActionName.APPROVE_PENDING, Role.STREET_LEADER)
    client = sign_in(Role.SHIFT_LEADER)
    page = client.get(PAGE).content.decode()
    assert "有 2 件挂账" in page
    assert page.index(older.number) < page.index(newer.number)
    law = client.get(f"{PAGE}?why=law").content.decode()
    assert older.number not in law
    assert "执法岗" in law
    soon = client.get(f"{PAGE}?wakes=7").content.decode()
    assert "没有符合条件的挂账案件" in soon
    owner = client.get(f"{PAGE}?owner={office.lead.pk}&area={office.place.street.code}")
    assert "2 件" in owner.content.decode()
    assert client.get(f"{PAGE}?why=x&owner=-1&area=';--&wakes=9&page=0").status_code == 200


def test_it_costs_as_many_statements_however_many_there_are(
    office: Office, sign_in: SignIn
) -> None:
    office.play(to=Step.PENDING)
    client = sign_in(Role.STREET_LEADER)
    asked = office.play(to=Step.HANDLING)
    ask(office, asked)
    few = count_queries(client, PAGE)
    for _ in range(3):
        office.play(to=Step.PENDING)
        ask(office, office.play(to=Step.HANDLING))
    assert count_queries(client, PAGE) == few <= 25


def test_a_handler_sees_what_the_own_organisation_has_and_others_nothing(
    office: Office, sign_in: SignIn
) -> None:
    reported = office.play(to=Step.PENDING)
    assert reported.number in sign_in(Role.HANDLER).get(PAGE).content.decode()
    Pending.objects.update(is_renewal=True)
    assert sign_in(Role.RESIDENT).get(PAGE).status_code == 403


def test_it_is_taken_as_a_file_as_it_is_narrowed(office: Office, sign_in: SignIn) -> None:
    reported = office.play(to=Step.PENDING)
    answer = sign_in(Role.SHIFT_LEADER).post("/desk/exports/pending/", {"query": "why=season"})
    shown = str(cells_of(answer.content))
    assert reported.number in shown
    assert MEASURE in shown
    assert "季节" in shown


def test_the_board_shows_the_stock_beside_its_figures(office: Office, sign_in: SignIn) -> None:
    office.play(to=Step.PENDING)
    office.tick(timedelta(days=9))
    page = sign_in(Role.SHIFT_LEADER).get("/desk/supervision/").content.decode()
    assert re.search(r'href="/desk/pending/">挂账 <strong class="number">1<', page)
    assert "没有要督办的事" in page


def test_a_woken_case_tells_its_story(office: Office, sign_in: SignIn) -> None:
    reported = office.play(to=Step.PENDING)
    wake_due(at=office.tick(timedelta(days=25)))
    page = sign_in(Role.SHIFT_LEADER).get(f"/desk/cases/{reported.number}/").content.decode()
    assert "唤醒日期到了，继续办理" in page
    assert "已结束" in page


def test_nothing_is_pending_at_first(office: Office, sign_in: SignIn) -> None:
    page = sign_in(Role.SHIFT_LEADER).get(PAGE).content.decode()
    assert "没有挂账的案件" in page
    assert "由主办单位或值班长在案件页申请" in page

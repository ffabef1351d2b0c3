"""A shift is handed over on the pages: written, given, taken over, printed, worked off."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from linli.ground.people.terms import Role
from linli.programmes.shifts.models import Handover, HandoverPoint
from linli.spine.cases.terms import Step
from linli.spine.cases.tests.factories import Office

from .conftest import SignIn, count_queries

CLERK, LEADER = Role.INTAKE_CLERK, Role.SHIFT_LEADER


@pytest.fixture
def clerk(office: Office, sign_in: SignIn) -> Client:
    """Give the clerk's browser, where a hand-over has begun."""
    client = sign_in(CLERK)
    client.post("/desk/handover/open")
    return client


def address() -> str:
    return f"/desk/handover/{Handover.objects.get().pk}/"


def written(**changes: Any) -> dict[str, Any]:
    """Give the form as the clerk fills it, with changes."""
    usual = {"remarks": "夜里风大", "case_number": ["", ""], "text": ["早上看一眼广告牌", ""]}
    return {**usual, **changes}


def hand_over(clerk: Client) -> None:
    clerk.post(address(), written(give="1"))


def test_what_stands_open_is_listed_by_number(office: Office, sign_in: SignIn) -> None:
    urgent = office.play(to=Step.HANDLING, is_urgent=True)
    client = sign_in(CLERK)
    page = client.post("/desk/handover/open", follow=True).content.decode()
    assert f"/desk/cases/{urgent.number}/" in page
    for secret in ("王示例", "13900001234", "3-2-101"):
        assert secret not in page


def test_a_shift_is_written_given_and_taken_over(
    office: Office, sign_in: SignIn, clerk: Client
) -> None:
    clerk.post(address(), written(save="1"))
    assert "夜里风大" in clerk.get(address()).content.decode()
    hand_over(clerk)
    leader = sign_in(LEADER)
    assert "等接班人确认" in leader.get("/desk/").content.decode()
    assert "我来接班" in leader.get(address()).content.decode()
    assert "我来接班" not in clerk.get(address()).content.decode()
    leader.post(f"{address()}confirm")
    assert Handover.objects.get().state == "confirmed"
    assert "早上看一眼广告牌" in leader.get("/desk/").content.decode()


def test_a_refused_form_keeps_everything(office: Office, clerk: Client) -> None:
    sent = written(give="1", case_number=["2026-9999999", ""], remarks="别丢了")
    answer = clerk.post(address(), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    for kept in ("别丢了", "2026-9999999", "早上看一眼广告牌", "您写的内容都还在"):
        assert kept in page
    assert Handover.objects.get().state == "open"


def test_points_are_ticked_off_on_the_next_home(
    office: Office, sign_in: SignIn, clerk: Client
) -> None:
    hand_over(clerk)
    leader = sign_in(LEADER)
    leader.post(f"{address()}confirm")
    point = HandoverPoint.objects.get()
    page = leader.post(f"/desk/handover/points/{point.pk}/tick", follow=True).content.decode()
    assert "上一班交下来的" not in page
    assert "已办" in leader.get(address()).content.decode()
    assert leader.post("/desk/handover/points/0/tick").status_code == 404


def test_it_is_printed_with_places_to_sign(office: Office, clerk: Client) -> None:
    hand_over(clerk)
    page = clerk.get(f"{address()}print").content.decode()
    assert "接班人签字" in page
    assert "早上看一眼广告牌" in page


def test_what_was_given_can_be_taken_back(office: Office, clerk: Client) -> None:
    hand_over(clerk)
    page = clerk.post(f"{address()}take-back", follow=True).content.decode()
    assert "交给下一班" in page


def test_a_second_one_leads_to_the_first(office: Office, sign_in: SignIn, clerk: Client) -> None:
    page = sign_in(LEADER).post("/desk/handover/open", follow=True).content.decode()
    assert "已有一份交接班正在进行" in page
    assert address() in page


def test_it_is_closed_to_others(office: Office, sign_in: SignIn, clerk: Client) -> None:
    handler = sign_in(Role.HANDLER)
    assert handler.get("/desk/handover/").status_code == 403
    assert handler.get(address()).status_code == 403
    supervisor = sign_in(Role.SUPERVISOR)
    assert supervisor.get(address()).status_code == 200
    assert supervisor.post(f"{address()}confirm").status_code == 403
    assert clerk.get("/desk/handover/0/").status_code == 404


def test_an_empty_list_says_how_to_begin(office: Office, sign_in: SignIn) -> None:
    page = sign_in(CLERK).get("/desk/handover/").content.decode()
    assert "还没有交接班记录" in page
    assert "开始交班" in page


def test_more_points_take_no_more_queries(office: Office, clerk: Client) -> None:
    clerk.post(address(), written(save="1"))
    few = count_queries(clerk, address())
    many = written(save="1", case_number=[""] * 20, text=[f"第{n}件" for n in range(20)])
    clerk.post(address(), many)
    assert count_queries(clerk, address()) == few
    assert few <= 12

"""What waits for me: by urgency, without the reporter, the same few queries for any amount."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from linli.ground.people.terms import Role
from linli.spine.cases.terms import Step
from linli.spine.cases.tests.factories import Office

from .conftest import SignIn, count_queries


def test_a_stranger_is_led_to_sign_in_and_back(db: None) -> None:
    answer = Client().get("/desk/")
    assert answer.status_code == 302
    assert answer["Location"] == "/accounts/login/?next=%2Fdesk%2F"


def test_a_resident_is_told_who_may(office: Office, sign_in: SignIn) -> None:
    answer = sign_in(Role.RESIDENT).get("/desk/")
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "受理员" in page
    assert "打开只读管理" not in page


def test_a_keeper_finds_what_there_is_to_keep_and_no_case(office: Office, sign_in: SignIn) -> None:
    reported = office.play(to=Step.FILING)
    keeper = sign_in(Role.KEEPER)
    answer = keeper.get("/desk/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert reported.number not in page
    assert 'href="/desk/cases/"' not in page
    for door in re.findall(r'<h2><a href="([^"]+)"', page):
        assert keeper.get(door).status_code == 200, door


def test_a_keeper_is_still_told_who_lists_cases(office: Office, sign_in: SignIn) -> None:
    answer = sign_in(Role.KEEPER).get("/desk/cases/")
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "受理员" in page
    assert "打开只读管理" in page


@pytest.mark.parametrize(
    ("step", "role", "button"),
    [
        (Step.VERIFYING, Role.VERIFIER, "核实属实"),
        (Step.FILING, Role.INTAKE_CLERK, "立案"),
        (Step.DISPATCHING, Role.DISPATCHER, "派遣"),
        (Step.ACCEPTING, Role.HANDLER, "接单"),
        (Step.HANDLING, Role.HANDLER, "反馈处置结果"),
        (Step.CHECKING, Role.VERIFIER, "核查通过"),
        (Step.CLOSING, Role.INTAKE_CLERK, "结案"),
    ],
)
def test_each_step_waits_for_its_role_with_the_one_thing_to_do(
    office: Office, sign_in: SignIn, step: Step, role: Role, button: str
) -> None:
    reported = office.play(to=step)
    page = sign_in(role).get("/desk/").content.decode()
    assert f"/desk/cases/{reported.number}/#act-" in page
    assert f">{button}<" in page


def test_nothing_of_the_reporter_is_on_the_page(office: Office, sign_in: SignIn) -> None:
    office.play(to=Step.FILING)
    page = sign_in(Role.INTAKE_CLERK).get("/desk/").content.decode()
    for secret in ("王示例", "13900001234", "3-2-101"):
        assert secret not in page


def test_work_is_grouped_by_urgency(office: Office, sign_in: SignIn) -> None:
    office.play(to=Step.FILING)
    office.tick(timedelta(days=10))
    office.play(to=Step.FILING)
    page = sign_in(Role.INTAKE_CLERK).get("/desk/").content.decode()
    assert page.index('id="group-overdue"') < page.index('id="group-today"')
    assert "超时" in page


def test_who_has_nothing_to_do_is_told_what_to_do(office: Office, sign_in: SignIn) -> None:
    page = sign_in(Role.HANDLER).get("/desk/").content.decode()
    assert "现在没有等您办的事" in page
    assert "/desk/cases/?step=open" in page


def test_ten_times_the_work_takes_no_more_queries(office: Office, sign_in: SignIn) -> None:
    client = sign_in(Role.INTAKE_CLERK)
    office.play(to=Step.FILING)
    few = count_queries(client, "/desk/")
    for _ in range(9):
        office.play(to=Step.FILING)
    assert count_queries(client, "/desk/") == few
    assert few <= 13
